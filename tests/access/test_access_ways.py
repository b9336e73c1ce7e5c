"""Passwords, authenticator codes, recovery codes, limits on trying, tokens, grants: on both databases."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pyotp
import pytest
from sqlalchemy import select

from study.making import make_study
from tilik.access import (
    Person,
    add_person,
    change_person,
    end_sessions,
    find_session,
    grant_studies,
    issue_link,
    issue_token,
    list_tokens,
    open_session,
    revoke_token,
    set_email,
    sign_in,
    studies_granted,
)
from tilik.access.attempts import PER_ADDRESS, PER_PERSON, WINDOW, TooManyAttempts
from tilik.access.passwords import drop_password, set_password
from tilik.access.sessions import Session
from tilik.access.signin import sign_in_with_link, sign_in_with_password
from tilik.access.tokens import token_session
from tilik.access.totp import RECOVERY_CODES, Seal, begin_totp, confirm_totp, recovery_codes_left
from tilik.access.waysin import take_ways_in
from tilik.kernel import Conflict, Invalid, Missing, Refused, TilikError, to_text
from tilik.log import log_entry
from tilik.review import lease_next, task_id
from tilik.store import Workspace, database_url, open_engine, rebuild
from tilik.store.access_tables import api_token, credential, person_email, recovery_code

SECRET = "kuda hijau makan awan"
SEAL = Seal(bytes(range(32)))


@pytest.fixture
def adi(workspace: Workspace) -> Person:
    with workspace.store.write() as writing:
        added = add_person(writing, name="Adi Nugraha", roles=("reviewer",))
        set_email(writing, added.id, "Adi@Contoh.id")
        set_password(writing, added.id, SECRET)
    return added


def enter(
    workspace: Workspace,
    name: str,
    password: str,
    code: str | None = None,
    address: str = "203.0.113.9",
) -> Session:
    return sign_in_with_password(workspace.store, SEAL, name, password, code, address=address)[1]


def code_of(act: Callable[[], Any]) -> str:
    with pytest.raises(TilikError) as caught:
        act()
    return caught.value.code


def types(workspace: Workspace) -> list[str]:
    with workspace.store.read() as connection:
        return list(connection.execute(select(log_entry.c.type).order_by(log_entry.c.seq)).scalars())


def whole_log(workspace: Workspace) -> str:
    with workspace.store.read() as connection:
        return "\n".join(connection.execute(select(log_entry.c.body)).scalars())


def assert_rebuilt_equal(workspace: Workspace, tmp_path: Path) -> None:
    fresh = open_engine(database_url(f"sqlite:///{tmp_path / 'again.db'}"))
    matches = rebuild(workspace.store, fresh)
    fresh.dispose()
    assert [match for match in matches if not match.equal] == []
    assert {"api_token", "study_grant"} <= {match.table for match in matches}


# ----------------------------------------------------------------------------------------- passwords
def test_a_password_signs_in_by_address_or_pseudonym(workspace: Workspace, adi: Person) -> None:
    for name in ("adi@contoh.id", " ADI@contoh.ID ", "R01", "r01"):
        assert enter(workspace, name, SECRET).person.id == adi.id
    assert (enter(workspace, "R01", SECRET).way, types(workspace)[-1]) == ("password", "signed-in")


def test_name_and_password_are_refused_alike(workspace: Workspace, adi: Person) -> None:
    with workspace.store.write() as writing:
        add_person(writing, name="Tanpa sandi", roles=("reviewer",))
        gone = add_person(writing, name="Sudah pergi", roles=("reviewer",))
        set_password(writing, gone.id, SECRET)
        change_person(writing, gone.id, active=False)
    before = len(types(workspace))
    for name, password in (("R01", "salah"), ("R02", SECRET), ("R03", SECRET), ("siapa", SECRET), ("", "")):
        assert code_of(lambda n=name, p=password: enter(workspace, n, p)) == "sign-in-wrong", name
    assert len(types(workspace)) == before, "what strangers try does not grow the log"


def test_an_unknown_name_takes_as_long_as_a_known_one(workspace: Workspace, adi: Person) -> None:
    spent: dict[str, list[float]] = {"R01": [], "nobody": []}
    for turn in range(8):
        for name, times in spent.items():
            began = time.perf_counter()
            code_of(lambda n=name, t=turn: enter(workspace, n, "wrong", address=f"198.51.100.{t}"))
            times.append(time.perf_counter() - began)
    known, unknown = median(spent["R01"]), median(spent["nobody"])
    assert unknown > known / 3, f"{unknown:.3f} s against {known:.3f} s"


@pytest.mark.parametrize(
    "weak", ["short", "x" * 40, "Adi Nugraha R01", "adi@contoh.id!!", "tilik tilik tilik", "a" * 257]
)
def test_weak_passwords_are_refused(workspace: Workspace, adi: Person, weak: str) -> None:
    with workspace.store.write() as writing:
        assert code_of(lambda: set_password(writing, adi.id, weak)) == "password-weak"


def test_the_database_and_the_log_hold_no_secret_and_no_address(workspace: Workspace, adi: Person) -> None:
    with workspace.store.write() as writing:
        enrolled = begin_totp(writing, adi.id, SEAL)
        codes = confirm_totp(writing, adi.id, SEAL, pyotp.TOTP(enrolled.secret).at(workspace.store.clock()))
        secret, _ = issue_token(writing, adi.id, label="malam", scopes=("read",), days=1)
    with workspace.store.read() as connection:
        kept = "\n".join(
            str(tuple(row))
            for table in (credential, recovery_code, api_token)
            for row in connection.execute(select(table))
        )
        assert connection.execute(select(person_email.c.email)).scalar() == "adi@contoh.id"
    for text in (kept, whole_log(workspace)):
        for hidden in (SECRET, enrolled.secret, secret, "contoh.id", *codes):
            assert hidden not in text


# ---------------------------------------------------------------------------------------- second factor
def enrol(workspace: Workspace, person: Person) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    with workspace.store.write() as writing:
        enrolled = begin_totp(writing, person.id, SEAL)
        app = pyotp.TOTP(enrolled.secret)
        assert enrolled.picture.startswith("data:image/svg+xml")
        return app, confirm_totp(writing, person.id, SEAL, app.at(workspace.store.clock()))


def test_a_second_factor_is_asked_for_after_the_password_only(
    workspace: Workspace, adi: Person, clock: Any
) -> None:
    app, codes = enrol(workspace, adi)
    assert len(set(codes)) == RECOVERY_CODES
    assert code_of(lambda: enter(workspace, "R01", "salah", app.at(clock()))) == "sign-in-wrong"
    assert code_of(lambda: enter(workspace, "R01", SECRET)) == "code-needed"
    assert code_of(lambda: enter(workspace, "R01", SECRET, "000000")) == "code-wrong"
    clock.move(seconds=60)
    assert enter(workspace, "R01", SECRET, app.at(clock())).way == "password"
    assert code_of(lambda: enter(workspace, "R01", SECRET, app.at(clock()))) == "code-wrong", "used up"
    clock.move(seconds=300)
    old = app.at(clock())
    clock.move(seconds=90)
    assert code_of(lambda: enter(workspace, "R01", SECRET, old)) == "code-wrong"
    assert Seal(bytes(32)).open(SEAL.close("x")) is None


def test_a_recovery_code_signs_in_once(workspace: Workspace, adi: Person) -> None:
    _, codes = enrol(workspace, adi)
    assert enter(workspace, "R01", SECRET, codes[0].upper().replace("-", " ")).way == "recovery"
    assert code_of(lambda: enter(workspace, "R01", SECRET, codes[0])) == "code-wrong"
    with workspace.store.read() as connection:
        assert recovery_codes_left(connection, adi.id) == RECOVERY_CODES - 1


def test_a_second_factor_needs_a_first_and_a_typed_code(workspace: Workspace, adi: Person) -> None:
    with workspace.store.write() as writing:
        assert code_of(lambda: confirm_totp(writing, adi.id, SEAL, "123456")) == "totp-not-begun"
        begin_totp(writing, adi.id, SEAL)
        assert code_of(lambda: confirm_totp(writing, adi.id, SEAL, "abcdef")) == "code-wrong"
    assert enter(workspace, "R01", SECRET).way == "password", "not confirmed, so not asked for"
    with workspace.store.write() as writing:
        drop_password(writing, adi.id)
        with pytest.raises(Conflict):
            begin_totp(writing, adi.id, SEAL)
    assert code_of(lambda: enter(workspace, "R01", SECRET)) == "sign-in-wrong"


# --------------------------------------------------------------------------------------- limits on trying
def test_a_person_can_be_tried_so_often_in_a_window(workspace: Workspace, adi: Person, clock: Any) -> None:
    for turn in range(PER_PERSON):
        assert code_of(lambda t=turn: enter(workspace, "R01", "salah", address=f"a{t}")) == "sign-in-wrong"
        clock.move(seconds=1)
    with pytest.raises(TooManyAttempts) as caught:
        enter(workspace, "r01", SECRET, address="another")
    clock.move(seconds=-PER_PERSON)
    assert caught.value.until == to_text(clock() + WINDOW)
    with workspace.store.write() as writing:
        token = issue_link(writing, adi.id)
    sign_in_with_link(workspace.store, token, address="a1")  # a link is always a way in
    clock.now += WINDOW
    clock.move(seconds=1)
    assert enter(workspace, "R01", SECRET).person.id == adi.id


def test_an_address_can_try_so_often(workspace: Workspace, adi: Person) -> None:
    for _ in range(PER_ADDRESS):
        with pytest.raises(Refused):
            sign_in_with_link(workspace.store, "guessed", address="192.0.2.7")
    assert code_of(lambda: enter(workspace, "R01", SECRET, address="192.0.2.7")) == "too-many-attempts"
    assert (
        code_of(lambda: sign_in_with_link(workspace.store, "guessed", address="192.0.2.7"))
        == "too-many-attempts"
    )
    assert enter(workspace, "R01", SECRET, address="192.0.2.8").person.id == adi.id


def test_who_succeeds_is_not_counted(workspace: Workspace, adi: Person) -> None:
    for _ in range(PER_PERSON + 2):
        enter(workspace, "R01", SECRET)


def test_many_guesses_at_once_are_no_more_than_the_limit(workspace: Workspace, adi: Person) -> None:
    outcomes: list[str] = []
    start = threading.Barrier(16)

    def guess(number: int) -> None:
        start.wait()
        outcomes.append(code_of(lambda: enter(workspace, "R01", "salah", address=f"a{number}")))

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert sorted(outcomes) == ["sign-in-wrong"] * PER_PERSON + ["too-many-attempts"] * (16 - PER_PERSON)


# --------------------------------------------------------------------------------------------- sessions
def test_a_session_locks_when_nobody_is_there(workspace: Workspace, adi: Person, clock: Any) -> None:
    with workspace.store.write() as writing:
        cookie, opened = open_session(writing, adi.id, "password")
    assert opened.signed_in_at == to_text(clock())
    with workspace.store.read() as connection:
        clock.now += WINDOW
        assert find_session(connection, cookie, clock, idle=WINDOW) is None
        assert find_session(connection, cookie, clock, idle=WINDOW * 2) == opened
        assert find_session(connection, cookie, clock) == opened


def test_all_sessions_and_unused_links_end_but_the_one_asked_from(
    workspace: Workspace, adi: Person, clock: Any
) -> None:
    with workspace.store.write() as writing:
        one, mine = open_session(writing, adi.id, "link")
        other, _ = open_session(writing, adi.id, "password")
        token = issue_link(writing, adi.id)
        end_sessions(writing, adi.id, but=mine.digest)
    with workspace.store.read() as connection:
        assert find_session(connection, one, clock) is not None
        assert find_session(connection, other, clock) is None
    with workspace.store.write() as writing:
        assert code_of(lambda: sign_in(writing, token)) == "link-spent"
        with pytest.raises(Missing):
            end_sessions(writing, "nobody")


# ----------------------------------------------------------------------------------------------- tokens
def test_a_token_opens_for_its_time_until_revoked(
    workspace: Workspace, adi: Person, clock: Any, tmp_path: Path
) -> None:
    with workspace.store.write() as writing:
        secret, made = issue_token(writing, adi.id, label="malam", scopes=("write", "read"), days=2)
        second, _ = issue_token(writing, adi.id, label="siang", scopes=("export",), days=1)
    with workspace.store.read() as connection:
        found = token_session(connection, secret, clock)
        assert found is not None
        assert (found.person.id, found.scopes) == (adi.id, ("read", "write"))
        for guessed in ("", secret[:-1], made.id):
            assert token_session(connection, guessed, clock) is None
    clock.move(days=1)
    with workspace.store.read() as connection:
        assert token_session(connection, second, clock) is None
        assert token_session(connection, secret, clock) is not None
    with workspace.store.write() as writing:
        revoke_token(writing, made.id)
        revoke_token(writing, made.id)
        with pytest.raises(Missing):
            revoke_token(writing, "none")
    with workspace.store.read() as connection:
        assert token_session(connection, secret, clock) is None
        assert [one.label for one in list_tokens(connection, adi.id)] == ["malam", "siang"]
    assert types(workspace).count("token-revoked") == 1
    assert_rebuilt_equal(workspace, tmp_path)


@pytest.mark.parametrize(
    ("label", "scopes", "days", "code"),
    [
        ("Nama Orang", ("read",), 1, "token-label"),
        ("", ("read",), 1, "token-label"),
        ("a", (), 1, "token-scopes"),
        ("a", ("root",), 1, "token-scopes"),
        ("a", ("read",), 0, "token-days"),
        ("a", ("read",), 367, "token-days"),
    ],
)
def test_a_token_needs_label_scopes_and_an_end(
    workspace: Workspace, adi: Person, label: str, scopes: Any, days: int, code: str
) -> None:
    with workspace.store.write() as writing:
        assert code_of(lambda: issue_token(writing, adi.id, label=label, scopes=scopes, days=days)) == code


# ----------------------------------------------------------------------------------------------- grants
def test_a_limited_person_is_served_their_studies_only(
    workspace: Workspace, adi: Person, tmp_path: Path
) -> None:
    first, second = make_study(workspace, 2), make_study(workspace, 2)
    with workspace.store.write() as writing:
        grant_studies(writing, adi.id, (second.id,))
        assert studies_granted(writing.connection, adi.id) == (second.id,)
        served = [lease_next(writing, adi.id) for _ in range(3)]
    mine = {task_id(second.id, video) for video in second.videos}
    assert [one.task in mine for one in served if one is not None] == [True, True]
    assert served[2] is None
    with workspace.store.write() as writing:
        before = len(types(workspace))
        grant_studies(writing, adi.id, (second.id, second.id))
        assert code_of(lambda: grant_studies(writing, adi.id, ("none",))) == "study-missing"
        grant_studies(writing, adi.id, ())
        assert lease_next(writing, adi.id) is not None
    assert types(workspace)[before:].count("studies-granted") == 1
    assert first.id != second.id
    assert_rebuilt_equal(workspace, tmp_path)


# ------------------------------------------------------------------------------------------------ erasing
def test_every_way_in_can_be_taken_away_together(workspace: Workspace, adi: Person, clock: Any) -> None:
    enrol(workspace, adi)
    with workspace.store.write() as writing:
        cookie, _ = open_session(writing, adi.id, "link")
        secret, _ = issue_token(writing, adi.id, label="a", scopes=("read",), days=1)
        take_ways_in(writing, adi.id)
    with workspace.store.read() as connection:
        assert find_session(connection, cookie, clock) is None
        assert token_session(connection, secret, clock) is None
        for table in (credential, recovery_code, person_email):
            assert connection.execute(select(table)).first() is None
    assert code_of(lambda: enter(workspace, "R01", SECRET)) == "sign-in-wrong"


def test_an_address_belongs_to_one_person(workspace: Workspace, adi: Person) -> None:
    with workspace.store.write() as writing:
        other = add_person(writing, name="Budi", roles=("reviewer",))
        with pytest.raises(Conflict):
            set_email(writing, other.id, "ADI@contoh.id")
        for wrong in ("adi", "a@b", "a b@c.id", "x" * 250 + "@c.id", "a@c.id\x00"):
            with pytest.raises(Invalid):
                set_email(writing, other.id, wrong)
        set_email(writing, adi.id, "")
        set_email(writing, other.id, "ADI@contoh.id")
