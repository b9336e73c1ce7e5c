"""What of a frame to judge next so that a baseline learns most: ranked, and opened as assisted work.

The pool are videos that nobody drew yet, in the order of their permanent random numbers and so many at most:
one that is not in it is passed over. What comes out has no probability and measures nothing.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, select

from tilik.frame.source import RESERVED, connect
from tilik.kernel import Invalid, new_id
from tilik.learn.encoding import folded
from tilik.learn.folds import joined
from tilik.learn.model import Model
from tilik.learn.next_best import By, next_best
from tilik.learn.study_baseline import features_of, study_baseline
from tilik.learn.tables import Plain
from tilik.log import Blobs
from tilik.measure.facts import StudyFacts, gather
from tilik.review import open_tasks
from tilik.store import Store
from tilik.store.tables import draw, video
from tilik.study import DRAWS, StudyDrawn
from tilik.study.act import refuse_known
from tilik.study.assisted import NEXT_BEST

POOL = 5_000
"""Videos that are looked at, at most."""
FRAME_COLUMNS = ("title", "caption", "channel", "family")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A video to judge next: its impressions, the model's chance that it fails, and what it was worth when
    chosen."""

    video: str
    impressions: float
    chance: float
    worth: float


@dataclass(frozen=True)
class LookNext:
    """The videos of which the baseline of ``study`` would learn most, of a ``pool`` of so many."""

    study: str
    by: By
    pool: int
    wanted: tuple[Wanted, ...]


def look_next(
    connection: Connection,
    blobs: Blobs,
    study: str,
    *,
    count: int,
    by: By = "entropy",
    alike: float = 0.5,
    most: int = POOL,
) -> LookNext:
    """Rank videos of the study's frame that were not drawn: ``count`` of at most ``most``.

    Each choice makes like videos worth less by ``alike``; of a channel or family one is chosen. Raises what
    ``study_baseline`` raises, and ``Invalid`` where nothing is left to look at.
    """
    model = study_baseline(connection, blobs, study, draws=2).trained.model
    facts = gather(connection, blobs, study)
    rows = _pool(connection, blobs, facts, most)
    if not rows:
        raise Invalid(
            "pool-empty", "every video of the frame was drawn or is stopped", where=facts.study.name
        )
    table = Plain(features_of(connection, blobs, facts.population, rows), len(rows))
    chance = model.predict(_whole(model, table))
    together = joined(len(rows), *([_text(row[name]) for row in rows] for name in ("channel", "family")))
    chosen = next_best(
        np.column_stack([1 - chance, chance]),
        count,
        features=model.encoder.matrix(folded(_whole(model, table), model.texts)),
        by=by,
        alike=alike,
        families=together,
    )
    wanted = tuple(
        Wanted(str(rows[at]["video"]), float(str(rows[at]["impressions"])), float(chance[at]), worth)
        for at, worth in zip(chosen.order.tolist(), chosen.worth.tolist(), strict=True)
    )
    return LookNext(study, by, len(rows), wanted)


def _whole(model: Model, table: Plain) -> Plain:
    """The table with every column that the model reads; what no video here has is missing of all."""
    lacking = {part.name for part in model.encoder.parts} - set(table.columns)
    return Plain({**table.columns, **{name: [None] * table.rows for name in lacking}}, table.rows)


def _pool(connection: Connection, blobs: Blobs, facts: StudyFacts, most: int) -> list[dict[str, object]]:
    taken = list(connection.execute(select(draw.c.video).distinct()).scalars())
    taken += connection.execute(select(video.c.id).where(video.c.locked.is_(True))).scalars()
    file = blobs.path(facts.population.snapshot)
    there = [name for name in FRAME_COLUMNS if name in pq.read_schema(file).names]
    with tempfile.TemporaryDirectory() as scratch:
        frame = connect(Path(scratch)).read_parquet(str(file))
        known = ibis.memtable(pa.table({"video": pa.array(taken, pa.string())}))
        rest = frame.anti_join(known, "video").order_by(RESERVED, "video").limit(most)
        rows = rest.select("video", "impressions", *there).to_pyarrow().to_pylist()
    return [dict.fromkeys(FRAME_COLUMNS) | row for row in rows]


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)


def open_next(store: Store, scratch: Path, found: LookNext, *, name: str, actor: str) -> tuple[str, int]:
    """Open what was ranked as a study of its own, judged by the same guideline. It is assisted: it can
    teach, and no measurement takes it. Returns its id and how many videos it has. Raises ``Invalid``,
    ``Conflict``.
    """
    if not found.wanted:
        raise Invalid("next-nothing", "nothing was chosen", where="count", mend="Ask for one video at least.")
    with store.read() as connection:
        facts = gather(connection, store.blobs, found.study)
    event = StudyDrawn(
        study=new_id(),
        name=name,
        frame=facts.study.frame,
        guideline=facts.study.guideline,
        purpose="uncertain",
        blind=True,
        design={"kind": NEXT_BEST, "of": found.study, "by": found.by},
        budget=len(found.wanted),
        seed=secrets.randbelow(2**31),
        wants=1,
        totals={},
        draws=_keep(store, scratch, found.wanted),
    )
    with store.write(actor) as writing:
        refuse_known(writing, name)
        writing.record(event)
        open_tasks(writing, event)
    return event.study, len(found.wanted)


def _keep(store: Store, scratch: Path, wanted: Sequence[Wanted]) -> str:
    columns = {
        "video": [one.video for one in wanted],
        "stratum": [NEXT_BEST for _ in wanted],
        "pi": [1.0 for _ in wanted],
        "impressions": [one.impressions for one in wanted],
    }
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        file = Path(folder) / "draws.parquet"
        pq.write_table(pa.table(columns, schema=DRAWS), file, compression="zstd")
        return store.blobs.put_file(file)
