"""How long the measurement page, the list of studies and the weekly page take over a million judgements.

    python -m bench.measure [--judgements 1000000] [--studies 50] [--folder FOLDER]

Frames, studies, draws and tasks come through their events. Judgements are put into the tables by the batch,
as their event's applier leaves them: a million transactions of their own would take an hour and are measured
by bench/review.py. Answers are those of the simulated team. Prints seconds: the first time, again at the
same log position, and after one more event.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

import numpy as np
from sqlalchemy import insert, select, update

from tilik.access import add_person
from tilik.demo.frame import make_demo_frame
from tilik.demo.team import TEAM, answer, look
from tilik.demo.truth import read_truth
from tilik.frame.days import Days
from tilik.frame.events import FrameImported
from tilik.frame.registration import bring_in_frame, find_frame
from tilik.kernel import canonical, digest, new_id, to_text, utc_now
from tilik.measure import classify, export_judgements, measure
from tilik.measure.progress import progress
from tilik.report.week import to_html, week_page
from tilik.review import Lease, open_study
from tilik.sampling import PpsDesign
from tilik.store import Workspace, create, guideline_text, open_workspace
from tilik.store.tables import judgement, task
from tilik.study import add_guideline, guideline_of

ROWS = 200_000
POOL = 5_000
BATCH = 10_000


def main() -> None:
    """Fill a workspace and time it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--judgements", type=int, default=1_000_000)
    parser.add_argument("--studies", type=int, default=50)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder = asked.folder or Path(scratch)
        if not (folder / "workspace").exists():
            began = time.perf_counter()
            fill(folder, asked.judgements, asked.studies)
            print(f"filled in {time.perf_counter() - began:.0f} s")
        opened = open_workspace(folder / "workspace")
        report(opened)
        opened.close()


def fill(folder: Path, judgements: int, studies: int) -> None:
    """A workspace with as many weekly studies of equal size, all judged."""
    create(folder / "workspace")
    opened = open_workspace(folder / "workspace")
    store, each = opened.store, judgements // studies
    with store.write() as writing:
        guideline = add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
        person = add_person(writing, name="Simulasi", roles=("reviewer",), simulated=True)
    made = make_demo_frame(folder / "frame", rows=ROWS, seed=1)
    first = date(2025, 1, 6)
    for week in range(studies):
        days = Days(first + timedelta(weeks=week), first + timedelta(weeks=week, days=6))
        _frame(opened, made.frame, week, days)
        open_study(
            store,
            opened.scratch,
            name=f"w{week}",
            frame=f"w{week}",
            design=PpsDesign(),
            budget=each,
            seed=week,
        )
    answers = _answers(opened, made.truth, guideline)
    with store.engine.connect().execution_options(tilik_writes=True) as connection, connection.begin():
        tasks = connection.execute(select(task.c.id, task.c.video)).all()
        for at in range(0, len(tasks), BATCH):
            rows = [_row(one, answers, person.id, guideline) for one in tasks[at : at + BATCH]]
            connection.execute(insert(judgement), rows)
        connection.execute(update(task).values(state="settled", judged=1))
    opened.close()
    shutil.rmtree(folder / "frame")


def _frame(opened: Workspace, file: Path, week: int, days: Days) -> None:
    """The first week is imported; the others cite its snapshot under a hash of their own."""
    if week == 0:
        bring_in_frame(opened.store, opened.scratch, file, name="w0", frame_seed="bench", days=days)
        return
    with opened.store.write() as writing:
        known = find_frame(writing.connection, "w0")
        writing.record(
            FrameImported(
                hash=digest(f"week {week}"),
                name=f"w{week}",
                rows=known.rows,
                impressions=known.impressions,
                summary={**known.summary.model_dump(mode="json"), "hash": digest(f"week {week}")},
                snapshot=known.snapshot,
                first_day=days.first,
                last_day=days.last,
            )
        )


def _answers(opened: Workspace, truth: Path, guideline: str) -> dict[str, str]:
    """What the team says of each video; of most one of a pool's, that of a video with the same failing."""
    luck, pool = Random(3), {}
    with opened.store.read() as connection:
        document = guideline_of(connection, opened.store.blobs, guideline)
        videos = [str(one) for one in connection.execute(select(task.c.video).distinct()).scalars()]
    chosen = np.random.default_rng(4).permutation(len(videos))[:POOL]
    known = read_truth(truth, [videos[at] for at in chosen])
    for name, one in known.items():
        lease = Lease(id=new_id(), task="", person="", until="")
        said = answer(document, guideline, lease, look(one, document, TEAM[0], luck), luck)
        pool[name] = canonical(dict(said.answers)).decode()
    texts = list(pool.values())
    return {video: pool.get(video) or luck.choice(texts) for video in videos}


def _row(one: object, answers: dict[str, str], person: str, guideline: str) -> dict[str, object]:
    identity = new_id()
    return {
        "id": identity,
        "key": identity,
        "request": digest(identity),
        "task": one.id,  # type: ignore[attr-defined]
        "person": person,
        "guideline": guideline,
        "answers": answers[one.video],  # type: ignore[attr-defined]
        "marks": "[]",
        "notes": "{}",
        "trace": "[]",
        "active_seconds": 40.0,
        "language": "id",
        "submitted_at": to_text(utc_now()),
    }


def report(opened: Workspace) -> None:
    """Time each page three ways."""
    store = opened.store
    with store.read() as connection:
        newest = progress(connection, store.blobs)[0].id

    def studies() -> object:
        with store.read() as connection:
            return progress(connection, store.blobs)

    def page() -> object:
        with store.read() as connection:
            return measure(connection, store.blobs, newest).model_dump_json()

    def classifier() -> object:
        with store.read() as connection:
            return classify(connection, store.blobs, newest, "score_harm", 0.5).model_dump_json()

    def weekly() -> object:
        with store.read() as connection:
            return to_html(week_page(connection, store.blobs), "id")

    _export_all(opened)
    print("| page | first | again | after an event |\n|---|---|---|---|")
    for name, make in (
        ("list of studies", studies),
        ("measurement", page),
        ("classifier", classifier),
        ("weekly page", weekly),
    ):
        times = list(_times(opened, make))
        print(
            f"| {name} | " + " | ".join(f"{wall:.2f} s ({cpu:.2f})" for wall, cpu in times) + " |", flush=True
        )


def _export_all(opened: Workspace) -> None:
    """Every study to its Parquet file, one after another; growth is of the process's highest memory."""
    store = opened.store
    with TemporaryDirectory() as folder, store.read() as connection:
        found = [one.id for one in progress(connection, store.blobs)]
        before, rows = getrusage(RUSAGE_SELF).ru_maxrss, 0
        began = time.perf_counter(), time.process_time()
        for study in found:
            rows += export_judgements(connection, store.blobs, study, Path(folder) / f"{study}.parquet")
        wall, cpu = time.perf_counter() - began[0], time.process_time() - began[1]
    grown = (getrusage(RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"export: {rows:,} rows, {rows / wall:,.0f} a second ({rows / cpu:,.0f}), {grown:.0f} MB more")


def _times(opened: Workspace, make: Callable[[], object]) -> Iterator[tuple[float, float]]:
    """Seconds by the clock and of the processor."""
    for event in (False, False, True):
        if event:
            with opened.store.write() as writing:
                add_person(writing, name=new_id(), roles=("reviewer",))
        began = time.perf_counter(), time.process_time()
        make()
        yield time.perf_counter() - began[0], time.process_time() - began[1]


if __name__ == "__main__":
    main()
