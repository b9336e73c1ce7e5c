"""Imported studies: what people and machines elsewhere judged, kept apart from everything that was drawn.

There is no frame, no draw and no inclusion probability, so no estimate can take these judgements. People
are outside people: named, but no accounts here. Machines (predictions) are raters of another kind, which
never count as people.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, or_, select

from tilik.exchange.events import OutsideRater, OutsideStudyImported
from tilik.exchange.said import Said
from tilik.guideline import Guideline, check
from tilik.kernel import Conflict, Evidence, Invalid, Json, Missing, Span, canonical, new_id
from tilik.log import Blobs, Envelope, applies
from tilik.store import Writing
from tilik.store.exchange_tables import outside_judgement, outside_name, outside_rater, outside_study
from tilik.store.tables import note, study
from tilik.study.accepting import digests, keep_notes

BATCH = 5_000
Kind = Literal["person", "machine"]


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement made elsewhere. ``score`` of a machine; ``at`` as the other program wrote the time."""

    video: str
    kind: Kind
    rater: str
    said: Said
    fps: float
    score: float | None = None
    active_seconds: float | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """An imported study in numbers."""

    id: str
    name: str
    source: str
    guideline: str
    videos: int
    people: int
    machines: int
    judgements: int
    complete: int
    imported_at: str


def keep_outside(
    writing: Writing, judged: Iterable[Judged], *, name: str, guideline: str, document: Guideline
) -> str:
    """Keep judgements made elsewhere as an imported study; returns its id.

    Raises ``Conflict`` for a name in use, ``Invalid`` where there is nothing or the name is none.
    """
    _refuse_name(writing.connection, name)
    raters: dict[tuple[Kind, str], OutsideRater] = {}
    names: dict[str, str] = {}
    rows: list[bytes] = []
    for one in judged:
        rater = raters.get((one.kind, one.rater)) or _rater(one)
        raters[one.kind, one.rater] = rater
        if one.kind == "person":
            names[rater.id] = one.rater
        identity = new_id()
        rows.append(canonical(_row(identity, rater.id, one, document)))
        keep_notes(writing, identity, one.said.notes)
    if not rows:
        raise Invalid("outside-empty", "there is no judgement in it", mend="Export annotated tasks.")
    for identity, said in names.items():
        writing.connection.execute(insert(outside_name).values(rater=identity, name=said))
    event = OutsideStudyImported(
        study=new_id(),
        name=name,
        source="label-studio",
        guideline=guideline,
        raters=tuple(raters.values()),
        rows=writing.blobs.put(b"\n".join(rows) + b"\n"),
        count=len(rows),
    )
    writing.record(event)
    return event.study


def _refuse_name(connection: Connection, name: str) -> None:
    if not name.strip() or len(name) > 128:
        raise Invalid("study-name", "a study needs a name of 1 to 128 characters", where="--name")
    for table in (study, outside_study):
        if connection.execute(select(table.c.id).where(table.c.name == name)).first() is not None:
            raise Conflict(
                "study-exists", "a study of this name exists", where=name, mend="Choose another --name."
            )


def _rater(one: Judged) -> OutsideRater:
    # Not even a digest of a person's name stands in the log: who guesses the name could confirm it.
    known = one.rater[:256] if one.kind == "machine" else ""
    return OutsideRater(id=new_id(), kind=one.kind, name=known)


def _row(identity: str, rater: str, one: Judged, document: Guideline) -> dict[str, Json]:
    said = one.said
    complete = one.kind == "person" and not check(document, said.answers, said.marks, said.notes)
    return {
        "id": identity,
        "video": one.video,
        "rater": rater,
        "complete": complete,
        "fps": one.fps,
        "answers": said.answers,
        "marks": [{"question": name, "start": span.start, "end": span.end} for name, span in said.marks],
        "notes": digests(said.notes),
        "evidence": [item.model_dump(mode="json") for item in said.evidence],
        "score": one.score,
        "active_seconds": one.active_seconds,
        "judged_at": one.at,
    }


# --------------------------------------------------------------------------------------------- reading
def imported_studies(connection: Connection) -> list[Imported]:
    """Every imported study, in the order in which they came."""
    query = select(outside_study).order_by(outside_study.c.imported_at, outside_study.c.id)
    return [_imported(connection, row) for row in connection.execute(query)]


def find_imported(connection: Connection, name: str) -> Imported:
    """The imported study with this name or id. Raises ``Missing``."""
    table = outside_study.c
    row = connection.execute(select(outside_study).where(or_(table.id == name, table.name == name))).first()
    if row is None:
        raise Missing("study-missing", f"no imported study is called {name!r}", where=name)
    return _imported(connection, row)


def _imported(connection: Connection, row: Any) -> Imported:
    table = outside_judgement.c
    held = connection.execute(
        select(func.count(), func.count(table.video.distinct())).where(table.study == row.id)
    ).one()
    complete = select(func.count()).where(table.study == row.id, table.complete.is_(True))
    kinds: dict[str, int] = dict(
        connection.execute(
            select(outside_rater.c.kind, func.count())
            .where(outside_rater.c.study == row.id)
            .group_by(outside_rater.c.kind)
        ).all()
    )
    return Imported(
        id=row.id,
        name=row.name,
        source=row.source,
        guideline=row.guideline,
        videos=held[1],
        people=kinds.get("person", 0),
        machines=kinds.get("machine", 0),
        judgements=held[0],
        complete=connection.execute(complete).scalar_one(),
        imported_at=row.imported_at,
    )


def judged_outside(connection: Connection, identity: str) -> Iterator[tuple[str, Judged]]:
    """(id, judgement) of an imported study, by video, in the order in which they came.

    A person whose name was erased is called by the end of their id; erased texts are absent.
    """
    texts = _texts(connection, identity)
    query = (
        select(
            outside_judgement, outside_rater.c.kind, outside_rater.c.name, outside_name.c.name.label("person")
        )
        .join(outside_rater, outside_rater.c.id == outside_judgement.c.rater)
        .outerjoin(outside_name, outside_name.c.rater == outside_rater.c.id)
        .where(outside_judgement.c.study == identity)
        .order_by(outside_judgement.c.video, outside_judgement.c.id)
    )
    for row in connection.execute(query):
        person = row.person or f"outside-{row.rater[-6:]}"
        yield (
            row.id,
            Judged(
                video=row.video,
                kind=row.kind,
                rater=person if row.kind == "person" else row.name,
                said=_said(row, texts.get(row.id, {})),
                fps=row.fps,
                score=row.score,
                active_seconds=row.active_seconds,
                at=row.judged_at,
            ),
        )


def _said(row: Any, notes: dict[str, str]) -> Said:
    return Said(
        json.loads(row.answers),
        tuple((m["question"], Span(start=m["start"], end=m["end"])) for m in json.loads(row.marks)),
        notes,
        tuple(Evidence.model_validate(item) for item in json.loads(row.evidence)),
    )


def _texts(connection: Connection, identity: str) -> dict[str, dict[str, str]]:
    table = outside_judgement.c
    query = select(note).join(outside_judgement, table.id == note.c.owner).where(table.study == identity)
    found: dict[str, dict[str, str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.owner, {})[row.question] = row.text
    return found


# --------------------------------------------------------------------------------------------- tables
@applies(OutsideStudyImported)
def _came(connection: Connection, event: OutsideStudyImported, envelope: Envelope, blobs: Blobs) -> None:
    connection.execute(
        insert(outside_study).values(
            id=event.study,
            name=event.name,
            source=event.source,
            guideline=event.guideline,
            rows=event.rows,
            count=event.count,
            imported_at=envelope.at,
        )
    )
    named = [{"id": one.id, "study": event.study, "kind": one.kind, "name": one.name} for one in event.raters]
    connection.execute(insert(outside_rater), named)
    batch: list[dict[str, Any]] = []
    with blobs.path(event.rows).open(encoding="utf-8") as lines:
        for line in lines:
            batch.append(_columns(event.study, json.loads(line)))
            if len(batch) == BATCH:
                connection.execute(insert(outside_judgement), batch)
                batch = []
    if batch:
        connection.execute(insert(outside_judgement), batch)


def _columns(identity: str, row: dict[str, Any]) -> dict[str, Any]:
    held = {name: canonical(row[name]).decode() for name in ("answers", "marks", "notes", "evidence")}
    return row | held | {"study": identity}
