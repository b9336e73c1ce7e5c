"""``tilik safety``: what waits after a stop, and taking it on, on the server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from cli.shell import FRAME, Tilik, refused
from review.desk import Desk
from tilik.access import add_person
from tilik.media.registration import add_video
from tilik.review import lease_next
from tilik.safety import escalations
from tilik.store import Workspace, open_workspace
from tilik.store.tables import video


@pytest.fixture
def stopped(tilik: Tilik) -> Tilik:
    """A reviewer stopped work on two videos of a study; one person answers for child safety."""
    Path("frame.csv").write_text(FRAME)
    tilik("init")
    assert tilik("frame", "import", "frame.csv", "--name", "march").code == 0
    assert tilik("sample", "draw", "--name", "s", "--budget", 4, "--seed", 4).code == 0
    opened = open_workspace(Path("tilik-data"))
    with opened.store.write() as writing:
        judge = add_person(writing, name="Simulasi", roles=("reviewer",), simulated=True)
        add_person(writing, name="Rini", roles=("child-safety",))
    for code in ("ESC-TERROR", "ESC-CSAM"):
        with opened.store.write(judge.id) as writing:
            lease = lease_next(writing, judge.id, simulated=True)
        assert lease is not None
        Desk(opened).stop(judge, lease, code)
    opened.close()
    return tilik


def raised(opened: Workspace) -> Any:
    with opened.store.read() as connection:
        return escalations(connection, opened.store.blobs)


def test_what_waits_is_listed_the_most_pressing_first_and_no_video_is_named(stopped: Tilik) -> None:
    found = stopped("safety", "list", "--waiting", "--json")
    assert [(one["code"], one["state"], one["late"]) for one in found.json] == [
        ("ESC-CSAM", "waiting", False),
        ("ESC-TERROR", "waiting", False),
    ]
    table = stopped("safety", "list").out
    assert "ESC-CSAM" in table
    for told in (found.out, table):
        assert not any(f"v{at:03}" in told for at in range(60))


def test_taking_one_on_stops_its_timer_under_the_name_of_who_did(stopped: Tilik) -> None:
    first = stopped("safety", "list", "--json").json[0]["id"]
    taken = stopped("safety", "acknowledge", first, "--json").json
    assert (taken["id"], taken["state"], taken["late"]) == (first, "acknowledged", False)
    assert [one["code"] for one in stopped("safety", "list", "--waiting", "--json").json] == ["ESC-TERROR"]
    assert stopped("log", "verify").code == 0
    refused(stopped("safety", "acknowledge", "nothing", "--by", "R02"), "nothing")
    refused(stopped("safety", "acknowledge", first, "--by", "R01"), "--by", "There are: R02.")


def test_a_stopped_videos_file_is_sealed_and_opens_with_the_key_alone(stopped: Tilik) -> None:
    opened = open_workspace(Path("tilik-data"))
    Path("clip").write_bytes(b"KLIP" * 100)
    first = raised(opened)[0]
    with opened.store.write() as writing:
        add_video(writing, video=first.video, title="Klip", file=Path("clip"))
        writing.connection.execute(update(video).values(locked=True))
    opened.close()
    made = stopped("safety", "key", "--new", "out.key", "--json").json
    assert made["recipient"].startswith("age1")
    assert not made["own"]
    assert stopped("safety", "key", "--json").json == made
    refused(stopped("safety", "key", "--new", "out.key"), "out.key", "File exists")
    refused(stopped("safety", "key", "--new", "b.key", "--recipient", "age1x"), "not both")
    refused(stopped("safety", "key", "--recipient", "age1x"), "age recipient")
    early = stopped("safety", "open", first.id, "--out", "case", "--identity", "out.key")
    refused(early, "nothing of this escalation is sealed")
    assert stopped("safety", "seal", "--json").json == {"sealed": 1}
    refused(stopped("safety", "open", first.id, "--out", "case"), "safety.key")
    refused(stopped("safety", "open", first.id, "--out", "case", "--identity", "clip"), "no age identity")
    told = stopped("safety", "open", first.id, "--out", "case", "--identity", "out.key", "--json").json
    (file,) = told["files"]
    assert Path(file).read_bytes() == b"KLIP" * 100
    assert stopped("log", "verify").code == 0
