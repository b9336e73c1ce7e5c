"""Managing people over HTTP."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI
from starlette.testclient import TestClient

from api.visitor import Visitor


def test_an_administrator_lets_somebody_in(app: FastAPI, admin: Visitor) -> None:
    answer = admin.post("/api/people", {"name": "Budi", "roles": ["reviewer"], "language": "en"})
    assert answer.status_code == 201
    body = answer.json()
    assert (body["person"]["name"], body["person"]["roles"], body["person"]["active"]) == (
        "Budi",
        ["reviewer"],
        True,
    )
    base, _, token = body["link"].partition("/sign-in#")
    assert (base, len(token) > 40) == ("http://testserver", True)
    budi = Visitor(TestClient(app))
    signed_in = budi.post("/api/session", {"token": token}).json()
    assert (signed_in["person"]["name"], signed_in["preferences"]["language"]) == ("Budi", "en")


def test_names_and_roles_are_checked(admin: Visitor) -> None:
    for body, code in (
        ({"name": " ", "roles": ["reviewer"]}, "person-name"),
        ({"name": "x" * 121, "roles": ["reviewer"]}, "person-name"),
        ({"name": "Budi", "roles": []}, "person-roles"),
        ({"name": "Budi", "roles": ["owner"]}, "invalid-request"),
        ({"name": "Budi"}, "invalid-request"),
    ):
        answer = admin.post("/api/people", body)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert len(admin.get("/api/people").json()) == 1


def test_leads_see_people_with_pseudonyms(admin: Visitor, enter: Callable[..., Visitor]) -> None:
    people = enter("lead").get("/api/people").json()
    assert [(person["pseudonym"], person["roles"]) for person in people] == [
        ("R01", ["admin"]),
        ("R02", ["lead"]),
    ]
    assert set(people[0]) == {"id", "name", "pseudonym", "email", "roles", "studies"} | {
        "active",
        "simulated",
        "created_at",
        "erased",
        "languages",
    }


def test_whoever_loses_access_is_out_at_once(admin: Visitor, enter: Callable[..., Visitor]) -> None:
    budi = enter("reviewer")
    identity = budi.get("/api/session").json()["person"]["id"]
    changed = admin.send("PATCH", f"/api/people/{identity}", {"active": False})
    assert (changed.status_code, changed.json()["active"]) == (200, False)
    assert budi.get("/api/session").status_code == 401
    answer = admin.post(f"/api/people/{identity}/link", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "person-inactive")


def test_a_new_role_counts_at_once(admin: Visitor, enter: Callable[..., Visitor]) -> None:
    budi = enter("reviewer")
    assert budi.get("/api/people").status_code == 403
    identity = budi.get("/api/session").json()["person"]["id"]
    admin.send("PATCH", f"/api/people/{identity}", {"roles": ["reviewer", "lead"]})
    assert budi.get("/api/people").status_code == 200


def test_the_last_administrator_stays(admin: Visitor) -> None:
    identity = admin.get("/api/session").json()["person"]["id"]
    for change in ({"active": False}, {"roles": ["reviewer"]}):
        answer = admin.send("PATCH", f"/api/people/{identity}", change)
        assert (answer.status_code, answer.json()["code"]) == (409, "last-admin")
