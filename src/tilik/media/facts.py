"""Reading a container's facts: sizes as shown, codecs, lengths. Runs only inside the guarded child."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from av.audio import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.video import VideoFrame, VideoStream

from tilik.media.limits import Limits
from tilik.media.opening import Stop, open_media
from tilik.media.result import Probe

Quarter = Literal[0, 90, 180, 270]
_QUARTERS: tuple[Quarter, ...] = (0, 90, 180, 270)
ATTACHED_PICTURE = 1024
"""The disposition bit of a cover picture, which is not a video."""

CODEC_NAMES = {"libdav1d": "av1", "mp3float": "mp3", "libopus": "opus", "libvorbis": "vorbis"}
"""Decoders that do not carry their codec's name."""


@dataclass(frozen=True, slots=True)
class Tracks:
    """The picture track, and the sound track if there is one."""

    video: VideoStream
    audio: AudioStream | None


def tracks(container: InputContainer) -> Tracks:
    """The first real picture track and the first sound track. Raises ``Stop`` without pictures."""
    pictures = [s for s in container.streams.video if not int(s.disposition) & ATTACHED_PICTURE]
    if not pictures:
        raise Stop("no-video", f"{container.format.name}: no picture track")
    if pictures[0].codec_context is None:
        raise Stop("unreadable", "the picture track's codec is unknown")
    sounds = [s for s in container.streams.audio if s.codec_context is not None]
    return Tracks(pictures[0], sounds[0] if sounds else None)


def codec_name(stream: VideoStream | AudioStream) -> str:
    """The codec's common name: ``h264``, ``av1``, ``aac``."""
    name = stream.codec_context.name
    return CODEC_NAMES.get(name, name)


def shown_size(stream: VideoStream, rotation: int) -> tuple[int, int]:
    """Width and height after square pixels and rotation."""
    cc = stream.codec_context
    wide, high = cc.width, cc.height
    aspect = stream.sample_aspect_ratio
    if aspect and 0.1 < float(aspect) < 10:
        wide = max(1, round(wide * float(aspect)))
    return (high, wide) if rotation in (90, 270) else (wide, high)


def rotation_of(frame: VideoFrame) -> Quarter:
    """Clockwise quarter turns that the container asks the player to make."""
    return _QUARTERS[round(-frame.rotation / 90) % 4]


def declared_seconds(container: InputContainer, stream: VideoStream) -> float:
    """The length that the file claims, 0 where it claims none."""
    if stream.duration and stream.time_base:
        return max(0.0, float(stream.duration * stream.time_base))
    return max(0.0, (container.duration or 0) / 1_000_000)


def first_seconds(container: InputContainer) -> float:
    """The instant the player calls 0: the earliest start of any track."""
    return (container.start_time or 0) / 1_000_000


def doctype(path: Path) -> str:
    """``webm`` or ``matroska`` by the file's own header: one demuxer reads both."""
    with path.open("rb") as file:
        return "webm" if b"webm" in file.read(64) else "matroska"


def container_name(container: InputContainer, path: Path) -> str:
    """One word: ``mov``, ``webm``, ``matroska``, ``avi`` …"""
    first = container.format.name.split(",")[0]
    return doctype(path) if first == "matroska" else first


def check_size(stream: VideoStream, seconds: float, limits: Limits) -> None:
    """Refuse, before a single picture is decoded, what would cost too much. Raises ``Stop``."""
    cc, fps = stream.codec_context, float(stream.average_rate or 0)
    pixels = cc.width * cc.height
    if pixels <= 0:
        raise Stop("unreadable", "the pictures have no size")
    if pixels > limits.pixels:
        raise Stop("too-demanding", f"{cc.width} x {cc.height} pixels, limit {limits.pixels}")
    if pixels * fps > limits.pixels_per_second and fps < 1000:
        raise Stop(
            "too-demanding", f"{pixels * fps:.0f} pixels a second, limit {limits.pixels_per_second:.0f}"
        )
    if seconds > limits.seconds:
        raise Stop("too-long", f"{seconds:.0f} s, limit {limits.seconds:.0f}")
    if stream.frames > limits.frames:
        raise Stop("too-long", f"{stream.frames} frames, limit {limits.frames}")


def facts(container: InputContainer, path: Path, rotation: Quarter, seconds: float) -> Probe:
    """The probe of an open container, before its pictures are all decoded."""
    found = tracks(container)
    stream, cc = found.video, found.video.codec_context
    wide, high = shown_size(stream, rotation)
    fps = float(stream.average_rate or stream.guessed_rate or 0)
    return Probe(
        container=container_name(container, path),
        video_codec=codec_name(stream),
        video_profile=cc.profile or "",
        pixel_format=cc.pix_fmt or "",
        audio_codec=codec_name(found.audio) if found.audio else None,
        width=wide,
        height=high,
        coded_width=cc.width,
        coded_height=cc.height,
        rotation=rotation,
        fps=fps if 0 < fps < 1000 else 0,
        seconds=seconds,
        frames=stream.frames,
        bytes=path.stat().st_size,
    )


def seconds_by_packets(path: Path, limits: Limits) -> float:
    """The length found by walking the packets, for files that claim none."""
    last = 0.0
    with open_media(path, limits) as container:
        video = tracks(container).video
        start = first_seconds(container)
        try:
            for packet in container.demux(video):
                if packet.pts is not None and packet.time_base:
                    end = float((packet.pts + (packet.duration or 0)) * packet.time_base) - start
                    last = max(last, end)
        except FFmpegError:
            return last
    return last


def look(path: Path, limits: Limits) -> Probe:
    """Facts without decoding more than the first picture. Raises ``Stop``."""
    with open_media(path, limits) as container:
        video = tracks(container).video
        seconds = declared_seconds(container, video)
        check_size(video, seconds, limits)
        try:
            frame = next(container.decode(video), None)
        except FFmpegError:
            frame = None
        rotation = rotation_of(frame) if frame is not None else 0
        return facts(container, path, rotation, seconds or seconds_by_packets(path, limits))
