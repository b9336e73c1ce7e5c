"""Judgements of a study that are probably wrong: out-of-fold confident learning over its judged videos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from tilik.guideline import CLEAR, failing_verdicts
from tilik.kernel import Invalid
from tilik.learn.choosing import Asked, pose
from tilik.learn.errors import label_errors
from tilik.learn.hunting import CLUSTERS
from tilik.learn.leaks import Leak
from tilik.learn.seen import TEXTS, evidence_columns, frame_columns, told_of
from tilik.learn.tables import Cells, Plain
from tilik.log import Blobs
from tilik.measure.facts import StudyFacts, gather
from tilik.measure.kept import Kept

FAILS = "fails"
HALF = 0.5
FEWEST = 50
TITLE = "file_title"
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Doubt:
    """A judged video: what was said, how far it can be trusted, and whether it is probably wrong."""

    video: str
    said: bool
    trust: float
    doubtful: bool


@dataclass(frozen=True)
class Doubts:
    """A study's judged videos, the least trusted first.

    ``question``  ``fails`` or the code of a label; ``features`` and ``texts`` are what was learned from,
    ``leaks`` what was left out because it gives the answer away; ``tied`` videos have no majority.
    """

    study: str
    question: str
    listed: tuple[Doubt, ...]
    features: tuple[str, ...]
    texts: tuple[str, ...]
    leaks: tuple[Leak, ...]
    tied: int

    @property
    def doubtful(self) -> int:
        """How many are probably wrong."""
        return sum(one.doubtful for one in self.listed)


_DOUBTED: Kept[Doubts] = Kept(16)


def doubts(connection: Connection, blobs: Blobs, study: str, question: str = FAILS) -> Doubts:
    """Rank a study's judged videos by doubt; worked out once for each position of the log.

    Raises ``Missing``, ``Invalid`` for an unknown label, too few judged or all alike, ``Unavailable``.
    """
    key = (study, id(blobs), question)
    return _DOUBTED.get(connection, key, lambda: _doubts(connection, blobs, study, question))


def says(facts: StudyFacts, question: str) -> tuple[Flags, Flags]:
    """For each draw whether most of its judgements say yes, and whether that is clear: judged, and no tie.

    Raises ``Invalid`` for a label that the guideline does not have.
    """
    if question == FAILS:
        failing = failing_verdicts(facts.guideline)
        share = facts.share_of_judgements(lambda decision: decision.verdict in failing)
    elif question in {label.code for label in facts.guideline.labels}:
        share = facts.share_of_judgements(lambda decision: decision.labels.get(question, 0) >= CLEAR)
    else:
        raise Invalid("question-unknown", f"the guideline has no label {question!r}", where=question)
    return share > HALF, facts.assessed & (share != HALF)


def _doubts(connection: Connection, blobs: Blobs, study: str, question: str) -> Doubts:
    facts = gather(connection, blobs, study)
    yes, clear = says(facts, question)
    at = np.flatnonzero(clear)
    if at.size < FEWEST:
        raise Invalid(
            "judged-too-few",
            f"{at.size} videos are judged, and {FEWEST} are the least to learn from",
            where=facts.study.name,
            mend="Judge more of the study first.",
        )
    videos = [facts.videos[one] for one in at.tolist()]
    table = _table(connection, blobs, facts, videos, yes[at])
    group = next((one for one in CLUSTERS if one in table.columns), "")
    problem = pose(table, Asked("said", group=group), "yes")
    found = label_errors(problem)
    listed = [
        Doubt(videos[row], bool(yes[at[row]]), float(found.scores[row]), bool(found.doubtful[row]))
        for row in found.order.tolist()
    ]
    tied = int((facts.assessed & ~clear).sum())
    return Doubts(study, question, tuple(listed), problem.features, problem.texts, problem.leaks, tied)


def _table(
    connection: Connection, blobs: Blobs, facts: StudyFacts, videos: Sequence[str], yes: Flags
) -> Plain:
    """What may be learned from: frame, scores, evidence and texts of files; nothing that people said."""
    told = told_of(connection, blobs, videos)
    columns: dict[str, Cells] = dict(frame_columns(facts.population, videos).columns)
    columns |= evidence_columns(told, videos)
    for name in facts.population.scores:
        columns[name] = [repr(one) for one in facts.population.score(name, videos).tolist()]
    columns[TITLE] = [told[one].title or None if one in told else None for one in videos]
    for name in TEXTS.values():
        columns[f"file_{name}"] = [told[one].texts.get(name) if one in told else None for one in videos]
    columns["said"] = ["yes" if one else "no" for one in yes.tolist()]
    return Plain(columns, len(videos))
