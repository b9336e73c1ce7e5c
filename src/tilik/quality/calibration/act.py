"""What people do in a calibration session."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, or_, select

from tilik.kernel import Conflict, Invalid, Missing, digest_bytes, new_id
from tilik.quality.calibration.events import (
    CalibrationClosed,
    CalibrationOpened,
    CalibrationRemarked,
    CalibrationRevealed,
    CalibrationRuled,
    CalibrationVoted,
)
from tilik.quality.calibration.splitting import most_split
from tilik.store import Writing
from tilik.store.calibration_tables import calibration, calibration_item, calibration_vote
from tilik.store.tables import judgement, lease, study, task
from tilik.study import find_study
from tilik.study.accepting import keep_notes, tidy

FEWEST, USUAL, MOST = 1, 10, 50
REASON, REMARK = "reason", "remark"
ROUNDS = {"voting": 1, "ruled": 2}


def open_session(writing: Writing, name: str, most: int = USUAL) -> str:
    """Open a session on what split a study's judges most; returns its id.

    Raises ``Missing`` for an unknown study, ``Invalid`` for a number out of range or a study that is not
    blind, ``Conflict`` where nothing is split.
    """
    if not FEWEST <= most <= MOST:
        raise Invalid("calibration-most", f"a session has {FEWEST} to {MOST} items", where="most")
    identity = find_study(writing.connection, name)
    items = most_split(writing.connection, writing.blobs, identity, most)
    if not items:
        raise Conflict(
            "calibration-empty",
            "nobody differs on a settled task of this study that can be watched",
            where=identity,
            mend="Draw with --wants 2 or --overlap, and let people judge.",
        )
    guideline = writing.connection.execute(
        select(study.c.guideline).where(study.c.id == identity)
    ).scalar_one()
    session = new_id()
    writing.record(CalibrationOpened(session=session, study=identity, guideline=guideline, items=items))
    return session


def vote(writing: Writing, person: str, session: str, identity: str, *, says: bool) -> None:
    """Vote on an item: blind until it is revealed, again once it is ruled; a later vote replaces one's own.

    Raises ``Missing``, and ``Conflict`` in between, in a closed session, and where work on the video stopped.
    """
    item = _item(writing, session, identity)
    if item.state not in ROUNDS:
        raise Conflict("calibration-state", "nobody votes between the reveal and the ruling", where=identity)
    now = ROUNDS[item.state]
    table = calibration_vote
    same = (table.c.session == session, table.c.task == identity, table.c.person == person)
    before = writing.connection.execute(select(table.c.says).where(*same, table.c.round == now)).scalar()
    if before is not None and before == says:
        return
    knows = or_(
        exists().where(judgement.c.task == identity, judgement.c.person == person),
        exists().where(lease.c.task == identity, lease.c.person == person, lease.c.burst.is_not(None)),
    )
    met = None if writing.connection.execute(select(knows)).scalar() else new_id()
    writing.record(
        CalibrationVoted(session=session, task=identity, person=person, round=now, says=says, met=met)
    )


def reveal(writing: Writing, session: str, identity: str) -> None:
    """Show the blind votes on an item; once shown it stays so. Raises ``Missing``, ``Conflict`` before two
    people have voted."""
    item = _item(writing, session, identity)
    if item.state != "voting":
        return
    where = (calibration_vote.c.session == session, calibration_vote.c.task == identity)
    votes = writing.connection.execute(select(calibration_vote.c.person).where(*where)).all()
    if len(votes) < 2:
        raise Conflict("calibration-votes", "fewer than two people have voted", where=identity)
    writing.record(CalibrationRevealed(session=session, task=identity))


def remark(
    writing: Writing, person: str, session: str, identity: str, text: str, *, impersonal: bool = False
) -> None:
    """Say something in the discussion of an item. Raises ``Missing``; ``Conflict`` before the reveal, which
    keeps votes blind; ``Invalid`` for no text, or one with personal data."""
    item = _item(writing, session, identity)
    if item.state == "voting":
        raise Conflict("calibration-state", "what is discussed waits for the reveal", where=identity)
    said = _said(text, REMARK)
    name = new_id()
    writing.record(
        CalibrationRemarked(
            remark=name, session=session, task=identity, person=person, digest=digest_bytes(said.encode())
        )
    )
    keep_notes(writing, name, {REMARK: said}, impersonal=impersonal)


def rule(
    writing: Writing, session: str, identity: str, reason: str, *, says: bool, impersonal: bool = False
) -> None:
    """Rule on an item, once: a precedent from now on, and people vote again. Raises ``Missing``; ``Conflict``
    before the reveal and after a ruling; ``Invalid`` without a reason, or with personal data in it."""
    item = _item(writing, session, identity)
    if item.state != "revealed":
        raise Conflict("calibration-state", f"an item that is {item.state} is not ruled on", where=identity)
    said = _said(reason, REASON)
    name, told = new_id(), digest_bytes(said.encode())
    writing.record(CalibrationRuled(ruling=name, session=session, task=identity, says=says, reason=told))
    keep_notes(writing, name, {REASON: said}, impersonal=impersonal)


def close(writing: Writing, session: str) -> None:
    """End a session; one that is closed stays so. Raises ``Missing``."""
    query = select(calibration.c.id, calibration.c.closed_at).where(calibration.c.id == session)
    row = writing.connection.execute(query).first()
    if row is None:
        raise Missing("calibration-missing", "there is no such session", where=session)
    if row.closed_at is None:
        writing.record(CalibrationClosed(session=session))


def _item(writing: Writing, session: str, identity: str) -> Any:
    query = (
        select(calibration_item, calibration.c.closed_at, task.c.state.label("work"))
        .join(calibration, calibration.c.id == calibration_item.c.session)
        .join(task, task.c.id == calibration_item.c.task)
        .where(calibration_item.c.session == session, calibration_item.c.task == identity)
    )
    row = writing.connection.execute(query).first()
    if row is None:
        raise Missing("calibration-missing", "there is no such item in a session", where=identity)
    if row.closed_at is not None:
        raise Conflict("calibration-closed", "this session is closed", where=session)
    if row.work == "stopped":
        raise Conflict("task-stopped", "work on this video was stopped", where=identity)
    return row


def _said(text: str, where: str) -> str:
    said = tidy({where: text}).get(where)
    if said is None:
        raise Invalid("calibration-text", "this needs a text", where=where, mend="Write one sentence.")
    return said
