"""Weeks of one made-up platform: most videos stay, some go and come; nobody who judges them slips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tilik.demo.frame import make_demo_frame
from tilik.demo.team import Skill, hire, judge_all
from tilik.demo.truth import read_truth
from tilik.frame.days import Days
from tilik.frame.registration import bring_in_frame
from tilik.review import open_study
from tilik.sampling import PpsDesign
from tilik.store import Workspace, guideline_text
from tilik.study import add_guideline, move

FIRST = date(2026, 2, 2)
# Who is handed which video is drawn by lot, so the slips of people who err differ between runs, and some of
# them would fall outside an interval of 95 %. Nobody slips here: the same draw gives the same figures.
FAULTLESS = (Skill("Simulasi Ayu", 1.0, 1.0), Skill("Simulasi Bima", 1.0, 1.0))


@dataclass(frozen=True)
class Series:
    """What was made: each week's study and true failing share, by the guideline of the demo."""

    studies: tuple[str, ...]
    truths: tuple[float, ...]
    guideline: str


def make_series(
    workspace: Workspace,
    folder: Path,
    *,
    weeks: int = 3,
    rows: int = 4_000,
    budget: int = 120,
    seeds: tuple[int, ...] = (),
    judged: int | None = None,
    scores: bool = True,
    changed: str = "",
    simulated: int = 7,
) -> Series:
    """Draw and judge ``weeks`` studies; ``seeds`` of the draws (one for all: a panel).

    ``changed`` is the text of a guideline version that is active from the last week on; ``judged`` bounds
    the judgements, of all weeks together.
    """
    made = make_demo_frame(folder / "base", rows=rows, seed=5)
    base, truth = pq.read_table(made.frame), pq.read_table(made.truth)
    failing = truth["failing"].to_numpy()
    rng = np.random.default_rng(simulated)
    with workspace.store.write() as writing:
        guideline = add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
    known = read_truth(made.truth, base["video"].to_pylist())
    team, left = hire(workspace.store, FAULTLESS), judged if judged is not None else weeks * budget
    studies, truths, current = [], [], guideline
    for week in range(weeks):
        if changed and week == weeks - 1:
            with workspace.store.write() as writing:
                current = add_guideline(writing, changed, name="newer.yaml")
                for state in ("trial", "active"):
                    move(writing, current, state)  # type: ignore[arg-type]
        file, share = _week(base, failing, rng, folder / f"week-{week}.parquet", scores=scores)
        first = FIRST + timedelta(weeks=week)
        name = f"2026-W{first.isocalendar().week:02}"
        bring_in_frame(
            workspace.store,
            workspace.scratch,
            file,
            name=name,
            frame_seed="series",
            days=Days(first, first + timedelta(days=6)),
        )
        seed = seeds[week % len(seeds)] if seeds else 100 + week
        study, _ = open_study(
            workspace.store,
            workspace.scratch,
            name=name,
            frame=name,
            design=PpsDesign(),
            budget=budget,
            seed=seed,
        )
        studies.append(study)
        truths.append(share)
        judgements = judge_all(workspace.store, team, known, guideline=current, seed=1 + week)
        left -= sum(1 for _ in islice(judgements, max(0, left)))
    return Series(tuple(studies), tuple(truths), guideline)


def _week(
    base: pa.Table, failing: np.ndarray, rng: np.random.Generator, file: Path, *, scores: bool
) -> tuple[Path, float]:
    """Nine of ten videos, seen about as often as before."""
    on = np.flatnonzero(rng.random(base.num_rows) < 0.9)
    seen = np.maximum(1, np.rint(base["impressions"].to_numpy()[on] * rng.lognormal(0, 0.3, on.size)))
    table = base.take(on).set_column(1, "impressions", pa.array(seen.astype(np.int64)))
    for name in table.column_names:
        if pa.types.is_dictionary(table.schema.field(name).type):
            at = table.column_names.index(name)
            table = table.set_column(at, name, pc.cast(table[name], pa.string()))
    if not scores:
        table = table.drop_columns([name for name in table.column_names if name.startswith("score_")])
    pq.write_table(table, file)
    return file, float(seen @ failing[on] / seen.sum())
