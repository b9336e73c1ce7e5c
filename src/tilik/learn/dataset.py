"""A training set from a study: one row per judged video, versioned by its content, split without leakage.

The content hash is over the rows as canonical JSON, not over Parquet's bytes: the same judgements,
guideline and seed give the same hash on every machine and with every version of Parquet.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow.parquet as pq
from sqlalchemy import Connection, Row, and_, select

from tilik.guideline import Decision, Guideline, decide, failing_verdicts, hands_back
from tilik.kernel import Invalid, Json, Missing, canonical
from tilik.learn.folds import joined
from tilik.log import Blobs, last
from tilik.store.tables import draw, frame, judgement, person, study, task, video
from tilik.study import guideline_of

Split = Literal["train", "validation", "test"]
Use = Literal["measurement", "assisted"]
SHARES: tuple[tuple[Split, float], ...] = (("train", 0.8), ("validation", 0.1), ("test", 0.1))
CLEAR = 2
"""From this level on a label counts."""
FRAME_COLUMNS = ("channel", "family", "title", "caption", "language", "topic")


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """The rows in order of video, and what they are a function of.

    ``rows``  JSON values by column; ``content``  their hash; ``left_out``  counts of drawn videos not in;
    ``use``  ``measurement`` for blind probability draws, else ``assisted``: never mix them to measure.
    """

    study: str
    name: str
    use: Use
    guideline: str
    guideline_version: str
    design: Json
    seed: int
    log: str
    rows: tuple[dict[str, Json], ...]
    left_out: dict[str, int]
    simulated: int

    @property
    def content(self) -> str:
        """SHA-256 of the rows, one canonical JSON a line."""
        found = hashlib.sha256()
        for row in self.rows:
            found.update(canonical(row) + b"\n")
        return found.hexdigest()

    def of(self, split: Split) -> list[dict[str, Json]]:
        """The rows of a split."""
        return [row for row in self.rows if row["split"] == split]


def training_set(connection: Connection, blobs: Blobs, identity: str, *, seed: int = 0) -> TrainingSet:
    """Gather a study's settled judgements as training rows.

    Stopped and locked videos never enter. Raises ``Missing`` for an unknown study, ``Invalid`` where nothing
    was judged yet.
    """
    head = connection.execute(
        select(study, frame.c.snapshot)
        .join(frame, frame.c.hash == study.c.frame)
        .where(study.c.id == identity)
    ).first()
    if head is None:
        raise Missing("study-missing", "there is no such study", where=identity)
    guideline = guideline_of(connection, blobs, head.guideline)
    judged, simulated = _judgements(connection, identity)
    drawn = _drawn(connection, identity)
    known = _from_frame(blobs, head.snapshot, [row.video for row in drawn])
    rows, left_out = [], Counter[str]()
    for row in drawn:
        found = _row(row, judged.get(row.task, []), guideline, known.get(row.video, {}))
        if isinstance(found, str):
            left_out[found] += 1
        else:
            rows.append(found)
    if not rows:
        raise Invalid("nothing-judged", "no video of this study is judged yet", where=head.name)
    _split(rows, seed)
    seq, seal = last(connection)
    return TrainingSet(
        study=identity,
        name=head.name,
        use="measurement" if head.blind else "assisted",
        guideline=head.guideline,
        guideline_version=guideline.version,
        design=json.loads(head.design),
        seed=seed,
        log=f"{seq}:{seal}",
        rows=tuple(rows),
        left_out=dict(sorted(left_out.items())),
        simulated=simulated,
    )


def splits(groups: Sequence[Sequence[str | None]], names: Sequence[str], seed: int) -> list[Split]:
    """A split per row: rows that share a channel, a family, or a row between them, are in the same one.

    By the hash of the group's first name and the seed: other rows that come later move nobody, unless they
    join two groups.
    """
    codes = joined(len(names), *groups)
    first: dict[int, str] = {}
    for code, name in zip(codes.tolist(), names, strict=True):
        first[code] = min(first.get(code, name), name)
    return [_chance(first[code], seed) for code in codes.tolist()]


def _split(rows: list[dict[str, Any]], seed: int) -> None:
    keys = [[None if row[name] is None else str(row[name]) for row in rows] for name in ("channel", "family")]
    for row, split in zip(rows, splits(keys, [row["video"] for row in rows], seed), strict=True):
        row["split"] = split


def _chance(name: str, seed: int) -> Split:
    digits = hashlib.sha256(f"split:{seed}:{name}".encode()).hexdigest()[:13]
    u, reached = int(digits, 16) / 16**13, 0.0
    for split, share in SHARES:
        reached += share
        if u < reached:
            return split
    return SHARES[-1][0]


def _drawn(connection: Connection, identity: str) -> Sequence[Row[Any]]:
    query = (
        select(
            draw, task.c.id.label("task"), task.c.state, video.c.locked, study.c.purpose.label("drawn_for")
        )
        .join(study, study.c.id == draw.c.study)
        .outerjoin(task, and_(task.c.study == draw.c.study, task.c.video == draw.c.video))
        .outerjoin(video, video.c.id == draw.c.video)
        .where(draw.c.study == identity)
        .order_by(draw.c.video)
    )
    return connection.execute(query).all()


def _judgements(connection: Connection, identity: str) -> tuple[dict[str, list[Row[Any]]], int]:
    query = (
        select(judgement, person.c.simulated)
        .join(task, task.c.id == judgement.c.task)
        .join(person, person.c.id == judgement.c.person)
        .where(task.c.study == identity)
        .order_by(judgement.c.task, judgement.c.id)
    )
    found: dict[str, list[Row[Any]]] = {}
    simulated = 0
    for row in connection.execute(query):
        found.setdefault(row.task, []).append(row)
        simulated += row.simulated
    return found, simulated


def _from_frame(blobs: Blobs, snapshot: str, videos: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What the frame says of these videos, in the columns that it has."""
    file = blobs.path(snapshot)
    there = [name for name in FRAME_COLUMNS if name in pq.read_schema(file).names]
    held = pq.read_table(file, columns=["video", *there], filters=[("video", "in", list(videos))])
    return {row.pop("video"): row for row in held.to_pylist()}


def _row(
    row: Row[Any], judged: Sequence[Row[Any]], guideline: Guideline, known: Mapping[str, Any]
) -> dict[str, Any] | str:
    """The training row of a drawn video, or why there is none."""
    if row.state == "stopped" or row.locked:
        return "stopped"
    if row.state != "settled":
        return "waiting"
    given = [(one, json.loads(one.answers)) for one in judged]
    kept = [(one, answers) for one, answers in given if not hands_back(guideline, answers)]
    decided = [(one, answers, decide(guideline, answers)) for one, answers in kept]
    usable = [one for one in decided if one[2].assessable]
    if not usable:
        return "not judgeable"
    decisions = [decision for _, _, decision in usable]
    facts = {name: _text(known.get(name)) for name in FRAME_COLUMNS}
    return facts | {
        "video": row.video,
        "family": row.family or facts["family"],
        "purpose": row.purpose or row.drawn_for,
        "stratum": row.stratum,
        "pi": row.pi,
        "weight": 1 / row.pi,
        "impressions": row.impressions,
        "votes": len(usable),
        "not_judgeable": len(decided) - len(usable),
        **_outcome(decisions, guideline),
        "answers": [canonical(answers).decode() for _, answers, _ in usable],
        "spans": [span for one, _, _ in usable for span in _spans(one.marks)],
        "guideline": guideline.version,
    }


def _outcome(decisions: Sequence[Decision], guideline: Guideline) -> dict[str, Any]:
    """Levels and shares of the votes; a tie between verdicts is left open."""
    verdicts = Counter(decision.verdict for decision in decisions if decision.verdict)
    best = verdicts.most_common(2)
    tied = len(best) == 2 and best[0][1] == best[1][1]
    failing = failing_verdicts(guideline)
    levels = {
        label.code: [decision.labels.get(label.code, 0) for decision in decisions]
        for label in guideline.labels
    }
    ages = [decision.min_age for decision in decisions if decision.min_age is not None]
    return {
        "verdict": None if tied or not best else best[0][0],
        "fails": _majority([decision.verdict in failing for decision in decisions if decision.verdict]),
        "verdict_votes": dict(sorted(verdicts.items())),
        "labels": {
            code: float(np.mean([x >= CLEAR for x in held])) for code, held in levels.items() if any(held)
        },
        "levels": {code: float(np.median(held)) for code, held in levels.items() if any(held)},
        "min_age": float(np.median(ages)) if ages else None,
    }


def _majority(votes: Sequence[bool]) -> bool | None:
    return None if 2 * sum(votes) == len(votes) else 2 * sum(votes) > len(votes)


def _spans(marks: str) -> list[dict[str, Any]]:
    return [
        {"question": mark["question"], "start": float(mark["start"]), "end": float(mark["end"])}
        for mark in json.loads(marks)
    ]


def _text(value: object) -> str | None:
    return None if value is None or str(value) == "" else str(value)
