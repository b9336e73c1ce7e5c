"""Blind spots of a study: where its blind draws fail more than elsewhere, or escape a classifier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from sqlalchemy import Connection

from tilik.guideline import failing_verdicts
from tilik.kernel import Invalid
from tilik.learn.blindspots import BlindSpot, Judged, blind_spots, judged
from tilik.learn.cutting import NO_VALUE, cut, edges_of
from tilik.learn.seen import evidence_columns, frame_columns, told_of
from tilik.learn.slices import DEEPEST
from tilik.learn.tables import FEW_VALUES, Plain
from tilik.log import Blobs
from tilik.measure.classifiers import usual_threshold
from tilik.measure.facts import StudyFacts, gather
from tilik.measure.kept import Kept
from tilik.stats import respondents

CLUSTERS = ("channel",)
"""A column of the frame whose videos are alike in metadata and in luck."""
LEAST = 20
LEVEL = 0.05
DEALS = 499
MOST_PLACES = 2_000_000
"""So many memberships of units in slices are looked at in each deal: a few seconds for all deals."""
Edges = Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class Asked:
    """What is looked for: failing videos, or with a ``score`` those that it let through below ``threshold``.

    ``columns`` are those to look in; none: all that are of use.
    """

    score: str = ""
    threshold: float = 0.0
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Hunt:
    """What was found in a study's judged draws, and in which ``columns``, cut at which ``edges``.

    ``there`` are all columns that could be looked in; slices have at most ``deepest`` conditions.
    """

    asked: Asked
    sample: Judged
    there: tuple[str, ...]
    edges: Edges
    deepest: int
    spots: tuple[BlindSpot, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that were looked in."""
        return tuple(self.sample.metadata)


_HUNTED: Kept[Hunt] = Kept(16)


def hunt(connection: Connection, blobs: Blobs, study: str, asked: Asked) -> Hunt:
    """The blind spots that a study makes suspect; worked out once for each position of the log.

    Raises ``Missing``, and ``Invalid`` for an assisted study, an unknown score or column, too few judged.
    """
    return _HUNTED.get(connection, (study, id(blobs), asked), lambda: _hunt(connection, blobs, study, asked))


def as_asked(connection: Connection, blobs: Blobs, study: str, score: str, threshold: float | None) -> Asked:
    """The question with the threshold that the study's design states, where none is given."""
    if not score:
        return Asked()
    return Asked(score, usual_threshold(connection, blobs, study, score) if threshold is None else threshold)


def _hunt(connection: Connection, blobs: Blobs, study: str, asked: Asked) -> Hunt:
    facts = gather(connection, blobs, study)
    videos = judged_videos(facts)
    if len(videos) < 2 * LEAST:
        raise Invalid(
            "judged-too-few",
            f"{len(videos)} videos are judged, and two slices of {LEAST} are the least to compare",
            where=facts.study.name,
            mend="Judge more of the study first.",
        )
    table = known(connection, blobs, facts, videos)
    edges = _usable(table)
    columns = _chosen(asked.columns, edges)
    sample = sample_of(facts, asked, table, {name: edges[name] for name in columns})
    deepest = affordable(len(columns), len(videos))
    spots = blind_spots(sample, least=LEAST, deepest=deepest, level=LEVEL, draws=DEALS)
    kept = {name: edges[name] for name in columns if edges[name]}
    return Hunt(asked, sample, tuple(edges), kept, deepest, tuple(spots))


def judged_videos(facts: StudyFacts) -> list[str]:
    """The videos of the assessed draws, in their order."""
    return [name for name, on in zip(facts.videos, facts.assessed.tolist(), strict=True) if on]


def known(connection: Connection, blobs: Blobs, facts: StudyFacts, videos: Sequence[str]) -> Plain:
    """Metadata of these videos: the frame's domains, and the kinds of evidence of their files."""
    frame = frame_columns(facts.population, videos)
    evidence = evidence_columns(told_of(connection, blobs, videos), videos)
    return Plain({**frame.columns, **evidence}, len(videos))


def sample_of(facts: StudyFacts, asked: Asked, table: Plain, edges: Edges) -> Judged:
    """The assessed draws as a sample, failing as asked; ``edges`` name the columns and their cuts."""
    on = facts.assessed
    failing = failing_verdicts(facts.guideline)
    fails = facts.share_of_judgements(lambda decision: decision.verdict in failing)[on]
    if asked.score:
        if not 0 < asked.threshold < 1:
            raise Invalid("threshold-out-of-range", f"a threshold lies between 0 and 1: {asked.threshold:g}")
        fails = fails * (facts.population.score(asked.score, judged_videos(facts)) < asked.threshold)
    metadata = {
        name: cut(table, name, edges[name]) if name in table.columns else [NO_VALUE] * table.rows
        for name in edges
    }
    return judged(
        fails,
        metadata,
        facts.impressions[on],
        respondents(facts.pi, on, facts.stratum),
        facts.stratum[on],
        _clusters(facts, table),
    )


def affordable(columns: int, units: int) -> int:
    """How many conditions a slice may have: three, or fewer where there are many columns and units."""
    reached = 0
    for depth in range(1, DEEPEST + 1):
        reached += units * comb(columns, depth)
        if reached > MOST_PLACES:
            return max(1, depth - 1)
    return DEEPEST


def _clusters(facts: StudyFacts, table: Plain) -> list[str | None]:
    """Each video's channel, or the family that it was drawn with; with neither it stands alone."""
    name = next((one for one in CLUSTERS if one in table.columns), None)
    if name is not None:
        return [None if cell == NO_VALUE else cell for cell in table.column(name)]
    families = facts.assessed_families
    return [None] * table.rows if families is None else [str(one) for one in families]


def _usable(table: Plain) -> dict[str, tuple[float, ...]]:
    """The columns that can make slices, with the edges of those that are numbers."""
    found: dict[str, tuple[float, ...]] = {}
    for name in table.columns:
        kind, different = table.kind(name), len(set(table.column(name)))
        few = 2 <= different <= FEW_VALUES
        if name not in CLUSTERS and (few or kind == "number"):
            found[name] = edges_of(table, name)
    return found


def _chosen(asked: Sequence[str], there: Mapping[str, tuple[float, ...]]) -> tuple[str, ...]:
    strange = [name for name in asked if name not in there]
    if strange or not there:
        known_ = ", ".join(there) or "none"
        raise Invalid(
            "column-missing",
            f"no column {', '.join(strange)} to look in" if strange else "no column to look in",
            where=", ".join(strange),
            mend=f"There are: {known_}.",
        )
    return tuple(asked) or tuple(there)
