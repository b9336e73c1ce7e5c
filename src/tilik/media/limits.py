"""What one file may cost. A file over a limit gets a stated condition; it never takes the machine down."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

MIB = 1024 * 1024


class Limits(BaseModel):
    """Caps on one file and on the child process that reads it.

    A 377 kB file can hold one picture of 16000 × 8000 and a 1.2 MB file 86,400 frames, so bytes alone
    do not bound the work: pixels, frames, seconds and pixels per second are capped as well.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file_bytes: int = Field(default=4096 * MIB, gt=0)
    seconds: float = Field(default=2 * 3600, gt=0)
    frames: int = Field(default=500_000, gt=0)
    pixels: int = Field(default=7680 * 4320, gt=0)
    pixels_per_second: float = Field(default=3840 * 2160 * 60, gt=0)
    memory_bytes: int = Field(default=2048 * MIB, gt=0)
    cpu_seconds: int = Field(default=900, gt=0)
    wall_seconds: float = Field(default=1800, gt=0)
    output_bytes: int = Field(default=2048 * MIB, gt=0)
    descriptors: int = Field(default=64, ge=32)
    playback_bytes: int = Field(default=512 * MIB, gt=0)
    """An original larger than this is replaced by a smaller playback copy."""


DEFAULT = Limits()
"""Two hours of 4K at 60 frames a second, in 2 GiB of memory."""
