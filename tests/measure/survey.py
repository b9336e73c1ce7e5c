"""A small study made by hand: draws with stated probabilities, and what people say of each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import select

from study.making import answers, prepare
from tilik.access import Person, add_person
from tilik.frame.events import FrameImported
from tilik.kernel import digest, new_id
from tilik.measure import Measurement, measure
from tilik.review import Mark, Stop, Submission, TasksOpened, lease_next, release, stop_work, submit
from tilik.store import Workspace, guideline_text
from tilik.store.tables import task
from tilik.study import DRAWS, StudyDrawn, add_guideline

CLEAN: tuple[str, ...] = ()
TEMPLATE = ("SYN-MASS",)
GAMBLING = ("COM-GAMB",)
BOTH = ("SYN-MASS", "COM-GAMB")
GONE, HANDED_BACK = "NA-GONE", "NA-LANG"
STOPPED, LOCKED = "ESC-SELF", "ESC-CSAM"

Say = tuple[str, ...] | str
"""What one person says: labels at a clear level, a code why it cannot be judged, or a reason to stop."""


@dataclass(frozen=True)
class Unit:
    """One draw; ``says`` is what people say of it in turn. With a ``clip`` people judge it, not robots."""

    video: str
    pi: float
    impressions: float
    stratum: str = "all"
    says: tuple[Say, ...] = ()
    clip: bool = False


@dataclass(frozen=True)
class Survey:
    """A study as made: ``totals`` are the frame's impressions of each stratum."""

    id: str
    units: tuple[Unit, ...]
    totals: Mapping[str, float]
    guideline: str


Surveyed = Callable[..., tuple[Survey, Measurement]]


@dataclass
class _Work:
    """The people at work, and what is still to be said of each video."""

    workspace: Workspace
    survey: Survey
    left: dict[str, list[Say]] = field(default_factory=dict)


def survey(
    workspace: Workspace,
    units: Sequence[Unit],
    totals: Mapping[str, float],
    *,
    wants: int = 1,
    name: str = "march",
    overlap: float | None = None,
) -> Survey:
    """Keep these draws as a study with open tasks; nobody has judged anything yet."""
    frame, identity = digest(f"frame of {name}"), new_id()
    with workspace.store.write() as writing, TemporaryDirectory() as scratch:
        guideline = add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
        for unit in units:
            if unit.clip:
                prepare(writing, unit.video, Path(scratch))
        writing.record(
            FrameImported(
                hash=frame,
                name=name,
                rows=10_000,
                impressions=sum(totals.values()),
                summary={},
                snapshot=frame,
            )
        )
        writing.record(
            StudyDrawn(
                study=identity,
                name=name,
                frame=frame,
                guideline=guideline,
                purpose="random",
                blind=True,
                design={"kind": "pps"},
                budget=len(units),
                seed=7,
                wants=wants,
                totals=dict(totals),
                draws=writing.blobs.put_file(_draws(units, Path(scratch) / "draws.parquet")),
                overlap=overlap,
            )
        )
        writing.record(TasksOpened(study=identity, wants=wants))
    return Survey(identity, tuple(units), dict(totals), guideline)


def hire(workspace: Workspace, *names: str, simulated: bool) -> list[Person]:
    """Reviewers."""
    with workspace.store.write() as writing:
        return [add_person(writing, name=name, roles=("reviewer",), simulated=simulated) for name in names]


def judge(workspace: Workspace, made: Survey, people: Iterable[Person]) -> None:
    """Everybody leases and says what is to be said, until nothing is left for anybody."""
    work = _Work(workspace, made, {unit.video: list(unit.says) for unit in made.units})
    waiting = list(people)
    while waiting:
        waiting = [person for person in waiting if _next(work, person)]


def _next(work: _Work, person: Person) -> bool:
    with work.workspace.store.write(person.id) as writing:
        lease = lease_next(writing, person.id, simulated=person.simulated)
        if lease is None:
            return False
        video = str(writing.connection.execute(select(task.c.video).where(task.c.id == lease.task)).scalar())
        say = work.left[video].pop(0) if work.left.get(video) else None
        if say is None:
            release(writing, person.id, lease.id)
        elif say in (STOPPED, LOCKED):
            stop_work(
                writing,
                person.id,
                Stop(key=new_id(), task=lease.task, lease=lease.id, escalation=str(say), at=1),
            )
        else:
            submit(
                writing,
                person.id,
                said(say, task=lease.task, lease=lease.id, guideline=work.survey.guideline),
            )
    return True


def measured(workspace: Workspace, study: str, truth: dict[str, float] | None = None) -> Measurement:
    """The study's figures now."""
    with workspace.store.read() as connection:
        return measure(connection, workspace.store.blobs, study, truth or {})


def said(say: Say, *, task: str, lease: str, guideline: str) -> Submission:
    """A whole submission that says this."""
    labels = say if isinstance(say, tuple) else ()
    chosen: dict[str, object] = {"assessable": say} if isinstance(say, str) else {}
    for label in labels:
        chosen |= {f"family.{label[:3]}": True, f"label.{label}": 2}
    return Submission(
        key=new_id(),
        task=task,
        lease=lease,
        guideline=guideline,
        answers=answers(chosen),
        marks=tuple(Mark(question=f"label.{label}", start=0.5, end=1) for label in labels),
        notes={f"label.{label}": "Ibu Sari tampak di sini." for label in labels},
        active_seconds=3.5,
        language="id",
    )


def _draws(units: Sequence[Unit], file: Path) -> Path:
    columns = {name: [getattr(unit, name) for unit in units] for name in DRAWS.names}
    pq.write_table(pa.table(columns, schema=DRAWS), file)
    return file
