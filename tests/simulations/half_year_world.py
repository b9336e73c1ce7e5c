"""Half a year of one made-up platform, whose truth is known: 26 weekly frames and what is true of them.

A week shows nine of ten videos of one stock; a hit of one week seldom is one in the next. What else moves is
stated in ``World``. The truth stays outside the workspace, but for what its reviewers say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tilik.demo.frame import CODES, TOPICS, make_demo_frame
from tilik.demo.truth import VideoTruth

WEEKS = 26
DEFINED, CLASSIFIER, NEW = 10, 17, 20
"""The weeks, counted from 1, from which on the guideline, the classifier and the bad content are new."""
STRICTER = "SYN-MASS"
"""From week ``DEFINED`` on this label fails a video at level 1 already."""
NEW_LABEL = "BEH-RISK"
NEW_SHARE = 0.5
"""The part of its topic on its surface that the new kind takes over."""
SCORE, ACTS_FROM = "score_harm", 0.5
APART = {"first": 1.5, "second": 1.9}
"""How far each classifier's scores of failing videos lie from those of others, in standard deviations."""
USUAL, OF_THE_WEEK = 1.5, 1.5
"""Spread (log scale) of how often videos are usually seen, and of a video's weeks around that."""
EVIDENCE = APART["first"]
"""The same of an analyser's measure, from which a baseline may learn; it too is blind to the new kind."""
TOLD = np.array([0.004, 0.2, 0.8, 0.9])
"""How often a title has words of a label, by the level at which the video has it: 0, 1, 2, 3."""
REAL = (0.7, 1.0, 1.4)
"""By what factor failing content is seen more often from week ``DEFINED`` on: by the seed, in turn."""
FRAGMENTS = ("ba", "ci", "du", "ga", "je", "ko", "lu", "mi", "no", "pe", "ra", "si", "tu", "wa", "yo")


@dataclass(frozen=True)
class Truth:
    """What is true of a week: impression shares of all that fails, and of what the classifier acts on."""

    failing: float
    under_the_other: float
    precision: float
    recall: float
    new_kind: float


class World:
    """The stock of videos, and each week of it; a function of ``seed`` and ``rows``."""

    def __init__(self, folder: Path, seed: int, rows: int = 55_000) -> None:
        self.seed, self.folder = seed, folder
        made = make_demo_frame(folder / "stock", rows=rows, seed=50_000 + seed)
        stock, truth = pq.read_table(made.frame), pq.read_table(made.truth)
        self.random = np.random.default_rng([seed, 7])
        self.videos = np.array(stock["video"].to_pylist())
        self.usual = self.random.lognormal(5.5, USUAL, rows)
        names = ("channel", "language", "topic", "age_band", "surface")
        self.metadata = {name: np.array(pc.cast(stock[name], pa.string()).to_pylist()) for name in names}
        self.levels = _levels(truth["labels"].combine_chunks())
        self.audience = pc.cast(truth["audience"], pa.string()).to_pylist()
        self.min_age = truth["min_age"].to_pylist()
        self.place = (
            ("surface", str(self.random.choice(("feed", "search", "shorts")))),
            ("topic", str(self.random.choice(sorted(TOPICS)))),
        )
        there = np.logical_and.reduce([self.metadata[name] == value for name, value in self.place])
        self.new = there & (self.random.random(rows) < NEW_SHARE) & ~self.fails(1, strict=True)
        self.factor = REAL[seed % len(REAL)]
        self.noise = {name: self.random.standard_normal(rows) for name in APART}
        self.old_failing = self.fails(1)
        self.evidence = np.round(EVIDENCE * self.old_failing + self.random.standard_normal(rows), 4)
        self.row = {name: at for at, name in enumerate(self.videos.tolist())}

    @cached_property
    def titles(self) -> tuple[np.ndarray, np.ndarray]:
        """A title for each video, before and after the new kind came."""
        words = [_words(self.random, 12) for _ in (*CODES, NEW_LABEL)]
        plain = _words(self.random, 150)
        rows, kinds = self.videos.size, len(CODES)
        told = TOLD[self.levels] > self.random.random((rows, kinds))
        before = [[] for _ in range(rows)]
        for row, kind in zip(*np.nonzero(told), strict=True):
            before[row] += list(self.random.choice(words[kind], 2))
        fill = self.random.choice(plain, (rows, 4))
        speaks = TOLD[np.where(self.new, 2, 0)] > self.random.random(rows)
        more = self.random.choice(words[-1], (rows, 2))
        after = [[*said, *more[at]] if speaks[at] else said for at, said in enumerate(before)]
        return tuple(
            np.array([" ".join([*said, *fill[at]]) for at, said in enumerate(one)]) for one in (before, after)
        )

    def fails(self, week: int, *, strict: bool | None = None) -> np.ndarray:
        """What fails in this week by the guideline of the week, or by the one that is stricter or not."""
        levels = self.levels_in(week)
        found = (levels.max(axis=1) >= 2) | ((levels >= 1).sum(axis=1) >= 3)
        if week >= DEFINED if strict is None else strict:
            found |= levels[:, CODES.index(STRICTER)] >= 1
        return found

    def levels_in(self, week: int) -> np.ndarray:
        """The true level of each label."""
        if week < NEW:
            return self.levels
        levels = self.levels.copy()
        levels[self.new, CODES.index(NEW_LABEL)] = 2
        return levels

    def score_in(self, week: int) -> np.ndarray:
        """What the classifier of the week says; neither knows the new kind, and takes it for sound."""
        name = "first" if week < CLASSIFIER else "second"
        latent = APART[name] * self.old_failing + self.noise[name]
        return np.round(1 / (1 + np.exp(-1.4 * (latent - 1.6))), 5)

    def week(self, week: int) -> tuple[Path, Truth]:
        """The week's frame as a file, and its truth."""
        random = np.random.default_rng([self.seed, 8, week])
        on = np.flatnonzero(random.random(self.videos.size) < 0.9)
        swell = np.exp(0.15 * np.sin(2 * np.pi * week / WEEKS)) * (self.factor if week >= DEFINED else 1.0)
        seen = self.usual * np.where(self.old_failing, swell, 1.0)
        w = np.maximum(1, np.rint(seen[on] * random.lognormal(0, OF_THE_WEEK, on.size)))
        score = self.score_in(week)[on]
        table = {"video": self.videos[on], "impressions": w.astype(np.int64), SCORE: score}
        table |= {name: cells[on] for name, cells in self.metadata.items()}
        table["title"] = self.titles[int(week >= NEW)][on]
        file = self.folder / f"week-{week:02}.parquet"
        pq.write_table(pa.table(table), file)
        fails, other = self.fails(week)[on], self.fails(week, strict=week < DEFINED)[on]
        acts = score >= ACTS_FROM
        return file, Truth(
            failing=_share(w, fails),
            under_the_other=_share(w, other),
            precision=_share(w[acts], fails[acts]),
            recall=_share(w[fails], acts[fails]),
            new_kind=_share(w, (self.new & (week >= NEW))[on]),
        )

    def true_of(self, videos: Sequence[str], week: int) -> dict[str, VideoTruth]:
        """What a reviewer of these videos should say; strengths are not in this world."""
        levels, found = self.levels_in(week), {}
        for video in videos:
            row = self.row[video]
            held = {code: int(x) for code, x in zip(CODES, levels[row], strict=True) if x}
            found[video] = VideoTruth(video, held, {}, self.audience[row], int(self.min_age[row]))
        return found


def _levels(marks: pa.ListArray) -> np.ndarray:
    found = np.zeros((len(marks), len(CODES)), dtype=np.int8)
    rows = np.repeat(np.arange(len(marks)), pc.list_value_length(marks).to_numpy())
    flat = marks.flatten()
    codes = pc.cast(flat.field("code"), pa.string()).to_pylist()
    found[rows, [CODES.index(code) for code in codes]] = flat.field("level").to_numpy()
    return found


def _words(random: np.random.Generator, count: int) -> list[str]:
    """Made-up words of three syllables."""
    return ["".join(random.choice(FRAGMENTS, 3)) for _ in range(count)]


def _share(weights: np.ndarray, holds: np.ndarray) -> float:
    return float(weights @ holds / weights.sum())
