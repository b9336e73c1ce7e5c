"""The demo workspace: its page beside the truth, what waits for people, and a log as sound as any."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from scipy.stats import spearmanr
from sqlalchemy import select

from study.making import answers
from tilik.access import list_people
from tilik.cli.demo import UNFINISHED
from tilik.demo.build import SEED, STUDY, Built, Size, Tell, build_demo
from tilik.demo.team import TEAM
from tilik.demo.truth import read_truth
from tilik.kernel import Invalid, new_id
from tilik.log import last, read, verify
from tilik.measure import measure
from tilik.media.registration import list_videos
from tilik.review import Submission, lease_next, submit
from tilik.store import Workspace, create, database_url, open_engine, open_workspace, rebuild
from tilik.store.tables import draw, judgement, person, study, task
from tilik.store.workspace import TRUTH
from tilik.study import find_study

pytestmark = pytest.mark.slow
PROGRAM = Path(sys.executable).with_name("tilik")
SIZE = Size(rows=50_000, budget=80, clips=4)
SMALL = ("--rows", "50000", "--budget", "80", "--clips", "4")


def tilik(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [str(PROGRAM), *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == code, ended.stderr
    return ended


@contextmanager
def opened(folder: Path) -> Iterator[Workspace]:
    workspace = open_workspace(folder)
    try:
        yield workspace
    finally:
        workspace.close()


@contextmanager
def silent(_title: str) -> Iterator[Any]:
    yield lambda _done, _total: None


TELL: Tell = silent


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A small demo's folder, and the page that the command printed."""
    folder = tmp_path_factory.mktemp("demo") / "tilik-data"
    return folder, tilik("-w", folder, "demo", "--no-serve", *SMALL).stdout


@pytest.fixture
def folder(printed: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of the small demo for a test that changes it."""
    shutil.copytree(printed[0], tmp_path / "tilik-data")
    return tmp_path / "tilik-data"


def assert_sound(workspace: Workspace, fresh: str) -> None:
    """The chain holds and its fold is the live tables."""
    with workspace.store.read() as connection:
        assert list(verify(read(connection), last(connection))) == []
    engine = open_engine(database_url(fresh))
    try:
        matches = rebuild(workspace.store, engine)
    finally:
        engine.dispose()
    assert [match.table for match in matches if not match.equal] == []
    counts = {match.table: match.live for match in matches}
    assert (counts["draw"], counts["judgement"], counts["video"], counts["person"]) == (80, 76, 4, 5)


def assert_waiting(workspace: Workspace) -> None:
    """Four tasks wait: the last to be served, with prepared media; the others are settled."""
    with workspace.store.read() as connection:
        rows = connection.execute(
            select(task.c.video, task.c.state, task.c.position).order_by(task.c.position)
        ).all()
        videos = {video.id: video for video in list_videos(connection)}
    assert [row.state for row in rows] == ["settled"] * 76 + ["open"] * 4
    assert {row.video for row in rows[-4:]} == set(videos)
    for video in videos.values():
        assert video.record.playback is not None
        assert workspace.store.blobs.path(video.record.playback.content).stat().st_size > 1000
        assert video.record.poster is not None
        assert video.title


# ----------------------------------------------------------------------------------------- as printed
def test_the_page_shows_the_interval_beside_the_known_truth(printed: tuple[Path, str]) -> None:
    folder, page = printed
    truth = json.loads((folder / TRUTH).read_text())
    headline = re.search(
        r"minors: (.+) % \((.+) % – (.+) %; n (\d+), effective n \d+, known truth (.+) %\)", page
    )
    assert headline is not None, page
    value, low, high, n, known = map(float, headline.groups())
    assert low <= value <= high
    assert n == 76
    assert known == pytest.approx(100 * truth["failing"], abs=0.005)
    assert "80 drawn, 76 judged, 4 waiting, 0 not judgeable, 0 stopped" in page
    assert "76 of the judgements were made by simulated people" in page


def test_the_truth_is_that_of_the_frame(printed: tuple[Path, str]) -> None:
    folder, _ = printed
    truth = json.loads((folder / TRUTH).read_text())
    assert 0.02 < truth["failing"] < 0.3
    assert truth["failing"] == pytest.approx(truth["Q3"] + truth["Q4"])
    assert truth["Q1"] + truth["Q2"] + truth["Q3"] + truth["Q4"] == pytest.approx(1)


def test_what_waits_is_a_random_part_of_the_draw(printed: tuple[Path, str]) -> None:
    with opened(printed[0]) as workspace:
        assert_waiting(workspace)
        with workspace.store.read() as connection:
            rows = connection.execute(
                select(task.c.position, draw.c.impressions, draw.c.pi).join(
                    draw, draw.c.video == task.c.video
                )
            ).all()
    position, impressions, pi = np.array(rows, dtype=float).T
    # Serving order knows nothing of size: chance alone stays below 0.5 but once in 100,000 demos.
    assert abs(spearmanr(position, impressions).statistic) < 0.5
    assert abs(spearmanr(position, pi).statistic) < 0.5


def test_simulated_people_are_marked_and_nobody_else_judged(printed: tuple[Path, str]) -> None:
    with opened(printed[0]) as workspace, workspace.store.read() as connection:
        people = list_people(connection)
        judges = set(connection.execute(select(judgement.c.person)).scalars())
        simulated = set(connection.execute(select(person.c.id).where(person.c.simulated)).scalars())
    assert {one.name for one in people if one.simulated} == {skill.name for skill in TEAM}
    assert judges == simulated
    assert [one.roles for one in people if not one.simulated] == [("admin", "lead", "reviewer")]


def test_the_team_errs_a_little_and_only_a_little(printed: tuple[Path, str]) -> None:
    with opened(printed[0]) as workspace, workspace.store.read() as connection:
        rows = connection.execute(
            select(task.c.video, judgement.c.answers).join(judgement, judgement.c.task == task.c.id)
        ).all()
        truth = read_truth(
            workspace.folder / "scratch" / "demo-frame" / "truth.parquet", [r.video for r in rows]
        )
    right = 0
    for row in rows:
        said = {k[6:]: v for k, v in json.loads(row.answers).items() if k.startswith("label.") and v}
        right += said == truth[row.video].labels
    assert 0.8 < right / len(rows) <= 1


def test_verify_and_rebuild(printed: tuple[Path, str], tmp_path: Path) -> None:
    with opened(printed[0]) as workspace:
        assert_sound(workspace, f"sqlite:///{tmp_path / 'fresh.db'}")
    assert json.loads(tilik("-w", printed[0], "log", "verify", "--json").stdout)["breaks"] == []
    assert all(row["equal"] for row in json.loads(tilik("-w", printed[0], "log", "rebuild", "--json").stdout))


# ---------------------------------------------------------------------------------------------- again
def test_run_again_it_keeps_the_workspace_and_your_judgements_move_it(folder: Path) -> None:
    with opened(folder) as workspace:
        with workspace.store.read() as connection:
            you = next(one for one in list_people(connection) if not one.simulated)
        with workspace.store.write(you.id) as writing:
            lease = lease_next(writing, you.id)
            assert lease is not None
            guideline = writing.connection.execute(select(study.c.guideline)).scalar_one()
            sent = Submission(
                key=new_id(),
                task=lease.task,
                lease=lease.id,
                guideline=guideline,
                answers=answers(),
                active_seconds=9,
                language="id",
            )
            submit(writing, you.id, sent)
            head = last(writing.connection)
    ended = tilik("-w", folder, "demo", "--json")
    assert ended.stderr == ""
    measured = json.loads(ended.stdout)
    assert (measured["study"]["judged"], measured["study"]["waiting"], measured["simulated"]) == (77, 3, 76)
    assert measured["overall"]["truth"] == json.loads((folder / TRUTH).read_text())["failing"]
    with opened(folder) as workspace, workspace.store.read() as connection:
        assert last(connection) == head


def test_it_serves_with_a_link_that_signs_in_once(folder: Path) -> None:
    command = [str(PROGRAM), "-w", str(folder), "demo", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            link = next(
                found for line in server.stdout if (found := re.search(r"(http://\S+)/sign-in#(\S+)", line))
            )
            base, token = link.groups()
            headers = {"Origin": base}
            first = httpx.post(f"{base}/api/session", json={"token": token}, headers=headers, timeout=60)
            again = httpx.post(f"{base}/api/session", json={"token": token}, headers=headers, timeout=60)
        finally:
            server.send_signal(signal.SIGINT)
    assert first.status_code == 200, first.text
    assert again.status_code >= 400


# -------------------------------------------------------------------------------------------- stopped
def test_a_demo_that_was_killed_half_way_is_not_taken_for_one(tmp_path: Path) -> None:
    place = tmp_path / "tilik-data"
    with subprocess.Popen(
        [str(PROGRAM), "-w", str(place), "demo", "--no-serve", *SMALL], stderr=subprocess.DEVNULL
    ) as running:
        while not (place / UNFINISHED).exists():
            assert running.poll() is None
            time.sleep(0.01)
        running.kill()
    ended = tilik("-w", place, "demo", "--no-serve", code=2)
    assert ended.stdout == ""
    assert ended.stderr == f"tilik: {place}: an earlier demo was stopped half way. Delete this folder.\n"


def test_a_demo_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    place = tmp_path / "tilik-data"
    ended = tilik("-w", place, "demo", "--no-serve", "--budget", 3, "--clips", 4, code=2)
    assert ended.stderr == "tilik: 4 clips are too many for a sample of 3 videos.\n"
    assert not place.exists()


def test_more_clips_than_draws_are_refused_before_anything_is_made(sqlite_workspace: Workspace) -> None:
    with pytest.raises(Invalid, match="too many"):
        build_demo(sqlite_workspace, TELL, videos=[Path("a.mp4"), Path("b.mp4")], size=Size(1000, 1, 0))
    with sqlite_workspace.store.read() as connection:
        assert last(connection)[0] == 0


# ------------------------------------------------------------------------------------- other materials
@pytest.mark.postgres
def test_the_same_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    create(tmp_path / "tilik-data", database=postgres_url)
    with opened(tmp_path / "tilik-data") as workspace:
        built = build_demo(workspace, TELL, size=SIZE)
        assert_waiting(workspace)
        assert_sound(workspace, f"sqlite:///{tmp_path / 'fresh.db'}")
        with workspace.store.read() as connection:
            found = measure(
                connection, workspace.store.blobs, find_study(connection, STUDY), workspace.known_truth
            )
        assert built == Built(found.study.id, 76, 4)
        assert (found.study.seed, found.study.judged, found.simulated) == (SEED, 76, 76)


def test_real_clips_instead_of_generated_ones(shared: Path, tmp_path: Path) -> None:
    real = sorted((shared / "videos").glob("*.mp4"), key=lambda file: file.stat().st_size)[:2]
    if len(real) < 2:
        pytest.skip("no two clips in the folder `shared/videos`")
    (tmp_path / "clips").mkdir()
    for file in real:
        shutil.copy(file, tmp_path / "clips")
    place = tmp_path / "tilik-data"
    page = tilik("-w", place, "demo", "--no-serve", "--videos", tmp_path / "clips", *SMALL[:4]).stdout
    assert "80 drawn, 78 judged, 2 waiting" in page
    with opened(place) as workspace, workspace.store.read() as connection:
        videos = list_videos(connection)
        assert {video.title for video in videos} == {file.stem for file in real}
        assert all(workspace.store.blobs.path(video.content).is_file() for video in videos)
        assert {video.record.condition for video in videos} <= {"ready", "partly-readable"}
