"""The HTTP face of one's own account: password, second factor, sessions. No program and nobody else."""

from __future__ import annotations

from fastapi import APIRouter, Request

from tilik.access.attempts import attempt, by_person, succeeded
from tilik.access.guard import AccessHere, FreshOwner, Owner, StoreHere
from tilik.access.passwords import drop_password, set_password
from tilik.access.sessions import end_sessions
from tilik.access.totp import begin_totp, confirm_totp, drop_totp
from tilik.access.waysin import ways_in
from tilik.access.wire import Code, EnrolmentView, NewPassword, RecoveryCodes, WaysIn

router = APIRouter(prefix="/api")


@router.get("/account")
def get_account(session: Owner, store: StoreHere, settings: AccessHere) -> WaysIn:
    """One's own ways in."""
    with store.read() as connection:
        return ways_in(connection, session.person.id, store.clock, settings)


@router.post("/account/password", status_code=204)
def post_own_password(body: NewPassword, session: FreshOwner, store: StoreHere) -> None:
    """Set or replace one's own password; other sessions end."""
    with store.write(session.person.id) as writing:
        set_password(writing, session.person.id, body.password)
        end_sessions(writing, session.person.id, but=session.digest)


@router.delete("/account/password", status_code=204)
def delete_own_password(session: FreshOwner, store: StoreHere) -> None:
    """Take one's own password and second factor away; one-time links remain."""
    with store.write(session.person.id) as writing:
        drop_password(writing, session.person.id)


@router.post("/account/totp")
def post_totp(session: FreshOwner, request: Request, store: StoreHere) -> EnrolmentView:
    """Begin a second factor: what an authenticator app needs. It counts once its first code was typed."""
    with store.write(session.person.id) as writing:
        made = begin_totp(writing, session.person.id, request.app.state.seal)
    return EnrolmentView(secret=made.secret, picture=made.picture)


@router.post("/account/totp/confirm")
def post_totp_code(body: Code, session: FreshOwner, request: Request, store: StoreHere) -> RecoveryCodes:
    """Let the second factor count; the answer holds recovery codes, once."""
    tried = attempt(store, [by_person(f"enrolment {session.person.id}")])
    with store.write(session.person.id) as writing:
        codes = confirm_totp(writing, session.person.id, request.app.state.seal, body.code)
        succeeded(writing, tried)
    return RecoveryCodes(codes=list(codes))


@router.delete("/account/totp", status_code=204)
def delete_totp(session: FreshOwner, store: StoreHere) -> None:
    """Take the second factor and its recovery codes away."""
    with store.write(session.person.id) as writing:
        drop_totp(writing, session.person.id)


@router.delete("/account/sessions", status_code=204)
def delete_other_sessions(session: Owner, store: StoreHere) -> None:
    """End all one's other sessions."""
    with store.write(session.person.id) as writing:
        end_sessions(writing, session.person.id, but=session.digest)
