"""Bytes named by their own SHA-256, in a folder or in any fsspec file system (S3 and its kin)."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem

from tilik.kernel import Invalid, Missing, Unavailable, digest_bytes, new_id
from tilik.store.hashing import digest_file


class BlobStore:
    """Content-addressed files. ``root`` is a folder or an fsspec URL; ``cache`` holds what was fetched.

    Raises ``Invalid`` for a URL of no known file system.
    """

    def __init__(self, root: str, cache: Path) -> None:
        try:
            self._fs, self._root = fsspec.core.url_to_fs(root)
        except (ValueError, ImportError) as error:
            raise Invalid(
                "blobs-url",
                f"the blobs cannot be kept there: {error}",
                where=root.rpartition("@")[2],
                mend="Name a folder, or a file system that fsspec knows and whose package is installed.",
            ) from None
        self._remote = not isinstance(self._fs, LocalFileSystem)
        self._cache = cache

    def put(self, data: bytes) -> str:
        """Keep these bytes; returns their name. Keeping the same bytes again changes nothing."""
        name = digest_bytes(data)
        if not self.has(name):
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "blob"
                file.write_bytes(data)
                self._store(name, file)
        return name

    def put_file(self, file: Path) -> str:
        """Keep a copy of this file; returns its name."""
        name = digest_file(file)
        if not self.has(name):
            self._store(name, file)
        return name

    def path(self, name: str) -> Path:
        """A local file with this content, fetched once when the store is remote.

        Raises ``Missing``, or ``Unavailable`` when what arrives is not that content.
        """
        local = self._cache / name[:2] / name if self._remote else Path(self._key(name))
        if local.exists():
            return local
        if not (self._remote and self.has(name)):
            raise Missing(
                "blob-missing",
                f"the content {name[:12]}… is not in the store",
                where=str(self._root),
                mend="Restore the blobs folder from the backup that belongs to this database.",
            )
        local.parent.mkdir(parents=True, exist_ok=True)
        part = _part_of(local)
        self._fs.get_file(self._key(name), str(part))
        if digest_file(part) != name:
            part.unlink()
            raise Unavailable(
                "blob-damaged",
                f"the content {name[:12]}… did not arrive whole",
                where=str(self._root),
                mend="Try again; if it stays so, restore the blobs from the backup.",
            )
        part.replace(local)
        return local

    def read(self, name: str) -> bytes:
        """The bytes of this name. Raises ``Missing``."""
        return self.path(name).read_bytes()

    def has(self, name: str) -> bool:
        """Whether this content is here."""
        return bool(self._fs.exists(self._key(name)))

    def remove(self, name: str) -> None:
        """Forget this content, also its cached copy. Removing what is not there changes nothing."""
        if self.has(name):
            self._fs.rm_file(self._key(name))
        (self._cache / name[:2] / name).unlink(missing_ok=True)

    def _key(self, name: str) -> str:
        return f"{self._root}/{name[:2]}/{name}"

    def _store(self, name: str, file: Path) -> None:
        if self._remote:
            # Not every file system writes whole files at once, and a name must never stand for half of one.
            upload = f"{self._key(name)}.{new_id()}.part"
            self._fs.put_file(str(file), upload)
            self._fs.mv(upload, self._key(name))
            return
        target = Path(self._key(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        part = _part_of(target)
        shutil.copyfile(file, part)
        _settle(part)  # the log will cite it: it must be on the disk before the commit
        part.replace(target)
        _settle(target.parent)


def _part_of(file: Path) -> Path:
    """A name of one's own while writing: several threads may keep the same content at once."""
    return file.with_suffix(f".{new_id()}.part")


def _settle(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
