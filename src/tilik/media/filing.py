"""From a prepared folder into the workspace: files become blobs, facts become the record."""

from __future__ import annotations

from pathlib import Path

from tilik.media.record import MediaRecord, StoredFile, StoredStoryboard
from tilik.media.result import Playback, Prepared
from tilik.store import BlobStore

PICTURES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


def file_prepared(blobs: BlobStore, folder: Path, prepared: Prepared) -> MediaRecord:
    """Keep every file that ``prepare`` made in ``folder``; the original is among the blobs already."""
    board, poster, probe = prepared.storyboard, prepared.poster, prepared.probe
    detail = ": ".join(part for part in (prepared.condition.reason, prepared.condition.detail) if part)
    return MediaRecord(
        condition=prepared.condition.code,
        detail=detail,
        duration=probe.seconds if probe else 0.0,
        width=probe.width if probe else 0,
        height=probe.height if probe else 0,
        fps=probe.fps if probe else None,
        playback=_playback(blobs, folder, prepared),
        poster=_picture(blobs, folder / poster.file) if poster else None,
        storyboard=StoredStoryboard(
            **_picture(blobs, folder / board.file).model_dump(),
            columns=board.columns,
            count=board.tiles,
            tile_width=board.tile_width,
            tile_height=board.tile_height,
            interval=board.interval,
        )
        if board
        else None,
        probe=probe.model_dump(mode="json") if probe else {},
    )


def _playback(blobs: BlobStore, folder: Path, prepared: Prepared) -> StoredFile | None:
    playback: Playback | None = prepared.playback
    if playback is None:
        return None
    if playback.how == "original":
        return StoredFile(content=prepared.content_hash, mime=playback.mime)
    return StoredFile(content=blobs.put_file(folder / playback.file), mime=playback.mime)


def _picture(blobs: BlobStore, file: Path) -> StoredFile:
    return StoredFile(content=blobs.put_file(file), mime=PICTURES[file.suffix])
