"""What split a study's judges most: the question on which each task's judges were furthest apart, weighed by
how often the video is seen."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from tilik.guideline import Guideline
from tilik.log import Blobs
from tilik.media.registration import UNWATCHABLE
from tilik.quality.adjudication.compare import Judged
from tilik.quality.adjudication.outcome import settled_by
from tilik.quality.calibration.events import Asked
from tilik.quality.people.overlap import overlap_in
from tilik.store.calibration_tables import calibration_item
from tilik.store.tables import draw, study, task, video

VERDICT = "verdict"
FAMILY = "family."


def most_split(connection: Connection, blobs: Blobs, identity: str, most: int) -> tuple[Asked, ...]:
    """So many questions, each of another task, by how split × how often seen; none that was calibrated
    before. Only settled tasks with a video: nobody is still to judge them blind. Raises ``Invalid`` for a
    study that is not blind."""
    overlap = overlap_in(connection, blobs, identity)
    seen = _impressions(connection, identity)
    found = []
    for one in overlap.tasks:
        asked = _furthest(overlap.guidelines[one.guideline], one.judged)
        if one.task in seen and asked is not None:
            question, split = asked
            found.append((split * seen[one.task], Asked(task=one.task, question=question, split=split)))
    found.sort(key=lambda pair: (-pair[0], pair[1].task))
    return tuple(asked for _, asked in found[:most])


def _furthest(guideline: Guideline, judged: Sequence[Judged]) -> tuple[str, float] | None:
    """The question on which these judgements are furthest apart, the verdict first where several are."""
    said = [settled for one in judged if (settled := settled_by(guideline, one.answers)).assessable]
    families = sorted(set().union(*(one.families for one in said))) if said else []
    shares = {VERDICT: sum(one.fails for one in said)}
    shares |= {FAMILY + code: sum(code in one.families for one in said) for code in families}
    splits = {name: split_of(yes, len(said)) for name, yes in shares.items()}
    best = max(splits, key=lambda name: splits[name])
    return (best, splits[best]) if splits[best] > 0 else None


def split_of(yes: int, of: int) -> float:
    """How far people are apart: 4p(1 - p), 0 where all say the same and 1 at half and half."""
    return 4 * yes * (of - yes) / of**2 if of else 0.0


def _impressions(connection: Connection, identity: str) -> dict[str, float]:
    """Task → impressions, of the settled tasks of a study that can be watched and were not calibrated."""
    rows = connection.execute(
        select(task.c.id, draw.c.impressions)
        .join(study, study.c.id == task.c.study)
        .join(draw, (draw.c.study == study.c.id) & (draw.c.video == task.c.video))
        .join(video, video.c.id == task.c.video)
        .where(
            study.c.id == identity,
            task.c.state == "settled",
            video.c.locked.is_(False),
            video.c.condition.not_in(UNWATCHABLE),
            task.c.id.not_in(select(calibration_item.c.task)),
        )
    )
    return {row.id: row.impressions for row in rows}
