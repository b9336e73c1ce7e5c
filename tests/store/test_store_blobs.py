"""Bytes are named by their content, kept once, in a folder or on a remote file system."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fsspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tilik.kernel import Invalid, Missing, Unavailable, digest_bytes
from tilik.store import BlobStore, digest_file


@pytest.fixture(params=["folder", "file-url", "remote"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    """In a folder, plain or as a URL, and in fsspec's memory, which stands for S3 and its kin."""
    roots = {
        "folder": str(tmp_path / "blobs"),
        "file-url": f"file://{tmp_path}/blobs",
        "remote": f"memory://tilik-{uuid.uuid4().hex}",
    }
    return BlobStore(roots[request.param], tmp_path / "cache")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=300))
def test_what_was_put_is_read_by_its_content_hash(blobs: BlobStore, data: bytes) -> None:
    name = blobs.put(data)
    assert name == digest_bytes(data)
    assert blobs.put(data) == name
    assert blobs.read(name) == data
    assert blobs.path(name).read_bytes() == data


def test_a_file_and_its_bytes_are_the_same_content(blobs: BlobStore, tmp_path: Path) -> None:
    file = tmp_path / "clip.bin"
    file.write_bytes(bytes(range(256)) * 5000)
    name = blobs.put_file(file)
    assert name == digest_file(file) == blobs.put(file.read_bytes())
    file.unlink()
    assert digest_file(blobs.path(name)) == name


def test_what_is_not_there_is_missing(blobs: BlobStore) -> None:
    for ask in (blobs.path, blobs.read):
        with pytest.raises(Missing, match="backup") as caught:
            ask("0" * 64)
        assert caught.value.code == "blob-missing"


def test_what_was_removed_is_missing_and_can_come_back(blobs: BlobStore) -> None:
    name = blobs.put(b"once")
    assert blobs.path(name).exists()
    blobs.remove(name)
    blobs.remove(name)
    with pytest.raises(Missing):
        blobs.path(name)
    assert blobs.read(blobs.put(b"once")) == b"once"


def test_many_threads_keep_one_content(blobs: BlobStore, tmp_path: Path) -> None:
    data, start = bytes(3_000_000), threading.Barrier(8)

    def work(_: int) -> str:
        start.wait()
        return blobs.put(data)

    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(work, range(8)))
    assert names == {digest_bytes(data)}
    assert digest_file(blobs.path(names.pop())) == digest_bytes(data)
    assert list(tmp_path.rglob("*.part")) == []


def test_a_remote_content_is_fetched_once_into_the_cache(tmp_path: Path) -> None:
    root = f"memory://tilik-{uuid.uuid4().hex}"
    name = BlobStore(root, tmp_path / "one").put(b"far away")
    other = BlobStore(root, tmp_path / "other")
    kept = other.path(name)
    assert kept.is_relative_to(tmp_path / "other")
    BlobStore(root, tmp_path / "one").remove(name)
    assert other.path(name) == kept
    assert kept.read_bytes() == b"far away"


def test_what_arrives_damaged_is_refused_and_not_kept(tmp_path: Path) -> None:
    root = f"memory://tilik-{uuid.uuid4().hex}"
    blobs = BlobStore(root, tmp_path / "cache")
    name = blobs.put(b"whole")
    far = f"{root}/{name[:2]}/{name}"
    with fsspec.open(far, "wb") as handle:
        handle.write(b"who")
    with pytest.raises(Unavailable) as caught:
        blobs.path(name)
    assert caught.value.code == "blob-damaged"
    with fsspec.open(far, "wb") as handle:
        handle.write(b"whole")
    assert blobs.read(name) == b"whole"


def test_an_unknown_file_system_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        BlobStore("nonsense://bucket", tmp_path)
    assert caught.value.code == "blobs-url"
