"""The designs beyond score bands: by column, simple random, several targets; drawn as the arrays draw."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pydantic import ValidationError

from tilik.frame import import_frame
from tilik.kernel import Invalid
from tilik.sampling import (
    DESIGN,
    AnyDesign,
    ColumnDesign,
    MultiTargetDesign,
    Part,
    PurposesDesign,
    Risk,
    SimpleRandomDesign,
    Target,
    draw,
    lay_out,
    plan,
)

ROWS = 3000
HARM = Target(score="score_harm", threshold=0.7)
AI = Target(
    score="score_ai", threshold=0.55, recall=0.4, calibration=((0, 0.002), (0.3, 0.05), (0.8, 0.2), (1, 0.9))
)
DESIGNS: list[AnyDesign] = [
    SimpleRandomDesign(),
    ColumnDesign(column="language"),
    ColumnDesign(column="language", allocation="neyman", score="score_harm", minimum=5),
    ColumnDesign(column="age", allocation="equal"),
    MultiTargetDesign(targets=(HARM,)),
    MultiTargetDesign(targets=(HARM, AI), domains=("language",), defensive=0.25),
    ColumnDesign(column="language", across=("age",), minimum=2, least=(("- · 4", 9), ("su · 12", 20))),
    PurposesDesign(
        purposes=(
            Part(purpose="high-impression", share=2),
            Part(purpose="high-impact", risks=(Risk(score="score_harm", severity=3), Risk(score="score_ai"))),
            Part(purpose="synthetic-suspect", risks=(Risk(score="score_ai", threshold=0.5),)),
            Part(purpose="uncertain", share=0.5, risks=(Risk(score="score_harm"),)),
            Part(purpose="random", share=0.5),
        )
    ),
]


def rows() -> pa.Table:
    rng = np.random.default_rng(12)
    impressions = np.rint(rng.lognormal(3, 2.2, ROWS)).astype(np.int64)
    impressions[:25] = 0
    return pa.table(
        {
            "video": [f"v{n:06d}" for n in range(ROWS)],
            "impressions": impressions,
            "score_harm": np.round(rng.beta(0.4, 4, ROWS), 4),
            "score_ai": rng.beta(1, 3, ROWS),
            "language": rng.choice(["id", "jv", "su", None], ROWS, p=[0.7, 0.2, 0.06, 0.04]),
            "age": rng.choice([4, 8, 12], ROWS),
            "family": [None if n % 3 == 0 else f"f{n % 700}" for n in range(ROWS)],
        }
    )


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frame")
    pq.write_table(rows(), folder / "f.parquet")
    return folder / import_frame(folder / "f.parquet", folder).name


def columns(frame: Path) -> dict[str, np.ndarray]:
    table = pq.read_table(frame)
    return {name: np.array(table[name].to_pylist()) for name in table.column_names}


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("budget", [70, 900, ROWS])
def test_arrays_and_ibis_draw_the_same(frame: Path, design: AnyDesign, budget: int) -> None:
    held = columns(frame)
    laid = lay_out(design, held["impressions"].astype(float), held["prn"], columns=held)
    units, pi, stratum = laid.draw(budget, 3)
    names = [known.name for known in laid.totals]
    ours = {(held["video"][i], p, names[h]) for i, p, h in zip(units, pi, stratum, strict=True)}
    drawn = draw(frame, design, budget, 3).table.to_pylist()
    assert {(row["video"], row["pi"], row["stratum"]) for row in drawn} == ours
    assert all(row["key"] == row["u"] / row["x"] for row in drawn)


@pytest.mark.parametrize("design", DESIGNS)
def test_the_bigger_budget_holds_the_smaller(frame: Path, design: AnyDesign) -> None:
    small, large = (set(draw(frame, design, n, 1).table["video"].to_pylist()) for n in (200, 500))
    assert len(small) == 200
    assert small < large


@pytest.mark.parametrize("design", DESIGNS)
def test_they_survive_json(design: AnyDesign) -> None:
    assert DESIGN.validate_json(design.model_dump_json()) == design


@pytest.mark.parametrize("design", DESIGNS)
def test_the_totals_are_impressions_whatever_the_size_measure(frame: Path, design: AnyDesign) -> None:
    held = columns(frame)
    drawn = draw(frame, design, 300, 1)
    assert sum(drawn.summary.totals.values()) == pytest.approx(held["impressions"].sum())
    by_id = dict(zip(held["video"], held["impressions"], strict=True))
    assert all(row["size"] == by_id[row["video"]] for row in drawn.table.to_pylist())


@pytest.mark.parametrize("design", DESIGNS)
def test_weights_expand_to_the_frame_on_average(frame: Path, design: AnyDesign) -> None:
    """Mean over draws of Σ w/π and Σ 1/π (with impressions) against the frame's, in Monte-Carlo errors."""
    held = columns(frame)
    w = held["impressions"].astype(float)
    laid = lay_out(design, w, held["prn"], columns=held)
    found = []
    for seed in range(300):
        units, pi, _ = laid.draw(120, seed)
        found.append(((w[units] / pi).sum(), ((w[units] > 0) / pi).sum()))
    sums = np.array(found)
    error = sums.std(axis=0, ddof=1) / np.sqrt(len(sums))
    assert np.all(np.abs(sums.mean(axis=0) - [w.sum(), (w > 0).sum()]) < 4 * error + 1e-6 * w.sum())


def test_a_simple_random_sample_takes_videos_without_impressions_too(frame: Path) -> None:
    drawn = draw(frame, SimpleRandomDesign(), 2 * ROWS, 1)
    assert drawn.table.num_rows == ROWS
    assert set(draw(frame, SimpleRandomDesign(), 30, 1).table["x"].to_pylist()) == {1.0}


def test_every_value_of_the_column_is_a_stratum_and_none_is_one_too(frame: Path) -> None:
    summary = draw(frame, ColumnDesign(column="language", allocation="equal"), 200, 1).summary
    assert [stratum.name for stratum in summary.strata] == ["-", "id", "jv", "su"]
    assert [stratum.drawn for stratum in summary.strata] == [50] * 4


def test_several_columns_make_a_stratum_of_each_combination_and_some_get_more(frame: Path) -> None:
    crossed = ColumnDesign(column="language", across=("age",), minimum=2, power=1.0)
    before = {one.name: one.drawn for one in draw(frame, crossed, 200, 1).summary.strata}
    assert set(before) == {
        f"{language} · {age}" for language in ("-", "id", "jv", "su") for age in (4, 8, 12)
    }
    raised = crossed.model_copy(update={"least": (("su · 12", 20),)})
    after = {one.name: one.drawn for one in draw(frame, raised, 200, 1).summary.strata}
    assert before["su · 12"] < 20 == after["su · 12"]
    assert sum(after.values()) == sum(before.values()) == 200
    with pytest.raises(Invalid, match="no stratum 'xx'"):
        draw(frame, crossed.model_copy(update={"least": (("xx", 3),)}), 200, 1)


def test_the_size_measure_is_the_formula_written_out(frame: Path) -> None:
    held = columns(frame)
    w, p = held["impressions"].astype(float), np.clip(held["score_harm"], 1e-4, 1 - 1e-4)
    acts = p >= 0.7
    total, above = (w * p).sum(), (w * p * acts).sum()
    recall = max(0.05, above / total)
    spread = w * np.sqrt(p * (1 - p))
    q = np.sqrt(
        (spread / total) ** 2
        + 0.3 * (spread * acts / above) ** 2
        + (spread * np.abs(acts - recall) / (recall * total)) ** 2
    )
    x = 0.8 * q / q.sum() + 0.2 * w / w.sum()
    design = MultiTargetDesign(targets=(HARM,), defensive=0.2, importance=(1, 0.3, 1))
    laid = lay_out(design, w, held["prn"], columns=held)
    assert laid.size[0] == pytest.approx(x, rel=1e-4)


def test_calibration_is_read_off_the_line_through_its_points(frame: Path) -> None:
    held = columns(frame)
    points = np.array(AI.calibration)
    p = np.clip(np.interp(held["score_ai"], points[:, 0], points[:, 1]), 1e-4, 1 - 1e-4)
    w = held["impressions"].astype(float)
    given_p = {**held, "score_ai": p, "score_raw": held["score_ai"]}
    acts_same = Target(
        score="score_ai", threshold=float(np.interp(0.55, points[:, 0], points[:, 1])), recall=0.4
    )
    calibrated = lay_out(MultiTargetDesign(targets=(AI,)), w, held["prn"], columns=held)
    direct = lay_out(MultiTargetDesign(targets=(acts_same,)), w, held["prn"], columns=given_p)
    assert calibrated.size[0] == pytest.approx(direct.size[0], rel=1e-9)


def test_scores_draw_the_flagged_and_the_defensive_share_guards_the_rest(frame: Path) -> None:
    held = columns(frame)
    w = held["impressions"].astype(float)
    flagged = (held["score_harm"] >= 0.7) & (w > 0)

    def sizes(defensive: float) -> np.ndarray:
        laid = lay_out(MultiTargetDesign(targets=(HARM,), defensive=defensive), w, held["prn"], columns=held)
        return np.asarray(laid.size[0])

    assert sizes(0.1)[flagged].sum() > 5 * w[flagged].sum() / w.sum()
    assert np.all(sizes(0.3) >= 0.299 * w / w.sum())
    assert sizes(1.0) == pytest.approx(w / w.sum(), rel=1e-5)


def test_domains_bring_more_of_the_small_ones(frame: Path) -> None:
    held = columns(frame)
    w = held["impressions"].astype(float)
    small = held["language"] == "su"

    def share(*domains: str) -> float:
        design = MultiTargetDesign(targets=(HARM,), domains=domains, power=0.0)
        return float(lay_out(design, w, held["prn"], columns=held).size[0][small].sum())

    assert share("language") > 1.5 * share()


def test_the_plan_of_several_targets_has_precision_and_recall_of_each(frame: Path) -> None:
    planned = plan(frame, DESIGNS[5], 400, prevalences=[0.05])
    stated = {(o.score, o.of): o for o in planned.outlooks if o.source == "stated"}
    assert set(stated) == {
        (s, of) for s in ("score_harm", "score_ai") for of in ("prevalence", "precision", "recall")
    }
    bigger = plan(frame, DESIGNS[5], 800, prevalences=[0.05])
    for outlook in bigger.outlooks:
        if outlook.source == "stated":
            assert outlook.half_width < stated[outlook.score, outlook.of].half_width


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_can_be_planned(frame: Path, design: AnyDesign) -> None:
    planned = plan(frame, design, 300, prevalences=[0.1])
    drawn = draw(frame, design, 300, 2)
    assert [s.n for s in planned.strata] == [s.drawn for s in drawn.summary.strata]


def test_a_column_with_a_value_for_every_video_is_refused(frame: Path) -> None:
    with pytest.raises(Invalid) as refused:
        draw(frame, ColumnDesign(column="score_ai"), 10_000, 1)
    assert refused.value.code == "too-many-levels"


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "column", "column": "a", "allocation": "neyman"},
        {"kind": "multi-target", "targets": []},
        {"kind": "multi-target", "targets": [{"score": "s", "threshold": 0.5, "calibration": [[0.5, 0.1]]}]},
        {
            "kind": "multi-target",
            "targets": [{"score": "s", "threshold": 0.5, "calibration": [[0, 0], [1, 2]]}],
        },
        {"kind": "multi-target", "targets": [{"score": "s", "threshold": 1.5}]},
        {"kind": "multi-target", "targets": [{"score": "s", "threshold": 0.5}], "defensive": float("nan")},
        {"kind": "purposes", "purposes": []},
        {"kind": "purposes", "purposes": [{"purpose": "random"}, {"purpose": "random"}]},
        {"kind": "purposes", "purposes": [{"purpose": "uncertain"}]},
        {"kind": "purposes", "purposes": [{"purpose": "random", "risks": [{"score": "s"}]}]},
        {"kind": "families", "judge": "some"},
    ],
)
def test_designs_that_cannot_be_are_refused(bad: dict) -> None:
    with pytest.raises(ValidationError):
        DESIGN.validate_python(bad)
