"""Answering for an escalation: opening its record, taking it on, referring, closing, holding."""

from __future__ import annotations

from tilik.kernel import Conflict, Invalid, digest_bytes, new_id
from tilik.safety.events import (
    Authority,
    EscalationAcknowledged,
    EscalationClosed,
    EscalationReferred,
    EscalationViewed,
    Finding,
    LegalHoldSet,
)
from tilik.safety.view import KEPT, Raised, find_escalation
from tilik.store import Writing
from tilik.study.accepting import keep_notes


def view(writing: Writing, identity: str) -> Raised:
    """Open an escalation's record; that it was opened is logged first. Raises ``Missing``."""
    find_escalation(writing.connection, writing.blobs, identity)
    writing.record(EscalationViewed(escalation=identity, step=new_id()))
    return find_escalation(writing.connection, writing.blobs, identity)


def acknowledge(writing: Writing, identity: str) -> None:
    """Take an escalation on. One that was taken on already stays as it is. Raises ``Missing``."""
    found = find_escalation(writing.connection, writing.blobs, identity)
    if found.state == "waiting":
        writing.record(EscalationAcknowledged(escalation=identity, step=new_id()))


def refer(
    writing: Writing, identity: str, to: Authority, note: str = "", *, impersonal: bool = False
) -> None:
    """Hand an escalation to somebody outside the team. Raises ``Missing``; ``Conflict`` where it was not
    taken on or is closed; ``Invalid`` for personal data in the note."""
    _refuse_out_of_turn(writing, identity)
    text, step = " ".join(note.split()), new_id()
    kept = _digest(text) if text else None
    writing.record(EscalationReferred(escalation=identity, step=step, to=to, note=kept))
    keep_notes(writing, step, {KEPT: text} if text else {}, impersonal=impersonal)


def close(writing: Writing, identity: str, finding: Finding, note: str, *, impersonal: bool = False) -> None:
    """Say what became of an escalation; a locked video stays locked. Raises as ``refer``, and ``Invalid``
    without a note."""
    _refuse_out_of_turn(writing, identity)
    text, step = _wanted(note), new_id()
    writing.record(EscalationClosed(escalation=identity, step=step, finding=finding, note=_digest(text)))
    keep_notes(writing, step, {KEPT: text}, impersonal=impersonal)


def hold(writing: Writing, identity: str, note: str, *, on: bool, impersonal: bool = False) -> None:
    """Put an escalation under a legal hold or lift it, at any time, with the ground for it. Raises
    ``Missing``, or ``Invalid`` without a note or for personal data in it."""
    found = find_escalation(writing.connection, writing.blobs, identity)
    text, step = _wanted(note), new_id()
    if found.hold is on:
        return
    writing.record(LegalHoldSet(escalation=identity, step=step, hold=on, note=_digest(text)))
    keep_notes(writing, step, {KEPT: text}, impersonal=impersonal)


def _refuse_out_of_turn(writing: Writing, identity: str) -> None:
    found = find_escalation(writing.connection, writing.blobs, identity)
    if found.state == "waiting":
        raise Conflict(
            "escalation-waiting",
            "nobody has taken this escalation on",
            where=identity,
            mend="Acknowledge it first.",
        )
    if found.state == "closed":
        raise Conflict("escalation-closed", "this escalation is closed", where=identity)


def _wanted(note: str) -> str:
    text = " ".join(note.split())
    if not text:
        raise Invalid("escalation-note", "this needs a note", where="note", mend="Write one sentence.")
    return text


def _digest(text: str) -> str:
    return digest_bytes(text.encode())
