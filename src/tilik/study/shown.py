"""A video as somebody at work on it may see it: the media, and signals that tell nothing of the sampling.

Review, practice and adjudication show the same thing in the same shape, by links signed for one session.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, JsonValue
from sqlalchemy import Connection

from tilik.access.media_links import MediaGrant, MediaLinks
from tilik.kernel import Evidence, EvidenceKind, Missing
from tilik.log import Blobs
from tilik.media.keeping import told_of
from tilik.media.record import MediaRecord, StoredFile, StoredStoryboard
from tilik.media.registration import find_video, results_of
from tilik.media.result import Result

BLIND_KINDS: frozenset[EvidenceKind] = frozenset(
    {
        "shot",
        "pace",
        "flash",
        "flash-red",
        "loudness",
        "silence",
        "speech",
        "speech-text",
        "language",
        "on-screen-text",
        "caption",
        "loop",
        "black",
        "freeze",
    }
)
"""Signals of the media's own: what an attentive viewer could see or hear. The rest waits."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a video; ``loudness`` is its integrated loudness in LUFS where it was measured."""

    title: str
    record: MediaRecord
    evidence: tuple[Evidence, ...]
    loudness: float | None


def shown(connection: Connection, blobs: Blobs, video: str, *, blind: bool, task: str) -> Shown:
    """A registered video for whoever works on ``task``. Raises ``Missing``, also where it is locked."""
    found = find_video(connection, video)
    if found.locked:
        raise Missing("video-locked", "work on this video was stopped", where=task)
    results = results_of(blobs, found)
    told = told_of(found.id, results, found.record.duration, found.declared)
    evidence = tuple(item for item in told if not blind or item.kind in BLIND_KINDS)
    return Shown(found.title, found.record, evidence, loudness_of(results))


def loudness_of(results: Sequence[Result]) -> float | None:
    """The sound's integrated loudness in LUFS (EBU R 128), where it was measured."""
    for result in results:
        if result.analyser == "loudness" and isinstance(result.summary, Mapping):
            found = result.summary.get("integrated")
            return float(found) if isinstance(found, int | float) else None
    return None


class PlaybackView(BaseModel):
    """Where to play the video from, by signed link."""

    url: str
    mime: str


class StoryboardView(BaseModel):
    """A sprite of tiles: one each ``interval`` seconds."""

    url: str
    columns: int
    count: int
    tile_width: int
    tile_height: int
    interval: float


class MediaView(BaseModel):
    """A video as its reviewer sees it. Sizes in pixels, times in seconds, ``loudness`` in LUFS."""

    condition: str
    duration: float
    width: int
    height: int
    fps: float | None
    playback: PlaybackView | None
    poster: str | None
    storyboard: StoryboardView | None
    loudness: float | None = None


class EvidenceView(BaseModel):
    """One signal on the time line."""

    kind: str
    start: float
    end: float
    value: JsonValue
    source: str
    note: str


class MediaWriter:
    """Turns what is shown of a video into what is sent, signing links for one session (its digest)."""

    def __init__(self, links: MediaLinks, session: str) -> None:
        self._links = links
        self._session = session

    def media(self, task: str, record: MediaRecord, loudness: float | None) -> MediaView:
        """The media of this task as they are sent."""
        playback, poster, board = record.playback, record.poster, record.storyboard
        return MediaView(
            condition=record.condition,
            duration=record.duration,
            width=record.width,
            height=record.height,
            fps=record.fps,
            playback=PlaybackView(url=self._url(task, record, playback), mime=playback.mime)
            if playback
            else None,
            poster=self._url(task, record, poster) if poster else None,
            storyboard=self._storyboard(task, record, board) if board else None,
            loudness=loudness,
        )

    def _storyboard(self, task: str, record: MediaRecord, board: StoredStoryboard) -> StoryboardView:
        sizes = board.model_dump(exclude={"content", "mime"})
        return StoryboardView(url=self._url(task, record, board), **sizes)

    def _url(self, task: str, record: MediaRecord, file: StoredFile) -> str:
        # A link is signed, not secret: whoever takes it apart finds the task's id, not the platform's.
        grant = MediaGrant(self._session, task, file.content, file.mime)
        return self._links.write(grant, duration=record.duration)


def told(evidence: Iterable[Evidence]) -> list[EvidenceView]:
    """Signals as they are sent."""
    return [
        EvidenceView(
            kind=item.kind,
            start=item.span.start,
            end=item.span.end,
            value=item.value,
            source=item.source,
            note=item.note,
        )
        for item in evidence
    ]
