"""Judged answers as files for others: a table of ratings, preference pairs, and marked spans."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, and_, select

from tilik.answers.queue import about_locked
from tilik.answers.report import PREFERS
from tilik.kernel import Invalid
from tilik.store.tables import answer_item, answer_judgement, answer_task, note, person

RATINGS = pa.schema(
    [
        ("judgement", pa.string()),
        ("reviewer", pa.string()),
        ("submitted_at", pa.string()),
        ("answer", pa.string()),
        ("prompt", pa.string()),
        ("model", pa.string()),
        ("band", pa.string()),
        ("band_stated", pa.bool_()),
        ("language", pa.string()),
        ("topic", pa.string()),
        ("video", pa.string()),
        ("turn", pa.int16()),
        ("kind", pa.string()),
        ("fails", pa.list_(pa.string())),
        ("scores", pa.map_(pa.string(), pa.int8())),
        ("better", pa.string()),
        ("guideline", pa.string()),
        ("active_seconds", pa.float64()),
    ]
)
"""One row for each rated turn; ``reviewer`` is a pseudonym, ``better`` the rewritten answer, if one was."""


def export_answers(connection: Connection, identity: str, folder: Path) -> dict[str, int]:
    """Write ``ratings.parquet``, ``preferences.jsonl`` and ``spans.jsonl``; returns rows by file.

    Nothing about a locked video is in them, nothing on which work was stopped.

    Each file is whole or not there. Raises ``Invalid`` where the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Invalid("export-file", f"cannot be made: {error.strerror}", where=str(folder)) from None
    rated = rated_answers(connection, identity)
    paired = [dict(row._mapping) for row in connection.execute(_query(identity, "pair"))]
    better = _notes(connection, "better", [row["judgement"] for row in rated])
    ratings = list(_ratings(rated, better))
    _whole(
        folder / "ratings.parquet", lambda part: pq.write_table(pa.Table.from_pylist(ratings, RATINGS), part)
    )
    counts = {"ratings.parquet": len(ratings)}
    reasons = _notes(connection, "reason", [row["judgement"] for row in paired])
    for name, rows in (("preferences.jsonl", _preferences(paired, reasons)), ("spans.jsonl", _spans(rated))):
        counts[name] = _lines(folder / name, rows)
    return counts


def rated_answers(connection: Connection, identity: str) -> list[dict[str, Any]]:
    """The ratings of a set, each with its answer; nothing locked, nothing on which work was stopped."""
    return [dict(row._mapping) for row in connection.execute(_query(identity, "rating"))]


def _query(identity: str, kind: str) -> Any:
    task, item = answer_task.c, answer_item.c
    second = answer_item.alias("second")
    said = answer_judgement.c
    return (
        select(
            said.id.label("judgement"), said.body, said.guideline, said.active_seconds, said.submitted_at,
            person.c.pseudonym.label("reviewer"), item.id.label("answer"), item.prompt, item.turns,
            item.model, item.band, item.stated.label("band_stated"), item.language, item.topic, item.video,
            second.c.turns.label("second_turns"), second.c.model.label("second_model"),
        )
        .join(answer_task, task.id == said.task)
        .join(answer_item, and_(item.set == task.set, item.id == task.a))
        .outerjoin(second, and_(second.c.set == task.set, second.c.id == task.b))
        .join(person, person.c.id == said.person)
        .where(task.set == identity, task.kind == kind, task.state != "stopped", ~about_locked())
        .order_by(said.id)
    )  # fmt: skip


def _notes(connection: Connection, question: str, owners: list[str]) -> dict[str, str]:
    wanted = set(owners)
    rows = connection.execute(select(note.c.owner, note.c.text).where(note.c.question == question))
    return {row.owner: row.text for row in rows if row.owner in wanted}


def _ratings(rated: list[dict[str, Any]], better: dict[str, str]) -> Iterator[dict[str, Any]]:
    for row in rated:
        plain = {name: row[name] for name in RATINGS.names if name in row}
        for turn in json.loads(row["body"])["turns"]:
            said = {"turn": turn["turn"], "kind": turn["kind"], "fails": turn["fails"]}
            scores = sorted(turn["scores"].items())
            yield {**plain, **said, "scores": scores, "better": better.get(row["judgement"])}


def _preferences(paired: list[dict[str, Any]], reasons: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Pairs with a preference, in the form that preference training reads: prompt, chosen, rejected."""
    for row in paired:
        body, first, second = (json.loads(row[name]) for name in ("body", "turns", "second_turns"))
        if body["choice"] not in PREFERS:
            continue
        wins = PREFERS[body["choice"]] == 1.0
        chosen, rejected = (first, second) if wins else (second, first)
        models = (row["model"], row["second_model"])
        yield {
            "prompt": first[:-1],
            "chosen": chosen[-1:],
            "rejected": rejected[-1:],
            "chosen_model": models[0] if wins else models[1],
            "rejected_model": models[1] if wins else models[0],
            "much": "much" in body["choice"],
            "dimension": body["dimension"],
            "reason": reasons.get(row["judgement"]),
            "band": row["band"],
            "language": row["language"],
            "reviewer": row["reviewer"],
        }


def _spans(rated: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rated:
        turns = json.loads(row["turns"])
        for mark in json.loads(row["body"])["highlights"]:
            text = turns[mark["turn"]]["text"][mark["start"] : mark["end"]]
            about = {
                name: row[name] for name in ("judgement", "reviewer", "answer", "model", "band", "language")
            }
            yield {**about, **mark, "text": text}


def _lines(file: Path, rows: Iterable[dict[str, Any]]) -> int:
    written = [json.dumps(row, ensure_ascii=False) for row in rows]
    _whole(file, lambda part: part.write_text("".join(f"{one}\n" for one in written), encoding="utf-8"))
    return len(written)


def _whole(file: Path, write: Callable[[Path], object]) -> None:
    part = file.with_name(file.name + ".part")
    try:
        write(part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
