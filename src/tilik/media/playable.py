"""Can the browser play this file as it is, and if not, what is the cheapest copy that it can play? Pure.

What Chromium plays: H.264 8-bit 4:2:0 with AAC or MP3 in MP4 and MOV, VP8, VP9 and AV1 with Vorbis or Opus
in WebM. It does not play HEVC, MPEG-4 part 2, AVI or 10-bit H.264. Matroska is repacked to be sure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tilik.media.limits import Limits
from tilik.media.result import Probe

EIGHT_BIT = ("yuv420p", "yuvj420p", "")
WEBM_PICTURES, WEBM_SOUNDS = ("vp8", "vp9", "av1"), ("vorbis", "opus")
MP4_PICTURES, MP4_SOUNDS = ("h264", "vp9", "av1"), ("aac", "mp3", "flac", "opus")
COPYABLE = ("mov", "matroska", "webm")
"""Containers whose packets go into another container without being rewritten."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make. ``original`` makes nothing; ``remux`` copies the pictures; ``proxy`` encodes them."""

    how: Literal["original", "remux", "proxy"]
    mime: str
    extension: Literal["", "mp4", "webm"] = ""
    sound: Literal["copy", "encode", "drop"] = "copy"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What only a whole walk over the file can tell about playing it.

    ``open_gop``  some pictures after a key frame lean on pictures before it: Chromium plays them through,
    but stops with a decoding error when a seek lands there (seen with Chromium 156 on four real files);
    ``no_length``  the container claims no length, so the player's time line would be endless.
    """

    damaged: bool = False
    sound_broken: bool = False
    open_gop: bool = False
    no_length: bool = False


NOTHING_FOUND = Findings()


def playback_plan(probe: Probe, limits: Limits, found: Findings = NOTHING_FOUND) -> Plan:
    """The cheapest way to a file that plays from end to end and can be searched."""
    reason = _unplayable_pictures(probe, limits, found)
    if reason:
        sound: Literal["encode", "drop"] = "drop" if found.sound_broken or not probe.has_audio else "encode"
        return Plan("proxy", "video/mp4", "mp4", sound, reason)
    webm = probe.video_codec in WEBM_PICTURES and probe.container in ("webm", "matroska")
    sounds = WEBM_SOUNDS if webm else MP4_SOUNDS
    home, mime = ("webm", "video/webm") if webm else ("mov", "video/mp4")
    extension: Literal["webm", "mp4"] = "webm" if webm else "mp4"
    if found.sound_broken:
        return Plan("remux", mime, extension, "drop", "the sound cannot be decoded")
    if probe.has_audio and probe.audio_codec not in sounds:
        return Plan("remux", mime, extension, "encode", f"{probe.audio_codec} sound")
    if probe.container != home:
        return Plan("remux", mime, extension, "copy", f"{probe.container} container")
    if found.no_length:
        return Plan("remux", mime, extension, "copy", "no length in the container")
    return Plan("original", mime)


def _unplayable_pictures(probe: Probe, limits: Limits, found: Findings) -> str:
    known = {"webm": WEBM_PICTURES, "mov": MP4_PICTURES}.get(probe.container, (*MP4_PICTURES, *WEBM_PICTURES))
    reasons = (
        (found.damaged, "damaged"),
        (found.open_gop and probe.video_codec == "h264", "open groups of pictures"),
        (probe.pixel_format not in EIGHT_BIT, f"{probe.pixel_format} pictures"),
        (probe.video_codec not in known, f"{probe.video_codec} pictures"),
        (probe.container not in COPYABLE, f"{probe.container} container"),
        (probe.bytes > limits.playback_bytes, f"{probe.bytes} bytes"),
    )
    return next((why for applies, why in reasons if applies), "")
