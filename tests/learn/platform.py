"""A made-up platform with a blind spot: a frame, its truth, and a team of robots that sees what is true."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import select

from measure.survey import CLEAN, GAMBLING, Survey, Unit, hire, judge
from tilik.access import Person
from tilik.frame.days import Days
from tilik.frame.registration import bring_in_frame
from tilik.review import open_study
from tilik.sampling import PpsDesign
from tilik.store import Workspace, guideline_text
from tilik.store.tables import study, task
from tilik.study import add_guideline

PLACE = (("language", "jv"), ("topic", "prank"))
SCORE = "score_harm"
ROWS = 6_000
BASE, THERE = 0.06, 0.6


@dataclass(frozen=True)
class Platform:
    """A workspace with the frame ``w1``, and the videos that truly fail."""

    workspace: Workspace
    failing: frozenset[str]
    robots: tuple[Person, ...]
    gap: float
    """The true impression share of what fails and escapes the score, at ``PLACE`` less elsewhere."""

    def study(self, name: str, budget: int, seed: int = 5) -> str:
        """Draw by impressions and open the tasks."""
        found, _ = open_study(
            self.workspace.store,
            self.workspace.scratch,
            name=name,
            frame="w1",
            design=PpsDesign(),
            budget=budget,
            seed=seed,
        )
        return found

    def judge(self, identity: str, *, but: Iterable[str] = ()) -> None:
        """Robots judge what is open in this study truly; the videos of ``but`` the wrong way round."""
        with self.workspace.store.read() as connection:
            row = connection.execute(select(study).where(study.c.id == identity)).one()
            videos = connection.execute(select(task.c.video).where(task.c.study == identity)).scalars().all()
        turned = set(but)
        units = tuple(
            Unit(one, 1, 1, says=(GAMBLING if (one in self.failing) != (one in turned) else CLEAN,))
            for one in videos
        )
        judge(self.workspace, Survey(identity, units, {}, row.guideline), self.robots)


def make_platform(
    workspace: Workspace, *, there: float = THERE, rows: int = ROWS, robots: int = 1
) -> Platform:
    """6,000 videos of 1,500 channels; at ``PLACE`` they fail far more often, and the score does not know."""
    random = np.random.default_rng(11)
    columns = {
        "language": random.choice(["id", "jv", "su", "en"], rows, p=[0.5, 0.25, 0.15, 0.1]),
        "topic": random.choice(["songs", "games", "toys", "prank"], rows),
        "surface": random.choice(["feed", "search", "shorts"], rows),
    }
    inside = np.logical_and.reduce([columns[name] == value for name, value in PLACE])
    fails = random.random(rows) < np.where(inside, there, BASE)
    seen = np.where(fails & ~inside, 1.5, 0.0) + random.standard_normal(rows)
    videos = [f"v{at:05}" for at in range(rows)]
    words = np.where(fails, "judi slot gacor menang", "lagu anak belajar warna")
    table = {
        "video": videos,
        "impressions": np.ceil(random.lognormal(6, 0.8, rows)).astype(int),
        "channel": [f"c{at % (rows // 4):04}" for at in range(rows)],
        "minutes": np.round(random.lognormal(1, 0.6, rows), 2),
        "title": [f"{word} bagian {at}" for at, word in enumerate(words.tolist())],
        SCORE: np.round(1 / (1 + np.exp(-1.4 * (seen - 1.6))), 5),
        **columns,
    }
    file = workspace.scratch / "w1.parquet"
    Path(file.parent).mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(table), file)
    with workspace.store.write() as writing:
        add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
    week = Days(date(2026, 3, 2), date(2026, 3, 8))
    bring_in_frame(workspace.store, workspace.scratch, file, name="w1", frame_seed="x", days=week)
    file.unlink()
    people = tuple(hire(workspace, *(f"Robot {at}" for at in range(robots)), simulated=True))
    w, escapes = np.asarray(table["impressions"], dtype=float), fails & (np.asarray(table[SCORE]) < 0.5)
    shares = [float(w[at] @ escapes[at] / w[at].sum()) for at in (inside, ~inside)]
    failing = frozenset(v for v, bad in zip(videos, fails.tolist(), strict=True) if bad)
    return Platform(workspace, failing, people, shares[0] - shares[1])
