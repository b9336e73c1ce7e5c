"""A training set as WebDataset shards: plain tar files in which the files of one sample follow each other.

https://github.com/webdataset/webdataset#the-webdataset-format: what stands before the first dot of a name is
the sample's key, what follows is the kind. A sample here is ``<key>.json``, the row, and, where addresses
were given, ``<key>.url``, where the video lies. No video is copied. The same rows give the same bytes.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tilik.kernel import canonical

A_SHARD = 10_000
"""Most samples in one file."""


def write_shards(rows: Sequence[Mapping[str, Any]], folder: Path, split: str) -> list[Path]:
    """``<split>-000000.tar`` and so on; the key is the row's number, for ids may hold dots."""
    files = []
    for number, start in enumerate(range(0, len(rows), A_SHARD)):
        files.append(folder / f"{split}-{number:06}.tar")
        with tarfile.open(files[-1], "w", format=tarfile.USTAR_FORMAT) as shard:
            for at, row in enumerate(rows[start : start + A_SHARD], start):
                _add(shard, f"{at:09}.json", canonical(dict(row)))
                if row.get("file_name") is not None:
                    _add(shard, f"{at:09}.url", str(row["file_name"]).encode())
    return files


def _add(shard: tarfile.TarFile, name: str, content: bytes) -> None:
    # Time, owner and mode of a fresh TarInfo are fixed, so that the bytes depend on the content alone.
    held = tarfile.TarInfo(name)
    held.size = len(content)
    shard.addfile(held, io.BytesIO(content))
