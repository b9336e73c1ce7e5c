"""Drawing a study: from a frame and a design to tasks, in one transaction."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlalchemy import select

from tilik.frame.registration import find_frame
from tilik.kernel import Conflict, Invalid, new_id
from tilik.sampling import Design, DrawTable, PurposesDesign, draw
from tilik.store import Store, Writing
from tilik.store.store import SYSTEM
from tilik.store.tables import study as study_table
from tilik.study.drawing import DRAWS, MORE
from tilik.study.events import Purpose, StudyDrawn
from tilik.study.life import active_guideline


def draw_study(
    store: Store,
    scratch: Path,
    *,
    name: str,
    frame: str,
    design: Design,
    budget: int,
    seed: int,
    purpose: Purpose = "random",
    blind: bool = True,
    wants: int = 1,
    overlap: float | None = None,
    then: Callable[[Writing, StudyDrawn], None],
    actor: str = SYSTEM,
) -> tuple[str, DrawTable]:
    """Draw a sample from a frame and keep it as a study.

    A design of several purposes decides why each video is drawn; ``purpose`` is that of any other.
    ``overlap`` is the chance of a second look at what was found sound (None: no second looks at all).
    ``then`` runs in the same transaction: review opens the study's tasks in it.

    Raises ``Conflict`` for a name in use, ``Missing`` for an unknown frame, ``Invalid`` for a bad name or
    for a budget or column that the frame does not allow.
    """
    if not name or len(name) > 128:
        raise Invalid("study-name", "a study needs a name of 1 to 128 characters", where="--name")
    refuse_overlap(overlap, wants)
    with store.read() as connection:
        found = find_frame(connection, frame)
    drawn = draw(store.blobs.path(found.snapshot), design, budget, seed)
    blob = _keep(store, scratch, drawn)
    identity = new_id()
    with store.write(actor) as writing:
        refuse_known(writing, name)
        event = StudyDrawn(
            study=identity,
            name=name,
            frame=found.hash,
            guideline=active_guideline(writing.connection),
            purpose="several" if isinstance(design, PurposesDesign) else purpose,
            blind=blind,
            design=design.model_dump(mode="json"),
            budget=budget,
            seed=seed,
            wants=wants,
            totals=drawn.summary.totals,
            draws=blob,
            overlap=overlap,
        )
        writing.record(event)
        then(writing, event)
    return identity, drawn


def refuse_overlap(overlap: float | None, wants: int) -> None:
    """Raise ``Invalid`` for a share that is none, or where everything is judged several times anyhow."""
    if overlap is not None and not 0 <= overlap <= 1:
        raise Invalid("overlap-out-of-range", f"an overlap lies in 0..1, not {overlap:g}", where="--overlap")
    if overlap is not None and wants > 1:
        raise Invalid(
            "overlap-with-wants",
            f"every video wants {wants} judgements, and an overlap adds a second one to a part",
            where="--overlap",
            mend="Leave out --wants or --overlap.",
        )


def _keep(store: Store, scratch: Path, drawn: DrawTable) -> str:
    table = drawn.table
    draws = pa.table(
        {
            "video": table["video"],
            "stratum": table["stratum"],
            "pi": table["pi"],
            "impressions": pc.cast(table["size"], pa.float64()),
        },
        schema=DRAWS,
    )
    for name in MORE:
        if name in table.column_names:
            draws = draws.append_column(name, table[name])
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        file = Path(folder) / "draws.parquet"
        pq.write_table(draws, file, compression="zstd")
        return store.blobs.put_file(file)


def refuse_known(writing: Writing, name: str) -> None:
    """Raise ``Conflict`` where a study of this name exists."""
    query = select(study_table.c.id).where(study_table.c.name == name)
    if writing.connection.execute(query).first() is not None:
        raise Conflict(
            "study-exists", "a study of this name exists", where=name, mend="Choose another --name."
        )
