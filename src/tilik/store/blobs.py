"""Bytes named by their own SHA-256, in a folder or in any fsspec file system (S3 and its kin).

What nobody may see any more is sealed: its bytes give way to an age file (age-encryption.org/v1) beside their
name, which only the holder of the key opens. The store itself needs the public half alone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem
from pyrage import DecryptError, IdentityError, RecipientError, decrypt_file, encrypt_file, x25519

from tilik.kernel import Invalid, Missing, Unavailable, digest_bytes, new_id
from tilik.store.hashing import digest_file

SEALED = ".age"
"""What the name of sealed bytes ends with."""


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
        if not (self._remote and self._is_there(name)):
            if self.sealed(name):
                raise Missing(
                    "blob-sealed",
                    f"the content {name[:12]}… is sealed: work on its video was stopped",
                    where=str(self._root),
                    mend="Whoever answers for child safety can open it: `tilik safety open`.",
                )
            raise Missing(
                "blob-missing",
                f"the content {name[:12]}… is not in the store",
                where=str(self._root),
                mend="Restore the blobs folder from the backup that belongs to this database.",
            )
        local.parent.mkdir(parents=True, exist_ok=True)
        part = _part_of(local)
        self._fs.get_file(self._key(name), str(part))
        if not name.endswith(SEALED) and digest_file(part) != name:
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
        """Whether this content is here, be it sealed."""
        return self._is_there(name) or self.sealed(name)

    def sealed(self, name: str) -> bool:
        """Whether this content is here for the holder of the key alone."""
        return self._is_there(name + SEALED) and not self._is_there(name)

    def seal(self, name: str, recipient: str) -> bool:
        """Put a file that only ``recipient``'s key opens (age, X25519) in the place of these bytes; False
        where they are not here. Sealed bytes stay so when the same content is kept again. Raises ``Invalid``.
        """
        if not self._is_there(name):
            return False
        if not self._is_there(name + SEALED):
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "sealed"
                encrypt_file(str(self.path(name)), str(file), [_recipient(recipient)])
                self._store(name + SEALED, file)
        self._take_away(name)
        return True

    def unseal(self, name: str, identity: str, into: Path) -> None:
        """Write sealed content to ``into``, opened with an age identity (``AGE-SECRET-KEY-1…``).

        Raises ``Missing``, ``Invalid`` for a key that does not open it, ``Unavailable`` when it is damaged.
        """
        try:
            key = x25519.Identity.from_str(identity.strip())
        except IdentityError:
            raise Invalid(
                "seal-key", "this is no age identity", mend="It is a line that begins AGE-SECRET-KEY-1."
            ) from None
        try:
            decrypt_file(str(self.path(name + SEALED)), str(into), [key])
        except DecryptError as error:
            into.unlink(missing_ok=True)
            raise Invalid(
                "seal-key",
                f"this key does not open {name[:12]}…: {error}",
                mend="`tilik safety key` says which key files were sealed for.",
            ) from None
        if digest_file(into) != name:
            into.unlink()
            raise Unavailable(
                "blob-damaged", f"the content {name[:12]}… is not what was sealed", where=str(self._root)
            )

    def remove(self, name: str) -> None:
        """Forget this content, sealed or not, also its cached copy. Removing what is gone changes nothing."""
        self._take_away(name)
        self._take_away(name + SEALED)

    def _is_there(self, key: str) -> bool:
        return bool(self._fs.exists(self._key(key)))

    def _take_away(self, key: str) -> None:
        if self._is_there(key):
            self._fs.rm_file(self._key(key))
        (self._cache / key[:2] / key).unlink(missing_ok=True)

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


def _recipient(text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text.strip())
    except RecipientError:
        raise Invalid(
            "seal-recipient",
            "this is no age recipient",
            where=text[:80],
            mend="It is a line that begins age1; `age-keygen` or `tilik safety key --new` makes one.",
        ) from None


def _part_of(file: Path) -> Path:
    """A name of one's own while writing: several threads may keep the same content at once."""
    return file.with_suffix(f".{new_id()}.part")


def _settle(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
