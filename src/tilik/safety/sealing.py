"""The files of stopped videos are sealed: what they hold opens with a key that the server need not have.

Sealed are the file, everything made from it to be shown, its captions, and what analysers said of it. What
stays are fingerprints and answers of hash lists, from which no picture and no word can be had: by them a copy
that comes in later is known.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pyrage import RecipientError, x25519
from sqlalchemy import ColumnElement, Connection, or_, select
from sqlalchemy.exc import SQLAlchemyError

from tilik.kernel import Conflict, Invalid, TilikError, new_id
from tilik.media.keeping import FAMILY, keys_of
from tilik.media.record import MediaRecord, Sidecar
from tilik.media.searching import scrub
from tilik.safety.events import EscalationOpened, FilesSealed, SealingKeySet
from tilik.safety.view import Raised, find_escalation
from tilik.store import Store, Workspace, Writing
from tilik.store.safety_tables import sealing_key
from tilik.store.tables import media_result, video

HASHES = (FAMILY, "screening")
"""Analysers whose results are hashes and what hash lists said of them."""
MANY = 500
TICK = 2.0
"""Seconds between two looks."""
logger = logging.getLogger(__name__)


def new_key() -> tuple[str, str]:
    """A fresh age identity, which is secret, and its recipient, which is not."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_set(connection: Connection) -> str | None:
    """For whose key files are sealed; ``None`` while it is the workspace's own."""
    query = select(sealing_key.c.recipient).order_by(sealing_key.c.set_at.desc(), sealing_key.c.id.desc())
    return connection.execute(query.limit(1)).scalar()


def set_recipient(writing: Writing, recipient: str) -> None:
    """Seal for this recipient from now on; what is sealed already keeps its key. Raises ``Invalid``."""
    try:
        x25519.Recipient.from_str(recipient)
    except RecipientError:
        raise Invalid("seal-recipient", "this is no age recipient", where=recipient[:80]) from None
    if recipient_set(writing.connection) != recipient:
        writing.record(SealingKeySet(key=new_id(), recipient=recipient))


def own_recipient(workspace: Workspace) -> str:
    """The recipient of the workspace's own key, which is made where there is none yet."""
    file = workspace.safety_key
    if not file.exists():
        identity, _ = new_key()
        part = file.with_suffix(f".{new_id()}.part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(identity + "\n")
            handle.flush()
            os.fsync(handle.fileno())
        try:
            os.link(part, file)  # whoever came first made the key that counts
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return str(x25519.Identity.from_str(file.read_text().strip()).to_public())


def seal_stopped(workspace: Workspace, known: set[str] | None = None) -> int:
    """Seal every file of stopped videos that still lies open; returns how many.

    ``known`` are files that need no second look; what was seen to be sealed is added to it.
    """
    store, known = workspace.store, set() if known is None else known
    with store.read() as connection:
        fresh = _to_seal(connection, video.c.locked.is_(True)) - known
        waiting = {name for name in fresh if not store.blobs.sealed(name)}
        alone = waiting - _shared(connection, waiting) if waiting else waiting
        recipient = recipient_set(connection)
    sealed = 0
    if alone:
        to = recipient or own_recipient(workspace)
        sealed = sum(store.blobs.seal(name, to) for name in sorted(alone))
    if sealed:
        with store.write() as writing:
            writing.record(FilesSealed(batch=new_id(), recipient=to, files=sealed))
        scrub(store)
        store.empty_journal()
    known |= fresh
    return sealed


@contextmanager
def sealing(workspace: Workspace) -> Iterator[None]:
    """Seal what is stopped while the block runs, within seconds, beside whatever else is done."""
    stop, known = threading.Event(), set[str]()

    def watch() -> None:
        while not stop.wait(TICK):
            try:
                seal_stopped(workspace, known)
            except (SQLAlchemyError, TilikError, OSError):
                logger.exception("the files of a stopped video could not be sealed; trying again")

    thread = threading.Thread(target=watch, name="sealing", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


class _Belongings(NamedTuple):
    """What videos have: ``files`` by name, and under which keys analysers read them."""

    files: set[str]
    read: set[str]


def _belongings(connection: Connection, where: ColumnElement[bool]) -> _Belongings:
    found = _Belongings(set(), set())
    for row in connection.execute(select(video).where(where)):
        captions = [Sidecar.model_validate(each) for each in json.loads(row.captions)]
        found.files.update({row.content, *MediaRecord.model_validate_json(row.prepared).contents()})
        found.files.update(each.content for each in captions)
        found.read.update({row.content, *keys_of(row.content, row.title, captions).values()})
    return found


def _to_seal(connection: Connection, where: ColumnElement[bool]) -> set[str]:
    own = _belongings(connection, where)
    table = media_result.c
    said: set[str] = set()
    for some in _batches(own.read):
        query = select(table.bundle).where(table.of.in_(some), table.analyser.not_in(HASHES))
        said |= set(connection.execute(query).scalars())
    return own.files | said


def _shared(connection: Connection, names: set[str]) -> set[str]:
    """Those of the files that a video which is not stopped has too: a black picture, a finding of nothing."""
    stopped, found, table = _belongings(connection, video.c.locked.is_(True)).read, set(), media_result.c
    for some in _batches(names):
        said = select(table.bundle, table.of).where(table.bundle.in_(some))
        found |= {row.bundle for row in connection.execute(said) if row.of not in stopped}
    for name in names - found:
        holds = or_(video.c.prepared.contains(name), video.c.captions.contains(name))
        if connection.execute(select(video.c.id).where(video.c.locked.is_(False), holds).limit(1)).first():
            found.add(name)
    return found


def _batches(names: set[str]) -> Iterator[list[str]]:
    every = sorted(names)
    return (every[start : start + MANY] for start in range(0, len(every), MANY))


def open_files(workspace: Workspace, escalation: str, identity: str, into: Path, actor: str) -> list[Path]:
    """Open the sealed files of an escalation's video into a new folder; that it was done is logged first.

    Raises ``Missing``, ``Invalid`` for a key that does not fit, ``Conflict`` where there is no video, nothing
    is sealed, or the folder exists.
    """
    store = workspace.store
    with store.read() as connection:
        found = find_escalation(connection, store.blobs, escalation)
        files = _sealed_files(store, connection, found)
    if not files:
        raise Conflict(
            "seal-nothing",
            "nothing of this escalation is sealed",
            where=escalation,
            mend="`tilik safety seal`",
        )
    if into.exists():
        raise Conflict("seal-folder", "the folder exists", where=str(into), mend="Name a new one with --out.")
    with store.write(actor) as writing:
        writing.record(EscalationOpened(escalation=escalation, step=new_id(), files=len(files)))
    into.mkdir(mode=0o700, parents=True)
    try:
        for name in files:
            store.blobs.unseal(name, identity, into / name)
    except BaseException:
        shutil.rmtree(into)
        raise
    return [into / name for name in files]


def _sealed_files(store: Store, connection: Connection, found: Raised) -> list[str]:
    if found.video is None:
        return []
    return sorted(
        name for name in _to_seal(connection, video.c.id == found.video) if store.blobs.sealed(name)
    )
