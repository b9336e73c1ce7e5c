"""Calibration sessions: what is picked, what stays blind, what a ruling does, and what it never touches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.visitor import Visitor
from quality.bench import Court
from quality.gold.made import make_gold
from study.making import Made, make_study, people
from tilik.access import Person
from tilik.api import create_app
from tilik.casebook.precedents import precedents_for
from tilik.quality.adjudication import outcomes
from tilik.quality.calibration.splitting import split_of
from tilik.quality.calibration.view import letters_of
from tilik.store import Workspace, open_engine, rebuild
from tilik.store.engine import database_file
from tilik.store.tables import lease, task

Enter = Callable[[Person], Visitor]


@pytest.fixture
def enter(sqlite_workspace: Workspace) -> Enter:
    app = create_app(sqlite_workspace)

    def sign_in(person: Person) -> Visitor:
        return Visitor(TestClient(app, raise_server_exceptions=False)).sign_in(sqlite_workspace, person)

    return sign_in


def differing(workspace: Workspace, tasks: int = 3) -> tuple[Made, list[Person]]:
    """A study on which two people differ, but for its last task; and four people, two of whom judged."""
    made = make_study(workspace, tasks, wants=2, impressions=lambda index: 1000.0 * (index + 1))
    team = people(workspace, "Sari", "Budi", "Tuti", "Doni")
    desk = Court(workspace)
    for number in range(tasks):
        desk.clear(team[0], made)
        desk.clear(team[1], made) if number == tasks - 1 else desk.find(team[1], made)
    return made, team


def opened(lead: Visitor, made: Made, most: int = 10) -> dict[str, Any]:
    answer = lead.post("/api/calibration", {"study": made.id, "most": most})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_what_is_picked_is_split_and_often_seen(sqlite_workspace: Workspace, enter: Enter) -> None:
    made, _ = differing(sqlite_workspace, 4)
    lead = enter(people(sqlite_workspace, "Rina", roles=("lead",))[0])
    found = opened(lead, made, 2)
    videos = {row.id: row.video for row in Court(sqlite_workspace).rows(task)}
    shown = [made.videos.index(videos[one["task"]]) for one in found["items"]]
    assert shown == sorted(shown, reverse=True), "of those equally split the most seen comes first"
    assert len(shown) == 2
    assert {one["question"] for one in found["items"]} == {"verdict"}
    again = opened(lead, made)
    assert not {one["task"] for one in found["items"]} & {one["task"] for one in again["items"]}
    assert len(again["items"]) == 1, "three were split, two are calibrated"
    refused = lead.post("/api/calibration", {"study": made.id})
    assert refused.json()["code"] == "calibration-empty"
    assert [split_of(yes, 4) for yes in range(5)] == [0, 0.75, 1, 0.75, 0]


def test_blind_then_revealed_then_ruled_then_voted_again(
    sqlite_workspace: Workspace, enter: Enter, tmp_path: Path
) -> None:
    made, team = differing(sqlite_workspace)
    store = sqlite_workspace.store
    with store.read() as connection:
        measured = outcomes(connection, store.blobs, made.id)
    lead = enter(people(sqlite_workspace, "Rina", roles=("lead",))[0])
    voters = [enter(one) for one in team]
    session = opened(lead, made)
    base = f"/api/calibration/{session['id']}"
    items = [one["task"] for one in session["items"]]
    for name in items:
        path = f"{base}/items/{name}"
        assert lead.post(f"{path}/reveal", {}).json()["code"] == "calibration-votes"
        for number, voter in enumerate(voters):
            assert voter.get(f"{path}/media").json()["media"]["playback"] is not None
            told = voter.post(f"{path}/vote", {"says": number < 2}).json()
            item = next(one for one in told["items"] if one["task"] == name)
            assert (item["before"], item["mine"], item["voted"]) == ([], number < 2, number + 1)
        early = voters[0].post(f"{path}/remarks", {"text": "Menurut saya ya."})
        assert early.json()["code"] == "calibration-state", "talk waits for the reveal"
        item = next(one for one in lead.post(f"{path}/reveal", {}).json()["items"] if one["task"] == name)
        assert sorted(one["says"] for one in item["before"]) == [False, False, True, True]
        assert {one["letter"] for one in item["before"]} == {"A", "B", "C", "D"}
        assert voters[0].post(f"{path}/vote", {"says": True}).json()["code"] == "calibration-state"
        personal = voters[0].post(f"{path}/remarks", {"text": "Tanya sari@contoh.id"})
        assert personal.json()["code"] == "personal-data-email"
        assert voters[0].post(f"{path}/remarks", {"text": "Tautannya kecil."}).status_code == 200
        ruled = lead.post(f"{path}/ruling", {"says": True, "reason": "Tautan terlihat jelas."}).json()
        assert next(one for one in ruled["items"] if one["task"] == name)["says"] is True
        for voter in voters:
            assert voter.post(f"{path}/vote", {"says": True}).status_code == 200
    told = lead.post(f"{base}/close", {}).json()
    assert (told["before"]["raw"]["n"], told["before"]["items"], told["before"]["people"]) == (2, 2, 4)
    assert told["before"]["raw"]["high"] < told["after"]["raw"]["high"] or told["after"]["raw"]["high"] == 1
    assert (
        voters[0].post(f"{base}/items/{items[0]}/vote", {"says": False}).json()["code"]
        == "calibration-closed"
    )
    everything = lead.get(base).text
    assert not [one.pseudonym for one in team if one.pseudonym in everything], "letters, not people"
    with store.read() as connection:
        assert outcomes(connection, store.blobs, made.id) == measured, "votes are no judgements"
    fresh = open_engine(database_file(tmp_path / "rebuilt.db"))
    assert {one.table for one in rebuild(store, fresh) if not one.equal} == set()
    fresh.dispose()


def test_what_waits_is_ones_own(sqlite_workspace: Workspace, enter: Enter) -> None:
    made, team = differing(sqlite_workspace)
    lead = enter(people(sqlite_workspace, "Rina", roles=("lead",))[0])
    session = opened(lead, made)
    at, items = f"/api/calibration/{session['id']}", [one["task"] for one in session["items"]]
    (keeper,) = [enter(one) for one in people(sqlite_workspace, "Kiki", roles=("policy",))]
    voter = enter(team[2])

    def waits(who: Visitor) -> int:
        (line,) = who.get("/api/calibration").json()
        return int(line["waiting"])

    assert (len(items), waits(keeper), waits(voter)) == (2, 2, 2)
    for who in (keeper, voter):
        assert who.post(f"{at}/items/{items[0]}/vote", {"says": True}).status_code == 200
    assert (waits(keeper), waits(voter), waits(lead)) == (1, 1, 2)
    assert lead.post(f"{at}/items/{items[0]}/reveal", {}).status_code == 200
    assert (waits(keeper), waits(lead)) == (1, 1), "nobody votes between the reveal and the ruling"
    ruling = {"says": False, "reason": "Tidak terlihat."}
    assert lead.post(f"{at}/items/{items[0]}/ruling", ruling).status_code == 200
    assert (waits(keeper), waits(lead)) == (2, 1), "who voted blind votes again"
    assert keeper.post(f"{at}/items/{items[0]}/vote", {"says": False}).status_code == 200
    assert waits(keeper) == 1
    lead.post(f"{at}/close", {})
    assert (waits(keeper), waits(voter)) == (0, 0)


def test_a_ruling_is_a_precedent_for_other_videos(sqlite_workspace: Workspace, enter: Enter) -> None:
    made, team = differing(sqlite_workspace)
    lead = enter(people(sqlite_workspace, "Rina", roles=("lead",))[0])
    session = opened(lead, made, 1)
    path = f"/api/calibration/{session['id']}/items/{session['items'][0]['task']}"
    for one in team[:2]:
        enter(one).post(f"{path}/vote", {"says": True})
    lead.post(f"{path}/reveal", {})
    lead.post(f"{path}/ruling", {"says": True, "reason": "Tautan terlihat jelas."})
    other = next(row for row in Court(sqlite_workspace).rows(task) if row.id != session["items"][0]["task"])
    with sqlite_workspace.store.read() as connection:
        (told,) = precedents_for(connection, other.id)
        assert precedents_for(connection, session["items"][0]["task"]) == [], "never on its own video"
    assert (told.question, told.text["id"]) == ("verdict", "Ya. Tautan terlihat jelas.")


def test_who_saw_a_video_there_is_not_given_it_later(sqlite_workspace: Workspace, enter: Enter) -> None:
    made, team = differing(sqlite_workspace, 2)
    lead = enter(people(sqlite_workspace, "Rina", roles=("lead",))[0])
    session = opened(lead, made)
    name = session["items"][0]["task"]
    video = next(row.video for row in Court(sqlite_workspace).rows(task) if row.id == name)
    enter(team[2]).post(f"/api/calibration/{session['id']}/items/{name}/vote", {"says": True})
    assert [row.ended for row in Court(sqlite_workspace).rows(lease) if row.burst] == ["calibrated"]
    make_study(sqlite_workspace, [video])
    make_gold(sqlite_workspace, [video], media=False)
    desk = Court(sqlite_workspace)
    assert desk.lease(team[2]) is None
    taken = desk.take(team[3])
    # Live, or as gold in its place: somebody else gets the very same video.
    assert next(row.video for row in desk.rows(task) if row.id == taken.task) == video


def test_letters_differ_from_item_to_item() -> None:
    team = {f"person-{number}" for number in range(30)}
    one, other = letters_of("s", "a", team), letters_of("s", "b", team)
    assert sorted(one.values()) == sorted(other.values())
    assert len(set(one.values())) == 30
    assert one != other
    assert one == letters_of("s", "a", set(team))
