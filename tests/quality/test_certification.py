"""Certification: tests on known items, the rule that ends them, and what a certificate opens."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from api.visitor import Visitor
from quality.gold.made import failing, make_gold
from review.desk import Desk
from study.making import answers, make_study, people
from tilik.access import Person
from tilik.api import create_app
from tilik.kernel import Invalid
from tilik.quality.certification import found, grant, own, set_rule
from tilik.quality.gold import scored
from tilik.store import Workspace, guideline_text, open_engine, rebuild
from tilik.store.engine import database_file
from tilik.store.tables import gold, lease
from tilik.study import add_guideline, move
from tilik.study.admission import Asked, CertificationRule, fewest_for, sprt_of

SHORT = CertificationRule(
    needed=True, asked=(Asked(target=0.9, unacceptable=0.4),), alpha=0.2, beta=0.2, most=6
)
"""Two right answers pass, one wrong fails."""


@pytest.fixture
def enter(sqlite_workspace: Workspace) -> Callable[[Person], Visitor]:
    app = create_app(sqlite_workspace)

    def sign_in(person: Person) -> Visitor:
        return Visitor(TestClient(app, raise_server_exceptions=False)).sign_in(sqlite_workspace, person)

    return sign_in


def ruled(workspace: Workspace, rule: CertificationRule = SHORT) -> None:
    with workspace.store.write() as writing:
        set_rule(writing, rule)


def known(workspace: Workspace, some: int) -> None:
    make_gold(workspace, [f"gagal-{n}" for n in range(some)], fails=True)
    make_gold(workspace, [f"layak-{n}" for n in range(some)])


def sit(workspace: Workspace, visitor: Visitor, right: Callable[[int], bool]) -> dict[str, Any]:
    """Take a test, right or wrong by the number of the item; the certificate afterwards."""
    fails = {row.task: row.fails for row in Desk(workspace).rows(gold)}
    begun = visitor.post("/api/certification/tests", {})
    assert begun.status_code == 200, begun.text
    for number in count():
        item = visitor.post(f"/api/practice/{begun.json()['id']}/next", {}).json()["task"]
        if item is None:
            break
        say = fails[item["task"]] is right(number)
        said = failing() if say else answers()
        marks = [
            {"question": one, "start": 0.5, "end": 1}
            for one in said
            if one.startswith("label.") and said[one]
        ]
        notes = {mark["question"]: "Terlihat jelas." for mark in marks}
        assert visitor.judge(item, answers=said, marks=marks, notes=notes).status_code == 200
        assert visitor.get(f"/api/practice/feedback/{item['task']}").status_code == 404
    return dict(visitor.get("/api/my/certification").json()["certificates"][0])


# ------------------------------------------------------------------------------------------- the rule
def test_a_person_of_97_passes_and_one_of_90_does_not() -> None:
    """Simulated people through the very rule; the exact odds lie within three standard errors."""
    rule, runs = CertificationRule(), 2000
    rng = np.random.default_rng(20260301)
    for rate, least, most in ((0.97, 0.80, 1.0), (0.90, 0.0, 0.05)):
        passed = asked = 0
        for _ in range(runs):
            right = (rng.random(rule.most) < rate).tolist()
            end = next(
                done
                for n in range(1, rule.most + 1)
                if (done := found(rule, {"verdict": right[:n]}, over=n == rule.most))
            )
            passed, asked = passed + end[0], asked + end[1][0].asked
        exact = sprt_of(rule, rule.asked[0]).operating(rate, rule.most)
        error = 3 * np.sqrt(exact.passes * (1 - exact.passes) / runs)
        assert passed / runs == pytest.approx(exact.passes, abs=error)
        assert asked / runs == pytest.approx(exact.answers, rel=0.05)
        assert least <= exact.passes <= most


def test_every_thing_asked_must_be_shown() -> None:
    rule = SHORT.model_copy(update={"asked": (*SHORT.asked, Asked(of="SYN", target=0.9, unacceptable=0.4))})
    assert found(rule, {"verdict": [True, True]}, over=False) is None
    both = found(rule, {"verdict": [True, True], "SYN": [True, True]}, over=False)
    assert both is not None
    assert both[0] is True
    wrong = found(rule, {"verdict": [True, True], "SYN": [False]}, over=False)
    assert wrong is not None
    assert (wrong[0], wrong[1][1].finding) == (False, "below")
    assert found(rule, {"verdict": [True]}, over=True)[0] is False  # type: ignore[index]  # not shown


def test_a_rule_by_which_nobody_could_pass_is_refused(sqlite_workspace: Workspace) -> None:
    for rule, code in (
        (SHORT.model_copy(update={"most": 1}), "rule-too-short"),
        (SHORT.model_copy(update={"asked": SHORT.asked * 2}), "rule-twice"),
        (SHORT.model_copy(update={"asked": (Asked(target=0.5, unacceptable=0.6),)}), "rule-unfit"),
    ):
        with pytest.raises(Invalid) as caught:
            ruled(sqlite_workspace, rule)
        assert caught.value.code == code
    assert fewest_for(CertificationRule()) == 40


# ------------------------------------------------------------------------------------------ the test
def test_only_whom_the_test_certified_is_given_measured_work(
    sqlite_workspace: Workspace, enter: Callable[[Person], Visitor], tmp_path: Path
) -> None:
    make_study(sqlite_workspace, 3)
    known(sqlite_workspace, 6)
    sari, budi = people(sqlite_workspace, "Sari", "Budi")
    one, other = enter(sari), enter(budi)
    assert one.post("/api/tasks/next", {}).json()["task"] is not None, "nobody needs one by default"
    ruled(sqlite_workspace)
    for visitor in (one, other):
        assert visitor.get("/api/my/day").json()["waiting"] == 0
    assert other.post("/api/tasks/next", {}).json() == {"task": None, "reason": "not-certified"}
    first = sit(sqlite_workspace, other, lambda _: False)
    assert (first["state"], first["tests"], first["last"]["passed"]) == ("none", 1, False)
    assert first["last"]["results"][0]["share"]["n"] == 1
    before = {row.task for row in Desk(sqlite_workspace).rows(lease) if row.burst}
    second = sit(sqlite_workspace, other, lambda _: True)
    assert (second["state"], second["source"], second["tests"]) == ("valid", "test", 2)
    after = {row.task for row in Desk(sqlite_workspace).rows(lease) if row.burst}
    assert len(before) == 1
    assert len(after) == 3, "never the same item"
    assert other.post("/api/certification/tests", {}).json()["code"] == "certified-already"
    assert other.post("/api/tasks/next", {}).json()["task"] is not None
    with sqlite_workspace.store.read() as connection:
        assert list(scored(connection, sqlite_workspace.store.blobs, "gold")) == [], "a test is no work"
    fresh = open_engine(database_file(tmp_path / "rebuilt.db"))
    assert {one.table for one in rebuild(sqlite_workspace.store, fresh) if not one.equal} == set()
    fresh.dispose()


def test_a_test_can_be_ended_and_needs_enough_new_items(
    sqlite_workspace: Workspace, enter: Callable[[Person], Visitor]
) -> None:
    make_study(sqlite_workspace, 1)
    known(sqlite_workspace, 1)
    ruled(sqlite_workspace)
    sari, budi = people(sqlite_workspace, "Sari", "Budi")
    one, other = enter(sari), enter(budi)
    begun = one.post("/api/certification/tests", {}).json()
    assert one.post("/api/certification/tests", {}).json()["id"] == begun["id"], "the same goes on"
    assert other.post(f"/api/certification/tests/{begun['id']}/end", {}).json()["code"] == "test-missing"
    item = one.post(f"/api/practice/{begun['id']}/next", {}).json()["task"]
    assert item is not None
    ended = one.post(f"/api/certification/tests/{begun['id']}/end", {}).json()["certificates"][0]
    assert (ended["running"], ended["last"]["passed"]) == (None, False)
    assert one.post(f"/api/practice/{begun['id']}/next", {}).json()["task"] is None
    assert one.post("/api/certification/tests", {}).json()["code"] == "test-too-short", "one is new only"


# ---------------------------------------------------------------------------------- life of a certificate
def test_words_keep_a_certificate_and_decisions_end_it(sqlite_workspace: Workspace) -> None:
    make_study(sqlite_workspace, 1)
    ruled(sqlite_workspace)
    sari = people(sqlite_workspace, "Sari")[0]
    text = guideline_text("keluarga-id")
    with sqlite_workspace.store.write() as writing:
        grant(writing, sari.id, "", "Melatih tim sejak awal.")
    assert state_of(sqlite_workspace, sari) == "valid"
    version = text.split("\nversion: ")[1].split("\n")[0]
    said = text.replace(f"\nversion: {version}\n", '\nversion: "9.1.0"\n')
    worded = said.replace("Needs a language I do not have", "Needs a language that I lack")
    decided = said.replace('"9.1.0"', '"9.2.0"').replace("hands_back: true", "hands_back: false", 1)
    assert len({text, said, worded, decided}) == 4
    activate(sqlite_workspace, worded)
    assert state_of(sqlite_workspace, sari) == "valid"
    activate(sqlite_workspace, decided)
    assert state_of(sqlite_workspace, sari) == "expired"


def activate(workspace: Workspace, text: str) -> None:
    with workspace.store.write() as writing:
        identity = add_guideline(writing, text, name="baru.yaml")
        move(writing, identity, "active")


def state_of(workspace: Workspace, person: Person) -> str:
    with workspace.store.read() as connection:
        return str(own(connection, workspace.store.blobs, person.id)[0].state)


def test_a_lead_grants_and_revokes_with_a_ground(
    sqlite_workspace: Workspace, enter: Callable[[Person], Visitor]
) -> None:
    make_study(sqlite_workspace, 2)
    ruled(sqlite_workspace)
    sari = people(sqlite_workspace, "Sari")[0]
    lead = enter(people(sqlite_workspace, "Rina", roles=("lead",))[0])
    path = f"/api/certification/people/{sari.id}"
    assert lead.post(path, {"state": "valid", "ground": " "}).json()["code"] == "ground-missing"
    assert lead.post(path, {"state": "revoked", "ground": "Cuti."}).json()["code"] == "certificate-none"
    told = lead.post(path, {"state": "valid", "ground": "Surel rina@contoh.id"}).json()
    assert told["code"] == "personal-data-email"
    view = lead.post(path, {"state": "valid", "ground": "Penulis pedoman."}).json()
    (row,) = [one["certificates"][0] for one in view["people"] if one["person"] == sari.id]
    assert (row["state"], row["source"], row["ground"]) == ("valid", "lead", "Penulis pedoman.")
    assert enter(sari).post("/api/tasks/next", {}).json()["task"] is not None
    lead.post(path, {"state": "revoked", "ground": "Lama tidak bekerja."})
    assert state_of(sqlite_workspace, sari) == "revoked"
    assert enter(sari).get("/api/my/day").json()["waiting"] == 0
