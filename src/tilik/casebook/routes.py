"""The HTTP face of the casebook: reviewers file and read precedents; who keeps policy looks after cases."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from tilik.access import list_people
from tilik.access.guard import MediaLinksHere, Policy, Reviewer, StoreHere
from tilik.access.sessions import Session
from tilik.casebook.act import group, hand_over, leave_group, move, see_again
from tilik.casebook.codes import SETTLED
from tilik.casebook.drafting import adopt, draft_of
from tilik.casebook.filing import Filing, file_case
from tilik.casebook.notes import FreeText
from tilik.casebook.precedents import precedents_for
from tilik.casebook.ruling import Said, rule, withdraw
from tilik.casebook.telling import near_cases
from tilik.casebook.view import Case, cases, find_case, rulings
from tilik.casebook.wire import (
    Adopted,
    CaseDetail,
    CaseReceipt,
    CaseView,
    CaseWriter,
    DraftView,
    NearView,
    PersonHere,
    PrecedentView,
    RulingView,
    SeenView,
    playable,
)
from tilik.kernel import Span
from tilik.media.registration import find_video
from tilik.privacy import Impersonal, note_opened
from tilik.store import Store
from tilik.study import find_version

router = APIRouter(prefix="/api")
JAKARTA = ZoneInfo("Asia/Jakarta")


class Body(BaseModel):
    """A request's body: nothing unknown is let in."""

    model_config = ConfigDict(extra="forbid")


class MoveBody(Body):
    """Where a case goes, and which question it concerns."""

    state: str
    question: str | None = None


class HandOverBody(Body):
    """Who looks after a case (by id), what they do next, until which day."""

    owner: str | None = None
    next_step: FreeText = ""
    due: str | None = None
    impersonal: Impersonal = False


class SeenBody(Body):
    """A video, or a judgement of one, by id."""

    name: str = Field(min_length=1, max_length=128)
    span: Span | None = None


class GroupBody(Body):
    """Cases that ask the same as this one, by id."""

    cases: list[str] = Field(min_length=1, max_length=500)


class DraftBody(Body):
    """The version to change; the active one if not said."""

    base: str = ""


@router.post("/cases")
def post_case(body: Filing, session: Reviewer, store: StoreHere) -> CaseReceipt:
    """File a case about the task in one's hands; sending it again with the same key files nothing more."""
    with store.write(session.person.id) as writing:
        filed = file_case(writing, session.person.id, body)
    return CaseReceipt(case=filed.case, number=filed.number, repeated=filed.repeated)


@router.get("/tasks/{task}/precedents")
def get_precedents(task: str, _session: Reviewer, store: StoreHere) -> list[PrecedentView]:
    """The precedents that may be shown beside this task's questions."""
    with store.read() as connection:
        return [PrecedentView.of(one) for one in precedents_for(connection, task)]


@router.get("/cases")
def get_cases(session: Policy, store: StoreHere) -> list[CaseView]:
    """Every case, the latest change first."""
    with store.read() as connection:
        every = cases(connection)
        writer = _writer(store, session, every, _names(store))
    return [writer.write(one) for one in every]


@router.get("/cases/near")
def get_near(session: Policy, store: StoreHere) -> list[NearView]:
    """Open cases that may ask the same, for a person to confirm."""
    with store.read() as connection:
        every = cases(connection)
        found = near_cases(connection, store.blobs)
    writer = _writer(store, session, every, _names(store))
    views = {one.id: writer.write(one) for one in every}
    return [NearView.of(one, views) for one in found]


@router.get("/cases/{case}")
def get_case(case: str, session: Policy, store: StoreHere, links: MediaLinksHere) -> CaseDetail:
    """One case, by id or number."""
    found = _detail(store, session, links, case)
    played = {one.video for one in found.seen if one.playback is not None}
    note_opened(store, session.person.id, played, "case")
    return found


@router.post("/cases/{case}/state")
def post_case_state(case: str, body: MoveBody, session: Policy, store: StoreHere) -> CaseView:
    """Take a case to another state of the guideline's, or say which question it concerns."""
    with store.write(session.person.id) as writing:
        move(writing, case, body.state, body.question)
    return _view(store, session, case)


@router.post("/cases/{case}/hand-over")
def post_hand_over(case: str, body: HandOverBody, session: Policy, store: StoreHere) -> CaseView:
    """Say who looks after a case, what they do next, and until which day."""
    with store.write(session.person.id) as writing:
        hand_over(writing, case, **body.model_dump())
    return _view(store, session, case)


@router.post("/cases/{case}/seen")
def post_seen(case: str, body: SeenBody, session: Policy, store: StoreHere) -> CaseView:
    """Add a video, or a judgement of one, to a case."""
    with store.write(session.person.id) as writing:
        see_again(writing, session.person.id, case, body.name, body.span)
    return _view(store, session, case)


@router.post("/cases/{case}/group")
def post_group(case: str, body: GroupBody, session: Policy, store: StoreHere) -> CaseView:
    """Confirm that these cases ask the same as this one."""
    with store.write(session.person.id) as writing:
        group(writing, case, body.cases)
    return _view(store, session, case)


@router.post("/cases/{case}/leave-group")
def post_leave_group(case: str, session: Policy, store: StoreHere) -> CaseView:
    """Let a case stand alone again."""
    with store.write(session.person.id) as writing:
        leave_group(writing, case)
    return _view(store, session, case)


@router.post("/cases/{case}/rulings")
def post_ruling(
    case: str, body: Said, session: Policy, store: StoreHere, links: MediaLinksHere
) -> CaseDetail:
    """Settle a case and all of its group."""
    with store.write(session.person.id) as writing:
        rule(writing, session.person.id, case, body)
    return _detail(store, session, links, case)


@router.post("/rulings/{ruling}/withdraw", status_code=204)
def post_precedent_withdraw(ruling: str, session: Policy, store: StoreHere) -> None:
    """Show a ruling on the bench no longer."""
    with store.write(session.person.id) as writing:
        withdraw(writing, ruling)


@router.get("/rulings/{ruling}/draft")
def get_draft(ruling: str, _session: Policy, store: StoreHere, base: str = "") -> DraftView:
    """The change of the guideline that would say this ruling."""
    with store.read() as connection:
        found = draft_of(connection, store.blobs, ruling, base)
    return DraftView(patch=found.patch, version=found.version, base=found.base)


@router.post("/rulings/{ruling}/draft")
def post_draft(ruling: str, body: DraftBody, session: Policy, store: StoreHere) -> Adopted:
    """Bring that draft into the workspace."""
    with store.write(session.person.id) as writing:
        identity = adopt(writing, ruling, body.base)
        version = find_version(writing.connection, identity).version
    return Adopted(hash=identity, version=version)


def _detail(store: Store, session: Session, links: MediaLinksHere, case: str) -> CaseDetail:
    with store.read() as connection:
        every, found = cases(connection), find_case(connection, case)
        people = [one for one in list_people(connection) if one.active and not one.simulated]
        writer = _writer(store, session, every, {one.id: one.pseudonym for one in people})
        seen = []
        for one in found.seen:
            view = SeenView.of(one)
            shown = view if one.locked or one.task is None else find_video(connection, one.video)
            seen.append(view if isinstance(shown, SeenView) else playable(view, shown, links, session))
        ruled = rulings(connection, [found.ruling]) if found.ruling else []
        return CaseDetail(
            case=writer.write(found),
            seen=seen,
            ruling=RulingView.of(ruled[0]) if ruled and not found.hidden else None,
            group=[writer.write(one) for one in every if one.head == found.head and one.id != found.id],
            people=[PersonHere(id=one.id, pseudonym=one.pseudonym, name=one.name) for one in people],
        )


def _view(store: Store, session: Session, case: str) -> CaseView:
    with store.read() as connection:
        every, found = cases(connection), find_case(connection, case)
    return _writer(store, session, every, _names(store)).write(found)


def _names(store: Store) -> dict[str, str]:
    with store.read() as connection:
        return {one.id: one.pseudonym for one in list_people(connection)}


def _writer(store: Store, session: Session, every: list[Case], names: dict[str, str]) -> CaseWriter:
    today = store.clock().astimezone(JAKARTA).date().isoformat()
    return CaseWriter(every, names, session.person.id, today, SETTLED)
