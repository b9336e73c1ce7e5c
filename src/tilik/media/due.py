"""What is still to be done for the videos of a workspace, so that nothing is computed twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from tilik.kernel import Span
from tilik.log import Blobs
from tilik.media import hashing
from tilik.media.around import Around
from tilik.media.keeping import CAPTIONS, PROVENANCE, all_keys
from tilik.media.registration import ADDED, UNWATCHABLE, RegisteredVideo, evidence_of, find_video, list_videos
from tilik.media.signals import BY_FILE, SOURCES
from tilik.media.tier2 import Texts, sources_for
from tilik.media.tiers import shots_in, texts_in

How = Literal["glance", "prepare", "copy", "measure", "read"]
"""Key pictures alone; the whole; take over from the same file under another id; only some analysers of
tier 1; speech and text."""

KEYS = "hash-keys"
TIER_0 = {KEYS: hashing.KEYS_SOURCE, **{name: SOURCES[name] for name in BY_FILE}}
NO_TEXTS = Texts()


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do for ``video``; ``names`` the analysers to run where it is to be measured."""

    video: RegisteredVideo
    how: How
    names: tuple[str, ...] = ()
    like: RegisteredVideo | None = None
    shots: tuple[Span, ...] = ()
    texts: Texts = NO_TEXTS


def marks_of(around: Around) -> dict[str, str]:
    """Analyser → what else goes into its result beside the file."""
    return {PROVENANCE: around.anchors_mark} if around.anchors else {}


def due(connection: Connection, blobs: Blobs, tier: int, around: Around) -> list[Due]:
    """Everything to do up to this tier, in order of video id; each file to be read once.

    Tier 2 of a video is due when its tier 1 is done.
    """
    videos = [video for video in list_videos(connection) if not video.locked]
    kept = all_keys(connection)
    prepared = {video.content: video for video in videos if video.record.condition not in UNWATCHABLE}
    found: list[Due] = []
    taken: set[str] = set()
    for video in videos:
        task = _one(video, tier, kept, marks_of(around), prepared.get(video.content))
        if task is None and tier == 2 and video.record.probe:
            task = _text(connection, blobs, video, kept)
        if task is None or (task.how != "copy" and _reads(task) in taken):
            continue
        taken.add(_reads(task))
        found.append(task)
    return found


def _reads(task: Due) -> str:
    """What the task reads: one of several that read the same is enough."""
    return task.video.keys[CAPTIONS] if task.names == (CAPTIONS,) else task.video.content


def _one(
    video: RegisteredVideo,
    tier: int,
    kept: set[tuple[str, str, str]],
    marks: dict[str, str],
    same: RegisteredVideo | None,
) -> Due | None:
    waiting = video.record.condition == ADDED
    if waiting and same is not None:
        return Due(video, "copy", like=same)
    if waiting and tier > 0:
        return Due(video, "prepare")
    if not video.record.probe and not waiting:
        return None  # it could not be read; another file for it would be added anew
    wanted = TIER_0 if waiting else SOURCES
    lacking = [name for name, source in wanted.items() if not _has(video, source, marks, kept)]
    if waiting:
        return Due(video, "glance") if lacking else None
    if "flash" in lacking and "shots" not in lacking:
        lacking.insert(0, "shots")  # shots leave out what flashes
    return Due(video, "measure", tuple(lacking)) if lacking else None


def _text(
    connection: Connection, blobs: Blobs, listed: RegisteredVideo, kept: set[tuple[str, str, str]]
) -> Due | None:
    video = find_video(connection, listed.id)
    evidence = evidence_of(blobs, video)
    texts = texts_in(evidence, video.title)
    names = [name for name, source in sources_for(texts).items() if not _has(video, source, {}, kept)]
    return Due(video, "read", tuple(names), shots=shots_in(evidence), texts=texts) if names else None


def _has(video: RegisteredVideo, source: str, marks: dict[str, str], kept: set[tuple[str, str, str]]) -> bool:
    analyser, _, version = source.partition("/")
    of = video.keys.get(analyser, video.content)
    mark = marks.get(analyser, "")
    return (of, analyser, f"{version}-{mark}" if mark else version) in kept
