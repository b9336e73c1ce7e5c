"""A link signs in once and in time; a session ends by time, by its owner, or with its owner's access."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tilik.access import (
    Person,
    Preferences,
    Session,
    add_person,
    change_person,
    find_session,
    issue_link,
    link_owner,
    preferences_of,
    set_preferences,
    sign_in,
    sign_out,
)
from tilik.access.sessions import LINK_LIFE, SESSION_LIFE
from tilik.kernel import Missing, Refused, to_text
from tilik.log import log_entry
from tilik.store import Workspace
from tilik.store.tables import session, sign_in_link


@pytest.fixture
def siti(workspace: Workspace) -> Person:
    with workspace.store.write() as writing:
        return add_person(writing, name="Siti", roles=("admin",))


@pytest.fixture
def adi(workspace: Workspace, siti: Person) -> Person:
    with workspace.store.write() as writing:
        return add_person(writing, name="Adi", roles=("reviewer",))


def link_for(workspace: Workspace, person: Person) -> str:
    with workspace.store.write() as writing:
        return issue_link(writing, person.id)


def enter(workspace: Workspace, token: str) -> tuple[str, Session]:
    with workspace.store.write() as writing:
        return sign_in(writing, token)


def found(workspace: Workspace, cookie: str) -> Session | None:
    with workspace.store.read() as connection:
        return find_session(connection, cookie, workspace.store.clock)


def types(workspace: Workspace) -> list[str]:
    with workspace.store.read() as connection:
        return list(connection.execute(select(log_entry.c.type).order_by(log_entry.c.seq)).scalars())


def test_a_link_opens_a_session(workspace: Workspace, adi: Person) -> None:
    token = link_for(workspace, adi)
    with workspace.store.read() as connection:
        assert link_owner(connection, token, workspace.store.clock) == adi.id
    cookie, opened = enter(workspace, token)
    assert found(workspace, cookie) == opened
    assert (opened.person, len(opened.csrf) >= 32) == (adi, True)
    assert types(workspace)[-2:] == ["link-issued", "signed-in"]


def test_a_link_works_once(workspace: Workspace, adi: Person) -> None:
    token = link_for(workspace, adi)
    enter(workspace, token)
    with pytest.raises(Refused) as caught:
        enter(workspace, token)
    assert caught.value.code == "link-spent"
    assert types(workspace).count("signed-in") == 1


def test_of_many_who_use_a_link_at_once_one_gets_in(workspace: Workspace, adi: Person) -> None:
    token, start = link_for(workspace, adi), threading.Barrier(6)
    outcomes: list[str] = []

    def work() -> None:
        start.wait()
        try:
            outcomes.append(enter(workspace, token)[1].person.id)
        except Refused as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == sorted([adi.id] + ["link-spent"] * 5)


def test_a_link_is_good_until_its_time(workspace: Workspace, adi: Person, clock: Any) -> None:
    early, late = link_for(workspace, adi), link_for(workspace, adi)
    clock.now += LINK_LIFE - timedelta(seconds=1)
    enter(workspace, early)
    clock.move(seconds=1)
    with pytest.raises(Refused) as caught:
        enter(workspace, late)
    assert caught.value.code == "link-spent"


@pytest.mark.parametrize("token", ["", "guessed", "x" * 500, "\ud800", "a\x00b"])
def test_a_guessed_link_is_refused_like_a_spent_one(workspace: Workspace, adi: Person, token: str) -> None:
    with pytest.raises(Refused) as caught:
        enter(workspace, token)
    assert caught.value.code == "link-spent"


def test_whoever_has_no_access_gets_no_link_and_no_session(workspace: Workspace, adi: Person) -> None:
    before = link_for(workspace, adi)
    with workspace.store.write() as writing:
        change_person(writing, adi.id, active=False)
    for attempt in (lambda: link_for(workspace, adi), lambda: enter(workspace, before)):
        with pytest.raises(Refused) as caught:
            attempt()
        assert caught.value.code == "person-inactive"
    with pytest.raises(Missing):
        link_for(workspace, replace(adi, id="nobody"))


def test_losing_access_ends_sessions_for_good(workspace: Workspace, adi: Person, clock: Any) -> None:
    cookie, opened = enter(workspace, link_for(workspace, adi))
    clock.move(hours=1)
    with workspace.store.write() as writing:
        change_person(writing, adi.id, active=False)
    assert found(workspace, cookie) is None
    with workspace.store.write() as writing:
        change_person(writing, adi.id, active=True)
        query = select(session.c.ended_at).where(session.c.digest == opened.digest)
        assert writing.connection.execute(query).scalar_one() == to_text(clock())
    assert found(workspace, cookie) is None


def test_other_peoples_sessions_stay(workspace: Workspace, siti: Person, adi: Person) -> None:
    cookie, _ = enter(workspace, link_for(workspace, siti))
    enter(workspace, link_for(workspace, adi))
    with workspace.store.write() as writing:
        change_person(writing, adi.id, active=False)
    assert found(workspace, cookie) is not None


def test_changed_roles_count_at_once(workspace: Workspace, adi: Person) -> None:
    cookie, _ = enter(workspace, link_for(workspace, adi))
    with workspace.store.write() as writing:
        change_person(writing, adi.id, roles=("lead",))
    now = found(workspace, cookie)
    assert now is not None
    assert now.person.roles == ("lead",)


def test_a_session_ends_by_time(workspace: Workspace, adi: Person, clock: Any) -> None:
    cookie, opened = enter(workspace, link_for(workspace, adi))
    clock.now += SESSION_LIFE - timedelta(seconds=1)
    assert found(workspace, cookie) == opened
    clock.move(seconds=1)
    assert found(workspace, cookie) is None


def test_signing_out_ends_one_session_once(workspace: Workspace, adi: Person) -> None:
    cookie, opened = enter(workspace, link_for(workspace, adi))
    other, _ = enter(workspace, link_for(workspace, adi))
    for _ in range(2):
        with workspace.store.write() as writing:
            sign_out(writing, opened)
    assert found(workspace, cookie) is None
    assert found(workspace, other) is not None
    assert types(workspace).count("signed-out") == 1


@pytest.mark.parametrize("cookie", ["", "guessed", "\ud800"])
def test_a_guessed_cookie_is_nobodys(workspace: Workspace, adi: Person, cookie: str) -> None:
    enter(workspace, link_for(workspace, adi))
    assert found(workspace, cookie) is None


def test_the_database_holds_no_token_that_opens_anything(workspace: Workspace, adi: Person) -> None:
    token = link_for(workspace, adi)
    cookie, opened = enter(workspace, link_for(workspace, adi))
    with workspace.store.read() as connection:
        kept = [str(tuple(r)) for t in (session, sign_in_link) for r in connection.execute(select(t))]
    assert not any(secret in row for row in kept for secret in (token, cookie))
    for digest in (opened.digest, opened.digest.upper()):
        assert found(workspace, digest) is None


def test_preferences_are_kept_per_person_and_out_of_the_log(
    workspace: Workspace, siti: Person, adi: Person
) -> None:
    chosen = Preferences(language="en", theme="light", speed=1.5, muted=True, grey=True, blur=True)
    before = len(types(workspace))
    with workspace.store.write() as writing:
        set_preferences(writing, siti.id, Preferences(language="en"))
        set_preferences(writing, siti.id, chosen)
    with workspace.store.read() as connection:
        assert preferences_of(connection, siti.id) == chosen
        assert preferences_of(connection, adi.id) == Preferences()
    assert len(types(workspace)) == before
