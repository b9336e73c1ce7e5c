"""Figures of studies that draw families, that reach a part of the frame only, or are judged in a part."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import insert, select

from guideline.test_replaying import OLD, judge
from guideline.versions import with_rule
from policy.replica import row
from policy.test_policy_impact import numbered
from tilik.frame.registration import bring_in_frame
from tilik.measure import classify, measure, pivot
from tilik.policy import open_rereview, replay_studies
from tilik.policy.figures import study_move
from tilik.review import open_study, open_tasks
from tilik.sampling import FamilyDesign, Part, PpsDesign, PurposesDesign, Risk, StratifiedDesign
from tilik.sampling.designs import AnyDesign
from tilik.stats import hajek_ratio
from tilik.store import Workspace, guideline_text
from tilik.store.tables import draw, judgement, study, task
from tilik.study import add_guideline, find_version, guideline_of

FAMILIES, MEMBERS = 80, 5
LABELS = [one.code for one in OLD.labels]


def frame(workspace: Workspace) -> dict[str, int]:
    """400 videos in families of five that fail together; each video's family."""
    rng = np.random.default_rng(4)
    rows = FAMILIES * MEMBERS
    number = np.repeat(np.arange(FAMILIES), MEMBERS)
    table = pa.table(
        {
            "video": [f"v{at:04}" for at in range(rows)],
            "impressions": np.rint(rng.lognormal(5, 0.6, rows)),
            "score_harm": rng.beta(1, 2, rows),
            "family": [f"f{at:03}" for at in number],
            "language": ["id" if at % 2 else "jv" for at in range(rows)],
        }
    )
    file = workspace.scratch / "parts.parquet"
    pq.write_table(table, file)
    bring_in_frame(workspace.store, workspace.scratch, file, name="f", frame_seed="parts")
    return dict(zip(table["video"].to_pylist(), number.tolist(), strict=True))


def study_of(
    workspace: Workspace,
    design: AnyDesign,
    budget: int,
    *,
    judged: Callable[[str], bool] = lambda _: True,
) -> str:
    """A study of this design; whoever is in a stratum for which ``judged`` holds has been judged."""
    with workspace.store.write() as writing:
        guideline = add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
    family = frame(workspace)
    identity, _ = open_study(
        workspace.store, workspace.scratch, name="s", frame="f", design=design, budget=budget, seed=2
    )
    with workspace.store.write() as writing:
        drawn = writing.connection.execute(
            select(draw.c.video, draw.c.stratum, task.c.id)
            .join(task, (task.c.study == draw.c.study) & (task.c.video == draw.c.video))
            .where(draw.c.study == identity)
        ).all()
        for one in drawn:
            if judged(one.stratum):
                levels = {LABELS[0]: 2} if family[one.video] % 4 == 0 else {}
                said = judge(OLD, levels, "") | {"min_age": 3, "confidence": 2}
                writing.connection.execute(insert(judgement), [row(one.id, guideline, said)])
                done = task.update().where(task.c.id == one.id).values(state="settled", judged=1)
                writing.connection.execute(done)
    return identity


def test_families_drawn_together_are_one_draw_in_every_figure(sqlite_workspace: Workspace) -> None:
    identity = study_of(sqlite_workspace, FamilyDesign(judge="all"), 30)
    store = sqlite_workspace.store
    with store.read() as connection:
        rows = connection.execute(select(draw).where(draw.c.study == identity)).all()
        measured = measure(connection, store.blobs, identity)
        classified = classify(connection, store.blobs, identity, "score_harm", 0.3)
        split = pivot(connection, store.blobs, identity, "language")
        (found,) = replay_studies(connection, store.blobs, OLD, [identity])
    y = [float(int(one.family[1:]) % 4 == 0) for one in rows]
    arrays = (y, [one.impressions for one in rows], [one.pi for one in rows], [one.stratum for one in rows])
    options = {"of": "x", "interval": "half-positive"}
    own = hajek_ratio(*arrays, families=[one.family for one in rows], **options)  # type: ignore[arg-type]
    apart = hajek_ratio(*arrays, **options)  # type: ignore[arg-type]
    beside = measured.overall.beside
    assert beside is not None
    assert (beside.n, beside.inputs["families"]) == (150, 30)
    for one in (beside, study_move(found).figures[0].before):
        assert one is not None
        assert (one.low, one.high) == (pytest.approx(own.low), pytest.approx(own.high))
    assert own.high - own.low > 1.5 * (apart.high - apart.low)
    helped = measured.overall.estimate
    assert helped.high - helped.low > 1.5 * (apart.high - apart.low)
    for figure in classified.figures:
        assert figure.beside is not None
        assert figure.beside.inputs["families"] <= 30  # type: ignore[operator]
    for cell in split.cells:
        assert cell.estimate is None or cell.estimate.inputs["families"] == 30


def test_a_band_nobody_looked_at_is_not_filled_in_by_the_score(sqlite_workspace: Workspace) -> None:
    """The frame's totals stand for the whole frame, and judgements of some bands do not."""
    design = StratifiedDesign(score="score_harm", cuts=(0.3, 0.6))
    identity = study_of(sqlite_workspace, design, 90, judged=lambda stratum: stratum != "0.6-1")
    store = sqlite_workspace.store
    with store.read() as connection:
        measured = measure(connection, store.blobs, identity)
        classified = classify(connection, store.blobs, identity, "score_harm", 0.5)
        split = pivot(connection, store.blobs, identity, "language")
    overall = measured.overall.estimate
    assert (overall.value, measured.overall.beside) == (None, None)
    assert overall.method.endswith("unseen-strata-bounds")
    for figure in classified.figures:
        assert (figure.estimate.value, figure.estimate.low, figure.estimate.high) == (None, 0, 1)
        assert "whole frame" in str(figure.estimate.inputs["refused"])
    assert [cell.estimate for cell in split.cells] == [None, None]
    assert all(cell.thin is not None and "whole frame" in cell.thin.en for cell in split.cells)


def test_what_no_purpose_asks_for_could_hold_anything(sqlite_workspace: Workspace) -> None:
    """Videos below every threshold have impressions and no chance to be drawn: no point for the whole."""
    risk = Risk(score="score_harm", threshold=0.4)
    design = PurposesDesign(purposes=(Part(purpose="synthetic-suspect", risks=(risk,)),))
    identity = study_of(sqlite_workspace, design, 60)
    store = sqlite_workspace.store
    with store.read() as connection:
        measured = measure(connection, store.blobs, identity)
    overall = measured.overall.estimate
    file = pq.read_table(sqlite_workspace.scratch / "parts.parquet")
    w, s = (file[name].to_numpy() for name in ("impressions", "score_harm"))
    beyond = float(w[s < 0.4].sum() / w.sum())
    assert overall.value is None
    assert overall.inputs["seen"] == pytest.approx(1 - beyond)
    assert overall.high >= beyond
    assert [view.designed for view in measured.scores] == [True]


def test_every_video_within_reach_leaves_nothing_beyond(sqlite_workspace: Workspace) -> None:
    risk = Risk(score="score_harm", threshold=0.4)
    parts = (Part(purpose="high-impression"), Part(purpose="high-impact", risks=(risk,)))
    identity = study_of(sqlite_workspace, PurposesDesign(purposes=parts), 60)
    with sqlite_workspace.store.read() as connection:
        measured = measure(connection, sqlite_workspace.store.blobs, identity)
        totals = connection.execute(select(study.c.totals).where(study.c.id == identity)).scalar_one()
    assert "out-of-reach" not in totals
    assert measured.overall.estimate.value is not None
    assert "joint chance" in measured.how.lines[0].en


def test_a_review_of_what_a_draft_touches_is_not_laid_on_the_whole_frame(
    sqlite_workspace: Workspace, tmp_path: Path
) -> None:
    identity = study_of(sqlite_workspace, FamilyDesign(judge="all"), 30)
    store = sqlite_workspace.store
    text = numbered(with_rule(LABELS[0], 1, "Q4"))
    with store.write() as writing:
        add_guideline(writing, text, name="draft.yaml")
    with store.read() as connection:
        draft = find_version(connection, "0.2.0")
        new = guideline_of(connection, store.blobs, draft.hash)
        (found,) = replay_studies(connection, store.blobs, new, [identity])
    again, drawn = open_rereview(
        store, tmp_path, found, draft.hash, name="again", budget=20, seed=1, then=open_tasks
    )
    with store.write() as writing:
        for at in writing.connection.execute(select(task.c.id).where(task.c.study == again)).scalars().all():
            said = judge(OLD, {LABELS[0]: 2}, "") | {"min_age": 3, "confidence": 2}
            writing.connection.execute(insert(judgement), [row(at, draft.hash, said)])
        done = task.update().where(task.c.study == again).values(state="settled", judged=1)
        writing.connection.execute(done)
    with store.read() as connection:
        kept = connection.execute(select(draw).where(draw.c.study == again)).all()
        measured = measure(connection, store.blobs, again)
    assert all(one.family is not None for one in kept)
    assert measured.study.judged == drawn
    assert measured.overall.beside is None
    assert measured.overall.estimate.method.startswith("hajek")


def test_a_draw_by_impressions_says_so(sqlite_workspace: Workspace) -> None:
    identity = study_of(sqlite_workspace, PpsDesign(), 40)
    with sqlite_workspace.store.read() as connection:
        measured = measure(connection, sqlite_workspace.store.blobs, identity)
    assert "in proportion to their impressions" in measured.how.lines[0].en
