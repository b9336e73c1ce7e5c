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

from tilik.guideline import CLEAR, Answers, Decision, Guideline, decide, failing_verdicts, hands_back
from tilik.kernel import Invalid, Json, Missing, canonical
from tilik.learn.folds import joined
from tilik.learn.soft_labels import FAILS, SoftLabels, Told, Vote, soft_labels
from tilik.log import Blobs, last
from tilik.store.adjudication_tables import ruling
from tilik.store.tables import draw, frame, judgement, person, study, task, video
from tilik.study import guideline_of, is_assisted

Split = Literal["train", "validation", "test"]
Use = Literal["measurement", "assisted"]
SHARES: tuple[tuple[Split, float], ...] = (("train", 0.8), ("validation", 0.1), ("test", 0.1))
FRAME_COLUMNS = ("channel", "family", "title", "caption", "language", "topic")


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """The rows in order of video, and what they are a function of.

    ``rows``  JSON values by column; ``content``  their hash; ``left_out``  counts of drawn videos not in;
    ``use``  ``measurement`` for blind probability draws, else ``assisted``: never mix them to measure;
    ``soft``  what the error model says of each question, or why it says nothing.
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
    soft: tuple[Told, ...]

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
    ruled = _rulings(connection, identity)
    drawn = _drawn(connection, identity)
    known = _from_frame(blobs, head.snapshot, [row.video for row in drawn])
    heard, left_out = [], Counter[str]()
    for row in drawn:
        found = _heard(row, judged.get(row.task, []), ruled.get(row.task), guideline)
        if isinstance(found, str):
            left_out[found] += 1
        else:
            heard.append(found)
    soft = _soft(heard, guideline)
    rows = [_row(one, guideline, known.get(one.drawn.video, {}), soft) for one in heard]
    if not rows:
        raise Invalid("nothing-judged", "no video of this study is judged yet", where=head.name)
    _split(rows, seed)
    seq, seal = last(connection)
    return TrainingSet(
        study=identity,
        name=head.name,
        use="assisted" if is_assisted(head) else "measurement",
        guideline=head.guideline,
        guideline_version=guideline.version,
        design=json.loads(head.design),
        seed=seed,
        log=f"{seq}:{seal}",
        rows=tuple(rows),
        left_out=dict(sorted(left_out.items())),
        simulated=simulated,
        soft=soft.told,
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


def _rulings(connection: Connection, identity: str) -> dict[str, Answers]:
    query = (
        select(ruling.c.task, ruling.c.answers)
        .join(task, task.c.id == ruling.c.task)
        .where(task.c.study == identity, ruling.c.stands.is_(True))
    )
    return {row.task: json.loads(row.answers) for row in connection.execute(query)}


@dataclass(frozen=True)
class _Heard:
    """A drawn video with the votes on it, and what was ruled where they were contested."""

    drawn: Row[Any]
    votes: Sequence[tuple[Row[Any], Answers, Decision]]
    not_judgeable: int
    ruling: tuple[Answers, Decision] | None


def _heard(
    row: Row[Any], judged: Sequence[Row[Any]], ruled: Answers | None, guideline: Guideline
) -> _Heard | str:
    """What was said of a drawn video, or why it is not in."""
    if row.state == "stopped" or row.locked:
        return "stopped"
    if row.state != "settled":
        return "waiting"
    given = [(one, json.loads(one.answers)) for one in judged]
    kept = [(one, answers) for one, answers in given if not hands_back(guideline, answers)]
    decided = [(one, answers, decide(guideline, answers)) for one, answers in kept]
    usable = [one for one in decided if one[2].assessable]
    settled = None if ruled is None else (ruled, decide(guideline, ruled))
    if not (settled[1].assessable if settled else usable):
        return "not judgeable"
    return _Heard(row, usable, len(decided) - len(usable), settled)


def _soft(heard: Sequence[_Heard], guideline: Guideline) -> SoftLabels:
    votes = [
        Vote(one.drawn.task, row.person, _affirmed(decision, guideline))
        for one in heard
        for row, _, decision in one.votes
    ]
    ruled = {one.drawn.task: _affirmed(one.ruling[1], guideline) for one in heard if one.ruling}
    return soft_labels(votes, ruled)


def _affirmed(decision: Decision, guideline: Guideline) -> frozenset[str]:
    """The labels at a clear level, and ``fails`` for a failing verdict."""
    fails = {FAILS} if decision.verdict in failing_verdicts(guideline) else set()
    return frozenset({code for code, level in decision.labels.items() if level >= CLEAR} | fails)


def _row(heard: _Heard, guideline: Guideline, known: Mapping[str, Any], soft: SoftLabels) -> dict[str, Any]:
    """The training row of a drawn video."""
    row = heard.drawn
    facts = {name: _text(known.get(name)) for name in FRAME_COLUMNS}
    posterior = dict(soft.posterior.get(row.task, {}))
    return facts | {
        "video": row.video,
        "family": row.family or facts["family"],
        "purpose": row.purpose or row.drawn_for,
        "stratum": row.stratum,
        "pi": row.pi,
        "weight": 1 / row.pi,
        "impressions": row.impressions,
        "votes": len(heard.votes),
        "not_judgeable": heard.not_judgeable,
        **_outcome([one[2] for one in heard.votes], heard.ruling, guideline),
        "fails_posterior": posterior.pop(FAILS, None),
        "label_posteriors": posterior or None,
        "answers": [canonical(answers).decode() for _, answers, _ in heard.votes],
        "ruling": None if heard.ruling is None else canonical(heard.ruling[0]).decode(),
        "spans": [span for one, _, _ in heard.votes for span in _spans(one.marks)],
        "guideline": guideline.version,
    }


def _outcome(
    votes: Sequence[Decision], ruled: tuple[Answers, Decision] | None, guideline: Guideline
) -> dict[str, Any]:
    """Shares of the votes; and what is settled: by the ruling, else by most votes. A tie is left open."""
    verdicts = Counter(decision.verdict for decision in votes if decision.verdict)
    said = [decision.verdict in failing_verdicts(guideline) for decision in votes if decision.verdict]
    clear = {
        label.code: [decision.labels.get(label.code, 0) >= CLEAR for decision in votes]
        for label in guideline.labels
    }
    return {
        **_settled([ruled[1]] if ruled else votes, guideline),
        "verdict_votes": dict(sorted(verdicts.items())),
        "fails_share": float(np.mean(said)) if said else None,
        "label_shares": {
            code: float(np.mean(held))
            for code, held in clear.items()
            if any(decision.labels.get(code, 0) for decision in votes)
        },
    }


def _settled(decisions: Sequence[Decision], guideline: Guideline) -> dict[str, Any]:
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
