"""The smallest re-review, and its queue: drawn by probability from what the draft touches."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import create_engine, select

from guideline.versions import TEXT, edit, version, with_rule
from policy.replica import STRATA, filled
from policy.test_policy_impact import LABEL, numbered
from tilik.kernel import Conflict, Invalid
from tilik.measure import measure
from tilik.policy import StudyReplayed, open_rereview, replay_studies, smallest, touched
from tilik.policy.figures import inclusion
from tilik.review import open_tasks
from tilik.sampling.poisson import inclusion_probabilities
from tilik.store import Workspace
from tilik.store.rebuild import rebuild
from tilik.store.tables import draw, study, task
from tilik.study import add_guideline, find_version

NEW_LABEL = edit(LABEL, LABEL.replace("SYN-MASS", "SYN-NEW") + LABEL)


def replayed(workspace: Workspace, text: str, count: int = 600) -> StudyReplayed:
    identity, _ = filled(workspace, count)
    with workspace.store.read() as connection:
        return next(replay_studies(connection, workspace.store.blobs, version(numbered(text)), [identity]))


def test_the_smallest_is_the_first_that_suffices(sqlite_workspace: Workspace) -> None:
    found = replayed(sqlite_workspace, NEW_LABEL)
    floor = smallest(found, 0.5).floor
    g = found.impressions[found.assessed] / inclusion(found)
    share = (g / g.sum())[touched(found)]

    def width(n: int) -> float:
        """By hand: the first sample's half-width and the spread of a fair coin, drawn by size."""
        pi2 = inclusion_probabilities(share, n)
        return math.hypot(floor, 1.959964 * math.sqrt(float((share**2 * 0.25 * (1 / pi2 - 1)).sum())))

    for target in (floor * 1.01, floor * 1.05, floor * 1.2):
        planned = smallest(found, target)
        assert planned.enough
        assert 1 < planned.needed < planned.touched
        assert width(planned.needed) <= target < width(planned.needed - 1)
        assert planned.expected == pytest.approx(width(planned.needed), rel=1e-6)


def test_a_first_sample_that_is_too_small_is_said(sqlite_workspace: Workspace) -> None:
    found = replayed(sqlite_workspace, NEW_LABEL, 200)
    planned = smallest(found, 0.001)
    assert (planned.enough, planned.needed) == (False, planned.touched)
    assert planned.expected == pytest.approx(planned.floor)
    for half_width in (0, 1, -0.1, math.nan):
        with pytest.raises(Invalid, match="half-width"):
            smallest(found, half_width)


def test_its_queue_holds_touched_draws_with_their_probability(
    sqlite_workspace: Workspace, tmp_path: Path
) -> None:
    found = replayed(sqlite_workspace, with_rule("SYN-MASS", 1, "Q3"))
    store = sqlite_workspace.store
    with store.write() as writing:
        add_guideline(writing, numbered(with_rule("SYN-MASS", 1, "Q3")), name="draft.yaml")
    with store.read() as connection:
        draft = find_version(connection, "0.2.0").hash
    options = {"budget": 2, "seed": 4, "then": open_tasks}
    identity, drawn = open_rereview(store, tmp_path, found, draft, name="again", **options)  # type: ignore[arg-type]
    assert drawn == 2
    with store.read() as connection:
        kept = connection.execute(select(study).where(study.c.id == identity)).one()
        rows = connection.execute(select(draw).where(draw.c.study == identity)).all()
        open_ = connection.execute(select(task.c.video).where(task.c.study == identity)).scalars().all()
        measured = measure(connection, store.blobs, identity)
    assert (kept.purpose, kept.blind, kept.guideline) == ("targeted", True, draft)
    assert {row.video for row in rows} == set(open_)
    at = {video: index for index, video in enumerate(np.array(found.videos)[found.assessed])}
    pi1 = inclusion(found)
    assert all(touched(found)[at[row.video]] and 0 < row.pi <= pi1[at[row.video]] for row in rows)
    assert measured.study.drawn == 2
    with pytest.raises(Conflict, match="name exists"):
        open_rereview(store, tmp_path, found, draft, name="again", **options)  # type: ignore[arg-type]
    matches = rebuild(store, create_engine("sqlite://"))
    assert [one.table for one in matches if not one.equal and one.table not in {"judgement", "task"}] == []


def test_the_draws_stand_for_all_that_is_touched(sqlite_workspace: Workspace, tmp_path: Path) -> None:
    """Over many seeds the sum of w/π of what is drawn is the sum over what is touched."""
    found = replayed(sqlite_workspace, NEW_LABEL)
    at = np.flatnonzero(found.assessed)[touched(found)]
    pi1 = inclusion(found)[touched(found)]
    whole = float((found.impressions[at] / pi1).sum())
    store = sqlite_workspace.store
    sums = []
    for seed in range(60):
        identity, _ = open_rereview(
            store, tmp_path, found, "0" * 64, name=f"again {seed}", budget=20, seed=seed,
            then=lambda _writing, _drawn: None,
        )  # fmt: skip
        with store.read() as connection:
            rows = connection.execute(select(draw).where(draw.c.study == identity)).all()
        sums.append(sum(row.impressions / row.pi for row in rows))
    error = float(np.std(sums) / math.sqrt(len(sums)))
    assert abs(np.mean(sums) - whole) < 3.5 * error + 1e-6 * whole


def test_nothing_touched_is_nothing_to_draw(sqlite_workspace: Workspace, tmp_path: Path) -> None:
    found = replayed(sqlite_workspace, TEXT, 50)
    with pytest.raises(Invalid, match="touches no judged video"):
        open_rereview(
            sqlite_workspace.store, tmp_path, found, "0" * 64, name="x", budget=5, seed=1, then=open_tasks
        )
    assert set(found.totals) == set(STRATA)
