"""Videos by reference: Parquet and shards name where a video lies; the libraries themselves read them.

Those tests run where ``TILIK_TEST_HUB_PYTHON`` names the Python of an environment with ``datasets`` and
``webdataset`` in it (``pip install datasets webdataset``); they are too large to come with the others.
"""

from __future__ import annotations

import json
import os
import subprocess
import tarfile
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlalchemy import select, update

from cli.conftest import tilik  # noqa: F401  a fixture
from cli.shell import Tilik, refused
from learn.test_dataset import studied  # noqa: F401  a fixture
from tilik.kernel import digest_bytes
from tilik.learn import sharding
from tilik.store import open_workspace
from tilik.store.tables import video

PLACE = "s3://klip/{video}.mp4"
WHERE = "TILIK_TEST_HUB_PYTHON"


def samples(file: Path) -> dict[str, dict[str, bytes]]:
    """Kind to content by key, as the format's rule reads names; files of a sample must follow each other."""
    found: dict[str, dict[str, bytes]] = {}
    last = ""
    with tarfile.open(file) as shard:
        for held in shard:
            key, kind = held.name.split(".", 1)
            assert key == last or key not in found
            last = key
            opened = shard.extractfile(held)
            assert opened is not None
            found.setdefault(key, {})[kind] = opened.read()
    return found


def test_each_row_names_its_video_and_nothing_is_copied(studied: Tilik) -> None:  # noqa: F811
    plain = studied("learn", "dataset", "s1", "--out", "a", "--json").json
    told = studied("learn", "dataset", "s1", "--out", "b", "--videos", PLACE, "--json").json
    assert told["content"] == plain["content"], "the same rows, wherever the videos lie"
    rows = pq.read_table("b/measurement").to_pylist()
    assert all(row["file_name"] == PLACE.replace("{video}", row["video"]) for row in rows)
    assert pq.read_table("a/measurement")["file_name"].null_count == len(rows)
    refused(studied("learn", "dataset", "s1", "--out", "a", "--videos", PLACE), "holds something else")
    refused(studied("learn", "dataset", "s1", "--out", "c", "--videos", "s3://klip/"), "{video}")
    assert not Path("c").exists()


def test_shards_hold_the_same_rows_in_the_same_bytes(
    studied: Tilik,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sharding, "A_SHARD", 4)
    options = ("--as", "webdataset", "--videos", PLACE, "--json")
    told = studied("learn", "dataset", "s1", "--out", "a", *options).json
    again = studied("learn", "dataset", "s1", "--out", "b", *options).json
    assert told["files"] == again["files"]
    studied("learn", "dataset", "s1", "--out", "table")
    table = {row["video"]: row for row in pq.read_table("table/measurement").to_pylist()}
    found = {}
    for name, hashed in told["files"].items():
        assert digest_bytes(Path("a", name).read_bytes()) == hashed
        held = samples(Path("a", name))
        assert 1 <= len(held) <= 4
        for one in held.values():
            row = json.loads(one["json"])
            assert one["url"].decode() == row["file_name"] == PLACE.replace("{video}", row["video"])
            found[row["video"]] = row
    parts = Counter(row["split"] for row in table.values())
    shards = Counter(name.rpartition("/")[2].rpartition("-")[0] for name in told["files"] if ".tar" in name)
    assert shards == {part: -(-rows // 4) for part, rows in parts.items()}
    assert max(shards.values()) > 1
    assert {name: row["fails_share"] for name, row in found.items()} == {
        name: row["fails_share"] for name, row in table.items()
    }
    assert {row["split"] for row in found.values()} == {row["split"] for row in table.values()}


def test_stopped_and_locked_videos_never_enter(studied: Tilik) -> None:  # noqa: F811
    options = ("--as", "webdataset", "--videos", PLACE, "--json")
    before = studied("learn", "dataset", "s1", "--out", "a", *options).json
    (first, *_) = sorted(
        json.loads(one["json"])["video"]
        for name in before["files"]
        for one in samples(Path("a", name)).values()
    )
    opened = open_workspace(Path("tilik-data"))
    try:
        with opened.store.write() as writing:
            there = writing.connection.execute(select(video.c.id).where(video.c.id == first)).first()
            if there is None:
                writing.connection.execute(
                    video.insert().values(
                        id=first,
                        title="",
                        content="0" * 64,
                        condition="playable",
                        locked=True,
                        prepared="{}",
                        captions="[]",
                        declared="{}",
                        registered_at="2026-03-01T00:00:00.000Z",
                    )
                )
            else:
                writing.connection.execute(update(video).where(video.c.id == first).values(locked=True))
    finally:
        opened.close()
    after = studied("learn", "dataset", "s1", "--out", "b", *options).json
    assert after["rows"] == before["rows"] - 1
    assert after["left_out"]["stopped"] == before["left_out"]["stopped"] + 1
    held = b"".join(Path("b", name).read_bytes() for name in after["files"])
    assert PLACE.replace("{video}", first).encode() not in held


READS = """
import json, sys
import datasets
found = datasets.load_dataset(sys.argv[1], cache_dir=sys.argv[3])
told = {split: len(rows) for split, rows in found.items()}
train = found["train"].cast_column("file_name", datasets.Video(decode=False))
import webdataset as wds
shards = sorted(str(x) for x in __import__("pathlib").Path(sys.argv[2]).glob("*/train-*.tar"))
rows = list(wds.WebDataset(shards, shardshuffle=False).decode())
print(json.dumps({
    "splits": told, "video": train[0]["file_name"]["path"], "shares": train[0]["label_shares"],
    "fails_share": {row["video"]: row["fails_share"] for row in train},
    "shards": {row["json"]["video"]: row["json"]["fails_share"] for row in rows},
    "urls": sorted(row["url"].decode() for row in rows),
}))
"""


@pytest.mark.skipif(WHERE not in os.environ, reason=f"{WHERE} names no Python with datasets and webdataset")
def test_datasets_and_webdataset_read_what_is_written(studied: Tilik, tmp_path: Path) -> None:  # noqa: F811
    told = studied("learn", "dataset", "s1", "--out", "a", "--videos", PLACE, "--json").json
    studied("learn", "dataset", "s1", "--out", "b", "--videos", PLACE, "--as", "webdataset")
    said = subprocess.check_output(
        [os.environ[WHERE], "-c", READS, "a", "b", str(tmp_path / "cache")],
        env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path / "hub")},
    )
    read = json.loads(said.splitlines()[-1])
    tables = {file.stem: pq.read_table(file) for file in Path("a/measurement").glob("*.parquet")}
    assert read["splits"] == {name: table.num_rows for name, table in tables.items()}
    assert sum(read["splits"].values()) == told["rows"]
    rows = tables["train"].to_pylist()
    assert read["video"] == rows[0]["file_name"]
    assert read["shares"] == rows[0]["label_shares"]
    assert read["fails_share"] == read["shards"] == {row["video"]: row["fails_share"] for row in rows}
    assert read["urls"] == sorted(row["file_name"] for row in rows)
