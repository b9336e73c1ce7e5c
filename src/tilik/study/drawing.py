"""How a drawn sample enters the tables, and the Parquet form in which the log cites it."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, insert

from tilik.kernel import canonical
from tilik.log import Blobs, Envelope, applies
from tilik.store.tables import draw as draw_table
from tilik.store.tables import study as study_table
from tilik.study.events import StudyDrawn

BATCH = 10_000
DRAWS = pa.schema(
    [
        ("video", pa.string()),
        ("stratum", pa.string()),
        ("pi", pa.float64()),
        ("impressions", pa.float64()),
    ]
)
"""The columns that a Parquet of draws must have; ``pi`` is the inclusion probability, joint if of several."""

MORE = ("purpose", "purposes", "family")
"""Columns that it has where the design carries them: why a video was drawn, JSON of all the purposes that
drew it with the π of each, and the family that it was drawn with."""


@applies(StudyDrawn)
def _drawn(connection: Connection, event: StudyDrawn, envelope: Envelope, blobs: Blobs) -> None:
    connection.execute(
        insert(study_table).values(
            id=event.study,
            name=event.name,
            frame=event.frame,
            guideline=event.guideline,
            purpose=event.purpose,
            blind=event.blind,
            design=canonical(event.design).decode(),
            budget=event.budget,
            seed=event.seed,
            wants=event.wants,
            overlap=event.overlap,
            totals=canonical(event.totals).decode(),
            draws=event.draws,
            drawn_at=envelope.at,
        )
    )
    file = pq.ParquetFile(blobs.path(event.draws))
    for batch in file.iter_batches(BATCH, columns=[*DRAWS.names, *MORE]):
        connection.execute(insert(draw_table), [{"study": event.study, **row} for row in batch.to_pylist()])
