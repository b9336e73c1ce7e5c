"""Whoever opens a video outside judging is on record: once in some minutes, whoever they are."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import create_engine
from starlette.testclient import TestClient

from api.visitor import Visitor
from moving_clock import MovingClock
from quality.bench import Court
from study.making import Made, make_study, people
from tilik.access import Person
from tilik.access.events import Role
from tilik.api import create_app
from tilik.casebook import Filing, file_case
from tilik.quality.calibration import open_session
from tilik.quality.calibration.view import session_of
from tilik.retention.views import shown
from tilik.store import Workspace, rebuild

LOOKING = {"page", "case", "calibration"}


class Place:
    """A contested video with a case about it, and whoever looks at it over HTTP."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.client = workspace, TestClient(create_app(workspace))
        self.made: Made = make_study(workspace, 1, wants=2)
        court = Court(workspace)
        one, other = people(workspace, "Sari", "Budi")
        self.task = court.clear(one, self.made)
        with workspace.store.write(one.id) as writing:
            body = {"key": "case-12345678", "task": self.task, "type": "definition_silent", "said": "Begini?"}
            file_case(writing, one.id, Filing.model_validate(body))
        court.find(other, self.made)
        with workspace.store.write() as writing:
            self.session = open_session(writing, self.made.id)
        with workspace.store.read() as connection:
            assert [item.task for item in session_of(connection, self.session, one.id).items] == [self.task]
        (self.video,) = self.made.videos

    def paths(self) -> dict[str, str]:
        return {
            "page": f"/api/library/video?video={self.video}",
            "case": "/api/cases/1",
            "calibration": f"/api/calibration/{self.session}/items/{self.task}/media",
        }

    def enter(self, *roles: Role) -> tuple[Person, Visitor]:
        (person,) = people(self.workspace, "Seseorang", roles=roles)
        client = TestClient(self.client.app)
        return person, Visitor(client).sign_in(self.workspace, person)

    def looked(self, person: Person) -> list[tuple[str, str]]:
        with self.workspace.store.read() as connection:
            found = shown(connection, pseudonym=person.pseudonym)
        return [(one.what, one.subject) for one in found if one.what in LOOKING]


@pytest.fixture
def place(sqlite_workspace: Workspace) -> Place:
    return Place(sqlite_workspace)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("lead", {"page", "case", "calibration"}),
        ("admin", {"page", "case", "calibration"}),
        ("policy", {"case", "calibration"}),
        ("adjudicator", {"calibration"}),
        ("reviewer", {"calibration"}),
        ("ml", set()),
        ("child-safety", set()),
        ("privacy", set()),
    ],
)
def test_what_each_role_opens_is_on_record_and_nothing_else(
    place: Place, role: Role, allowed: set[str]
) -> None:
    person, visitor = place.enter(role)
    answered = {name: visitor.get(path).status_code for name, path in place.paths().items()}
    assert answered == {name: 200 if name in allowed else 403 for name in LOOKING}
    assert sorted(place.looked(person)) == sorted((name, place.video) for name in allowed)


def test_a_view_is_one_record_for_ten_minutes_however_much_is_played(
    place: Place, clock: MovingClock
) -> None:
    person, visitor = place.enter("lead")
    path = place.paths()["page"]

    def play() -> None:
        answer: dict[str, Any] = visitor.get(path).json()
        url = answer["media"]["playback"]["url"]
        for start in range(3):
            part = visitor.get(url, headers={"Range": f"bytes={start}-{start + 1}"})
            assert part.status_code == 206

    play()
    clock.move(minutes=9)
    play()
    assert place.looked(person) == [("page", place.video)]
    clock.move(minutes=2)
    play()
    assert place.looked(person) == [("page", place.video)] * 2
    with place.workspace.store.read() as connection:
        assert shown(connection, pseudonym=person.pseudonym, most=1)[0].at == "2026-03-01T08:11:00.000000Z"
    matches = rebuild(place.workspace.store, create_engine("sqlite://"))
    assert [match for match in matches if not match.equal] == []


def test_data_protection_reads_it_over_http_and_nobody_else_does(place: Place, clock: MovingClock) -> None:
    person, visitor = place.enter("policy")
    visitor.get(place.paths()["case"])
    clock.move(days=1)
    again = Visitor(TestClient(place.client.app)).sign_in(place.workspace, person)
    again.get(place.paths()["case"])
    officer, lead = place.enter("privacy")[1], place.enter("lead")[1]
    assert lead.get("/api/retention/views").status_code == 403
    asked = {"person": person.pseudonym, "since": "2026-03-02"}
    found = officer.get("/api/retention/views", params=asked).json()
    assert [(one["at"][:10], one["what"], one["subject"]) for one in found["views"]] == [
        ("2026-03-02", "case", place.video)
    ]
    assert found["more"] is False
    every = officer.get("/api/retention/views").json()["views"]
    assert {"video", "case"} <= {one["what"] for one in every}
    assert officer.get("/api/retention/views", params={"since": "kemarin"}).status_code == 422
