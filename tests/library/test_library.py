"""Videos as leads see them: search and evidence outside blind work, look-ups, offers to copies."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from api.visitor import Visitor
from study.making import Made, answers, make_study, people
from tilik.access.events import Role
from tilik.api import create_app
from tilik.exchange.screening import Found, Screening
from tilik.kernel import Evidence, Span
from tilik.media.families import Fingerprint
from tilik.media.family_index import to_bytes
from tilik.media.hashing import PRINT_SOURCE
from tilik.media.keeping import keep_results
from tilik.media.registration import find_video
from tilik.media.result import Result
from tilik.media.workflow import settle
from tilik.review.apply import lock_video
from tilik.store import Workspace, rebuild
from tilik.store.engine import database_file, open_engine
from tilik.store.tables import judgement, task

Enter = Callable[..., Visitor]


@pytest.fixture
def place(sqlite_workspace: Workspace) -> Workspace:
    return sqlite_workspace


@pytest.fixture
def enter(place: Workspace) -> Enter:
    """Signs in a new person with these roles."""
    app: FastAPI = create_app(place)

    def sign_in(*roles: Role) -> Visitor:
        person = people(place, "Somebody", roles=roles)[0]
        client = TestClient(app, raise_server_exceptions=False)
        return Visitor(client).sign_in(place, person)

    return sign_in


def say(place: Workspace, video: str, *results: Result) -> None:
    with place.store.write() as writing:
        found = find_video(writing.connection, video)
        keep_results(writing, results, content=found.content, keys=found.keys)


def print_of(pictures: list[int]) -> Result:
    random = [np.random.default_rng(s).integers(0, 2**63, 4).astype(np.uint64) for s in pictures]
    words = np.stack(random)
    data = to_bytes(Fingerprint("", words, words, np.arange(len(words))))
    return Result(source=PRINT_SOURCE, summary=base64.b64encode(data).decode())


def caption(text: str, at: float) -> Result:
    cue = Evidence(video="", span=Span(start=at, end=at + 1), kind="caption", value=text, source="captions/1")
    return Result(source="captions/1", evidence=(cue,))


@pytest.fixture
def copies(place: Workspace) -> tuple[Made, Made]:
    """A blind study of two videos, and an assisted one of three: two copies of the first's first video."""
    blind, assisted = make_study(place, ["b0", "b1"]), make_study(place, ["a0", "a1", "a2"], blind=False)
    say(place, "b0", print_of([1, 2, 3]), caption("main slot gacor", 1.5))
    say(place, "b1", print_of([9]))
    for video, pictures in {"a0": [1, 2, 3], "a1": [1, 2, 7], "a2": [40]}.items():
        say(place, video, print_of(pictures))
    settle(place.store)
    return blind, assisted


def judge_blind(place: Workspace, enter: Enter, study: Made, **chosen: Any) -> None:
    """Somebody judges every task of the blind study."""
    person = enter("reviewer")
    while (held := person.next_task()) is not None:
        if held["blind"]:
            assert person.judge(held, answers=answers(chosen)).status_code == 200
        else:
            released = {"lease": held["lease"]["id"]}
            assert person.post(f"/api/tasks/{held['task']}/release", released).status_code == 204
    with place.store.read() as connection:
        states = select(task.c.state).where(task.c.study == study.id)
        assert set(connection.execute(states).scalars()) == {"settled"}


# ------------------------------------------------------------------------------------------ seeing
def test_a_lead_sees_a_video_with_its_evidence_its_family_and_its_media(
    enter: Enter, copies: tuple[Made, Made]
) -> None:
    lead = enter("lead")
    told = lead.get("/api/library/video", params={"video": "b0"}).json()
    assert [(e["kind"], e["start"]) for e in told["evidence"] if e["kind"] == "caption"] == [("caption", 1.5)]
    members = [card["video"] for card in told["family"]["members"]]
    assert (members[0], sorted(members)) == ("b0", ["a0", "a1", "b0"])
    edges = {(e["one"], e["other"]): (e["share"], e["distance"]) for e in told["family"]["edges"]}
    assert {tuple(sorted(pair)) for pair in edges} == {(0, 1), (0, 2), (1, 2)}
    assert {share for share, _ in edges.values()} == {1.0, 0.667}
    assert told["work"] == [{"study": told["work"][0]["study"], "blind": True, "state": "open"}]
    assert lead.get(told["media"]["playback"]["url"], headers={"Range": "bytes=0-"}).content.startswith(
        b"the bytes of a clip"
    )
    assert lead.get(told["media"]["poster"]).content == b"poster"
    assert enter("lead").get(told["media"]["playback"]["url"]).status_code == 403


def test_who_may_still_judge_a_video_blind_is_told_nothing_of_it(
    place: Workspace, enter: Enter, copies: tuple[Made, Made]
) -> None:
    both = enter("lead", "reviewer")
    assert both.get("/api/library/video", params={"video": "b0"}).json()["code"] == "video-blind"
    assert both.get("/api/library/search", params={"q": "slot"}).json()["found"] == []
    cards = {c["video"]: c for c in both.get("/api/library/videos").json()["videos"]}
    assert (cards["b0"]["hidden"], cards["b0"]["poster"], cards["b0"]["title"]) == (True, None, "")
    assert cards["a0"]["poster"]
    family = both.get("/api/library/video", params={"video": "a0"}).json()["family"]
    assert next(c for c in family["members"] if c["video"] == "b0")["poster"] is None
    judge_blind(place, enter, copies[0])
    assert both.get("/api/library/video", params={"video": "b0"}).status_code == 200
    assert len(both.get("/api/library/search", params={"q": "slot"}).json()["found"]) == 1


def test_a_search_finds_the_second_and_marks_the_word(enter: Enter, copies: tuple[Made, Made]) -> None:
    lead = enter("lead")
    (found,) = lead.get("/api/library/search", params={"q": "SLOT -parkir"}).json()["found"]
    (hit,) = found["hits"]
    assert (found["card"]["video"], hit["place"], hit["start"]) == ("b0", "caption", 1.5)
    assert [hit["text"][a:b] for a, b in hit["marks"]] == ["slot"]
    assert lead.get("/api/library/search", params={"q": "slot", "place": "title"}).json()["found"] == []
    assert lead.get("/api/library/search", params={"q": " - "}).json()["code"] == "search-empty"
    assert lead.get("/api/library/search", params={"q": "a", "place": "nowhere"}).status_code == 422


def test_a_locked_video_shows_nothing(place: Workspace, enter: Enter, copies: tuple[Made, Made]) -> None:
    with place.store.write() as writing:
        lock_video(writing.connection, "b0")
    lead = enter("lead")
    assert lead.get("/api/library/video", params={"video": "b0"}).json()["code"] == "video-locked"
    cards = {c["video"]: c for c in lead.get("/api/library/videos").json()["videos"]}
    assert (cards["b0"]["locked"], cards["b0"]["poster"]) == (True, None)
    assert lead.get("/api/library/video", params={"video": "nobody"}).status_code == 404


def test_the_list_goes_on_page_by_page(place: Workspace, enter: Enter) -> None:
    make_study(place, [f"v{k:03}" for k in range(65)])
    lead = enter("lead")
    first = lead.get("/api/library/videos").json()
    assert (len(first["videos"]), first["count"], first["after"]) == (60, 65, "v059")
    rest = lead.get("/api/library/videos", params={"after": "v059"}).json()
    assert ([c["video"] for c in rest["videos"]][-1], rest["after"]) == ("v064", None)
    assert lead.get("/api/library/videos", params={"condition": "crashed"}).json()["videos"] == []


# ---------------------------------------------------------------------------------------- look-ups
def test_look_ups_come_with_the_urgent_first(
    place: Workspace, enter: Enter, copies: tuple[Made, Made]
) -> None:
    hit = Found("pdq", "bank-a", 7, "12", 3.0)
    say(place, "a0", Screening(5, ()).result())
    say(place, "a1", Screening(5, (hit,)).result())
    say(place, "a2", Screening(0, (), failed="crashed: the child ended").result())
    for who in (enter("child-safety"), enter("lead")):
        told = who.get("/api/library/lookups").json()
        assert [(row["video"], row["state"]) for row in told["lookups"]] == [
            ("a1", "matched"),
            ("a2", "not-hashed"),
            ("a0", "clear"),
        ]
        assert told["never"] == 2
        assert told["lookups"][0]["found"] == [
            {"kind": "pdq", "bank": "bank-a", "content": 7, "distance": "12", "second": 3.0, "locks": True}
        ]
        assert told["lookups"][1]["failed"] == "crashed: the child ended"
    assert enter("reviewer").get("/api/library/lookups").status_code == 403
    assert enter("child-safety").get("/api/library/videos").status_code == 403


# ------------------------------------------------------------------------------------------ offers
def test_waiting_copies_are_offered_what_was_decided_and_no_judgement_comes_of_it(
    place: Workspace, enter: Enter, copies: tuple[Made, Made], tmp_path: Path
) -> None:
    blind, assisted = copies
    lead = enter("lead")
    assert lead.get("/api/library/siblings").json() == {"offers": [], "decided": []}
    judge_blind(place, enter, blind)
    (offer,) = lead.get("/api/library/siblings").json()["offers"]
    assert offer["card"]["video"] == "b0"
    assert [(s["card"]["video"], s["share"]) for s in offer["siblings"]] == [
        ("a0", 1.0),
        ("a1", pytest.approx(0.667, abs=0.001)),
    ]
    chosen = {"judged": offer["judged"], "tasks": [s["task"] for s in offer["siblings"]]}
    accepted = lead.post("/api/library/siblings", chosen).json()
    assert accepted["tasks"] == 2
    assert lead.post("/api/library/siblings", chosen).json()["code"] == "siblings-gone"
    told = lead.get("/api/library/siblings").json()
    assert (told["offers"], [d["tasks"] for d in told["decided"]]) == ([], [2])
    with place.store.read() as connection:
        judged = connection.execute(select(judgement.c.task)).scalars().all()
        states = select(task.c.video, task.c.state).where(task.c.study == assisted.id)
        assert {row.video: row.state for row in connection.execute(states)} == {
            "a0": "assisted",
            "a1": "assisted",
            "a2": "open",
        }
    assert not set(judged) & set(chosen["tasks"])
    fresh = open_engine(database_file(tmp_path / "fresh.db"))
    matched = {row.table: row for row in rebuild(place.store, fresh)}
    fresh.dispose()
    assert matched["sibling_decision"].live == 2
    assert all(row.equal for row in matched.values())
    assert lead.post(f"/api/library/siblings/{accepted['batch']}/withdraw", {}).status_code == 204
    assert len(lead.get("/api/library/siblings").json()["offers"][0]["siblings"]) == 2
    assert lead.post(f"/api/library/siblings/{accepted['batch']}/withdraw", {}).status_code == 404


def test_blind_and_held_and_judged_tasks_are_never_offered(
    place: Workspace, enter: Enter, copies: tuple[Made, Made]
) -> None:
    blind, _ = copies
    judge_blind(place, enter, blind)
    make_study(place, ["c0"])
    say(place, "c0", print_of([1, 2, 3]))
    settle(place.store)
    lead, reviewer = enter("lead"), enter("reviewer")

    def offered() -> set[str]:
        found = lead.get("/api/library/siblings").json()["offers"]
        return {s["card"]["video"] for offer in found for s in offer["siblings"]}

    assert offered() == {"a0", "a1"}  # c0 is a copy too, and its study is blind
    held = []
    while (one := reviewer.next_task(*held)) is not None:
        held.append(one["task"])
        if len(held) == 4:
            break
    assert offered() == set()
    assert enter("reviewer").get("/api/library/siblings").status_code == 403


def test_people_who_differ_lend_nothing(place: Workspace, enter: Enter) -> None:
    make_study(place, ["b0"], wants=2)
    make_study(place, ["a0"], blind=False)
    for video in ("b0", "a0"):
        say(place, video, print_of([1, 2, 3]))
    settle(place.store)
    for chosen in ({}, {"min_age": 13}):
        person = enter("reviewer")
        while (held := person.next_task()) is not None:
            if held["blind"]:
                assert person.judge(held, answers=answers(chosen)).status_code == 200
                break
            person.post(f"/api/tasks/{held['task']}/release", {"lease": held["lease"]["id"]})
    assert enter("lead").get("/api/library/siblings").json()["offers"] == []
