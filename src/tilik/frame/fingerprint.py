"""The content hash of a snapshot: what it holds, not how it lies on disk.

For every column in name order two SHA-256 streams run over the rows in order of video id: the values'
bytes, and their lengths (-1 where null) as little-endian 64-bit integers. Numbers enter as 64-bit
little-endian IEEE doubles, everything else as UTF-8 text. The snapshot's hash is the SHA-256 of the
canonical JSON of all names and stream digests, the row count and the frame's seed. So neither the
source's row order nor its files, compression or row groups enter, and anybody can recompute it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tilik.kernel import digest


def fingerprint(snapshot: Path, frame_seed: str) -> str:
    """The hash of a Parquet file whose rows are ordered by video id. One pass, bounded memory."""
    with pq.ParquetFile(snapshot) as file:
        names = sorted(file.schema_arrow.names)
        streams = {name: (hashlib.sha256(), hashlib.sha256()) for name in names}
        for batch in file.iter_batches(batch_size=131_072):
            for name in names:
                lengths, data = _bytes(batch.column(name))
                streams[name][0].update(lengths)
                streams[name][1].update(data)
        rows = file.metadata.num_rows
    columns = [[name, *(stream.hexdigest() for stream in streams[name])] for name in names]
    return digest({"columns": columns, "rows": rows, "frame_seed": frame_seed})


def _bytes(column: pa.Array) -> tuple[bytes, bytes]:
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        lengths = np.where(pc.is_null(column).to_numpy(zero_copy_only=False), -1, 8)
        values = pc.fill_null(column.cast(pa.float64(), safe=False), 0.0).to_numpy()
        return lengths.astype("<i8").tobytes(), values.astype("<f8").tobytes()
    text = column.cast(pa.string())
    sizes = pc.fill_null(pc.binary_length(text), -1).to_numpy()
    return sizes.astype("<i8").tobytes(), _joined(pc.fill_null(text, ""))


def _joined(text: pa.StringArray) -> bytes:
    """All texts one after another, as Arrow holds them."""
    _, offsets, data = text.buffers()
    ends = np.frombuffer(offsets, dtype=np.int32)[text.offset : text.offset + len(text) + 1]
    return bytes(data[int(ends[0]) : int(ends[-1])]) if data is not None and len(text) else b""
