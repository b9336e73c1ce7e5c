"""``tilik stats people``: how right each reviewer is, against known truth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import typer
from numpy.typing import NDArray

from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.files import read_columns
from tilik.cli.stats_shown import shown
from tilik.kernel import Estimate, Invalid, Json
from tilik.stats import People, Sprt, Verdict, pooled_rates

Table = Annotated[Path, typer.Argument(help="A CSV or Parquet file, one answer a row, earliest first.")]
Worker = Annotated[str, typer.Option(help="The column that names the person.")]
Label = Annotated[str, typer.Option(help="The column with the person's answer.")]
Truth = Annotated[str, typer.Option(help="The column with the truth; rows without one are passed over.")]
Target = Annotated[float, typer.Option(help="The share of right answers that is asked for.")]
Unacceptable = Annotated[
    float,
    typer.Option(help="The share that is surely too low; left out, three times the errors of the target."),
]
Alpha = Annotated[float, typer.Option(help="The chance to find a person below who is at the target.")]
Beta = Annotated[float, typer.Option(help="The chance to pass a person at the unacceptable share.")]

RIGHT = "right"
MOST_CLASSES = 12
BINARY = {"1": "sensitivity", "0": "specificity"}
FINDINGS = {"below": "failed", "at-target": "passed", "open": "open"}


class Answers(NamedTuple):
    """Answers in their order, as text, with the people's codes and names."""

    person: NDArray[np.intp]
    names: list[str]
    label: NDArray[np.str_]
    truth: NDArray[np.str_]

    @property
    def right(self) -> NDArray[np.float64]:
        """1 where the answer is the truth."""
        return np.asarray(self.label == self.truth, dtype=float)


def people(
    file: Table,
    worker: Worker = "worker",
    label: Label = "label",
    truth: Truth = "truth",
    target: Target = 0.95,
    unacceptable: Unacceptable = 0.0,
    alpha: Alpha = 0.05,
    beta: Beta = 0.05,
    as_json: AsJson = False,
) -> None:
    """Show how right each person is, with few answers drawn towards the others, and a sequential test.

    With answers 0 and 1 also sensitivity and specificity; with other answers the share right for each truth.
    Only a whole interval below the target flags a person. The test reads the answers in their order.

    Example: `tilik stats people gold.csv --worker reviewer --label y --truth t --target 0.95`
    """
    answers = _read(file, [worker, label, truth])
    test = Sprt(target, unacceptable or max(target / 2, 1 - 3 * (1 - target)), alpha, beta)
    found = {name: _rates(answers, on, name, target) for name, on in _parts(answers).items()}
    verdicts = [test.decide(answers.right[answers.person == j]) for j in range(len(answers.names))]
    if as_json:
        print_json(_told(file, answers, found, verdicts, test))
    else:
        _print(answers, found, verdicts, test)


def _read(file: Path, names: list[str]) -> Answers:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    table = read_columns(file, names)
    worker, label, truth = (table[name].cast(pa.string()) for name in names)
    keep = pc.and_(pc.and_(worker.is_valid(), label.is_valid()), truth.is_valid())
    held = [np.asarray(column.filter(keep).to_pylist(), dtype=str) for column in (worker, label, truth)]
    if not held[0].size:
        raise Invalid("sample-too-small", "no row has a person, an answer and a truth", where=str(file))
    found, person = np.unique(held[0], return_inverse=True)
    return Answers(person.reshape(-1), [str(name) for name in found], held[1], held[2])


def _parts(answers: Answers) -> dict[str, NDArray[np.bool_]]:
    """All answers, and those whose truth is one class, where the classes are few."""
    classes = [str(name) for name in np.unique(answers.truth)]
    binary = set(classes) | set(np.unique(answers.label).tolist()) <= set(BINARY)
    parts = {RIGHT: np.ones(answers.truth.size, dtype=bool)}
    if 1 < len(classes) <= MOST_CLASSES:
        for name in sorted(classes, reverse=binary):
            parts[BINARY[name] if binary else f"right where {name}"] = answers.truth == name
    return parts


def _rates(answers: Answers, on: NDArray[np.bool_], name: str, target: float) -> People:
    count = len(answers.names)
    right = np.bincount(answers.person[on], weights=answers.right[on], minlength=count)
    asked = np.bincount(answers.person[on], minlength=count)
    return pooled_rates(right, asked, of=f"{name} of person {{}}", target=target)


def _told(
    file: Path, answers: Answers, found: dict[str, People], verdicts: list[Verdict], test: Sprt
) -> dict[str, Json]:
    return {
        "file": str(file),
        "answers": int(answers.person.size),
        "test": {
            "target": test.target,
            "unacceptable": test.unacceptable,
            "alpha": test.alpha,
            "beta": test.beta,
            "expected_answers_at_target": test.expected_answers(test.target),
            "expected_answers_at_unacceptable": test.expected_answers(test.unacceptable),
        },
        "pool": {name: one.pool.model_dump(mode="json") for name, one in found.items()},
        "people": [
            {
                "worker": person,
                "rates": {name: one.rates[j].model_dump(mode="json") for name, one in found.items()},
                "test": verdicts[j]._asdict(),
            }
            for j, person in enumerate(answers.names)
        ],
    }


def _print(answers: Answers, found: dict[str, People], verdicts: list[Verdict], test: Sprt) -> None:
    parts = [name for name in found if name != RIGHT][:2]
    # By the upper end, so that a few unlucky answers do not put anyone first.
    order = sorted(range(len(answers.names)), key=lambda j: found[RIGHT].rates[j].high)
    rows = [
        (
            answers.names[j],
            found[RIGHT].rates[j].n,
            _short(found[RIGHT].rates[j]),
            *(_short(found[name].rates[j]) for name in parts),
            _verdict(found[RIGHT].rates[j], verdicts[j]),
        )
        for j in order
    ]
    columns = ("person", "n", f"{RIGHT}, %", *parts, f"target {test.target:g}")
    print_table(columns, rows, title="Rates with 95 % intervals, lowest upper end first")
    point, ends = shown(found[RIGHT].pool)
    out.print(
        f"All: {point} ({ends}) right of {answers.person.size:,} answers by {len(answers.names)} people."
    )
    out.print(
        f"Sequential test of {test.target:g} against {test.unacceptable:g}: some "
        f"{test.expected_answers(test.target):.0f} answers for a person at the target, "
        f"{test.expected_answers(test.unacceptable):.0f} for one at the lower share.",
        soft_wrap=True,
    )


def _short(one: Estimate) -> str:
    if not one.n or one.value is None:
        return "no answers"
    return f"{100 * one.value:.0f} ({100 * one.low:.0f}–{100 * one.high:.0f})"


def _verdict(one: Estimate, verdict: Verdict) -> str:
    at = "" if verdict.finding == "open" else f" at {verdict.answers}"
    return ("below; " if one.inputs["below"] else "") + f"test {FINDINGS[verdict.finding]}{at}"
