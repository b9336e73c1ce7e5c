"""One walk over a file: every packet demuxed and decoded once, handed to all who want to see or hear it.

Runs only inside the guarded child. Damage is counted, never raised: what decodes is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import av.logging
from av import Packet
from av.audio import AudioFrame
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Stream
from av.video import VideoFrame

from tilik.media.facts import Tracks, declared_seconds, first_seconds
from tilik.media.limits import Limits
from tilik.media.opening import Stop

DEMUX_TRIES = 8
"""How often reading resumes after a broken stretch of the container."""

CLOCK_SLACK = 5.0
"""Seconds past the claimed end after which a picture's time stamp is taken for damage."""


AnyPacket: TypeAlias = "Packet[Stream]"


class Eye(Protocol):
    """Sees each picture with its second (from PTS, from the player's zero)."""

    def see(self, frame: VideoFrame, t: float) -> None: ...


class Ear(Protocol):
    """Hears each piece of sound with its second."""

    def hear(self, frame: AudioFrame, t: float) -> None: ...


@dataclass(slots=True)
class Tally:
    """What the walk met: what decoded, what was broken, pictures that lead their key frame."""

    pictures: int = 0
    first: float = 0.0
    last: float = 0.0
    step: float = 0.0
    shortest_step: float = float("inf")
    longest_step: float = 0.0
    broken: int = 0
    sounds: int = 0
    broken_sounds: int = 0
    leading: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """From the player's zero to the end of the last picture."""
        return self.last + self.step if self.pictures else 0.0

    @property
    def vfr(self) -> bool:
        """Whether the spacing of pictures varies by more than a rounding of time stamps explains."""
        return self.pictures > 2 and self.longest_step - self.shortest_step > max(0.002, 0.25 * self.step)

    def note(self, text: str) -> None:
        """Keep the first few technical remarks."""
        if len(self.notes) < 4 and text not in self.notes:
            self.notes.append(text[:160])

    def saw(self, t: float) -> None:
        """Book a picture at ``t``."""
        if self.pictures == 0:
            self.first = t
        elif t > self.last:
            step = t - self.last
            self.shortest_step = min(self.shortest_step, step)
            self.longest_step = max(self.longest_step, step)
            self.step = step if self.step == 0 else 0.9 * self.step + 0.1 * step
        self.last, self.pictures = t, self.pictures + 1


class Stamps:
    """Chooses between a picture's two time stamps: the one that has run backward less often.

    AVI has no presentation times, and what decoders make up for it runs backward at every B picture.
    """

    def __init__(self, backward: int = 0) -> None:
        self._pts_back, self._dts_back = backward, 0
        self._pts = self._dts = -(2**62)

    def best(self, pts: int | None, dts: int | None) -> int | None:
        """The stamp to trust, ``None`` when the picture has neither."""
        if pts is not None:
            self._pts_back += pts <= self._pts
            self._pts = pts
        if dts is not None:
            self._dts_back += dts <= self._dts
            self._dts = dts
        if pts is None or dts is None:
            return dts if pts is None else pts
        return pts if self._pts_back <= self._dts_back else dts


@contextmanager
def _complaints_heard() -> Iterator[list[tuple[int, str, str]]]:
    """Collect what the libraries say about errors: damage that a decoder conceals is told nowhere else."""
    before = av.logging.get_level()
    av.logging.set_level(av.logging.ERROR)
    try:
        with av.logging.Capture(local=True) as said:
            yield said
    finally:
        av.logging.set_level(before)


class Walk:
    """Walks one open container. ``run`` returns the tally.

    ``keys_only`` decodes key pictures and no sound: quick, and enough to recognise a file.
    """

    def __init__(
        self,
        container: InputContainer,
        found: Tracks,
        limits: Limits,
        *,
        eyes: Sequence[Eye],
        ears: Sequence[Ear] = (),
        keys_only: bool = False,
    ) -> None:
        self._container, self._found, self._limits = container, found, limits
        self._eyes, self._ears, self._keys_only = eyes, ears, keys_only
        self._zero = first_seconds(container)
        self._claimed = declared_seconds(container, found.video)
        self._frame_step = 1 / float(found.video.average_rate or 25)
        self._key_pts: int | None = None
        self._stamps = Stamps(backward=1 if container.format.name == "avi" else 0)
        self.tally = Tally()

    def run(self) -> Tally:
        """Decode everything. Raises ``Stop`` over a limit, never for damage."""
        self._found.video.codec_context.thread_count = 1
        audio = None if self._keys_only else self._found.audio
        streams = [s for s in (self._found.video, audio) if s is not None]
        with _complaints_heard() as said:
            for packet in self._packets(streams):
                if packet.stream is self._found.video:
                    self._pictures(packet)
                else:
                    self._sounds(packet)
                if said:
                    self._complaints(said)
        if self.tally.step == 0:
            self.tally.step = self._frame_step
        return self.tally

    def _packets(self, streams: Sequence[object]) -> Iterator[AnyPacket]:
        for _ in range(DEMUX_TRIES):
            try:
                yield from self._container.demux(*streams)
            except (FFmpegError, ValueError) as failed:
                self.tally.broken += 1
                self.tally.note(f"container: {failed}")
            else:
                return

    def _pictures(self, packet: AnyPacket) -> None:
        if self._keys_only and packet.size and not packet.is_keyframe:
            return
        self._order(packet)
        try:
            frames = packet.decode()
        except (FFmpegError, ValueError) as failed:
            self.tally.broken += 1
            self.tally.note(f"picture: {failed}")
            return
        for frame in frames:
            assert isinstance(frame, VideoFrame)
            if frame.is_corrupt:
                self.tally.broken += 1
                self.tally.note("picture: marked as broken by its decoder")
            t = self._time(frame)
            self._within(frame, t)
            self.tally.saw(t)
            for eye in self._eyes:
                eye.see(frame, t)

    def _order(self, packet: AnyPacket) -> None:
        """Count pictures that are shown before the key frame they follow."""
        if packet.pts is None:
            return
        if packet.is_keyframe:
            self._key_pts = packet.pts
        elif self._key_pts is not None and packet.pts < self._key_pts:
            self.tally.leading += 1

    def _time(self, frame: VideoFrame) -> float:
        guess = self.tally.last + self._frame_step if self.tally.pictures else 0.0
        stamp = self._stamps.best(frame.pts, frame.dts)
        base = frame.time_base
        t = guess
        if stamp is not None and base is not None:
            t = stamp * base.numerator / base.denominator - self._zero
        if self._claimed and t > self._claimed + CLOCK_SLACK:
            self.tally.broken += 1
            self.tally.note(f"picture: time stamp {t:.1f} s lies past the end")
            t = guess
        return max(t, self.tally.last)

    def _within(self, frame: VideoFrame, t: float) -> None:
        limits = self._limits
        if self.tally.pictures >= limits.frames:
            raise Stop("too-long", f"more than {limits.frames} frames")
        if t > limits.seconds:
            raise Stop("too-long", f"a picture at {t:.0f} s, limit {limits.seconds:.0f}")
        if frame.width * frame.height > limits.pixels:
            raise Stop("too-demanding", f"{frame.width} x {frame.height} pixels, limit {limits.pixels}")

    def _sounds(self, packet: AnyPacket) -> None:
        try:
            frames = packet.decode()
        except (FFmpegError, ValueError) as failed:
            self.tally.broken_sounds += 1
            self.tally.note(f"sound: {failed}")
            return
        for frame in frames:
            assert isinstance(frame, AudioFrame)
            self.tally.sounds += 1
            t = max(0.0, (frame.time or 0.0) - self._zero)
            for ear in self._ears:
                ear.hear(frame, t)

    def _complaints(self, said: list[tuple[int, str, str]]) -> None:
        decoder = self._found.video.codec_context.name
        for _, who, what in said:
            if who == decoder:
                self.tally.broken += 1
                self.tally.note(f"{who}: {what.strip()}")
        said.clear()
