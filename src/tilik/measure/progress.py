"""How far every study has come, counted by the database: the list of studies asks for no figure."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, case, func, select

from tilik.log import Blobs
from tilik.measure.facts import gather
from tilik.measure.figures import describe, question_of
from tilik.measure.wire import StudyView
from tilik.store.tables import draw, frame, judgement, past_judgement, person, study, task
from tilik.study import studies

JUDGED = '{"assessable":"yes"'
"""How the canonical JSON of a judgement begins when the video could be judged: keys are in order."""


def progress(connection: Connection, blobs: Blobs) -> list[StudyView]:
    """Every study, the newest first."""
    rows = {
        row.id: row
        for row in connection.execute(
            select(study, frame.c.name.label("frame_name")).join(frame, frame.c.hash == study.c.frame)
        )
    }
    drawn: dict[str, int] = dict(
        connection.execute(select(draw.c.study, func.count()).group_by(draw.c.study)).all()
    )
    seen = _fingerprints(connection)
    found = []
    for identity in studies(connection):
        row = rows[identity]
        if row.overlap is not None:  # which judgement counts is decided by its second looks
            found.append(describe(gather(connection, blobs, identity, assisted=True)))
        else:
            counts = _counted(connection, identity, seen.get(identity, ()))
            found.append(_view(row, drawn.get(identity, 0), counts))
    return found


class _Counts(NamedTuple):
    """Of one study: settled tasks that somebody could judge, that nobody could, stopped ones; judgements."""

    judged: int = 0
    unjudgeable: int = 0
    stopped: int = 0
    simulated: int = 0


_COUNTED: dict[str, tuple[tuple[int, ...], _Counts]] = {}
"""By study, with what it was counted from: a study that nobody works on is counted once."""


def _fingerprints(connection: Connection) -> dict[str, tuple[int, ...]]:
    """What changes whenever counts can: judgements given, tasks settled and stopped, ones said anew."""
    settled, stopped = (case((task.c.state == state, 1), else_=0) for state in ("settled", "stopped"))
    query = select(task.c.study, func.sum(task.c.judged), func.sum(settled), func.sum(stopped)).group_by(
        task.c.study
    )
    # The few that were said anew are looked up among the many tasks, never the other way round.
    again = (
        select(past_judgement.c.task, func.count().label("times")).group_by(past_judgement.c.task).subquery()
    )
    anew: dict[str, int] = dict(
        connection.execute(
            select(task.c.study, func.sum(again.c.times))
            .join(again, again.c.task == task.c.id)
            .group_by(task.c.study)
        ).all()
    )
    return {
        name: (int(given), int(done), int(ended), int(anew.get(name, 0)))
        for name, given, done, ended in connection.execute(query)
    }


def _counted(connection: Connection, identity: str, seen: tuple[int, ...]) -> _Counts:
    held = _COUNTED.get(identity)
    if held is None or held[0] != seen:
        held = _COUNTED[identity] = seen, _count(connection, identity)
    return held[1]


def _count(connection: Connection, identity: str) -> _Counts:
    could = case((func.substr(judgement.c.answers, 1, len(JUDGED)) == JUDGED, 1), else_=0)
    each = (
        select(
            task.c.state,
            func.max(could).label("yes"),
            func.count(judgement.c.id).label("said"),
            func.sum(case((person.c.simulated.is_(True), 1), else_=0)).label("simulated"),
        )
        .outerjoin(judgement, judgement.c.task == task.c.id)
        .outerjoin(person, person.c.id == judgement.c.person)
        .where(task.c.study == identity)
        .group_by(task.c.id, task.c.state)
        .subquery()
    )
    settled = each.c.state == "settled"
    query = select(
        func.sum(case((settled & (each.c.yes == 1), 1), else_=0)),
        func.sum(case((settled & (each.c.yes == 0) & (each.c.said > 0), 1), else_=0)),
        func.sum(case((each.c.state == "stopped", 1), else_=0)),
        func.sum(each.c.simulated),
    )
    return _Counts(*(int(one or 0) for one in connection.execute(query).one()))


def _view(row: Row[Any], drawn: int, counts: _Counts) -> StudyView:
    judged, unjudgeable, stopped, simulated = counts
    return StudyView(
        id=row.id,
        name=row.name,
        question=question_of(row.frame_name),
        frame=row.frame,
        guideline=row.guideline,
        design=json.loads(row.design),
        budget=row.budget,
        seed=row.seed,
        drawn=drawn,
        judged=judged,
        unjudgeable=unjudgeable,
        waiting=drawn - judged - unjudgeable - stopped,
        stopped=stopped,
        simulated=simulated,
    )
