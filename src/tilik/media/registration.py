"""Registering videos in the workspace: their files, captions, labels; and finding them again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from tilik.kernel import Evidence, Invalid, Missing, canonical
from tilik.log import Blobs, Envelope, applies
from tilik.media.around import CaptionFile
from tilik.media.events import CaptionsAdded, FilesErased, OriginDeclared, VideoAdded, VideoPrepared
from tilik.media.keeping import KeptResult, keep_results, keys_of, load_results, results_kept, told_of
from tilik.media.record import MediaRecord, Sidecar
from tilik.media.result import Result
from tilik.store import Writing
from tilik.store.tables import video as video_table

ADDED = "added"
"""The condition of a video whose file is here and not yet prepared."""
ERASED = "erased"
"""The condition of a video whose files were erased; the same file may be brought in again."""
UNWATCHABLE = (ADDED, ERASED)
"""Conditions in which a video is served to nobody."""


VIDEO_GRANT = "video:"


def video_grant(video: str) -> str:
    """What a media link names instead of a task, for those who may see the video by its id."""
    return VIDEO_GRANT + video


@dataclass(frozen=True, slots=True)
class RegisteredVideo:
    """A video that the workspace knows. ``locked`` after stop-work: nothing of it may be shown.

    ``declared``  the platform's own label of how it was made; ``results``  what analysers said of its file
    (empty in lists).
    """

    id: str
    title: str
    content: str
    locked: bool
    record: MediaRecord
    captions: tuple[Sidecar, ...] = ()
    declared: str = ""
    results: tuple[KeptResult, ...] = ()

    @property
    def keys(self) -> dict[str, str]:
        """What those analysers read that read more than its file."""
        return keys_of(self.content, self.title, self.captions)


def add_video(
    writing: Writing,
    *,
    video: str,
    title: str,
    file: Path,
    captions: Sequence[CaptionFile] = (),
    declared: str = "",
) -> str:
    """Bring in a video's file with its captions; returns its content hash. Raises ``Invalid`` for a bad id.

    The same file again changes nothing but captions and label; another file for the same id replaces it and
    must be prepared.
    """
    if not video or len(video) > 128 or not file.is_file():
        raise Invalid("video-file", "a video needs an id of 1 to 128 characters and a file", where=str(file))
    content = writing.blobs.put_file(file)
    row = _row(writing.connection, video)
    if row is None or row.content != content or row.condition == ERASED:
        writing.record(VideoAdded(video=video, title=" ".join(title.split()), content=content))
        row = _row(writing.connection, video)
    brought = tuple(
        Sidecar(name=each.name, language=each.language, content=writing.blobs.put_file(each.path))
        for each in captions
    )
    if row is not None and _captions_text(brought) != row.captions:
        writing.record(CaptionsAdded(video=video, captions=brought))
    if row is not None and declared.strip() != row.declared:
        writing.record(OriginDeclared(video=video, label=declared.strip()))
    return content


def keep_prepared(
    writing: Writing,
    *,
    video: str,
    content: str,
    record: MediaRecord,
    results: Sequence[Result] = (),
    evidence: Sequence[Evidence] = (),
    marks: dict[str, str] | None = None,
) -> None:
    """Keep what was prepared of a video; the record's files must be among the blobs already.

    ``evidence`` without results is kept as the result of each source it names.
    """
    writing.record(VideoPrepared(video=video, content=content, record=record))
    every = [*results, *_by_source(evidence)]
    if every:
        row = find_video(writing.connection, video)
        keep_results(writing, every, content=content, keys=row.keys, marks=marks)


def erase_files(writing: Writing, identity: str) -> frozenset[str]:
    """Record that a video's files are gone; gives the names of the blobs that were its, none where they were
    gone before. Whoever calls takes those away that no other video has. Raises ``Missing``.
    """
    found = find_video(writing.connection, identity)
    if found.record.condition == ERASED:
        return frozenset()
    writing.record(FilesErased(video=identity, content=found.content))
    return frozenset({found.content, *found.record.contents(), *(each.content for each in found.captions)})


def _by_source(evidence: Sequence[Evidence]) -> list[Result]:
    ordered = sorted(evidence, key=lambda item: item.source)
    grouped = groupby(ordered, key=lambda item: item.source)
    return [Result(source=source, evidence=tuple(items)) for source, items in grouped]


def unprepared(connection: Connection) -> list[RegisteredVideo]:
    """Videos that were added and not prepared since, in order of id."""
    query = select(video_table).where(video_table.c.condition == ADDED).order_by(video_table.c.id)
    return [_from_row(row) for row in connection.execute(query)]


def list_videos(connection: Connection, *, content: str | None = None) -> list[RegisteredVideo]:
    """Every video that the workspace knows, or those with this file, in order of id, without results."""
    query = select(video_table).order_by(video_table.c.id)
    if content is not None:
        query = query.where(video_table.c.content == content)
    return [_from_row(row) for row in connection.execute(query)]


def find_video(connection: Connection, identity: str) -> RegisteredVideo:
    """The registered video with this id, and what was said of it. Raises ``Missing``."""
    row = _row(connection, identity)
    if row is None:
        raise Missing("video-missing", "no file is registered for this video", where=identity)
    found = _from_row(row)
    return _from_row(row, results_kept(connection, found.content, found.keys))


def _row(connection: Connection, identity: str) -> Row[Any] | None:
    return connection.execute(select(video_table).where(video_table.c.id == identity)).first()


def _from_row(row: Row[Any], results: tuple[KeptResult, ...] = ()) -> RegisteredVideo:
    return RegisteredVideo(
        id=row.id,
        title=row.title,
        content=row.content,
        locked=row.locked,
        record=MediaRecord.model_validate_json(row.prepared),
        captions=tuple(Sidecar.model_validate(each) for each in json.loads(row.captions)),
        declared=row.declared,
        results=results,
    )


def results_of(blobs: Blobs, found: RegisteredVideo) -> list[Result]:
    """Everything that is kept of a video found by ``find_video``: summaries, curves, evidence."""
    return load_results(blobs, found.results)


def evidence_of(blobs: Blobs, found: RegisteredVideo) -> list[Evidence]:
    """Everything that analysers said about a video found by ``find_video``, in order of analysers."""
    return told_of(found.id, results_of(blobs, found), found.record.duration, found.declared)


def _text(record: MediaRecord) -> str:
    # Canonical, because an event read back from the log has its keys in another order than a fresh one.
    return canonical(record.model_dump(mode="json")).decode()


def _captions_text(captions: Sequence[Sidecar]) -> str:
    return canonical([sidecar.model_dump() for sidecar in captions]).decode()


@applies(VideoAdded)
def _added(connection: Connection, event: VideoAdded, envelope: Envelope, _blobs: Blobs) -> None:
    # A lock stays when the file is replaced, and a locked file stays so under a new id.
    hidden = or_(video_table.c.id == event.video, video_table.c.content == event.content)
    lock = connection.execute(select(video_table.c.id).where(hidden, video_table.c.locked.is_(True))).first()
    connection.execute(delete(video_table).where(video_table.c.id == event.video))
    connection.execute(
        insert(video_table).values(
            id=event.video,
            title=event.title,
            content=event.content,
            condition=ADDED,
            locked=lock is not None,
            prepared=_text(MediaRecord(condition=ADDED)),
            captions=_captions_text(()),
            declared="",
            registered_at=envelope.at,
        )
    )


@applies(CaptionsAdded)
def _captions(connection: Connection, event: CaptionsAdded, _envelope: Envelope, _blobs: Blobs) -> None:
    changed = update(video_table).where(video_table.c.id == event.video)
    connection.execute(changed.values(captions=_captions_text(event.captions)))


@applies(OriginDeclared)
def _declared(connection: Connection, event: OriginDeclared, _envelope: Envelope, _blobs: Blobs) -> None:
    changed = update(video_table).where(video_table.c.id == event.video)
    connection.execute(changed.values(declared=event.label))


@applies(VideoPrepared)
def _prepared(connection: Connection, event: VideoPrepared, _envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        update(video_table)
        .where(video_table.c.id == event.video, video_table.c.content == event.content)
        .values(condition=event.record.condition, prepared=_text(event.record))
    )


@applies(FilesErased)
def _erased(connection: Connection, event: FilesErased, _envelope: Envelope, _blobs: Blobs) -> None:
    where = (video_table.c.id == event.video, video_table.c.content == event.content)
    row = connection.execute(select(video_table.c.prepared).where(*where)).first()
    if row is None:
        return
    before = MediaRecord.model_validate_json(row.prepared)
    after = MediaRecord(
        condition=ERASED,
        duration=before.duration,
        width=before.width,
        height=before.height,
        fps=before.fps,
    )
    changed = update(video_table).where(*where)
    connection.execute(changed.values(condition=ERASED, prepared=_text(after)))
