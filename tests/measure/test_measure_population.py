"""Classifiers and pivots of a study on a real, small frame with a known truth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from measure.series import FAULTLESS
from tilik.cli.main import app
from tilik.demo.frame import DemoFrame, make_demo_frame
from tilik.demo.team import hire, judge_all
from tilik.demo.truth import read_truth
from tilik.frame.registration import bring_in_frame
from tilik.kernel import Invalid
from tilik.measure import Classifier, Measurement, Pivot, classify, measure, pivot, usual_threshold
from tilik.review import open_study
from tilik.sampling import MultiTargetDesign, Target
from tilik.stats import FrameTotals
from tilik.store import Workspace, create, guideline_text, open_workspace
from tilik.study import add_guideline

ROWS, BUDGET, THRESHOLD = 20_000, 400, 0.6


@dataclass(frozen=True)
class Judged:
    """A workspace with a study that simulated people have judged whole, without a slip."""

    workspace: Workspace
    study: str
    made: DemoFrame

    def measured(self) -> Measurement:
        with self.workspace.store.read() as connection:
            return measure(connection, self.workspace.store.blobs, self.study)

    def classified(self, score: str = "score_harm", threshold: float = THRESHOLD) -> Classifier:
        with self.workspace.store.read() as connection:
            return classify(connection, self.workspace.store.blobs, self.study, score, threshold)

    def split(self, by: str) -> Pivot:
        with self.workspace.store.read() as connection:
            return pivot(connection, self.workspace.store.blobs, self.study, by)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    folder = tmp_path_factory.mktemp("judged")
    create(folder)
    workspace = open_workspace(folder)
    store, scratch = workspace.store, workspace.scratch
    with store.write() as writing:
        guideline = add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
    made = make_demo_frame(scratch / "made", rows=ROWS)
    bring_in_frame(store, scratch, made.frame, name="f", frame_seed="measure")
    design = MultiTargetDesign(targets=(Target(score="score_harm", threshold=THRESHOLD),))
    study, _ = open_study(store, scratch, name="s", frame="f", design=design, budget=BUDGET, seed=3)
    videos = pq.read_table(made.truth, columns=["video"])["video"].to_pylist()
    truth = read_truth(made.truth, videos)
    for _ in judge_all(store, hire(store, FAULTLESS), truth, guideline=guideline, seed=1):
        pass
    yield Judged(workspace, study, made)
    workspace.close()


def test_the_first_figure_is_helped_by_the_design_s_score_with_judged_videos_alone_beside(
    judged: Judged,
) -> None:
    measured = judged.measured()
    overall, beside = measured.overall.estimate, measured.overall.beside
    assert overall.method.startswith("difference")
    assert overall.inputs["score"] == "score_harm"
    assert beside is not None
    assert beside.method.startswith("hajek")
    assert overall.low <= judged.made.failing <= overall.high
    assert overall.high - overall.low < beside.high - beside.low
    assert [(view.score, view.threshold, view.designed) for view in measured.scores] == [
        ("score_harm", THRESHOLD, True),
        ("score_synthetic", 0.5, False),
    ]
    assert "language" in measured.domains
    assert any("score_harm" in line.en for line in measured.how.lines)


def test_a_classifier_is_held_against_the_whole_frame(judged: Judged) -> None:
    """What it acts on is summed over the frame; what is estimated covers the truth of the made-up frame."""
    frame, truth = pq.read_table(judged.made.frame), pq.read_table(judged.made.truth)
    w = frame["impressions"].to_numpy().astype(float)
    s, y = frame["score_harm"].to_numpy(), truth["failing"].to_numpy().astype(float)
    acts = s >= THRESHOLD
    found = judged.classified()
    totals = FrameTotals.of(w, s, THRESHOLD)
    assert found.flagged == pytest.approx(totals.above / totals.measure)
    known = {
        "precision": (w * y)[acts].sum() / w[acts].sum(),
        "recall": (w * y)[acts].sum() / (w @ y),
        "specificity": (w * (1 - y))[~acts].sum() / (w @ (1 - y)),
    }
    assert [figure.code for figure in found.figures] == [*known]
    for figure in found.figures:
        assert figure.estimate.low <= known[figure.code] <= figure.estimate.high, figure.code
        assert figure.beside is not None
        assert figure.estimate.n == BUDGET


def test_a_higher_threshold_costs_recall(judged: Judged) -> None:
    low, high = (judged.classified(threshold=at).figures[1].estimate.value or 0.0 for at in (0.3, 0.8))
    assert low > high


def test_a_pivot_prints_the_levels_that_bear_it_and_names_the_others(judged: Judged) -> None:
    split = judged.split("language")
    shares = [cell.share for cell in split.cells]
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)
    assert sum(cell.judged for cell in split.cells) == BUDGET
    for cell in split.cells:
        thin = cell.judged < split.fewest or cell.effective < split.fewest
        assert (cell.estimate is None) == thin == (cell.thin is not None)
    assert any(cell.estimate is None for cell in split.cells)
    indonesian = next(cell for cell in split.cells if cell.level == "id")
    assert indonesian.estimate is not None
    assert indonesian.estimate.n == indonesian.judged


def test_what_the_frame_does_not_have_is_refused(judged: Judged) -> None:
    with pytest.raises(Invalid, match="no score 'score_x'"):
        judged.classified("score_x")
    with pytest.raises(Invalid, match="no domain 'colour'"):
        judged.split("colour")
    with pytest.raises(Invalid, match="more than 50 levels"):
        judged.split("channel")
    with pytest.raises(Invalid, match="between 0 and 1"):
        judged.classified(threshold=1.5)


def test_a_threshold_is_the_design_s_unless_one_is_given(judged: Judged) -> None:
    with judged.workspace.store.read() as connection:
        blobs = judged.workspace.store.blobs
        assert usual_threshold(connection, blobs, judged.study, "score_harm") == THRESHOLD
        assert usual_threshold(connection, blobs, judged.study, "score_synthetic") == 0.5


def test_figures_are_the_same_when_asked_again(judged: Judged) -> None:
    assert judged.classified() == judged.classified()
    assert np.allclose(
        [cell.share for cell in judged.split("topic").cells], [c.share for c in judged.split("topic").cells]
    )


def test_the_command_prints_a_classifier_and_a_pivot(judged: Judged) -> None:
    def run(*words: str) -> str:
        ended = CliRunner().invoke(app, ["--workspace", str(judged.workspace.folder), "measure", *words])
        assert ended.exit_code == 0, ended.output
        return ended.stdout

    told = run("s", "--score", "score_harm", "--by", "language")
    assert "score_harm ≥ 0.6" in told
    assert "Specificity" in told
    assert "Too thin to print" in told
    both = json.loads(run("--score", "score_harm", "--threshold", "0.4", "--by", "language", "--json"))
    assert both["classifier"]["threshold"] == 0.4
    assert both["pivot"]["by"] == "language"
    alone = json.loads(run("s", "--by", "topic", "--json"))
    assert alone["by"] == "topic"
    assert "From judged videos alone" in run("--study", "s")
