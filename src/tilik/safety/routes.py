"""The HTTP face of child safety. The list says what waits; a record is opened by a call that is logged."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from tilik.access import list_people
from tilik.access.guard import ChildSafety, StoreHere
from tilik.access.sessions import Session
from tilik.guideline.words import Text
from tilik.kernel import to_text
from tilik.privacy import Impersonal
from tilik.safety.act import acknowledge, close, hold, refer, view
from tilik.safety.events import Authority, Finding
from tilik.safety.view import Raised, State, escalations, find_escalation, note_of
from tilik.store import Store

router = APIRouter(prefix="/api/safety")
Note = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]


class Body(BaseModel):
    """What the screen sends."""

    model_config = ConfigDict(extra="forbid")

    note: Note = ""
    impersonal: Impersonal = False


class ReferBody(Body):
    """Whom it is handed to."""

    to: Authority


class CloseBody(Body):
    """What became of it."""

    finding: Finding


class HoldBody(Body):
    """Whether nothing of it may be erased, and why."""

    hold: bool


class EscalationView(BaseModel):
    """What everybody who answers for child safety sees at once: no video, no note, nobody's pseudonym."""

    id: str
    about: Literal["video", "answer"]
    code: str
    name: Text
    sla_minutes: int
    locks: bool
    raised_at: str
    due: str
    acknowledged_at: str | None
    late: bool
    state: State
    hold: bool
    views: int

    @staticmethod
    def of(one: Raised, now: str) -> EscalationView:
        """As it is sent."""
        return EscalationView(
            id=one.id,
            about=one.about,
            code=one.code,
            name=one.kind.name,
            sla_minutes=one.kind.sla_minutes,
            locks=one.kind.lock,
            raised_at=one.raised_at,
            due=one.due,
            acknowledged_at=one.acknowledged_at,
            late=one.late(now),
            state=one.state,
            hold=one.hold,
            views=sum(step.step == "viewed" for step in one.steps),
        )


class EscalationList(BaseModel):
    """Every escalation, those that wait first; ``now`` is the server's time (UTC)."""

    now: str
    escalations: list[EscalationView]


class StepView(BaseModel):
    """One thing that was done, by whom; ``said`` is an authority, a finding, or whether a hold is on."""

    step: str
    said: str | None
    note: str | None
    by: str
    at: str


class EscalationRecord(BaseModel):
    """The minimal record, and all that was done, views among it."""

    escalation: EscalationView
    action: Text
    video: str | None
    at_second: float | None
    by: str
    note: str | None
    steps: list[StepView]


@router.get("/escalations")
def get_escalations(_session: ChildSafety, store: StoreHere) -> EscalationList:
    """Every escalation without its record, those that wait first."""
    now = to_text(store.clock())
    with store.read() as connection:
        found = escalations(connection, store.blobs)
    return EscalationList(now=now, escalations=[EscalationView.of(one, now) for one in found])


@router.post("/escalations/{escalation}/view")
def post_escalation_view(escalation: str, session: ChildSafety, store: StoreHere) -> EscalationRecord:
    """Open an escalation's record, which holds no media; that it was opened is logged."""
    with store.write(session.person.id) as writing:
        view(writing, escalation)
    return _record(store, escalation)


@router.post("/escalations/{escalation}/acknowledge")
def post_escalation_acknowledge(escalation: str, session: ChildSafety, store: StoreHere) -> EscalationRecord:
    """Take an escalation on; its timer stops."""
    with store.write(session.person.id) as writing:
        acknowledge(writing, escalation)
        view(writing, escalation)
    return _record(store, escalation)


@router.post("/escalations/{escalation}/refer")
def post_escalation_refer(
    escalation: str, body: ReferBody, session: ChildSafety, store: StoreHere
) -> EscalationRecord:
    """Say to whom an escalation was handed."""
    with store.write(session.person.id) as writing:
        refer(writing, escalation, body.to, body.note, impersonal=body.impersonal)
    return _seen(store, session, escalation)


@router.post("/escalations/{escalation}/close")
def post_escalation_close(
    escalation: str, body: CloseBody, session: ChildSafety, store: StoreHere
) -> EscalationRecord:
    """Say what became of an escalation; a locked video stays locked."""
    with store.write(session.person.id) as writing:
        close(writing, escalation, body.finding, body.note, impersonal=body.impersonal)
    return _seen(store, session, escalation)


@router.post("/escalations/{escalation}/hold")
def post_escalation_hold(
    escalation: str, body: HoldBody, session: ChildSafety, store: StoreHere
) -> EscalationRecord:
    """Put an escalation under a legal hold, or lift it."""
    with store.write(session.person.id) as writing:
        hold(writing, escalation, body.note, on=body.hold, impersonal=body.impersonal)
    return _seen(store, session, escalation)


def _seen(store: Store, session: Session, identity: str) -> EscalationRecord:
    with store.write(session.person.id) as writing:
        view(writing, identity)
    return _record(store, identity)


def _record(store: Store, identity: str) -> EscalationRecord:
    now = to_text(store.clock())
    with store.read() as connection:
        found = find_escalation(connection, store.blobs, identity)
        names = {one.id: one.pseudonym for one in list_people(connection)}
        note = note_of(connection, identity)
    steps = [
        StepView(step=s.step, said=s.said, note=s.note, by=names.get(s.person, "–"), at=s.at)
        for s in found.steps
    ]
    return EscalationRecord(
        escalation=EscalationView.of(found, now),
        action=found.kind.action,
        video=found.video,
        at_second=found.at_second,
        by=names.get(found.person, "–"),
        note=note,
        steps=steps,
    )
