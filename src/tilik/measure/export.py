"""Judgements as a Parquet table: answers, decision, weights, guideline version. No stopped video enters."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlalchemy import Connection, and_, bindparam, func, select

from tilik.guideline import decide
from tilik.kernel import Invalid, Missing
from tilik.log import Blobs, last
from tilik.measure.kept import Decider, decider_of
from tilik.store.tables import draw, judgement, person, study, task, video
from tilik.study import guideline_of

BATCH = 2_500
SCHEMA = pa.schema(
    [
        ("judgement", pa.string()),
        ("study", pa.string()),
        ("video", pa.string()),
        ("reviewer", pa.string()),
        ("simulated", pa.bool_()),
        ("submitted_at", pa.string()),
        ("guideline", pa.string()),
        ("guideline_version", pa.string()),
        ("purpose", pa.string()),
        ("blind", pa.bool_()),
        ("stratum", pa.string()),
        ("pi", pa.float64()),
        ("weight", pa.float64()),
        ("impressions", pa.float64()),
        ("answers", pa.string()),
        ("marks", pa.string()),
        ("assessable", pa.bool_()),
        ("audience", pa.string()),
        ("min_age", pa.int16()),
        ("labels", pa.map_(pa.string(), pa.int8())),
        ("verdict", pa.string()),
        ("verdict_proposed", pa.string()),
        ("active_seconds", pa.float64()),
        ("language", pa.string()),
    ]
)
"""``reviewer`` is a pseudonym; ``pi`` the inclusion probability and ``weight`` its inverse; ``answers`` and
``marks`` are JSON as given; ``labels`` holds levels above 0 as the guideline decides them today."""


_ROWS = (
    select(
        judgement.c.id.label("judgement"),
        task.c.video,
        person.c.pseudonym.label("reviewer"),
        person.c.simulated,
        judgement.c.submitted_at,
        judgement.c.guideline,
        func.nullif(draw.c.purpose, "").label("purpose"),
        draw.c.stratum,
        draw.c.pi,
        draw.c.impressions,
        judgement.c.answers,
        judgement.c.marks,
        judgement.c.active_seconds,
        judgement.c.language,
    )
    .join(task, task.c.id == judgement.c.task)
    .join(draw, and_(draw.c.study == task.c.study, draw.c.video == task.c.video))
    .join(person, person.c.id == judgement.c.person)
    .outerjoin(video, video.c.id == task.c.video)
    .where(task.c.study == bindparam("identity"), task.c.state != "stopped", video.c.locked.is_not(True))
    # Both are at the head of an index, so nothing is sorted: rows with their texts would be, in a file.
    .order_by(task.c.video, judgement.c.person)
)


def export_judgements(connection: Connection, blobs: Blobs, identity: str, into: Path) -> int:
    """Write every judgement of a study to one Parquet file, whole or not at all; returns the row count.

    Rows are read, decided and written by the batch, so memory does not grow with the study. Raises
    ``Missing`` for an unknown study, ``Invalid`` where no file can be put.
    """
    _check(into)
    head = connection.execute(
        select(study.c.guideline, study.c.blind, study.c.purpose).where(study.c.id == identity)
    ).first()
    if head is None:
        raise Missing("study-missing", "there is no such study", where=identity)
    guideline = guideline_of(connection, blobs, head.guideline)
    alike = {"study": identity, "guideline_version": guideline.version, "blind": head.blind}
    seq, sealed = last(connection)
    metadata = {"tilik.log": f"{seq}:{sealed}", "tilik.study": identity}
    part, rows = into.with_name(into.name + ".part"), 0
    decider = decider_of(head.guideline, guideline, json.loads)
    try:
        with pq.ParquetWriter(part, SCHEMA.with_metadata(metadata), compression="zstd") as writer:
            read = connection.execution_options(yield_per=BATCH).execute(_ROWS, {"identity": identity})
            names = tuple(read.keys())
            for batch in read.partitions(BATCH):
                found = dict(zip(names, zip(*batch, strict=True), strict=True))
                writer.write_table(_table(found, _decided(decider, found["answers"]), alike, head.purpose))
                rows += len(batch)
        _settle(part)
        part.replace(into)
    finally:
        part.unlink(missing_ok=True)
    return rows


def _table(
    found: dict[str, tuple[Any, ...]], decided: dict[str, pa.Array], alike: dict[str, Any], purpose: str
) -> pa.Table:
    """One batch. ``alike`` is the same in all rows; ``purpose`` is the study's, for draws of no other."""

    def column(field: pa.Field) -> pa.Array:
        if field.name in alike:
            return pa.repeat(pa.scalar(alike[field.name], field.type), len(found["answers"]))
        return pa.array(found[field.name], field.type)

    columns = decided | {
        field.name: column(field) for field in SCHEMA if field.name in found or field.name in alike
    }
    columns["weight"] = pc.divide(1.0, columns["pi"])
    columns["purpose"] = columns["purpose"].fill_null(purpose)
    return pa.Table.from_pydict(columns, schema=SCHEMA)


def _decided(decider: Decider, answers: tuple[str, ...]) -> dict[str, pa.Array]:
    """The decided columns of one batch of answers (canonical JSON). Many are alike: each is decided once."""
    place: dict[str, int] = {}
    indices = pa.array([place.setdefault(one, len(place)) for one in answers], pa.int32())
    # The decider says nothing of tasks that were handed back; here they are rows like others.
    found = [decider(one) or decide(decider.guideline, json.loads(one)) for one in place]
    columns: dict[str, list[Any]] = {
        "assessable": [one.assessable for one in found],
        "audience": [one.audience for one in found],
        "min_age": [one.min_age for one in found],
        "labels": [[(code, level) for code, level in one.labels.items() if level] for one in found],
        "verdict": [one.verdict for one in found],
        "verdict_proposed": [one.verdict_proposed for one in found],
    }
    return {name: pa.array(values, SCHEMA.field(name).type).take(indices) for name, values in columns.items()}


def _check(into: Path) -> None:
    if into.is_dir():
        raise Invalid("export-file", "this is a folder", where=str(into), mend="Name a file in it.")
    if not into.parent.is_dir():
        raise Invalid("export-file", "there is no such folder", where=str(into.parent), mend="Make it first.")


def _settle(part: Path) -> None:
    with part.open("rb") as file:
        os.fsync(file.fileno())
