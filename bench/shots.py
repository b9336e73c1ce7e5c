"""Where shots begin, by Tilik and by PySceneDetect's four detectors of content, on the same films.

    python bench/shots.py ../shared/videos --peers peers/bin/python

The films are real single-shot clips joined by cuts, dissolves and fades, with camera flashes among them,
so each change is known (``tests/media/joined_films.py``). A cut is found within one picture; a dissolve or
fade by anything said within it or half a second beside it; whatever is neither is false. F1 counts cuts found
against cuts there are and all that is false; precision is that of everything said.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "media"))
from joined_films import FPS, HIGH, ONE_SHOT, WIDE, Film, joined, small_pictures

from tilik.media.flash import Flash
from tilik.media.shots import Shots

BESIDE = FPS // 2
PEERS = Path(__file__).with_name("media_peers.py")


@dataclass
class Score:
    """Counts over all films: cuts there are and are found, gradual changes likewise, and what is false."""

    cuts: int = 0
    cuts_found: int = 0
    gradual: int = 0
    gradual_found: int = 0
    false: int = 0
    said: int = 0

    def add(self, film: Film, said: list[int]) -> None:
        """Count one film's starts of shots, in frames."""
        spans = [(first - BESIDE, last + BESIDE) for first, last in film.gradual]
        self.cuts += len(film.cuts)
        self.cuts_found += sum(any(abs(k - cut) <= 1 for k in said) for cut in film.cuts)
        self.gradual += len(spans)
        self.gradual_found += sum(any(a <= k <= b for k in said) for a, b in spans)
        self.said += len(said)
        self.false += sum(
            not any(abs(k - cut) <= 1 for cut in film.cuts) and not any(a <= k <= b for a, b in spans)
            for k in said
        )

    def row(self) -> str:
        """F1 of cuts, recall of gradual changes, precision of everything."""
        f1 = 2 * self.cuts_found / max(1, self.cuts_found + self.false + self.cuts)
        recall = self.gradual_found / max(1, self.gradual)
        return f"{f1:8.3f}{recall:10.2f}{1 - self.false / max(1, self.said):12.3f}"


def ours(film: Film) -> list[int]:
    """What Tilik says, in frames."""
    shots, flash = Shots(), Flash()
    for batch in film.batches():
        shots.feed(batch)
        flash.feed(batch)
    flashing = [e.span for e in flash.evidence("v") if e.kind == "flash"]
    starts = shots.starts(len(film.pictures) / FPS, flashing)
    return [round(start.t * FPS) for start in starts[1:]]


def write(film: Film, into: Path) -> Path:
    """The film as a file that PySceneDetect reads, hardly compressed."""
    with av.open(str(into), "w") as out:
        stream = out.add_stream("libx264", rate=FPS, options={"qp": "8", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = WIDE, HIGH, "yuvj420p"
        for k, flat in enumerate(film.pictures):
            frame = av.VideoFrame.from_ndarray(flat.reshape(HIGH * 3 // 2, WIDE), format="yuvj420p")
            frame.pts, frame.time_base = k, Fraction(1, FPS)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return into


def main() -> None:
    """Build the films, ask everybody, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("clips", type=Path, help="the folder of real clips")
    parser.add_argument("--peers", type=Path, help="an interpreter that has scenedetect")
    parser.add_argument("--films", type=int, default=16)
    options = parser.parse_args()
    parts = [small_pictures(options.clips / name) for name in ONE_SHOT]
    films = [joined(parts, seed) for seed in range(100, 100 + options.films)]
    scores = {"Tilik": Score()}
    for film in films:
        scores["Tilik"].add(film, ours(film))
    if options.peers:
        with tempfile.TemporaryDirectory() as folder:
            files = [str(write(film, Path(folder) / f"{k}.mp4")) for k, film in enumerate(films)]
            said = subprocess.run([options.peers, PEERS, "shots", *files], check=True, capture_output=True)
        for detector, found in json.loads(said.stdout).items():
            scores[f"PySceneDetect {detector}"] = Score()
            for film, file in zip(films, files, strict=True):
                scores[f"PySceneDetect {detector}"].add(film, found[file])
    whole = scores["Tilik"]
    print(f"{len(films)} films, {whole.cuts} cuts, {whole.gradual} gradual changes\n")
    print(f"{'':34}{'cuts F1':>8}{'gradual':>10}{'precision':>12}")
    for name, score in scores.items():
        print(f"{name:34}{score.row()}")


if __name__ == "__main__":
    main()
