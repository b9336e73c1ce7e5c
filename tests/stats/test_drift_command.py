"""``tilik stats drift`` on plain files."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner

from tilik.cli.stats_drift import drift
from tilik.kernel import Invalid, TilikError
from tilik.stats import Period, score_drift

app = typer.Typer()
app.command()(drift)


def run(*words: str) -> str:
    result = CliRunner().invoke(app, [*words])
    if isinstance(result.exception, TilikError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def period(folder: Path, name: str, seed: int, shift: float) -> Path:
    rng = np.random.default_rng(seed)
    rows = {
        "video": [f"v{n}" for n in range(600)],
        "p": 1 / (1 + np.exp(-rng.normal(-2 + shift, 1, 600))),
        "views": rng.lognormal(3, 1, 600),
        "language": rng.choice(["id", "jv"], 600, p=[0.8, 0.2]),
        "pi": rng.uniform(0.05, 0.2, 600),
    }
    pq.write_table(pa.table(rows), folder / name)
    return folder / name


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("months")
    return str(period(folder, "march.parquet", 1, 0.0)), str(period(folder, "april.parquet", 2, 0.6))


def test_the_figures_are_those_of_the_function(months: tuple[str, str]) -> None:
    told = json.loads(run(*months, "--score", "p", "--weight", "views", "--by", "language", "--json"))
    sides = [pq.read_table(month) for month in months]
    direct = score_drift(
        *(Period(side["p"].to_numpy(), side["views"].to_numpy()) for side in sides), of="{}", times=199
    )
    assert told["drift"]["p"]["ks"]["value"] == pytest.approx(direct.ks.value)
    assert told["drift"]["p"]["psi"]["inputs"]["p_value"] == direct.psi.inputs["p_value"]
    assert set(told["drift"]) == {"p", "mix of language", "language: id", "language: jv"}
    assert told["old"]["units"]["value"] == 600
    assert sum(share["new"] for share in told["drift"]["mix of language"]["shares"]) == pytest.approx(1)


def test_people_see_what_moved_and_samples_have_intervals(months: tuple[str, str]) -> None:
    shown = run(*months, "--score", "p", "--weight", "views")
    assert "counted" in shown
    assert "0.005 moved" in shown
    sampled = json.loads(run(*months, "--score", "p", "--pi", "pi", "--id", "video", "--json"))
    found = sampled["drift"]["p"]["psi"]
    assert found["low"] < found["value"] < found["high"]
    units = sampled["new"]["units"]
    assert units["low"] < units["value"] < units["high"]


def test_nothing_to_compare_is_an_error(months: tuple[str, str]) -> None:
    with pytest.raises(Invalid, match="nothing to compare"):
        run(*months)
    with pytest.raises(Invalid, match="no column q"):
        run(*months, "--score", "q")
