"""Training sets and baselines that are kept in the workspace, by content: made once, listed, handed out."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import pyarrow.parquet as pq
from sqlalchemy import Connection, select

from tilik.kernel import Conflict, Invalid, Missing, new_id
from tilik.learn.apply import BASELINE, TRAINING_SET
from tilik.learn.dataset import SHARES, TrainingSet, training_set
from tilik.learn.dataset_files import data_card, write_training_set
from tilik.learn.events import BaselineTrained, TrainingSetKept
from tilik.learn.study_baseline import StudyBaseline, study_baseline
from tilik.store import Store
from tilik.store.tables import task, video
from tilik.store.training_tables import learned

Part = Literal["file", "card", "model"]
PARTS: dict[str, tuple[Part, ...]] = {TRAINING_SET: ("file", "card"), BASELINE: ("model", "card")}
MOST_IN_A_REQUEST = 5_000
"""Rows that a baseline is trained on in one request: some ten seconds; more is for the command."""
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Kept:
    """A training set or a baseline as it was recorded."""

    id: str
    kind: str
    study: str
    made_at: str
    body: dict[str, Any]


def keep_training_set(store: Store, study: str, *, actor: str = "", seed: int = 0) -> Kept:
    """Make a study's training set, and keep it unless these very rows are kept already.

    Raises what ``training_set`` raises.
    """
    with store.read() as connection:
        found = training_set(connection, store.blobs, study, seed=seed)
        if same := _held(connection, study, TRAINING_SET, found.content):
            return same
    data, card = _zipped(found), data_card(found).encode()
    with store.write(actor) as writing:
        if same := _held(writing.connection, study, TRAINING_SET, found.content):
            return same
        event = TrainingSetKept(
            id=new_id(),
            study=study,
            content=found.content,
            use=found.use,
            guideline=found.guideline,
            seed=found.seed,
            splits={split: len(found.of(split)) for split, _ in SHARES},
            left_out=found.left_out,
            file=writing.blobs.put(data),
            card=writing.blobs.put(card),
        )
        writing.record(event)
        return _one(writing.connection, event.id)


def keep_baseline(
    store: Store, study: str, *, against: str = "", actor: str = "", most: int | None = None
) -> tuple[Kept, StudyBaseline]:
    """Train a study's baseline and keep it, unless this very model and comparison are kept already.

    ``most`` rows at most. Raises what ``study_baseline`` raises, and ``Invalid`` for more rows.
    """
    with store.read() as connection:
        _refuse_more(connection, study, most)
        made = study_baseline(connection, store.blobs, study, against=against)
    with store.write(actor) as writing:
        model = writing.blobs.put(made.model)
        same = _held(writing.connection, study, BASELINE, model)
        if same and same.body["incumbent"] == against:
            return same, made
        trained = made.trained
        event = BaselineTrained(
            id=new_id(),
            study=study,
            learned_from=made.made.content,
            model=model,
            card=writing.blobs.put(made.card.encode()),
            rows=trained.problem.table.rows,
            groups=int(trained.problem.groups.max()) + 1,
            incumbent=against,
            power=trained.tempering.power,
            figures=trained.figures,
            against=trained.against,
        )
        writing.record(event)
        return _one(writing.connection, event.id), made


def kept_of(connection: Connection, study: str, kind: str) -> list[Kept]:
    """What is kept of a study, the newest first."""
    query = select(learned).where(learned.c.study == study, learned.c.kind == kind)
    return [
        _kept(row)
        for row in connection.execute(query.order_by(learned.c.made_at.desc(), learned.c.id.desc()))
    ]


def handed_out(store: Store, identity: str, part: Part) -> tuple[Kept, bytes]:
    """A file of what is kept. Raises ``Missing``, and ``Conflict`` for a set with a video that is locked or
    stopped by now: a new version leaves it out."""
    with store.read() as connection:
        found = _one(connection, identity)
        if part not in PARTS[found.kind]:
            raise Missing("learned-missing", f"a {found.kind} has no {part}", where=identity)
        data = store.blobs.path(found.body[part]).read_bytes()
        if part == "file" and (gone := _withdrawn(connection, found.study, _videos_in(data))):
            raise Conflict(
                "training-set-withdrawn",
                f"{len(gone)} of its videos may no longer be used",
                where=identity,
                mend="Make the training set anew: it will be without them.",
            )
    return found, data


def _withdrawn(connection: Connection, study: str, names: set[str]) -> set[str]:
    locked = connection.execute(select(video.c.id).where(video.c.locked.is_(True))).scalars()
    stopped = connection.execute(
        select(task.c.video).where(task.c.study == study, task.c.state == "stopped")
    ).scalars()
    return names & {*locked, *stopped}


def _videos_in(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        tables = [name for name in held.namelist() if name.endswith(".parquet")]
        return {
            str(one)
            for name in tables
            for one in pq.read_table(io.BytesIO(held.read(name)), columns=["video"])["video"].to_pylist()
        }


def _zipped(found: TrainingSet) -> bytes:
    """The folder as a zip; dates are fixed, for the same set should have the same bytes."""
    with TemporaryDirectory() as scratch:
        folder, packed = Path(scratch) / "set", io.BytesIO()
        write_training_set(found, folder)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as held:
            for file in sorted(one for one in folder.rglob("*") if one.is_file()):
                held.writestr(zipfile.ZipInfo(file.relative_to(folder).as_posix(), EPOCH), file.read_bytes())
    return packed.getvalue()


def _refuse_more(connection: Connection, study: str, most: int | None) -> None:
    query = select(task.c.id).where(task.c.study == study, task.c.state == "settled")
    count = len(connection.execute(query).all())
    if most is not None and count > most:
        raise Invalid(
            "baseline-too-large",
            f"{count:,} judged videos are more than the {most:,} that are learned from in one request",
            where=study,
            mend="Run `tilik learn baseline` on the server: it keeps the result here.",
        )


def _held(connection: Connection, study: str, kind: str, content: str) -> Kept | None:
    query = select(learned).where(
        learned.c.study == study, learned.c.kind == kind, learned.c.content == content
    )
    row = connection.execute(query.order_by(learned.c.id.desc())).first()
    return None if row is None else _kept(row)


def _one(connection: Connection, identity: str) -> Kept:
    row = connection.execute(select(learned).where(learned.c.id == identity)).first()
    if row is None:
        raise Missing("learned-missing", "nothing of this id is kept", where=identity)
    return _kept(row)


def _kept(row: Any) -> Kept:
    return Kept(row.id, row.kind, row.study, row.made_at, json.loads(row.body))
