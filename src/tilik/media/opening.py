"""Opening a file that nobody has vouched for: what may be opened, and what its failures are called.

Runs only inside the guarded child.
"""

from __future__ import annotations

import errno
from pathlib import Path

import av
import av.error
import av.logging
from av.container import InputContainer

from tilik.media.limits import Limits
from tilik.media.result import Condition, ConditionCode

CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,flv,mpegts,mpeg,ogg,asf"
"""Demuxers that may run. Playlists and image sequences (hls, concat, image2) could name other files."""

OPTIONS = {"protocol_whitelist": "file", "format_whitelist": CONTAINERS, "enable_drefs": "0"}


class Stop(Exception):
    """Reading ends here with this condition."""

    def __init__(self, code: ConditionCode, detail: str) -> None:
        super().__init__(detail)
        self.condition = Condition(code=code, detail=detail)


def open_media(path: Path, limits: Limits) -> InputContainer:
    """Open ``path`` with only local files and known containers allowed. Raises ``Stop``."""
    try:
        size = path.stat().st_size
    except OSError as failed:
        raise Stop("missing", str(failed.strerror)) from failed
    if size > limits.file_bytes:
        raise Stop("too-large", f"{size} bytes, limit {limits.file_bytes}")
    try:
        return av.open(f"file:{path.resolve()}", options=OPTIONS, metadata_errors="replace")
    except (av.error.FFmpegError, ValueError, OSError) as failed:
        raise Stop(*name_failure(failed)) from failed


def name_failure(failed: BaseException) -> tuple[ConditionCode, str]:
    """The condition code and technical detail of an error raised while opening."""
    detail = f"{type(failed).__name__}: {failed}".replace("\n", " ")[:300]
    number = getattr(failed, "errno", None)
    if number == errno.ENOMEM or isinstance(failed, MemoryError):
        return "out-of-memory", detail
    if number == errno.EINVAL and "Invalid argument" in detail:
        return "format-refused", detail
    if number in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return "no-space", detail
    return "unreadable", detail
