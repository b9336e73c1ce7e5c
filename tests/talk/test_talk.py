"""Talk on cases and videos: who hears it, who is called on, what becomes of an errand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient

from api.visitor import Visitor
from casebook.conftest import Room
from moving_clock import MovingClock
from study.making import people
from tilik.access import Person, change_person
from tilik.api import create_app
from tilik.casebook import remarks_of
from tilik.casebook.view import find_case
from tilik.kernel import TilikError
from tilik.log import log_entry
from tilik.retention.items import case_texts
from tilik.store import Workspace, database_url, open_engine, rebuild
from tilik.store.tables import note
from tilik.talk import (
    comments_at,
    errands_at,
    errands_of,
    find_place,
    hand_over,
    move,
    read_mentions,
    say,
    unread,
)

TODAY = "2026-03-01"


class Circle(Room):
    """A case about a video, and people of every role that talks."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        roles = ("lead", "ml", "policy", "adjudicator", "child-safety")
        (self.lead, self.ml, self.policy, self.adjudicator, self.safety) = (
            people(workspace, role, roles=(role,))[0]  # type: ignore[arg-type]
            for role in roles
        )
        self.video = self.study.videos[0]

    def says(self, person: Person, text: str, about: str = "video", name: str = "", **more: Any) -> str:
        said: str = self.act(say, person.id, about, name or self.video, text, by=person, **more)
        return said

    def gives(self, giver: Person, owner: Person, about: str = "video", name: str = "", **more: Any) -> str:
        body = {"owner": owner.id, "what": "Periksa suaranya.", "due": "2026-03-05", **more}
        given: str = self.act(hand_over, giver.id, about, name or self.video, **body, by=giver)
        return given

    def moves(self, person: Person, errand: str, state: str, why: str = "") -> None:
        self.act(move, person.id, errand, state, why, by=person)

    def heard(self, about: str, name: str) -> list[str]:
        return [one.text for one in self.read(lambda c: comments_at(c, find_place(c, about, name)))]  # type: ignore[arg-type]

    def called(self, person: Person) -> list[str]:
        return [one.id for one in self.read(unread, person)]

    def refused(self, act: Any, *arguments: Any, **more: Any) -> str:
        before = len(self.desk.rows(log_entry))
        with pytest.raises(TilikError) as error:
            act(*arguments, **more)
        assert len(self.desk.rows(log_entry)) == before, "nothing of it is left"
        return error.value.code


@pytest.fixture
def circle(sqlite_workspace: Workspace) -> Circle:
    return Circle(sqlite_workspace)


def test_what_is_said_about_a_video_is_heard_by_whoever_is_called_on(circle: Circle) -> None:
    said = circle.says(circle.lead, f"@{circle.ml.pseudonym}  skornya\nrendah?")
    assert circle.heard("video", circle.video) == [f"@{circle.ml.pseudonym} skornya rendah?"]
    assert (circle.called(circle.ml), circle.called(circle.policy)) == ([said], [])
    circle.act(read_mentions, circle.ml.id, [said, "other"], by=circle.ml)
    circle.act(read_mentions, circle.ml.id, [said], by=circle.ml)
    assert circle.called(circle.ml) == []
    assert len(circle.desk.events("mentions-read")) == 1


def test_what_is_said_about_a_case_is_a_remark_of_the_casebook(circle: Circle) -> None:
    (filed,) = circle.filed(["Ini iklan?"])
    said = circle.says(circle.lead, f"Menurut @{circle.policy.pseudonym}?", "case", str(filed.number))
    found = circle.read(find_case, filed.case)
    assert [one.id for one in circle.read(remarks_of, found)] == [said]
    assert circle.heard("case", filed.case) == [f"Menurut @{circle.policy.pseudonym}?"]
    (mention,) = circle.read(unread, circle.policy)
    assert (mention.name, mention.by) == (f"K-{filed.number}", circle.lead.pseudonym)
    assert circle.refused(circle.says, circle.ml, "Saya juga.", "case", filed.case) == "talk-missing"
    calls_ml = f"@{circle.ml.pseudonym} lihat"
    assert circle.refused(circle.says, circle.lead, calls_ml, "case", filed.case) == "talk-mention"


def test_nobody_hears_who_may_not(circle: Circle) -> None:
    for person in (circle.sari, circle.adjudicator, circle.safety):
        assert circle.refused(circle.says, person, "Halo") == "talk-missing"
        assert circle.refused(circle.says, circle.lead, f"@{person.pseudonym} halo") == "talk-mention"
        assert circle.refused(circle.gives, circle.lead, person) == "talk-owner"
    assert circle.refused(circle.says, circle.lead, "Halo", name="none") == "talk-missing"


def test_a_lead_who_also_judges_hears_nothing_before_their_own_judgement(circle: Circle) -> None:
    both = people(circle.workspace, "Dua", roles=("lead", "reviewer"))[0]
    lease = circle.desk.take(both)
    about = next(row for row in circle.desk.rows(_task()) if row.id == lease.task).video
    said = f"@{both.pseudonym} ini jelas melanggar"
    assert circle.refused(circle.says, circle.lead, said, name=about) == "talk-mention"
    assert circle.refused(circle.says, both, "Apa kata yang lain?", name=about) == "talk-missing"
    circle.says(circle.lead, "Ini jelas melanggar", name=about)
    circle.judge(both, lease, {})
    circle.says(circle.lead, said, name=about)
    assert len(circle.called(both)) == 1


def _task() -> Any:
    from tilik.store.tables import task  # noqa: PLC0415

    return task


def test_of_a_stopped_video_nothing_is_said_or_heard(circle: Circle) -> None:
    lease = circle.desk.take(circle.sari)
    about = next(row for row in circle.desk.rows(_task()) if row.id == lease.task).video
    filed = circle.file(circle.sari, lease)
    for kind, name in (("video", about), ("case", filed.case)):
        circle.says(circle.lead, f"@{circle.policy.pseudonym} lihat", kind, name)
        circle.gives(circle.lead, circle.policy, kind, name)
    assert len(circle.called(circle.policy)) == 2
    errand = circle.read(errands_of, circle.policy, TODAY)[0].id
    circle.desk.stop(circle.sari, lease, "ESC-DANGER")
    assert circle.called(circle.policy) == []
    assert circle.read(errands_of, circle.policy, "2026-12-31") == []
    assert circle.refused(circle.says, circle.lead, "Halo", name=about) == "talk-missing"
    assert circle.refused(circle.says, circle.lead, "Halo", "case", filed.case) == "talk-missing"
    assert circle.refused(circle.moves, circle.policy, errand, "done") == "errand-missing"


# --------------------------------------------------------------------------------------------- errands
def test_an_errand_is_taken_done_or_given_back_by_its_owner(circle: Circle) -> None:
    first, second = (circle.gives(circle.lead, circle.ml, due=day) for day in ("2026-03-05", "2026-02-28"))
    assert circle.refused(circle.moves, circle.lead, first, "done") == "errand-missing"
    circle.moves(circle.ml, first, "taken")
    assert circle.refused(circle.moves, circle.ml, first, "taken") == "errand-state"
    assert circle.refused(circle.moves, circle.ml, second, "returned", " ") == "talk-text"
    circle.moves(circle.ml, second, "returned", "Bukan model saya.")
    circle.moves(circle.ml, first, "done")
    assert circle.refused(circle.moves, circle.ml, first, "returned", "x") == "errand-state"
    mine = circle.read(errands_of, circle.lead, TODAY)
    assert {one.id: (one.state, one.why) for one in mine} == {
        first: ("done", ""),
        second: ("returned", "Bukan model saya."),
    }
    assert not any(one.overdue("2026-12-31") for one in mine)


def test_what_is_overdue_is_listed_for_all_who_may_hear_of_it(circle: Circle) -> None:
    late = circle.gives(circle.lead, circle.ml, due="2026-02-28")
    circle.gives(circle.lead, circle.ml)
    assert [one.id for one in circle.read(errands_of, circle.policy, TODAY)] == [late]
    assert circle.read(errands_of, circle.policy, TODAY)[0].overdue(TODAY)
    assert not circle.read(errands_of, circle.policy, TODAY)[0].overdue("2026-02-28"), "its day is not over"


@pytest.mark.parametrize("due", ["", "besok", "2026-3-5", "2026-02-30", "20260305"])
def test_a_day_that_is_none(circle: Circle, due: str) -> None:
    assert circle.refused(circle.gives, circle.lead, circle.ml, due=due) == "talk-due"


def test_somebody_without_access_gets_nothing(circle: Circle) -> None:
    circle.act(change_person, circle.ml.id, active=False)
    assert circle.refused(circle.gives, circle.lead, circle.ml) == "talk-owner"


# ----------------------------------------------------------------------------------------------- texts
def test_texts_are_scanned_erasable_and_never_in_the_log(circle: Circle) -> None:
    assert circle.refused(circle.says, circle.lead, "Surel budi@contoh.id") == "personal-data-email"
    number = "Hubungi 0812-3456-7890"
    assert circle.refused(circle.gives, circle.lead, circle.ml, what=number) == "personal-data-phone"
    circle.says(circle.lead, number, impersonal=True)
    circle.moves(
        circle.ml, circle.gives(circle.lead, circle.ml, what="Rahasia satu"), "returned", "Rahasia dua"
    )
    bodies = " ".join(row.body for row in circle.desk.rows(log_entry))
    assert not [text for text in ("Hubungi", "Rahasia") if text in bodies]
    with circle.workspace.store.write() as writing:
        writing.connection.execute(delete(note))
    assert circle.heard("video", circle.video) == [""]
    (errand,) = circle.read(lambda c: errands_at(c, find_place(c, "video", circle.video)))
    assert (errand.what, errand.why) == ("", "")


def test_the_log_folds_to_the_same_tables(circle: Circle, tmp_path: Path) -> None:
    said = circle.says(circle.lead, f"@{circle.ml.pseudonym} lihat")
    circle.act(read_mentions, circle.ml.id, [said], by=circle.ml)
    circle.moves(circle.ml, circle.gives(circle.lead, circle.ml), "taken")
    fresh = open_engine(database_url(f"sqlite:///{tmp_path / 'fresh.db'}"))
    matches = {match.table: match for match in rebuild(circle.workspace.store, fresh)}
    fresh.dispose()
    assert all(match.equal for match in matches.values())
    assert [matches[name].live for name in ("talk_comment", "talk_read", "talk_errand")] == [1, 1, 1]
    types = [json.loads(row.body) for row in circle.desk.rows(log_entry) if row.type == "comment-written"]
    assert set(types[0]) == {"comment", "video", "person", "said", "mentions"}


# ------------------------------------------------------------------------------------------------ HTTP
def test_over_http(circle: Circle, clock: MovingClock) -> None:
    app = create_app(circle.workspace)
    lead, ml = (
        Visitor(TestClient(app)).sign_in(circle.workspace, person) for person in (circle.lead, circle.ml)
    )
    place = {"about": "video", "name": circle.video}
    thread = lead.get("/api/talk/thread", params=place).json()
    assert circle.ml.pseudonym in {one["pseudonym"] for one in thread["people"]}
    lead.post("/api/talk/comments", {**place, "text": f"@{circle.ml.pseudonym} lihat"})
    given = lead.post(
        "/api/talk/errands", {**place, "owner": circle.ml.id, "what": "Ukur lagi", "due": TODAY}
    )
    (errand,) = given.json()["errands"]
    assert (errand["mine"], errand["given"], errand["overdue"]) == (False, True, False)
    assert ml.get("/api/talk/count").json() == {"waiting": 2}
    mine = ml.get("/api/talk/mine").json()
    assert ml.post("/api/talk/read", {"comments": [mine["mentions"][0]["id"]]}).json() == {"waiting": 1}
    clock.move(hours=9)  # 17:00 UTC: midnight in Jakarta
    ml.sign_in(circle.workspace, circle.ml)
    (late,) = ml.get("/api/talk/mine").json()["errands"]
    assert (late["mine"], late["overdue"]) == (True, True)
    moved = ml.post(f"/api/talk/errands/{errand['id']}", {"state": "returned", "why": "Bukan saya"})
    assert moved.json()["errands"][0]["state"] == "returned"
    assert ml.get("/api/talk/thread", params={"about": "video", "name": "none"}).status_code == 404


def test_texts_are_kept_as_long_as_the_casebooks(circle: Circle) -> None:
    holds: Any = None  # looked at by whoever asks what is due
    circle.says(circle.lead, "Skornya rendah")
    done, waits = circle.gives(circle.lead, circle.ml), circle.gives(circle.lead, circle.ml)
    circle.moves(circle.ml, done, "returned", "Bukan saya")
    found = circle.read(lambda connection: list(case_texts(connection, holds)))
    assert sorted((one.key[1], one.used, one.by) for one in found) == sorted(
        [
            ("comment", False, circle.lead.id),
            ("what", False, circle.lead.id),
            ("what", True, circle.lead.id),
            ("why", False, circle.ml.id),
        ]
    )
    assert {one.about for one in found} == {frozenset({circle.video})}
    assert waits in {one.key[0] for one in found if one.used}
