"""Writing a clip's pictures and sound with PyAV: H.264 and AAC in MP4, or VP8 and Opus in WebM."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Literal

import av
import numpy as np
from av.audio import AudioStream
from av.container import OutputContainer
from av.video import VideoStream
from PIL import Image, ImageEnhance

from tilik.demo.clips_sound import Wave

Codec = Literal["h264", "vp8"]
_VIDEO = {
    "h264": ("libx264", {"preset": "superfast", "crf": "25", "threads": "1", "tune": "animation"}),
    "vp8": ("libvpx", {"deadline": "realtime", "cpu-used": "8", "b": "700k", "threads": "1"}),
}
_AUDIO = {"h264": ("aac", {"aac_coder": "fast"}), "vp8": ("libopus", {"compression_level": "3"})}
# Quick settings: a demo is waited for, and nobody judges these clips for their fidelity.


def _video_stream(
    out: OutputContainer, codec: Codec, size: tuple[int, int], fps: int, gop: int
) -> VideoStream:
    name, options = _VIDEO[codec]
    stream = out.add_stream(name, rate=fps, options={**options, "g": str(gop)})
    assert isinstance(stream, VideoStream)
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    return stream


def _write_sound(out: OutputContainer, stream: AudioStream, sound: Wave, rate: int) -> None:
    samples = (np.clip(sound, -1, 1) * 32767).astype(np.int16)[None, :]
    frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    resampler = av.AudioResampler(
        format=stream.format.name, layout="mono", rate=rate, frame_size=stream.frame_size or 960
    )
    for piece in [*resampler.resample(frame), *resampler.resample(None)]:
        out.mux(stream.encode(piece))
    out.mux(stream.encode(None))


def write(
    path: Path,
    pictures: Iterable[Image.Image],
    size: tuple[int, int],
    *,
    fps: int,
    sound: Wave,
    rate: int,
    codec: Codec,
) -> None:
    """Encode ``pictures`` (RGB, ``size``) at ``fps`` and mono ``sound`` (−1..1 at ``rate``) into ``path``."""
    options = (
        {"movflags": "+faststart", "fflags": "+bitexact"} if codec == "h264" else {"fflags": "+bitexact"}
    )
    with av.open(str(path), "w", options=options) as out:
        video = _video_stream(out, codec, size, fps, gop=4 * fps)
        coder, quick = _AUDIO[codec]
        audio = out.add_stream(coder, rate=rate, layout="mono", options=quick)
        assert isinstance(audio, AudioStream)
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        _write_sound(out, audio, sound, rate)


def recode(source: Path, into: Path, size: tuple[int, int], *, brightness: float) -> None:
    """A smaller, brighter, coarser copy of ``source``, as re-uploads are."""
    with av.open(str(source)) as original:
        fps = int(original.streams.video[0].average_rate or 12)
        rate = original.streams.audio[0].codec_context.sample_rate
        heard = [f.to_ndarray().mean(axis=0) for f in original.decode(audio=0)]
    with av.open(str(source)) as original:
        pictures = (
            ImageEnhance.Brightness(Image.fromarray(shrunk.to_ndarray())).enhance(brightness)
            for shrunk in (f.reformat(*size, format="rgb24") for f in original.decode(video=0))
        )
        sound = np.concatenate(heard).astype(np.float32)
        write(into, pictures, size, fps=fps, sound=sound, rate=rate, codec="h264")
