"""Opening what a ranking chose as a study of its own: assisted work, by the first study's guideline."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import JsonValue
from sqlalchemy import Connection, select

from tilik.kernel import Invalid, new_id
from tilik.log import Event
from tilik.measure.facts import gather
from tilik.review import open_tasks
from tilik.store import Store
from tilik.store.learn_tables import follow_up
from tilik.store.tables import study as study_table
from tilik.study import DRAWS, Purpose, StudyDrawn
from tilik.study.act import refuse_known


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen video: ``stratum`` names the part of the ranking, ``pi`` its chance within that part."""

    video: str
    stratum: str
    pi: float
    impressions: float


@dataclass(frozen=True)
class Choice:
    """What a ranking chose of the study ``of``, and the ``design`` by which nothing of it is measured."""

    of: str
    design: dict[str, JsonValue]
    purpose: Purpose
    seed: int
    videos: Sequence[Chosen]


@dataclass(frozen=True)
class Opened:
    """A study that was opened because of another; ``body`` is the event that says why, as JSON."""

    study: str
    name: str
    body: str
    opened_at: str


def open_chosen(
    store: Store, scratch: Path, choice: Choice, *, name: str, why: Callable[[str], Event], actor: str
) -> str:
    """Open the chosen videos to be judged and record ``why(study)``, all or nothing; returns the study's id.

    One judgement each, by people who are not told of the ranking. Raises ``Invalid`` where nothing was
    chosen, ``Conflict`` for a name in use.
    """
    if not choice.videos:
        raise Invalid("next-nothing", "nothing was chosen", where="count", mend="Ask for one video at least.")
    with store.read() as connection:
        first = gather(connection, store.blobs, choice.of).study
    event = StudyDrawn(
        study=new_id(),
        name=name,
        frame=first.frame,
        guideline=first.guideline,
        purpose=choice.purpose,
        blind=True,
        design=choice.design,
        budget=len(choice.videos),
        seed=choice.seed,
        wants=1,
        totals={},
        draws=_keep(store, scratch, choice.videos),
    )
    with store.write(actor) as writing:
        refuse_known(writing, name)
        writing.record(event)
        open_tasks(writing, event)
        writing.record(why(event.study))
    return event.study


def opened_because(connection: Connection, study: str, kind: str) -> list[Opened]:
    """The studies that were opened because of this one for this kind of reason, the newest first."""
    rows = connection.execute(
        select(follow_up, study_table.c.name)
        .join(study_table, study_table.c.id == follow_up.c.second)
        .where(follow_up.c.study == study, follow_up.c.kind == kind)
        .order_by(follow_up.c.opened_at.desc(), follow_up.c.second.desc())
    )
    return [Opened(row.second, row.name, row.body, row.opened_at) for row in rows]


def _keep(store: Store, scratch: Path, videos: Sequence[Chosen]) -> str:
    columns = {name: [getattr(one, name) for one in videos] for name in Chosen.__slots__}
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        file = Path(folder) / "draws.parquet"
        pq.write_table(pa.table(columns, schema=DRAWS), file, compression="zstd")
        return store.blobs.put_file(file)
