"""Finding the captions of a video: files beside it, and text tracks inside it.

Runs only inside the guarded child.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from av.error import FFmpegError
from av.subtitles.stream import SubtitleStream

from tilik.kernel import Evidence, Invalid, Span
from tilik.media.around import NOTHING_AROUND, Around, CaptionFile
from tilik.media.captions import MOST_BYTES, MOST_CUES, Captions, Cue, decode, plain, read_captions
from tilik.media.facts import first_seconds
from tilik.media.limits import Limits
from tilik.media.opening import Stop, open_media
from tilik.media.result import CaptionTrack

SOURCE = "captions/1"
ENDINGS = (".vtt", ".srt")
LANGUAGE = re.compile(r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")
TEXT_CODECS = ("subrip", "srt", "webvtt", "mov_text", "ass", "ssa", "text")
ASS_FIELDS = 8
"""Fields before the text in a packet of an ASS track."""

SHOWN = 3.0
"""Seconds a text is taken to be shown where its track does not say."""

MOST_FILES, MOST_FAULTS = 16, 20


def sidecars(video: Path) -> list[CaptionFile]:
    """Caption files beside a video, with their languages: ``clip.vtt``, ``clip.id.srt``."""
    try:
        beside = sorted(f for f in video.parent.iterdir() if f.suffix.lower() in ENDINGS)
    except OSError:
        return []
    found = []
    for file in beside:
        name, _, language = file.stem.rpartition(".")
        if file.stem in (video.stem, video.name):
            found.append(CaptionFile(file, file.name))
        elif name in (video.stem, video.name) and LANGUAGE.match(language):
            found.append(CaptionFile(file, file.name, language.replace("_", "-")))
    return found[:MOST_FILES]


def caption_tracks(
    video: Path, limits: Limits, around: Around = NOTHING_AROUND
) -> tuple[list[CaptionTrack], list[tuple[str, Cue]]]:
    """Every caption track of a video, and every cue with its language, in order of tracks."""
    tracks: list[CaptionTrack] = []
    cues: list[tuple[str, Cue]] = []
    for origin, name, language, read in _all(video, limits, around):
        if isinstance(read, str):
            tracks.append(CaptionTrack(origin=origin, name=name, language=language, refused=read))
            continue
        faults = tuple(f"{name}:{f.line}: {f.what}" for f in read.faults[:MOST_FAULTS])
        track = CaptionTrack(origin=origin, name=name, language=language, cues=len(read.cues), faults=faults)
        tracks.append(track)
        cues += [(language, cue) for cue in read.cues]
    return tracks, cues


def evidence(video: str, cues: list[tuple[str, Cue]], seconds: float) -> list[Evidence]:
    """One ``caption`` per cue that begins inside the video; value: its text; note: its language."""
    return [
        Evidence(
            video=video,
            span=Span(start=cue.span.start, end=min(cue.span.end, seconds)),
            kind="caption",
            value=cue.text,
            source=SOURCE,
            note=language,
        )
        for language, cue in cues
        if cue.span.start < seconds
    ]


def _all(video: Path, limits: Limits, around: Around) -> Iterator[tuple[str, str, str, Captions | str]]:
    for given in sidecars(video) if around.captions is None else around.captions:
        yield "sidecar", given.name, given.language, _file(given)
    try:
        for place, language, read in _embedded(video, limits):
            yield "embedded", f"track {place}", language, read
    except (Stop, FFmpegError, ValueError):
        return


def _file(given: CaptionFile) -> Captions | str:
    try:
        with given.path.open("rb") as opened:
            return read_captions(opened.read(MOST_BYTES + 1), where=given.name)
    except Invalid as refused:
        return f"{refused.where}: {refused.message}"
    except OSError as failed:
        return f"{given.name}: {failed.strerror}"


def _embedded(video: Path, limits: Limits) -> list[tuple[int, str, Captions]]:
    with open_media(video, limits) as container:
        streams = [s for s in container.streams.subtitles if _codec(s) in TEXT_CODECS]
        if not streams:
            return []
        zero, cues = first_seconds(container), {s.index: list[Cue]() for s in streams}
        for packet in container.demux(streams):
            found = cues[packet.stream.index]
            if packet.pts is None or packet.time_base is None or len(found) >= MOST_CUES:
                continue
            text = packet_text(bytes(packet), _codec(packet.stream))  # type: ignore[arg-type]
            start = max(0.0, float(packet.pts * packet.time_base) - zero)
            length = float((packet.duration or 0) * packet.time_base) or SHOWN
            if text:
                found.append(Cue(Span(start=round(start, 3), end=round(start + length, 3)), text))
        return [(s.index, s.language or "", Captions(tuple(cues[s.index]), ())) for s in streams]


def _codec(stream: SubtitleStream) -> str:
    return stream.codec_context.name if stream.codec_context is not None else ""


def packet_text(data: bytes, codec: str) -> str:
    """The plain text in one packet of a text track."""
    if codec == "mov_text":
        length = int.from_bytes(data[:2], "big")
        return plain(decode(data[2 : 2 + length]))
    text = decode(data)
    if codec in ("ass", "ssa"):
        fields = text.split(",", ASS_FIELDS)
        text = fields[-1].replace(r"\N", "\n").replace(r"\n", "\n") if len(fields) > ASS_FIELDS else ""
    return plain(text)
