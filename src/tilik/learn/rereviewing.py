"""Judging again what is doubtful, mixed with a control as large; and whether the list was worth the time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import Connection

from tilik.kernel import Invalid
from tilik.learn.confirming import progress_of
from tilik.learn.doubting import Doubts, says
from tilik.learn.events import DoubtedVideo, LabelErrorsDoubted
from tilik.learn.hits import Hits, share_of
from tilik.learn.opening import Choice, Chosen, Opened, open_chosen, opened_because
from tilik.log import Blobs
from tilik.measure.facts import gather
from tilik.stats import difference
from tilik.store import Store
from tilik.store.learn_tables import DOUBTING
from tilik.study.assisted import DOUBTED

TOP, CONTROL = "top", "control"


@dataclass(frozen=True)
class Rereview:
    """A re-review that was opened: ``hits`` when nothing of it waits any more and both parts hold a video.

    ``left_out`` videos could not be judged again, or have no majority.
    """

    study: str
    name: str
    asked: LabelErrorsDoubted
    drawn: int
    waiting: int
    opened_at: str
    hits: Hits | None
    left_out: int


def open_rereview(
    store: Store,
    scratch: Path,
    found: Doubts,
    *,
    name: str,
    top: int,
    actor: str,
    seed: int | None = None,
) -> tuple[str, int]:
    """Open a study of the ``top`` most doubtful videos and as many drawn at random from the others.

    Nobody who judges can tell which is which, and nobody is given what they judged before. It is assisted:
    no measurement takes it. Returns its id and how many videos it has. Raises ``Invalid``, ``Conflict``.
    """
    rest = len(found.listed) - top
    if top < 1 or rest < top:
        raise Invalid(
            "top-too-large",
            f"{top} videos and a control as large do not fit into {len(found.listed)}",
            where="top",
            mend="Choose fewer.",
        )
    fixed = secrets.randbelow(2**31) if seed is None else seed
    drawn = np.random.default_rng(fixed).choice(np.arange(top, len(found.listed)), top, replace=False)
    places = [*range(top), *sorted(drawn.tolist())]
    doubted = tuple(
        DoubtedVideo(video=found.listed[at].video, said=found.listed[at].said, top=at < top) for at in places
    )
    with store.read() as connection:
        facts = gather(connection, store.blobs, found.study)
    seen = dict(zip(facts.videos, facts.impressions.tolist(), strict=True))
    choice = Choice(
        of=found.study,
        design={"kind": DOUBTED, "of": found.study, "question": found.question},
        purpose="targeted",
        seed=fixed,
        videos=[
            Chosen(one.video, TOP if one.top else CONTROL, 1.0 if one.top else top / rest, seen[one.video])
            for one in doubted
        ],
    )

    def why(second: str) -> LabelErrorsDoubted:
        return LabelErrorsDoubted(
            second=second,
            study=found.study,
            question=found.question,
            ranked=len(found.listed),
            videos=doubted,
        )

    return open_chosen(store, scratch, choice, name=name, why=why, actor=actor), len(doubted)


def rereviews(connection: Connection, blobs: Blobs, study: str) -> list[Rereview]:
    """The re-reviews of a study, the newest first."""
    return [_rereview(connection, blobs, one) for one in opened_because(connection, study, DOUBTING)]


def _rereview(connection: Connection, blobs: Blobs, opened: Opened) -> Rereview:
    asked = LabelErrorsDoubted.model_validate_json(opened.body)
    drawn, waiting = progress_of(connection, opened.study)
    hits, left_out = (None, 0) if waiting else hits_of(connection, blobs, asked)
    return Rereview(opened.study, opened.name, asked, drawn, waiting, opened.opened_at, hits, left_out)


def hits_of(connection: Connection, blobs: Blobs, asked: LabelErrorsDoubted) -> tuple[Hits | None, int]:
    """How often the second judgement differs from the first, in top and control; Wilson's intervals.

    Also how many videos could not be compared.
    """
    facts = gather(connection, blobs, asked.second, assisted=True)
    yes, clear = says(facts, asked.question)
    now = {v: bool(y) for v, y, c in zip(facts.videos, yes, clear, strict=True) if c}
    there = [one for one in asked.videos if one.video in now]
    parts = [
        np.array([now[one.video] != one.said for one in there if one.top is part], dtype=bool)
        for part in (True, False)
    ]
    left_out = len(asked.videos) - len(there)
    if not all(part.size for part in parts):
        return None, left_out
    top = share_of(parts[0], f"judged otherwise among the {parts[0].size} most doubtful")
    control = share_of(parts[1], f"judged otherwise among {parts[1].size} drawn at random from the others")
    gain = difference(top, control, of="judged otherwise in the top less in the control")
    return Hits(top, control, gain), left_out
