"""What the cases tell of themselves: their sentences, and what their videos say and show."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import Connection, select

from tilik.casebook.codes import SETTLED
from tilik.casebook.near import Near, Told, near
from tilik.casebook.view import Case, cases
from tilik.kernel import Evidence
from tilik.log import Blobs
from tilik.media.folding import squeezed
from tilik.media.lexicon import load, shipped_text
from tilik.media.registration import evidence_of, find_video
from tilik.store.tables import draw

WORDS = frozenset({"on-screen-text", "caption", "speech-text"})
LONGEST = 600
"""Letters of a video's own words that are read: more would drown the sentence."""


def near_cases(connection: Connection, blobs: Blobs) -> list[Near]:
    """Open cases that may ask the same and are not of one group yet, those to be ruled first."""
    every = [one for one in cases(connection) if not one.hidden]
    heads = {one.id: one.head for one in every}
    told = [tell(connection, blobs, one) for one in every if one.state not in SETTLED]
    return [one for one in near(told, slang()) if len({heads[case] for case in one.cases}) > 1]


def tell(connection: Connection, blobs: Blobs, case: Case) -> Told:
    """What is known of a case; nothing of a video that is not registered."""
    families, kinds, shown = set(), set(), []
    for one in case.seen:
        drawn = select(draw.c.family).where(draw.c.video == one.video, draw.c.family.is_not(None)).limit(1)
        families.add(connection.execute(drawn).scalar() or one.video)
        if one.title or one.task:
            found = find_video(connection, one.video)
            evidence = evidence_of(blobs, found)
            kinds |= {item.kind for item in evidence}
            said = [_words(item) for item in evidence if item.kind in WORDS]
            shown += [one.title, " ".join(said)[:LONGEST]]
    return Told(
        case=case.id,
        said=case.said,
        shown=" ".join(shown),
        type=case.type,
        question=case.question,
        families=frozenset(families),
        kinds=frozenset(kinds),
    )


def _words(item: Evidence) -> str:
    """The text of a piece of evidence, without where it stands and how surely it was read."""
    return str(item.value.get("text", "") if isinstance(item.value, dict) else item.value or "")


@lru_cache(maxsize=1)
def slang() -> dict[str, tuple[str, ...]]:
    """Slang with the written words, from the shipped lexicon."""
    return {squeezed(word): tuple(says.split()) for word, says in load(shipped_text()).slang.items()}
