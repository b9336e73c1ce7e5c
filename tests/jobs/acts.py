"""Acts for the tests of jobs: good, failing, killed, hanging, slow; importable from any process."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def act(file: Path) -> dict[str, object]:
    """Does what the file's name says."""
    if file.name.startswith("raise"):
        raise RuntimeError("as it happens")
    if file.name.startswith("kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    if file.name.startswith("hang"):
        time.sleep(600)
    return {"name": file.name}


def slow(file: Path, marks: str) -> dict[str, object]:
    """Half a second; leaves a mark when begun and one when ended."""
    with (Path(marks) / "begun").open("a") as out:
        out.write(f"{file.name}\n")
    time.sleep(0.5)
    with (Path(marks) / "ended").open("a") as out:
        out.write(f"{file.name}\n")
    return {"name": file.name}
