"""Ways in over HTTP: passwords, codes, tokens, a proxy; the idle lock, recent sign-in, revocation."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from starlette.testclient import TestClient

from api.visitor import Visitor
from study.making import make_study, people
from tilik.access import add_person, issue_link, list_people, set_email
from tilik.access.guard import COOKIE, IDLE_HEADER
from tilik.api import create_app
from tilik.store import Workspace, open_workspace
from tilik.store.workspace import SETTINGS

SECRET = "kuda hijau makan awan"


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def me(visitor: Visitor) -> str:
    return str(visitor.get("/api/session").json()["person"]["id"])


def by_password(visitor: Visitor, name: str, typed: str | None = None, password: str = SECRET) -> Any:
    body = {"name": name, "password": password, "code": typed}
    answer = visitor.client.post("/api/session/password", json=body)
    if answer.status_code == 200:
        visitor.csrf = answer.json()["csrf"]
    return answer


# ------------------------------------------------------------------------------------- password and code
def test_somebody_sets_a_password_and_a_code_and_signs_in_with_them(workspace: Workspace, clock: Any) -> None:
    client = TestClient(create_app(workspace), raise_server_exceptions=False)
    sari = people(workspace, "Sari")[0]
    visitor = Visitor(client).sign_in(workspace, sari)
    assert visitor.get("/api/sign-in").json() == {"password": False, "oidc": None, "proxy": None}
    assert code(visitor.post("/api/account/password", {"password": "pendek"})) == (422, "password-weak")
    assert code(visitor.post("/api/account/totp", {})) == (409, "password-first")
    assert visitor.post("/api/account/password", {"password": SECRET}).status_code == 204
    assert visitor.get("/api/sign-in").json()["password"] is True
    enrolment = visitor.post("/api/account/totp", {}).json()
    app = pyotp.TOTP(enrolment["secret"])
    assert code(visitor.post("/api/account/totp/confirm", {"code": "000000"})) == (422, "code-wrong")
    codes = visitor.post("/api/account/totp/confirm", {"code": app.at(clock())}).json()["codes"]
    account = visitor.get("/api/account").json()
    assert (account["password"], account["totp"], account["recovery_codes"]) == (True, True, 10)
    assert [line["way"] for line in account["sessions"]] == ["link"]

    other = Visitor(TestClient(client.app))
    assert code(by_password(other, "R01")) == (403, "code-needed")
    clock.move(seconds=40)
    assert by_password(other, "R01", app.at(clock())).json()["way"] == "password"
    assert by_password(other, "R01", codes[3]).json()["way"] == "recovery"
    assert other.send("DELETE", "/api/account/totp").status_code == 204
    assert by_password(other, "R01").status_code == 200
    assert other.send("DELETE", "/api/account/password").status_code == 204
    assert code(by_password(other, "R01")) == (403, "sign-in-wrong")


def test_too_many_attempts_say_when_to_try_again(stranger: Visitor, reviewer: Visitor, clock: Any) -> None:
    for _ in range(10):
        assert code(by_password(stranger, "R01", password="salah")) == (403, "sign-in-wrong")
    answer = by_password(stranger, "R01")
    assert code(answer) == (429, "too-many-attempts")
    assert answer.json()["retry_at"] == "2026-03-01T08:15:00.000000Z"
    assert answer.headers["retry-after"] == "Sun, 01 Mar 2026 08:15:00 GMT"
    assert reviewer.get("/api/session").status_code == 200, "who is in stays in"


def test_a_new_password_ends_the_other_sessions(
    sqlite_workspace: Workspace, reviewer: Visitor, stranger: Visitor
) -> None:
    person = me(reviewer)
    with sqlite_workspace.store.write() as writing:
        set_email(writing, person, "sari@contoh.id")
        token = issue_link(writing, person)
    assert reviewer.post("/api/account/password", {"password": SECRET}).status_code == 204
    assert by_password(stranger, "sari@contoh.id").status_code == 200
    assert code(Visitor(stranger.client).post("/api/session", {"token": token})) == (403, "link-spent")
    stranger.post("/api/account/password", {"password": SECRET + " lagi"})
    assert reviewer.get("/api/session").status_code == 401


# ------------------------------------------------------------------------------- idle, recent, revocation
def test_a_session_locks_after_a_quarter_of_an_hour_without_a_sign_of_life(
    reviewer: Visitor, clock: Any
) -> None:
    clock.move(minutes=14)
    assert reviewer.get("/api/session").status_code == 200
    clock.move(minutes=14)
    # The page asks by itself while nobody is there: that is no sign of life.
    assert reviewer.client.get("/api/my/day", headers={IDLE_HEADER: "840"}).status_code == 200
    clock.move(minutes=1, seconds=1)
    assert code(reviewer.get("/api/session")) == (401, "session-locked")
    assert code(reviewer.post("/api/tasks/next", {"holding": []})) == (401, "session-locked")


@pytest.mark.parametrize("said", ["-5", "nan", "soon", "1e999", ""])
def test_a_strange_idle_time_breaks_nothing(reviewer: Visitor, said: str) -> None:
    assert reviewer.client.get("/api/session", headers={IDLE_HEADER: said}).status_code == 200


def test_a_player_that_goes_on_loading_keeps_no_session_open(
    sqlite_workspace: Workspace, reviewer: Visitor, clock: Any
) -> None:
    make_study(sqlite_workspace, ["v-1"])
    task = reviewer.next_task()
    assert task is not None
    for _ in range(3):
        clock.move(minutes=6)
        answer = reviewer.get(task["media"]["playback"]["url"], headers={"Range": "bytes=0-9"})
    assert answer.status_code == 401


def test_a_session_ends_after_twelve_hours_whatever_happens(reviewer: Visitor, clock: Any) -> None:
    for _ in range(72):
        clock.move(minutes=10)
        last = reviewer.get("/api/session")
    assert code(last) == (401, "not-signed-in")


def test_work_goes_on_after_signing_in_again(
    sqlite_workspace: Workspace, reviewer: Visitor, clock: Any
) -> None:
    make_study(sqlite_workspace, ["v-1"])
    task = reviewer.next_task()
    assert task is not None
    clock.move(minutes=16)
    assert reviewer.judge(task).status_code == 401
    with sqlite_workspace.store.write() as writing:
        token = issue_link(writing, task_owner(sqlite_workspace))
    reviewer.csrf = reviewer.client.post("/api/session", json={"token": token}).json()["csrf"]
    assert [one["task"] for one in reviewer.get("/api/tasks/held").json()["tasks"]] == [task["task"]]
    assert reviewer.judge(task).status_code == 200


def task_owner(workspace: Workspace) -> str:
    with workspace.store.read() as connection:
        return list_people(connection)[0].id


def test_an_export_asks_for_a_recent_sign_in(
    sqlite_workspace: Workspace, enter: Callable[..., Visitor], clock: Any
) -> None:
    lead = enter("lead")
    path = "/api/studies/none/measurement.csv"
    clock.move(minutes=10)
    assert code(lead.get(path)) == (404, "study-missing"), "the door is open, and nothing is behind it"
    clock.move(minutes=6)
    assert code(lead.get(path)) == (403, "sign-in-again")
    assert lead.get("/api/people").status_code == 200
    assert code(lead.post("/api/account/password", {"password": SECRET})) == (403, "sign-in-again")
    with sqlite_workspace.store.write() as writing:
        token = issue_link(writing, me(lead))
    assert lead.post("/api/session", {"token": token}).status_code == 200
    assert code(lead.get(path)) == (404, "study-missing")


def test_an_administrator_sees_and_ends_a_persons_ways_in(
    admin: Visitor, reviewer: Visitor, stranger: Visitor
) -> None:
    person = me(reviewer)
    reviewer.post("/api/account/password", {"password": SECRET})
    ways = admin.get(f"/api/people/{person}/ways").json()
    assert (ways["password"], ways["totp"], len(ways["sessions"]), ways["tokens"]) == (True, False, 1, [])
    assert admin.send("DELETE", f"/api/people/{person}/sessions").status_code == 204
    assert reviewer.get("/api/session").status_code == 401
    assert by_password(stranger, "R02").status_code == 200
    assert admin.send("DELETE", f"/api/people/{person}/password").status_code == 204
    assert code(by_password(Visitor(TestClient(stranger.client.app)), "R02")) == (403, "sign-in-wrong")
    assert code(admin.get("/api/people/none/ways")) == (404, "person-missing")


def test_address_and_studies_are_set_on_the_people_page(
    sqlite_workspace: Workspace, admin: Visitor, reviewer: Visitor
) -> None:
    study, other = make_study(sqlite_workspace, 1), make_study(sqlite_workspace, 1)
    path = f"/api/people/{me(reviewer)}"
    changed = admin.send("PATCH", path, {"email": " Sari@Contoh.ID", "studies": [other.id]}).json()
    assert (changed["email"], changed["studies"]) == ("sari@contoh.id", [other.id])
    assert code(admin.send("PATCH", path, {"email": "bukan"})) == (422, "person-email")
    assert code(admin.send("PATCH", path, {"studies": ["none"]})) == (404, "study-missing")
    assert code(admin.send("PATCH", f"/api/people/{me(admin)}", {"email": "sari@contoh.id"})) == (
        409,
        "email-taken",
    )
    task = reviewer.next_task()
    assert task is not None
    assert reviewer.next_task(task["task"]) is None, f"study {study.id} is not theirs"


# ----------------------------------------------------------------------------------------------- tokens
def issue(admin: Visitor, person: str, *scopes: str) -> str:
    answer = admin.post(f"/api/people/{person}/tokens", {"label": "malam", "scopes": list(scopes), "days": 1})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["secret"])


def bearer(app: Any, secret: str) -> TestClient:
    client = TestClient(app, raise_server_exceptions=False)
    client.headers["Authorization"] = f"Bearer {secret}"
    return client


def test_a_token_does_what_roles_and_scopes_both_allow(
    sqlite_workspace: Workspace, app: Any, admin: Visitor, enter: Callable[..., Visitor], clock: Any
) -> None:
    make_study(sqlite_workspace, 1)
    person = me(enter("lead", "reviewer"))
    read, write = issue(admin, person, "read"), issue(admin, person, "write")
    export = issue(admin, person, "export")
    clock.move(hours=1)
    csv = "/api/studies/none/measurement.csv"
    assert bearer(app, read).get("/api/people").status_code == 200
    assert code(bearer(app, read).get(csv)) == (403, "scope-missing")
    assert code(bearer(app, export).get(csv)) == (404, "study-missing"), "a program cannot sign in again"
    assert code(bearer(app, export).get("/api/people")) == (403, "scope-missing")
    assert code(bearer(app, read).post("/api/tasks/next", json={"holding": []})) == (403, "scope-missing")
    task = bearer(app, write).post("/api/tasks/next", json={"holding": []}).json()["task"]
    assert task is not None, "no CSRF token is asked of a program"
    url = task["media"]["playback"]["url"]
    assert code(bearer(app, write).get(url)) == (403, "scope-missing")
    assert code(bearer(app, read).get(url)) == (403, "media-link-foreign")


def test_no_program_manages_people_or_ways_in(app: Any, admin: Visitor) -> None:
    secret = issue(admin, me(admin), "read", "write", "export")
    client = bearer(app, secret)
    assert client.get("/api/people").status_code == 200
    for method, path, body in (
        ("POST", "/api/people", {"name": "Budi", "roles": ["admin"]}),
        ("PATCH", f"/api/people/{me(admin)}", {"active": True}),
        ("POST", f"/api/people/{me(admin)}/link", {}),
        ("POST", f"/api/people/{me(admin)}/tokens", {"label": "x", "scopes": ["read"], "days": 1}),
        ("GET", "/api/account", None),
        ("POST", "/api/account/password", {"password": SECRET}),
    ):
        assert code(client.request(method, path, json=body)) == (403, "scope-missing"), path


@pytest.mark.parametrize("sent", ["Bearer ", "Bearer x", "Basic YTpi", "bearer", "Bearer tilik_" + "x" * 43])
def test_a_wrong_token_is_nobody_even_beside_a_good_cookie(reviewer: Visitor, sent: str) -> None:
    answer = reviewer.client.get("/api/session", headers={"Authorization": sent})
    assert code(answer) == (401, "token-invalid")


def test_a_revoked_token_opens_nothing(app: Any, admin: Visitor) -> None:
    secret = issue(admin, me(admin), "read")
    (token,) = admin.get(f"/api/people/{me(admin)}/ways").json()["tokens"]
    assert admin.send("DELETE", f"/api/tokens/{token['id']}").status_code == 204
    assert code(bearer(app, secret).get("/api/people")) == (401, "token-invalid")
    assert code(admin.send("DELETE", "/api/tokens/none")) == (404, "token-missing")


# ------------------------------------------------------------------------------------------------ proxy
def with_settings(workspace: Workspace, **access: Any) -> Workspace:
    file = workspace.folder / SETTINGS
    file.write_text(json.dumps({**json.loads(file.read_text()), "access": access}))
    return open_workspace(workspace.folder, clock=workspace.store.clock)


def from_address(workspace: Workspace, address: str) -> TestClient:
    return TestClient(create_app(workspace), raise_server_exceptions=False, client=(address, 5000))


def test_a_proxy_is_believed_from_its_own_address_only(sqlite_workspace: Workspace) -> None:
    with sqlite_workspace.store.write() as writing:
        sari = add_person(writing, name="Sari", roles=("lead",))
        set_email(writing, sari.id, "sari@contoh.id")
    behind = with_settings(
        sqlite_workspace, proxy={"header": "X-Remote-User", "addresses": ["10.1.0.0/16"]}, idle_minutes=5
    )
    named = {"X-Remote-User": "sari@contoh.id"}
    for address in ("10.2.0.1", "203.0.113.4", "unix"):
        client = from_address(behind, address)
        assert client.get("/api/sign-in", headers=named).json()["proxy"] is None
        assert code(client.post("/api/session/proxy", headers=named)) == (403, "proxy-nobody")
        forged = {**named, "X-Forwarded-For": "10.1.0.9"}
        assert code(client.post("/api/session/proxy", headers=forged)) == (403, "proxy-nobody")
    client = from_address(behind, "10.1.0.9")
    assert code(client.post("/api/session/proxy")) == (403, "proxy-nobody")
    twice = [("X-Remote-User", "sari@contoh.id"), ("X-Remote-User", "budi@contoh.id")]
    assert code(client.post("/api/session/proxy", headers=twice)) == (403, "proxy-nobody")
    session = client.post("/api/session/proxy", headers=named).json()
    assert (session["person"]["id"], session["way"], session["idle_minutes"]) == (sari.id, "proxy", 5)
    assert client.get("/api/session", headers=named).status_code == 200
    for other in ({}, {"X-Remote-User": "budi@contoh.id"}):
        assert client.get("/api/session", headers=other).status_code == 401, "the proxy says somebody else"
    behind.close()


def test_without_settings_no_header_is_believed(reviewer: Visitor, stranger: Visitor) -> None:
    for header in ("X-Remote-User", "X-Forwarded-User", "Remote-User"):
        assert code(stranger.client.post("/api/session/proxy", headers={header: "R01"})) == (
            403,
            "proxy-nobody",
        )
    assert COOKIE not in stranger.client.cookies


def test_the_address_behind_a_known_proxy_counts_and_a_claimed_one_does_not(
    sqlite_workspace: Workspace,
) -> None:
    people(sqlite_workspace, "Sari")
    behind = with_settings(sqlite_workspace, forwarded_from=["10.0.0.1"])
    near, far = from_address(behind, "10.0.0.1"), from_address(behind, "203.0.113.4")
    guess = {"token": "guessed"}
    for turn in range(50):
        near.post("/api/session", json=guess, headers={"X-Forwarded-For": f"198.51.100.{turn}"})
        far.post("/api/session", json=guess, headers={"X-Forwarded-For": f"198.51.100.{turn}"})
    assert near.post("/api/session", json=guess).status_code == 403, "fifty people behind one proxy"
    assert far.post("/api/session", json=guess).status_code == 429, "one person with fifty names"
    behind.close()
