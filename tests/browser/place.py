"""A workspace made by the commands people use, and its server as a process of its own."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tilik.store import open_workspace
from tilik.store.tables import draw, task

TILIK = Path(sys.executable).parent / "tilik"
SECRETS = ("kanal-rahasia", "topik-rahasia")
"""Words of the frame that must never reach a reviewer who judges blind."""


@dataclass(frozen=True)
class Film:
    """One file to be judged, and the title it gets."""

    file: Path
    title: str


def tilik(folder: Path, *arguments: str | Path) -> Any:
    """Runs a command on the workspace and returns what it printed as JSON."""
    done = subprocess.run(
        [TILIK, "--workspace", folder, *arguments, "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"tilik {arguments[0]}: {done.stderr or done.stdout}"
    return json.loads(done.stdout)


def make_place(
    folder: Path, films: Sequence[Film], *, scratch: Path, wants: int = 1, overlap: str = ""
) -> None:
    """A workspace with a frame of 400 videos and a PPS study of one unit for each film.

    The films are given to the drawn videos in the order in which their tasks are served.
    """
    tilik(folder, "init", "--admin", "Sari")
    source = scratch / "bingkai.csv"
    write_frame(source, 400)
    tilik(folder, "frame", "import", source, "--name", "maret", "--score", "harm=skor")
    plan = ["--budget", str(len(films)), "--wants", str(wants), "--seed", "20260301"]
    plan += ["--overlap", overlap] if overlap else []
    tilik(folder, "sample", "draw", "--name", "maret", *plan)
    manifest = scratch / "klip.csv"
    with manifest.open("w", newline="", encoding="utf-8") as handle:
        out = csv.writer(handle)
        out.writerow(("file", "video", "title"))
        named = scratch / "klip"
        named.mkdir()
        for place, (video, film) in enumerate(zip(served(folder), films, strict=True)):
            link = named / f"{place:02d}{film.file.suffix}"
            link.symlink_to(film.file)
            out.writerow((link.name, video, film.title))
    tilik(folder, "media", "add", named, "--manifest", manifest)
    tilik(folder, "media", "prepare")


def write_frame(source: Path, videos: int) -> None:
    """A frame with heavy-tailed impressions and words that nobody who judges blind may see."""
    impressions = np.ceil(np.random.default_rng(1).lognormal(6, 1.4, videos)).astype(int)
    with source.open("w", newline="", encoding="utf-8") as handle:
        out = csv.writer(handle)
        out.writerow(("video", "impressions", "skor", "kanal", "topik"))
        for n, score in enumerate(scores(videos)):
            row = (f"vid-{n:05d}-x", impressions[n], score)
            out.writerow((*row, f"{SECRETS[0]}-{n % 40}", f"{SECRETS[1]}-{n % 7}"))


def scores(videos: int = 400) -> list[str]:
    """The classifier's scores in the frame, with all their digits."""
    return [f"{score:.9f}" for score in np.random.default_rng(2).beta(1, 6, videos)]


def served(folder: Path) -> list[str]:
    """The drawn videos in the order in which their tasks are handed out."""
    opened = open_workspace(folder)
    with opened.store.read() as connection:
        rows = connection.execute(task.select().order_by(task.c.position, task.c.id)).all()
    opened.close()
    return [row.video for row in rows]


def draws(folder: Path) -> dict[str, tuple[float, float]]:
    """Video → (impressions, inclusion probability), as the sample was drawn."""
    return {row.video: (row.impressions, row.pi) for row in rows_of(folder, draw)}


def rows_of(folder: Path, table: Any) -> list[Any]:
    """All rows of a table."""
    opened = open_workspace(folder)
    with opened.store.read() as connection:
        rows = list(connection.execute(table.select()).all())
    opened.close()
    return rows


@dataclass(frozen=True)
class Served:
    """A running server: where it answers, and the one-time link it printed."""

    url: str
    link: str


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """``tilik serve`` on a free port until the block ends."""
    process = subprocess.Popen(
        [TILIK, "--workspace", folder, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield _read_link(process)
    finally:
        process.terminate()
        process.wait(30)


def _read_link(process: subprocess.Popen[str]) -> Served:
    assert process.stdout is not None
    printed = []
    for line in process.stdout:
        printed.append(line)
        if found := re.search(r"(http://\S+)/sign-in#\S+", line):
            # What the server says later must not fill the pipe and stop it.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return Served(found[1], found[0])
    raise AssertionError(f"the server printed no link: {''.join(printed)}")
