"""People come and change; their names stay out of the log; somebody can always manage people."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from tilik.access import (
    Role,
    add_person,
    change_person,
    find_person,
    issue_link,
    list_people,
    sign_in,
    sign_out,
)
from tilik.kernel import Conflict, Invalid, Missing, to_text
from tilik.log import log_entry
from tilik.store import Workspace
from tilik.store.tables import person_name

ROLES: list[Role] = ["admin", "lead", "reviewer", "child-safety"]


def add(workspace: Workspace, name: str, *roles: Role, simulated: bool = False) -> str:
    with workspace.store.write() as writing:
        return add_person(writing, name=name, roles=roles or ("reviewer",), simulated=simulated).id


def test_a_person_is_kept_as_added(workspace: Workspace) -> None:
    with workspace.store.write() as writing:
        added = add_person(writing, name="  Siti   Rahma ", roles=("reviewer", "lead", "lead"))
    assert (added.name, added.roles, added.active, added.simulated) == (
        "Siti Rahma",
        ("lead", "reviewer"),
        True,
        False,
    )
    assert (added.pseudonym, added.created_at) == ("R01", to_text(workspace.store.clock()))
    with workspace.store.read() as connection:
        assert find_person(connection, added.id) == added
        assert list_people(connection) == [added]


def test_simulated_people_are_marked_and_stand_last(workspace: Workspace) -> None:
    add(workspace, "Model", simulated=True)
    add(workspace, "Siti", "admin")
    add(workspace, "Model 2", simulated=True)
    with workspace.store.read() as connection:
        listed = [(one.pseudonym, one.simulated) for one in list_people(connection)]
    assert listed == [("R01", False), ("S01", True), ("S02", True)]


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "a\x00b", "a\x1bb", "\ud800"])
def test_a_name_that_cannot_be_shown_is_refused(workspace: Workspace, name: str) -> None:
    with pytest.raises(Invalid) as caught:
        add(workspace, name)
    assert (caught.value.code, caught.value.where) == ("person-name", "name")


@pytest.mark.parametrize("roles", [(), ("boss",), ("admin", "boss")])
def test_roles_that_do_not_exist_are_refused(workspace: Workspace, roles: tuple[Role, ...]) -> None:
    siti = add(workspace, "Siti", "admin")
    with pytest.raises(Invalid, match="reviewer, adjudicator, lead"), workspace.store.write() as writing:
        add_person(writing, name="Adi", roles=roles)
    with pytest.raises(Invalid, match="reviewer, adjudicator, lead"), workspace.store.write() as writing:
        change_person(writing, siti, roles=roles)


def test_roles_and_access_change_apart(workspace: Workspace) -> None:
    add(workspace, "Siti", "admin")
    adi = add(workspace, "Adi")
    with workspace.store.write() as writing:
        assert change_person(writing, adi, active=False).roles == ("reviewer",)
        changed = change_person(writing, adi, roles=("lead",))
        assert (changed.roles, changed.active) == (("lead",), False)
        assert change_person(writing, adi, active=True).active


@pytest.mark.parametrize(
    "change", [{"active": False}, {"roles": ("lead",)}, {"roles": ("lead",), "active": False}]
)
def test_the_last_administrator_stays(workspace: Workspace, change: dict[str, object]) -> None:
    siti = add(workspace, "Siti", "admin")
    add(workspace, "Adi", "lead")
    gone = add(workspace, "Budi", "admin")
    with workspace.store.write() as writing:
        change_person(writing, gone, active=False)
    with pytest.raises(Conflict) as caught, workspace.store.write() as writing:
        change_person(writing, siti, **change)  # type: ignore[arg-type]
    assert caught.value.code == "last-admin"
    with workspace.store.write() as writing:
        change_person(writing, gone, active=True)
        change_person(writing, siti, **change)  # type: ignore[arg-type]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.sets(st.sampled_from(ROLES)), st.booleans()), max_size=12))
def test_no_series_of_changes_leaves_nobody_to_manage_people(
    sqlite_workspace: Workspace, changes: list[tuple[int, set[Role], bool]]
) -> None:
    people = [add(sqlite_workspace, name, "admin") for name in ("A", "B")] + [
        add(sqlite_workspace, name) for name in ("C", "D")
    ]
    with sqlite_workspace.store.read() as connection:
        earlier = [one.id for one in list_people(connection) if one.id not in people]
    with sqlite_workspace.store.write() as writing:
        for one in earlier:  # people of examples before this one
            change_person(writing, one, active=False)
    for who, roles, active in changes:
        try:
            with sqlite_workspace.store.write() as writing:
                change_person(writing, people[who], roles=tuple(roles) or None, active=active)
        except Conflict:
            continue
    with sqlite_workspace.store.read() as connection:
        assert any("admin" in one.roles and one.active for one in list_people(connection))


def test_nobody_of_this_id_is_missing(workspace: Workspace) -> None:
    with pytest.raises(Missing), workspace.store.read() as connection:
        find_person(connection, "nobody")
    with pytest.raises(Missing), workspace.store.write() as writing:
        change_person(writing, "nobody", active=False)


def test_names_never_enter_the_log_and_can_be_erased(workspace: Workspace) -> None:
    name = "Zulaikha Xylophone"
    identity = add(workspace, name, "admin")
    with workspace.store.write(identity) as writing:
        other = add_person(writing, name="Quirky Wójcik", roles=("reviewer",))
        change_person(writing, other.id, roles=("lead",))
        cookie, opened = sign_in(writing, issue_link(writing, other.id))
        sign_out(writing, opened)
        link = issue_link(writing, identity)
        change_person(writing, other.id, active=False)
    with workspace.store.read() as connection:
        entries = "\n".join(str(tuple(row)) for row in connection.execute(select(log_entry)))
    assert entries.count("\n") == 7
    for secret in ("Zulaikha", "Xylophone", "Quirky", "jcik", cookie, link, opened.csrf, opened.digest):
        assert secret not in entries
    with workspace.store.write() as writing:
        writing.connection.execute(delete(person_name).where(person_name.c.person == identity))
        erased = find_person(writing.connection, identity)
    assert (erased.name, erased.pseudonym) == ("", "R01")
