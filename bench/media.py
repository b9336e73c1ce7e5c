"""What reading a video costs: bare decoding, one pass with every analyser, key pictures alone.

    python bench/media.py clips/*.mp4
    python bench/media.py clips/ --rounds 5 --peers peers/bin/python

All in one thread on the same files, so the ratios hold on any machine: processor seconds for each minute
of video, the least of the rounds, which take turns so that a busy machine slows all alike. Bare decoding is
PyAV handing out pictures that nobody looks at. ``--peers`` names an interpreter with the separate tools that
the pass replaces (``bench/media_peers.py`` says which).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from av.error import FFmpegError

from tilik.cli.files import find_videos
from tilik.media.facts import look, tracks
from tilik.media.flash import Flash
from tilik.media.hashing import Hashes
from tilik.media.limits import DEFAULT
from tilik.media.look import Look
from tilik.media.loops import Loops
from tilik.media.loudness import Loudness
from tilik.media.measuring import signals_inside
from tilik.media.opening import open_media
from tilik.media.reading import Ear, Walk
from tilik.media.shots import Shots
from tilik.media.small import Analyser, Shrink, small_size


def decode(file: Path, kind: str) -> None:
    """Decode every packet of the picture or the sound track."""
    with open_media(file, DEFAULT) as container:
        found = tracks(container)
        stream = found.video if kind == "video" else found.audio
        if stream is None:
            return
        stream.codec_context.thread_count = 1
        for packet in container.demux(stream):
            try:
                packet.decode()
            except (FFmpegError, ValueError):
                continue


def walk(file: Path, analysers: list[Analyser], ears: list[Ear]) -> None:
    """One pass with only these."""
    probe = look(file, DEFAULT)
    shrink = Shrink(small_size(probe.coded_width, probe.coded_height), analysers)
    with open_media(file, DEFAULT) as container:
        Walk(container, tracks(container), DEFAULT, eyes=[shrink], ears=ears).run()
    shrink.flush()


ROWS: dict[str, Callable[[Path], object]] = {
    "bare decoding of pictures": lambda file: decode(file, "video"),
    "bare decoding of sound": lambda file: decode(file, "audio"),
    "pass: scaling alone": lambda file: walk(file, [], []),
    "pass: scaling, shots": lambda file: walk(file, [Shots()], []),
    "pass: scaling, flashes": lambda file: walk(file, [Flash()], []),
    "pass: scaling, look": lambda file: walk(file, [Look()], []),
    "pass: scaling, hashes": lambda file: walk(file, [Hashes()], []),
    "pass: scaling, loops": lambda file: walk(file, [Loops()], []),
    "pass: scaling, loudness": lambda file: walk(file, [], [Loudness()]),
    "one pass, everything (tier 1)": lambda file: signals_inside(file, 1, DEFAULT),
    "key pictures alone (tier 0)": lambda file: signals_inside(file, 0, DEFAULT),
}


PEERS = Path(__file__).with_name("media_peers.py")


def costs(files: list[Path], rounds: int) -> dict[str, float]:
    """For each row the least processor time of the rounds, seconds, summed over the files."""
    told = dict.fromkeys(ROWS, 0.0)
    for file in files:
        least = dict.fromkeys(ROWS, float("inf"))
        for _ in range(rounds):
            for name, work in ROWS.items():
                started = time.process_time()
                work(file)
                least[name] = min(least[name], time.process_time() - started)
        told = {name: told[name] + least[name] for name in ROWS}
    return told


def separate(files: list[Path], rounds: int, peers: Path) -> dict[str, float]:
    """The same for the separate tools, and their sum."""
    command = [peers, PEERS, "cost", str(rounds), *map(str, files)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    told: dict[str, float] = {f"separate: {name}": cost for name, cost in json.loads(said).items()}
    return {**told, "separate tools, all of these": sum(told.values())}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path, help="video files or folders of them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path, help="an interpreter that has the separate tools")
    options = parser.parse_args()
    files = [file for path in options.paths for file in find_videos(path)]
    minutes = sum(look(file, DEFAULT).seconds for file in files) / 60
    print(f"{len(files)} files, {minutes:.2f} minutes of video, least of {options.rounds} rounds\n")
    found = costs(files, options.rounds)
    floor, whole = found["bare decoding of pictures"], found["one pass, everything (tier 1)"]
    if options.peers:
        found |= separate(files, options.rounds, options.peers)
    print(f"{'':40}{'s a minute':>12}{'to bare':>9}{'to pass':>9}")
    for name, seconds in found.items():
        print(f"{name:40}{seconds / minutes:12.2f}{seconds / floor:9.2f}{seconds / whole:9.2f}")


if __name__ == "__main__":
    main()
