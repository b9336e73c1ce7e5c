"""Making what the browser can play: repacking packets, or encoding small H.264 and AAC.

Runs only inside the guarded child.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
from av.audio import AudioFrame, AudioStream
from av.audio.resampler import AudioResampler
from av.container import OutputContainer
from av.error import FFmpegError
from av.video import VideoFrame, VideoStream
from av.video.reformatter import VideoReformatter

from tilik.media.facts import tracks
from tilik.media.limits import Limits
from tilik.media.opening import open_media
from tilik.media.playable import Plan
from tilik.media.reading import AnyPacket
from tilik.media.result import Probe

CLOCK = Fraction(1, 90_000)
SOUND_RATE = 48_000
LONG_SIDE, SHORT_SIDE = 854, 480
GOP = 30
"""Pictures between key frames: seeking stays under a tenth of a second."""

ENCODING = {"preset": "veryfast", "crf": "24", "g": str(GOP), "threads": "1", "bf": "2"}
MUXING = {"mp4": {"movflags": "+faststart"}, "webm": {"cluster_time_limit": "2000"}}


def proxy_size(width: int, height: int) -> tuple[int, int]:
    """The shown size shrunk into 854 x 480, either way up, never enlarged; both even."""
    scale = min(1.0, LONG_SIDE / max(width, height), SHORT_SIDE / min(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


class Sound:
    """Encodes sound from wherever it starts, without gaps; gives up quietly when its format breaks."""

    def __init__(self, out: OutputContainer, codec: str) -> None:
        stream = out.add_stream(codec, rate=SOUND_RATE, layout="stereo")
        assert isinstance(stream, AudioStream)
        self._out, self._stream = out, stream
        self._resampler: AudioResampler | None = None
        self._next = -1
        self.works = True

    def hear(self, frame: AudioFrame, t: float) -> None:
        """Take one piece of sound."""
        if not self.works:
            return
        if self._next < 0:
            self._next = round(t * SOUND_RATE)
        frame.pts = None
        try:
            self._encode(self._ready().resample(frame))
        except (FFmpegError, ValueError):
            self.works = False

    def _ready(self) -> AudioResampler:
        if self._resampler is None:
            size = self._stream.codec_context.frame_size or 1024
            layout = self._stream.codec_context.layout
            sample = self._stream.codec_context.format
            self._resampler = AudioResampler(sample, layout, SOUND_RATE, frame_size=size)
        return self._resampler

    def _encode(self, pieces: list[AudioFrame]) -> None:
        for piece in pieces:
            piece.pts, piece.time_base = self._next, Fraction(1, SOUND_RATE)
            self._next += piece.samples
            self._out.mux(self._stream.encode(piece))

    def close(self) -> None:
        """Write what is still held back."""
        with suppress(FFmpegError, ValueError):
            if self._resampler is not None and self.works:
                self._encode(self._resampler.resample(None))
        with suppress(FFmpegError, ValueError):
            self._out.mux(self._stream.encode(None))


class Proxy:
    """An eye and an ear that encode a small copy with the file's own timing."""

    def __init__(self, path: Path, probe: Probe, *, sound: bool) -> None:
        self._out = av.open(str(path), "w", options=MUXING["mp4"])
        self._scaler = VideoReformatter()
        self._turned = probe.rotation in (90, 270)
        wide, high = proxy_size(probe.width, probe.height)
        self._size = (high, wide) if self._turned else (wide, high)
        self._stream = self._video_stream(probe)
        self._sound = Sound(self._out, "aac") if sound else None
        self._last = -1

    def _video_stream(self, probe: Probe) -> VideoStream:
        stream = self._out.add_stream("libx264", rate=round(probe.fps) or 25, options=ENCODING)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = self._size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = CLOCK
        if probe.rotation:
            stream.set_display_rotation(-probe.rotation)
        return stream

    def see(self, frame: VideoFrame, t: float) -> None:
        """Encode one picture; of two at the same instant the second comes a moment later."""
        pts = max(round(t / CLOCK), self._last + 1)
        small = self._scaler.reformat(frame, *self._size, format="yuv420p", threads=1)
        small.pts, small.time_base, small.pict_type = pts, CLOCK, 0
        self._last = pts
        self._out.mux(self._stream.encode(small))

    def hear(self, frame: AudioFrame, t: float) -> None:
        """Encode one piece of sound."""
        if self._sound is not None:
            self._sound.hear(frame, t)

    @property
    def audible(self) -> bool:
        """Whether the copy carries sound to its end."""
        return self._sound is not None and self._sound.works

    def close(self) -> None:
        """Finish the file."""
        self._out.mux(self._stream.encode(None))
        if self._sound is not None:
            self._sound.close()
        self._out.close()


def remux(source: Path, into: Path, plan: Plan, limits: Limits) -> None:
    """Copy the pictures' packets into a new container; the sound is copied, encoded or left out."""
    with (
        open_media(source, limits) as container,
        av.open(str(into), "w", options=MUXING[plan.extension]) as out,
    ):
        found = tracks(container)
        video = out.add_stream_from_template(found.video, opaque=True)
        heard = found.audio if plan.sound != "drop" else None
        sound = (
            Sound(out, "libopus" if plan.extension == "webm" else "aac") if plan.sound == "encode" else None
        )
        copied = (
            out.add_stream_from_template(heard, opaque=True) if heard is not None and sound is None else None
        )
        pictures = _Copy(out, video)
        sounds = _Copy(out, copied) if copied is not None else None
        for packet in container.demux([s for s in (found.video, heard) if s is not None]):
            if packet.stream is found.video:
                pictures.put(packet)
            elif sound is not None:
                _sound_out(packet, sound)
            elif sounds is not None:
                sounds.put(packet)
        if sound is not None:
            sound.close()


class _Copy:
    """Moves packets of one track. Matroska leaves the first decoding times out; they are counted back."""

    def __init__(self, out: OutputContainer, stream: VideoStream | AudioStream) -> None:
        self._out, self._stream = out, stream
        self._held: list[AnyPacket] = []
        self._last: int | None = None

    def put(self, packet: AnyPacket) -> None:
        """Copy one packet; those without a decoding time wait for the first that has one."""
        if packet.pts is None or packet.size == 0:
            return
        if packet.dts is None and self._last is None:
            self._held.append(packet)
            return
        held, self._held = self._held, []
        earliest = min(p.pts or 0 for p in (*held, packet))
        first = min(earliest, earliest if packet.dts is None else packet.dts) - len(held)
        for place, early in enumerate(held):
            early.dts = first + place
        for each in [*held, packet]:
            self._mux(each)

    def _mux(self, packet: AnyPacket) -> None:
        if packet.dts is None and self._last is not None:
            packet.dts = self._last + 1
        self._last = packet.dts
        packet.stream = self._stream
        self._out.mux_one(packet)


def _sound_out(packet: AnyPacket, sound: Sound) -> None:
    with suppress(FFmpegError, ValueError):
        for frame in packet.decode():
            if isinstance(frame, AudioFrame):
                sound.hear(frame, max(0.0, frame.time or 0.0))
