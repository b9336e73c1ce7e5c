"""``tilik stats draw`` and ``tilik stats estimate`` on plain files, as functions mounted on a bare app."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner, Result

from tilik.cli.stats_curve import curve
from tilik.cli.stats_draw import draw_table
from tilik.cli.stats_estimate import estimate
from tilik.kernel import Invalid, Missing, TilikError
from tilik.stats import (
    FrameTotals,
    assisted,
    brewer_variance,
    calibration,
    equal_bins,
    hajek_ratio,
    threshold_table,
)

app = typer.Typer()
app.command("estimate")(estimate)
app.command("draw")(draw_table)
app.command("curve")(curve)


def run(*words: str) -> Result:
    result = CliRunner().invoke(app, list(words))
    if isinstance(result.exception, TilikError):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = np.random.default_rng(3)
    p = rng.beta(0.4, 4, 3000)
    rows = {
        "clip": [f"c{n:05d}" for n in range(3000)],
        "views": np.rint(rng.lognormal(4, 2, 3000)).astype(int),
        "p": np.round(p, 4),
        "language": rng.choice(["id", "jv"], 3000, p=[0.8, 0.2]),
        "y": (rng.random(3000) < p).astype(int),
    }
    file = tmp_path_factory.mktemp("plain") / "frame.parquet"
    pq.write_table(pa.table(rows), file)
    return file


@pytest.fixture(scope="module")
def judged(frame: Path) -> Path:
    file = frame.parent / "drawn.csv"
    run("draw", str(frame), *DRAWN, "--out", str(file))
    truth = {row["clip"]: row for row in pq.read_table(frame).to_pylist()}
    table = pyarrow.csv.read_csv(file)
    rows = [{**row, **truth[row["clip"]]} for row in table.to_pylist()]
    pyarrow.csv.write_csv(pa.Table.from_pylist(rows), file.with_name("judged.csv"))
    return file.with_name("judged.csv")


PLAIN = ("--budget", "400", "--id", "clip", "--size", "views")
DRAWN = (*PLAIN, "--design", "multi-target", "--score", "p", "--threshold", "0.3")


@pytest.mark.parametrize(
    "design",
    [
        ("pps",),
        ("simple-random",),
        ("stratified", "--score", "p"),
        ("column", "--column", "language", "--allocation", "equal"),
        ("multi-target", "--score", "p", "--threshold", "0.3", "--domain", "language"),
    ],
)
def test_every_design_draws_from_a_plain_file(frame: Path, design: tuple[str, ...]) -> None:
    told = json.loads(run("draw", str(frame), *PLAIN, "--design", *design, "--json").stdout)
    assert told["drawn"] == len(told["draws"]) == 400
    assert told["design"]["kind"] == design[0]
    assert all(0 < row["pi"] <= 1 and row["weight"] == 1 / row["pi"] for row in told["draws"])
    again = json.loads(run("draw", str(frame), *PLAIN, "--design", *design, "--json").stdout)
    assert told["draws"] == again["draws"]


def test_what_is_written_is_what_was_drawn(frame: Path, tmp_path: Path) -> None:
    result = run("draw", str(frame), *PLAIN, "--out", str(tmp_path / "s.parquet"))
    assert pq.read_table(tmp_path / "s.parquet").num_rows == 400
    assert "400 of" in result.stdout


def test_the_figures_are_those_of_the_functions(judged: Path, frame: Path) -> None:
    options = ("--weight", "views", "--score", "p", "--threshold", "0.3", "--by", "language", "--json")
    told = json.loads(run("estimate", str(judged), *options).stdout)["figures"]
    rows = pyarrow.csv.read_csv(judged)
    y, w, pi, p = (rows[name].to_numpy().astype(float) for name in ("y", "views", "pi", "p"))
    assert told["share"]["value"] == pytest.approx(hajek_ratio(y, w, pi, of="x").value)
    assert {"precision", "recall", "specificity", "language: id", "language: jv"} < set(told)
    sharper = json.loads(run("estimate", str(judged), *options, "--frame", str(frame)).stdout)["figures"]
    whole = pq.read_table(frame)
    totals = FrameTotals.of(whole["views"].to_numpy(), whole["p"].to_numpy(), 0.3)
    direct = assisted(y, p, w, pi, threshold=0.3, totals=totals, of="{}")
    assert sharper["recall"]["value"] == pytest.approx(direct.recall.value)
    assert sharper["prevalence"]["low"] == pytest.approx(direct.prevalence.low)


def test_people_get_a_table_and_bounds_are_explained(judged: Path) -> None:
    shown = run("estimate", str(judged), "--weight", "views", "--score", "p", "--threshold", "0.999").stdout
    assert "share" in shown
    assert "no point" in shown
    assert "and a point needs 5" in shown


def test_the_curve_is_that_of_the_functions(judged: Path, frame: Path) -> None:
    options = ("--weight", "views", "--score", "p", "--thresholds", "0.3,0.1,0.6", "--json")
    told = json.loads(run("curve", str(judged), *options).stdout)
    rows = pyarrow.csv.read_csv(judged)
    y, w, pi, p = (rows[name].to_numpy().astype(float) for name in ("y", "views", "pi", "p"))
    direct = threshold_table(y, p, w, pi, thresholds=(0.6, 0.3, 0.1))
    assert [row["threshold"] for row in told["thresholds"]] == [0.6, 0.3, 0.1]
    assert told["thresholds"][1]["recall"]["low"] == pytest.approx(direct[1].recall.low)
    bins = calibration(y, p, w, pi, edges=equal_bins(p, 10))
    assert told["calibration"]["error"]["value"] == pytest.approx(bins.error.value)
    assert len(told["calibration"]["bins"]) == len(bins.bins)
    options = (*options, "--frame", str(frame), "--band", "simultaneous")
    sharper = json.loads(run("curve", str(judged), *options).stdout)["thresholds"][1]
    assert sharper["flagged"]["method"].startswith("frame-count")
    assert sharper["precision"]["inputs"]["band"] == "simultaneous"
    assert sharper["precision"]["inputs"]["level_of_each"] > 0.95


def test_people_are_told_what_a_band_means_and_why_a_point_is_missing(judged: Path) -> None:
    options = ("--weight", "views", "--score", "p", "--thresholds", "0.3,0.999")
    shown = run("curve", str(judged), *options).stdout
    assert "do not choose a threshold" in shown
    assert "No point (precision at 0.999" in shown
    assert "Calibration error" in shown
    assert "may be chosen" in run("curve", str(judged), *options, "--band", "simultaneous").stdout


def test_families_and_the_bootstrap_check_reach_the_command(judged: Path) -> None:
    alone = json.loads(run("estimate", str(judged), "--json").stdout)["figures"]["share"]
    options = ("--family", "language", "--bootstrap", "200")
    told = json.loads(run("estimate", str(judged), *options, "--json").stdout)
    together = told["figures"]["share"]
    assert together["inputs"]["families"] == 2
    assert together["n_eff"] != alone["n_eff"]
    assert told["bootstrap"]["inputs"]["draws"] == 200
    assert "by bootstrap" in run("estimate", str(judged), "--bootstrap", "200").stdout


def test_numbers_have_means_totals_and_ratios(judged: Path) -> None:
    rows = pyarrow.csv.read_csv(judged)
    views, pi = (rows[name].to_numpy().astype(float) for name in ("views", "pi"))

    def told(*options: str) -> dict[str, object]:
        figures = json.loads(run("estimate", str(judged), "--label", "views", *options, "--json").stdout)
        return next(iter(figures["figures"].values()))

    whole = told("--figure", "total")
    assert whole["value"] == pytest.approx((views / pi).sum())
    assert whole["inputs"]["standard_error"] == pytest.approx(brewer_variance(views, pi) ** 0.5)
    assert told("--figure", "mean")["value"] == pytest.approx((views / pi).sum() / (1 / pi).sum())
    assert told("--figure", "mean", "--over", "pi")["value"] == pytest.approx((views / pi).sum() / pi.size)
    assert "standard error" in run("estimate", str(judged), "--label", "views", "--figure", "total").stdout
    with pytest.raises(Invalid, match="--over goes with"):
        told("--figure", "total", "--over", "p")


def test_bad_input_says_what_and_where(judged: Path, frame: Path, tmp_path: Path) -> None:
    with pytest.raises(Missing):
        run("estimate", str(tmp_path / "none.csv"))
    with pytest.raises(Invalid, match="no column why"):
        run("estimate", str(judged), "--label", "why")
    with pytest.raises(Invalid, match="go together"):
        run("estimate", str(judged), "--score", "p")
    with pytest.raises(Invalid, match="no numbers"):
        run("estimate", str(judged), "--weight", "language")
    with pytest.raises(Invalid, match="needs its --threshold"):
        run("draw", str(frame), *PLAIN, "--design", "multi-target", "--score", "p")
    with pytest.raises(Invalid, match="one score"):
        run("draw", str(frame), *PLAIN, "--design", "stratified")
    with pytest.raises(Invalid, match="commas"):
        run("curve", str(judged), "--score", "p", "--thresholds", "a;b")
    (tmp_path / "broken.parquet").write_text("no parquet")
    with pytest.raises(Invalid, match="cannot be read"):
        run("estimate", str(tmp_path / "broken.parquet"))
    (tmp_path / "gap.csv").write_text("y,pi\n1,0.5\n,0.5\n")
    with pytest.raises(Invalid, match="row 2"):
        run("estimate", str(tmp_path / "gap.csv"))
