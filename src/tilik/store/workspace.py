"""A workspace: one folder with its settings, its secret, its database (unless elsewhere) and its blobs."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from tilik.kernel import Clock, Conflict, Invalid, Missing, Unavailable, new_id, utc_now
from tilik.store.blobs import BlobStore
from tilik.store.engine import database_file, database_url, open_engine
from tilik.store.schema import upgrade
from tilik.store.store import Store

SETTINGS = "workspace.json"
TRUTH = "truth.json"


class Settings(BaseModel):
    """What ``workspace.json`` holds. ``database`` and ``blobs`` are URLs; empty means inside the folder.
    ``access`` says how people sign in; ``access.settings`` reads it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    database: str = ""
    blobs: str = ""
    access: dict[str, JsonValue] = Field(default_factory=dict)


@dataclass(frozen=True)
class Workspace:
    """An open workspace."""

    folder: Path
    settings: Settings
    store: Store

    @property
    def secret(self) -> bytes:
        """The key that signs media links; it never leaves this machine's file, readable by its owner only.

        Raises ``Missing``.
        """
        try:
            return (self.folder / "secret").read_bytes()
        except FileNotFoundError:
            raise Missing(
                "workspace-secret",
                "the workspace's secret is gone",
                where=str(self.folder / "secret"),
                mend="Restore it from the backup, or put 32 random bytes there.",
            ) from None

    @property
    def safety_key(self) -> Path:
        """Where this workspace's own key for sealed files lies, or would lie: one line, an age identity."""
        return self.folder / "safety.key"

    @property
    def known_truth(self) -> dict[str, float]:
        """Known shares by code where the frame was made up (``truth.json``); empty for a real frame."""
        file = self.folder / TRUTH
        return dict(json.loads(file.read_text())) if file.exists() else {}

    @property
    def scratch(self) -> Path:
        """A folder for files in the making; safe to delete when nothing runs."""
        folder = self.folder / "scratch"
        folder.mkdir(exist_ok=True)
        return folder

    def close(self) -> None:
        """Give back all connections."""
        self.store.close()


def create(folder: Path, *, database: str = "", blobs: str = "") -> None:
    """Make an empty workspace. Raises ``Conflict`` where one is already, ``Invalid`` for a bad URL,
    ``Unavailable`` where the folder cannot be written.
    """
    if (folder / SETTINGS).exists():
        raise Conflict("workspace-exists", "there is a workspace already", where=str(folder))
    if database:
        database_url(database)
    if blobs:
        BlobStore(blobs, folder / "cache")
    settings = Settings(id=new_id(), database=database, blobs=blobs)
    part = folder / f"{SETTINGS}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # names and free texts lie in it
        _write_for_owner(folder / "secret", secrets.token_bytes(32))
        _write_for_owner(part, json.dumps(settings.model_dump(), indent=2).encode() + b"\n")
        part.replace(folder / SETTINGS)
    except OSError as error:
        raise Unavailable(
            "workspace-folder", f"the folder cannot be written: {error.strerror}", where=str(folder)
        ) from error


def _write_for_owner(file: Path, data: bytes) -> None:
    """The database's URL may hold a password, and the secret is one: only their owner reads them."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(data)


def open_workspace(folder: Path, *, clock: Clock = utc_now) -> Workspace:
    """Open a workspace and bring its tables to this version.

    Raises ``Missing``, ``Invalid`` for settings that cannot be read, ``Conflict`` for a database written by a
    later version, ``Unavailable`` when the database does not answer.
    """
    settings = _settings(folder)
    inside = database_file((folder / "tilik.db").resolve())
    engine = open_engine(database_url(settings.database) if settings.database else inside)
    upgrade(engine)
    blobs = BlobStore(settings.blobs or str((folder / "blobs").resolve()), folder / "cache")
    return Workspace(folder, settings, Store(engine, blobs, clock=clock))


def _settings(folder: Path) -> Settings:
    file = folder / SETTINGS
    try:
        return Settings.model_validate_json(file.read_text())
    except (FileNotFoundError, NotADirectoryError):
        raise Missing(
            "workspace-missing",
            "there is no workspace here",
            where=str(folder),
            mend="Make one with `tilik init`, or name another with --workspace.",
        ) from None
    except (ValidationError, UnicodeDecodeError, OSError) as error:
        why = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise Invalid("workspace-settings", f"cannot be read: {why}", where=str(file)) from None
