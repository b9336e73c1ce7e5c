"""The separate tools that one pass replaces, run by an interpreter of their own; prints one JSON value.

    python -m venv peers && peers/bin/pip install scenedetect opencv-python-headless pdqhash imageio-ffmpeg
    peers/bin/python bench/media_peers.py cost clips/*.mp4
    peers/bin/python bench/media_peers.py shots films/*.mp4

Called by ``bench/media.py --peers`` and ``bench/shots.py --peers``. Knows nothing of Tilik. Costs are
processor seconds of this process and its children; a tool that is not installed is left out.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

FILTERS = (
    "blackdetect=d=0.5,freezedetect=d=2,signalstats,photosensitivity",
    "ebur128=peak=true:framelog=quiet,silencedetect=d=1",
)
DETECTORS = ("ContentDetector", "AdaptiveDetector", "HistogramDetector", "HashDetector")


def seconds() -> float:
    """Processor seconds used so far, children included."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def optional(name: str) -> Any:
    """The module, or ``None``."""
    try:
        return import_module(name)
    except ImportError:
        return None


def ffmpeg() -> str | None:
    """The program, from the path or from imageio-ffmpeg."""
    bundled = optional("imageio_ffmpeg")
    return shutil.which("ffmpeg") or (bundled.get_ffmpeg_exe() if bundled else None)


def pyscenedetect(file: str, detector: str = "AdaptiveDetector") -> list[int]:
    """The frames at which it begins a scene, the first left out."""
    scenedetect = optional("scenedetect")
    found = scenedetect.detect(file, getattr(scenedetect, detector)())
    return [scene[0].get_frames() for scene in found[1:]]


def filters(file: str) -> None:
    """ffmpeg's own analysers, pictures and sound, each in one run."""
    program = ffmpeg()
    assert program is not None
    video, audio = FILTERS
    for chosen in (["-an", "-vf", video], ["-vn", "-af", audio]):
        command = [program, "-v", "quiet", "-threads", "1", "-i", file, *chosen, "-f", "null", "-"]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)


def pdq(file: str) -> None:
    """PDQ of two pictures a second."""
    cv2, pdqhash = optional("cv2"), optional("pdqhash")
    video = cv2.VideoCapture(file)
    every, place = max(1, round((video.get(cv2.CAP_PROP_FPS) or 25) / 2)), 0
    while video.grab():
        if place % every == 0:
            pdqhash.compute(cv2.cvtColor(video.retrieve()[1], cv2.COLOR_BGR2RGB))
        place += 1


def motion(file: str) -> None:
    """Mean absolute difference of grey pictures."""
    cv2 = optional("cv2")
    video, before = cv2.VideoCapture(file), None
    while True:
        there, picture = video.read()
        if not there:
            return
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        if before is not None:
            cv2.absdiff(before, grey).mean()
        before = grey


def tools() -> dict[str, Callable[[str], object]]:
    """Those that are installed."""
    found: dict[str, Callable[[str], object]] = {}
    if optional("scenedetect"):
        found["PySceneDetect (adaptive)"] = pyscenedetect
    if ffmpeg():
        found["ffmpeg filters, pictures and sound"] = filters
    if optional("cv2") and optional("pdqhash"):
        found["PDQ, two a second"] = pdq
    if optional("cv2"):
        found["motion"] = motion
    return found


def costs(files: list[str], rounds: int) -> dict[str, float]:
    """For each tool the least of the rounds, summed over the files."""
    told = {}
    for name, work in tools().items():
        told[name] = 0.0
        for file in files:
            least = float("inf")
            for _ in range(rounds):
                started = seconds()
                work(file)
                least = min(least, seconds() - started)
            told[name] += least
    return told


def main() -> None:
    """Print the JSON."""
    what, *files = sys.argv[1:]
    cv2 = optional("cv2")
    if cv2 is not None:
        cv2.setNumThreads(1)
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = "threads;1"
    if what == "cost":
        rounds = int(files.pop(0))
        print(json.dumps(costs(files, rounds)))
    else:
        print(json.dumps({d: {f: pyscenedetect(f, d) for f in files} for d in DETECTORS}))


if __name__ == "__main__":
    main()
