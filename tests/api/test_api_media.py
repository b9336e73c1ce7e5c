"""Media over HTTP: by signed link, by range, for one session, while the video is not locked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from api.visitor import Json, Visitor
from study.making import CLIP, make_study
from tilik.media.record import StoredFile
from tilik.media.registration import find_video, keep_prepared
from tilik.store import Workspace

WHOLE = CLIP * 200 + b"v-1"
END = len(WHOLE) - 1


@pytest.fixture
def task(sqlite_workspace: Workspace, reviewer: Visitor) -> Json:
    make_study(sqlite_workspace, ["v-1"])
    found = reviewer.next_task()
    assert found is not None
    return found


@pytest.fixture
def url(task: Json) -> str:
    return str(task["media"]["playback"]["url"])


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


PLAYED = {"Range": "bytes=0-"}
"""How a player asks."""


def test_a_player_gets_the_file_by_range_and_nobody_gets_it_whole(reviewer: Visitor, url: str) -> None:
    answer = reviewer.get(url, headers=PLAYED)
    assert (answer.status_code, answer.content) == (206, WHOLE)
    assert (answer.headers["content-type"], answer.headers["accept-ranges"]) == ("video/mp4", "bytes")
    assert answer.headers["cache-control"] == "no-store"
    assert code(reviewer.get(url)) == (403, "media-range")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=5000-", 5000, END),
        ("bytes=-10", END - 9, END),
    ],
)
def test_a_range_gives_its_bytes(reviewer: Visitor, url: str, asked: str, first: int, last: int) -> None:
    answer = reviewer.get(url, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (206, WHOLE[first : last + 1])
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{len(WHOLE)}"
    assert answer.headers["cache-control"] == "no-store"


def test_a_range_beyond_the_end_is_refused(reviewer: Visitor, url: str) -> None:
    assert reviewer.get(url, headers={"Range": f"bytes={len(WHOLE) + 5}-"}).status_code == 416


def test_poster_and_storyboard_have_links_too(reviewer: Visitor, task: Json) -> None:
    media = task["media"]
    assert reviewer.get(media["poster"]).content == b"poster"
    assert reviewer.get(media["storyboard"]["url"]).content == b"sprite"
    assert reviewer.get(media["poster"]).headers["content-type"] == "image/jpeg"


def test_a_link_is_worthless_to_others(stranger: Visitor, enter: Callable[..., Visitor], url: str) -> None:
    assert code(stranger.get(url)) == (401, "not-signed-in")
    assert code(enter("reviewer").get(url)) == (403, "media-link-foreign")
    assert code(enter("admin", "lead").get(url)) == (403, "media-link-foreign")


def test_a_link_ends_with_the_session(reviewer: Visitor, url: str) -> None:
    reviewer.send("DELETE", "/api/session")
    assert code(reviewer.get(url)) == (401, "not-signed-in")


def test_a_link_ends_with_its_time_and_a_new_one_is_to_be_had(
    reviewer: Visitor, task: Json, url: str, clock: Any
) -> None:
    for minutes in (10, 10, 9):  # never away long enough for the session to lock
        clock.now += timedelta(minutes=minutes)
        reviewer.get("/api/session")
    reviewer.post(f"/api/tasks/{task['task']}/renew", {"lease": task["lease"]["id"]})
    assert reviewer.get(url, headers=PLAYED).status_code == 206
    clock.now += timedelta(minutes=2)
    assert code(reviewer.get(url)) == (403, "media-link-expired")
    (again,) = reviewer.get("/api/tasks/held").json()["tasks"]
    assert reviewer.get(again["media"]["playback"]["url"], headers=PLAYED).content == WHOLE


def test_a_forged_link_opens_nothing(reviewer: Visitor, task: Json, url: str) -> None:
    poster = task["media"]["poster"]
    for forged in (url[:-1], url[:-3] + "abc", url.rpartition(".")[0] + "." + poster.rpartition(".")[2]):
        assert code(reviewer.get(forged)) == (403, "media-link-invalid")


def test_nothing_is_shown_after_stop_work(
    sqlite_workspace: Workspace, reviewer: Visitor, enter: Callable[..., Visitor], task: Json, url: str
) -> None:
    make_study(sqlite_workspace, ["v-1"])
    other = enter("reviewer")
    theirs = other.next_task()
    assert theirs is not None
    stop = {"key": "12345678", "task": task["task"], "lease": task["lease"]["id"], "at": 1, "note": None}
    assert reviewer.post("/api/stop-work", {**stop, "escalation": "ESC-CSAM"}).status_code == 200
    for visitor, held in ((reviewer, task), (other, theirs)):
        media = held["media"]
        for link in (media["playback"]["url"], media["poster"], media["storyboard"]["url"]):
            assert code(visitor.get(link, headers=PLAYED)) == (404, "video-locked")
    assert other.get("/api/tasks/held").json() == {"tasks": []}
    assert code(other.judge(theirs)) == (409, "task-stopped")


def test_a_file_that_was_replaced_is_gone(sqlite_workspace: Workspace, reviewer: Visitor, url: str) -> None:
    with sqlite_workspace.store.write() as writing:
        before = find_video(writing.connection, "v-1")
        playback = StoredFile(content=writing.blobs.put(b"another"), mime="video/mp4")
        record = before.record.model_copy(update={"playback": playback})
        keep_prepared(writing, video="v-1", content=before.content, record=record, evidence=())
    assert code(reviewer.get(url, headers=PLAYED)) == (404, "video-missing")
