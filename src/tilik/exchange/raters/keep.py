"""Machine judges of a study: their verdicts lie in a file of their own that no figure of people reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from tilik.exchange.events import MachineJudged
from tilik.exchange.raters.verdicts import Verdict, read_verdicts
from tilik.kernel import Conflict, Invalid, canonical, new_id
from tilik.log import Blobs, Envelope, applies
from tilik.store import Writing
from tilik.store.exchange_tables import machine_judge
from tilik.store.tables import draw, study
from tilik.study import guideline_of

LONGEST_NAME = 128


@dataclass(frozen=True, slots=True)
class Judge:
    """A machine whose verdicts on a study came in; ``count`` of them."""

    id: str
    name: str
    rows: str
    count: int
    imported_at: str


def keep_verdicts(writing: Writing, identity: str, name: str, lines: Iterable[str], where: str) -> Judge:
    """Keep a machine's verdicts on the videos of a drawn study; all of them, or none.

    Raises ``Conflict`` for a name that the study has, ``Invalid`` as :func:`read_verdicts` does.
    """
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid("judge-name", f"a judge has a name of 1 to {LONGEST_NAME} characters", where="--name")
    if any(one.name == name for one in judges_of(writing.connection, identity)):
        raise Conflict(
            "judge-exists", "this study has a judge of this name", where=name, mend="Choose another --name."
        )
    hashed = writing.connection.execute(select(study.c.guideline).where(study.c.id == identity)).scalar_one()
    document = guideline_of(writing.connection, writing.blobs, hashed)
    drawn = writing.connection.execute(select(draw.c.video).where(draw.c.study == identity)).scalars()
    found = read_verdicts(
        lines, drawn=set(drawn), families=[family.code for family in document.families], where=where
    )
    rows = b"".join(canonical(one.model_dump(mode="json")) + b"\n" for one in found)
    event = MachineJudged(
        judge=new_id(), study=identity, name=name, rows=writing.blobs.put(rows), count=len(found)
    )
    writing.record(event)
    return next(one for one in judges_of(writing.connection, identity) if one.id == event.judge)


def judges_of(connection: Connection, identity: str) -> list[Judge]:
    """The machine judges of a study in the order in which they came."""
    table = machine_judge.c
    query = select(machine_judge).where(table.study == identity).order_by(table.imported_at, table.id)
    return [
        Judge(row.id, row.name, row.rows, row._mapping["count"], row.imported_at)
        for row in connection.execute(query)
    ]


def verdicts_of(blobs: Blobs, judge: Judge) -> dict[str, Verdict]:
    """A judge's verdicts by video."""
    with blobs.path(judge.rows).open(encoding="utf-8") as lines:
        told = (Verdict.model_validate(_tuples(json.loads(line))) for line in lines)
        return {one.video: one for one in told}


def _tuples(row: dict[str, object]) -> dict[str, object]:
    listed = row.get("families")
    return {**row, "families": tuple(listed)} if isinstance(listed, list) else row


@applies(MachineJudged)
def _came(connection: Connection, event: MachineJudged, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(machine_judge).values(
            id=event.judge,
            study=event.study,
            name=event.name,
            rows=event.rows,
            count=event.count,
            imported_at=envelope.at,
        )
    )
