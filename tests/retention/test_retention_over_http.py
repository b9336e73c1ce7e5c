"""Retention over HTTP: rules, a run, the proof, a person erased, the record of processing."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from api.visitor import Visitor
from retention.test_retention import REASON, YEAR, Office
from tilik.access import Person, issue_token, set_email
from tilik.api import create_app
from tilik.store import Workspace

GROUND = {"ground_id": "Kontrak meminta 30 hari.", "ground_en": "The contract asks for 30 days."}


@pytest.fixture
def office(sqlite_workspace: Workspace) -> Office:
    return Office(sqlite_workspace)


def at_a_browser(workspace: Workspace, person: Person) -> Visitor:
    client = TestClient(create_app(workspace), raise_server_exceptions=False)
    return Visitor(client).sign_in(workspace, person)


def of(view: Any, name: str) -> Any:
    return next(one for one in view["classes"] if one["name"] == name)


def test_an_officer_sets_a_rule_runs_it_and_has_the_proof(office: Office, clock: Any) -> None:
    office.reason()
    clock.move(days=YEAR)
    visitor = at_a_browser(office.workspace, office.dewi)
    before = visitor.send("GET", "/api/retention", None).json()
    assert (of(before, "judgement-texts")["due"], before["runs"]) == (0, [])
    path = "/api/retention/rules/judgement-texts"
    shown = visitor.send("PUT", path, {"days": 30, **GROUND}).json()
    rule = of(shown, "judgement-texts")
    assert (rule["days"], rule["due"], rule["set_by"]) == (30, 1, office.dewi.pseudonym)
    assert rule["ground"] == {"id": GROUND["ground_id"], "en": GROUND["ground_en"]}
    ran = visitor.send("POST", "/api/retention/runs", {}).json()
    assert ran["runs"][0]["erased"]["judgement-texts"] == 1
    assert ran["runs"][0]["by"] == office.dewi.pseudonym
    assert REASON not in office.texts()
    proof = visitor.send("GET", "/api/retention/proof", None).json()
    assert proof["holds"], proof
    assert proof["erased"]["judgement-texts"] == 1


def test_an_officer_erases_a_person(office: Office) -> None:
    office.reason()
    visitor = at_a_browser(office.workspace, office.dewi)
    path = f"/api/retention/people/{office.sari.id}"
    due = visitor.send("GET", path, None).json()
    assert (due["pseudonym"], due["texts"], due["erased"]) == (office.sari.pseudonym, 1, False)
    named = visitor.send("POST", f"{path}/erasure", {"ground": "Sari memintanya."})
    assert (named.status_code, named.json()["code"]) == (422, "erasure-names")
    done = visitor.send("POST", f"{path}/erasure", {"ground": "Permintaan tertulis.", "texts": True})
    assert (done.json()["erased"], done.json()["texts"]) == (True, 0)
    again = visitor.send("POST", f"{path}/erasure", {"ground": "Permintaan tertulis."})
    assert (again.status_code, again.json()["code"]) == (409, "person-erased")
    people = {one["id"]: one for one in visitor.send("GET", "/api/people", None).json()}
    assert (people[office.sari.id]["name"], people[office.sari.id]["erased"]) == ("", True)


def test_the_record_says_what_is_there_in_both_languages(office: Office) -> None:
    office.reason()
    with office.workspace.store.write() as writing:
        issue_token(writing, office.dewi.id, label="nightly", scopes=("read",), days=9)
        set_email(writing, office.sari.id, "sari@contoh.id")
    visitor = at_a_browser(office.workspace, office.dewi)
    pages = {
        language: visitor.send("GET", f"/api/retention/record?language={language}", None).text
        for language in ("id", "en")
    }
    assert "Catatan kegiatan pemrosesan" in pages["id"]
    assert "Record of processing activities" in pages["en"]
    for page in pages.values():
        assert "sari@contoh.id" not in page and "Sari" not in page and REASON not in page
        assert "http" not in page.replace("http-equiv", ""), "nothing is loaded from elsewhere"
    assert "1 live tokens" in pages["en"]
