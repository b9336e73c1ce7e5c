"""``tilik stats people`` on plain files."""

import json
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from tilik.cli.stats_people import people
from tilik.kernel import Invalid, TilikError
from tilik.stats import Sprt, pooled_rates

app = typer.Typer()
app.command()(people)
NAMES = ("--worker", "who", "--label", "y", "--truth", "t")


def run(*words: str) -> str:
    result = CliRunner().invoke(app, [*words])
    if isinstance(result.exception, TilikError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, np.ndarray]:
    """Five people, 60 answers each in turn; the last is right with 75 %. One row has no truth."""
    rng = np.random.default_rng(5)
    truth = rng.integers(0, 2, (60, 5))
    right = rng.random((60, 5)) < np.array([0.97, 0.96, 0.98, 0.95, 0.75])
    label = np.where(right, truth, 1 - truth)
    rows = [f"r{j},{label[i, j]},{truth[i, j]}" for i in range(60) for j in range(5)]
    file = tmp_path_factory.mktemp("gold") / "gold.csv"
    file.write_text("\n".join(["who,y,t", *rows, "r0,1,"]), encoding="utf-8")
    return file, np.stack([label, truth])


def test_the_figures_are_those_of_the_functions(answers: tuple[Path, np.ndarray]) -> None:
    file, (label, truth) = answers
    told = json.loads(run(str(file), *NAMES, "--json"))
    right = label == truth
    direct = pooled_rates(right.sum(axis=0), np.full(5, 60), target=0.95)
    assert told["answers"] == 300
    for j, person in enumerate(told["people"]):
        assert person["worker"] == f"r{j}"
        assert person["rates"]["right"]["value"] == pytest.approx(direct.rates[j].value)
        verdict = Sprt(0.95, 0.85).decide(right[:, j])
        assert (person["test"]["finding"], person["test"]["answers"]) == verdict[:2]
    positive = truth == 1
    sensitivity = pooled_rates((right & positive).sum(axis=0), positive.sum(axis=0))
    assert told["people"][2]["rates"]["sensitivity"]["low"] == pytest.approx(sensitivity.rates[2].low)
    assert told["people"][4]["test"]["finding"] == "below"
    assert told["people"][4]["rates"]["right"]["inputs"]["below"] is True


def test_people_are_listed_with_who_is_below_first(answers: tuple[Path, np.ndarray]) -> None:
    shown = run(str(answers[0]), *NAMES)
    assert shown.index("r4") < shown.index("r0")
    assert "sensitivity" in shown
    assert "below; test failed" in shown
    assert "against 0.85" in shown


def test_other_answers_are_told_apart_by_the_truth(tmp_path: Path) -> None:
    file = tmp_path / "levels.csv"
    rows = [f"p{n % 3},{'mild' if n % 7 else 'none'},{'mild' if n % 5 else 'strong'}" for n in range(90)]
    file.write_text("\n".join(["who,y,t", *rows]), encoding="utf-8")
    told = json.loads(run(str(file), *NAMES, "--json"))
    assert set(told["pool"]) == {"right", "right where mild", "right where strong"}


def test_bad_input_is_one_line(answers: tuple[Path, np.ndarray], tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="must lie between 0 and the target"):
        run(str(answers[0]), *NAMES, "--unacceptable", "0.99")
    (tmp_path / "none.csv").write_text("who,y,t\na,1,\n", encoding="utf-8")
    with pytest.raises(Invalid, match="no row"):
        run(str(tmp_path / "none.csv"), *NAMES)
