"""How many tasks a minute one server carries: lease + submit pairs over HTTP, on SQLite and PostgreSQL.

    python bench/review.py                      both databases, 1, 8 and 32 people, 5 seconds each
    python bench/review.py --seconds 20 --people 32

Beside each figure stands the physical limit of the same run: commits of one row that the same database on
the same disk makes durable one after another. A pair is two commits, so the ratio is pairs ÷ (commits ÷ 2);
what is missing to 1 is HTTP, checking, the chain and Python.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import text
from sqlalchemy.engine import make_url

from tilik.access import add_person, issue_link
from tilik.frame.registration import bring_in_frame
from tilik.guideline import Guideline, load, next_question, verdict_proposal
from tilik.media.record import MediaRecord, StoredFile
from tilik.media.registration import add_video, keep_prepared
from tilik.review import open_study
from tilik.sampling import SimpleRandomDesign
from tilik.store import Store, Workspace, create, guideline_text, open_workspace
from tilik.study import add_guideline

POSTGRES = os.environ.get("TILIK_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
Body = dict[str, Any]


def main() -> None:
    """Measure what the arguments ask for and print a line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=5.0, help="for each number of people")
    parser.add_argument("--people", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--tasks", type=int, default=2500, help="tasks made for each database")
    chosen = parser.parse_args()
    print("database     people  pairs/s  p50 ms  p99 ms  commits/s  ratio")
    for name, database in (("sqlite", _inside), ("postgresql", _postgres)):
        with tempfile.TemporaryDirectory() as folder, database() as url:
            if url is None:
                print(f"{name:12} not reachable at {make_url(POSTGRES).render_as_string()}")
            else:
                _measure(name, Path(folder), url, chosen)


def _measure(name: str, folder: Path, url: str, chosen: argparse.Namespace) -> None:
    workspace = _workspace(folder, url, chosen.tasks)
    with _server(workspace.folder) as base:
        for people in chosen.people:
            clients = [_signed_in(workspace, base) for _ in range(people)]
            commits = _commits_a_second(workspace.store, chosen.seconds / 2)
            took, seconds = _at_work(clients, base, chosen.seconds)
            rate = len(took) / seconds
            p50, p99 = statistics.median(took), statistics.quantiles(took, n=100)[98]
            figures = (
                f"{rate:7.1f} {p50 * 1e3:7.1f} {p99 * 1e3:7.1f} {commits:10.1f} {rate / (commits / 2):6.2f}"
            )
            print(f"{name:12} {people:6} {figures}", flush=True)
    workspace.close()


# ----------------------------------------------------------------------------------- databases, limit
@contextmanager
def _inside() -> Iterator[str | None]:
    yield ""


@contextmanager
def _postgres() -> Iterator[str | None]:
    name = f"tilik_bench_{uuid.uuid4().hex}"
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield None
        return
    with server:
        server.execute(f"CREATE DATABASE {name}")
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _commits_a_second(store: Store, seconds: float) -> float:
    """One row, one durable commit, again and again, while nothing else happens."""
    with store.engine.connect().execution_options(tilik_writes=True) as connection:
        with connection.begin():
            connection.execute(text("CREATE TABLE IF NOT EXISTS bare (n INTEGER)"))
        begun, done = time.perf_counter(), 0
        while time.perf_counter() - begun < seconds:
            with connection.begin():
                connection.execute(text("INSERT INTO bare VALUES (1)"))
            done += 1
        return done / (time.perf_counter() - begun)


# -------------------------------------------------------------------------------------------- content
def _workspace(folder: Path, url: str, tasks: int) -> Workspace:
    """A workspace whose one study has so many tasks, all with media."""
    create(folder / "workspace", database=url)
    workspace = open_workspace(folder / "workspace")
    videos = [f"v{n}" for n in range(tasks)]
    pq.write_table(pa.table({"video": videos, "impressions": [1.0] * tasks}), folder / "frame.parquet")
    bring_in_frame(workspace.store, folder, folder / "frame.parquet", name="bench", frame_seed="bench")
    (folder / "clip").write_bytes(b"a clip that nobody decodes")
    with workspace.store.write() as writing:
        add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
        for video in videos:
            content = add_video(writing, video=video, title="", file=folder / "clip")
            playback = StoredFile(content=content, mime="video/mp4")
            record = MediaRecord(condition="playable", duration=45.0, playback=playback)
            keep_prepared(writing, video=video, content=content, record=record, evidence=())
    design = SimpleRandomDesign()
    open_study(workspace.store, folder, name="bench", frame="bench", design=design, budget=tasks, seed=1)
    return workspace


def _answers(guideline: Guideline) -> Body:
    """Complete answers of somebody who found nothing."""
    given: Body = {}
    while (question := next_question(guideline, given)) is not None:
        if question.id == "verdict":
            proposed = verdict_proposal(guideline, given)
            assert proposed is not None
            given["verdict"] = proposed.value
        else:
            quiet = {"many": [], "yes-no": False, "age": 0}
            given[question.id] = quiet.get(question.kind, question.options[0])
    return given


ANSWERS = _answers(load(guideline_text("keluarga-id")))


# --------------------------------------------------------------------------------------------- people
@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """``tilik serve`` in a process of its own; gives its URL."""
    program = "import sys; from tilik.cli.main import run; run()"
    options = ["--workspace", str(folder), "serve", "--port", "0", "--no-link"]
    process = subprocess.Popen([sys.executable, "-c", program, *options], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    try:
        yield "http://" + line.partition("http://")[2].strip()
    finally:
        process.terminate()
        process.wait()


def _signed_in(workspace: Workspace, base: str) -> httpx.Client:
    with workspace.store.write() as writing:
        token = issue_link(writing, add_person(writing, name="Penilai", roles=("reviewer",)).id)
    client = httpx.Client(timeout=60)
    answer = client.post(f"{base}/api/session", json={"token": token}).raise_for_status()
    client.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return client


def _at_work(clients: list[httpx.Client], base: str, seconds: float) -> tuple[list[float], float]:
    """Everybody leases and submits for so long: the seconds each pair took, and the seconds all took."""
    took: list[float] = []
    begun = time.perf_counter()

    def work(client: httpx.Client) -> None:
        while (now := time.perf_counter()) - begun < seconds:
            _pair(client, base)
            took.append(time.perf_counter() - now)

    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, time.perf_counter() - begun


def _pair(client: httpx.Client, base: str) -> None:
    task = client.post(f"{base}/api/tasks/next", json={"holding": []}).raise_for_status().json()["task"]
    if task is None:
        raise SystemExit("the tasks are used up: give more with --tasks")
    body = {
        "key": str(uuid.uuid4()),
        "task": task["task"],
        "lease": task["lease"]["id"],
        "guideline": task["guideline"],
        "answers": ANSWERS,
        "trace": [[0.0, 45.0, 1.0]],
        "active_seconds": 45.0,
        "language": "id",
    }
    client.post(f"{base}/api/judgements", json=body).raise_for_status()


if __name__ == "__main__":
    main()
