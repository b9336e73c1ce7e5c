"""``tilik stats drift``: what has moved between two periods, and whether it is more than chance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from numpy.typing import NDArray

from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.files import read_numbers
from tilik.cli.stats_estimate import Weight
from tilik.kernel import Estimate, Invalid, Json
from tilik.stats import Drift, Period, mix_drift, moved, period_totals, score_drift

Old = Annotated[Path, typer.Argument(help="The earlier period: CSV or Parquet, one video a row.")]
New = Annotated[Path, typer.Argument(help="The later period.")]
Score = Annotated[str, typer.Option(help="The column with a score: has it moved?")]
Label = Annotated[str, typer.Option(help="The column with a label or verdict: has the mix moved?")]
Pi = Annotated[str, typer.Option(help="The inclusion probability, where the files are samples.")]
Id = Annotated[
    str, typer.Option("--id", help="The column with the id, so that a video of both periods is known as one.")
]
By = Annotated[str, typer.Option(help="A column such as language: its mix, and each value by itself.")]
Bins = Annotated[int, typer.Option(help="Bins of the score, each with as much of the old weight.", min=2)]
Deals = Annotated[int, typer.Option(help="Random deals behind each p-value.", min=99)]
Seed = Annotated[int, typer.Option(help="Fixes the deals.", min=0)]

FEWEST = 2


class Columns(NamedTuple):
    """The names of the columns; empty where there is none."""

    score: str
    label: str
    weight: str
    pi: str
    id: str
    by: str


class Asked(NamedTuple):
    """How the distances are to be taken."""

    bins: int
    deals: int
    seed: int


def drift(
    old: Old,
    new: New,
    score: Score = "",
    label: Label = "",
    weight: Weight = "",
    pi: Pi = "",
    id_: Id = "",
    by: By = "",
    bins: Bins = 10,
    deals: Deals = 199,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Compare two periods: PSI, Jensen-Shannon, Kolmogorov-Smirnov, each beside what chance alone would do.

    A distance is never 0. What counts is whether it exceeds that of the same videos dealt out at random.

    Example: `tilik stats drift march.parquet april.parquet --score p --weight impressions --by language`
    """
    if not score and not label and not by:
        raise Invalid("options-belong-together", "nothing to compare", mend="Name --score, --label or --by.")
    names = Columns(score, label, weight, pi, id_, by)
    sides = tuple(read_numbers(file, [score, weight, pi], [label, id_, by]) for file in (old, new))
    asked = Asked(bins, deals, seed)
    found: dict[str, Drift] = {}
    if score:
        found[score] = _scores(_periods(sides, score, names), f"{{}} of {score}", asked)
    for column in dict.fromkeys(name for name in (label, by) if name):
        first, second = _periods(sides, column, names)
        of = f"{{}} of {column}"
        found[f"mix of {column}"] = mix_drift(first, second, of=of, times=deals, seed=seed)
    if by and score:
        found |= _within(sides, names, asked)
    totals = [
        period_totals(period, of=f"{{}} of {file.name}")
        for period, file in zip(_periods(sides, score or label or by, names), (old, new), strict=True)
    ]
    if as_json:
        print_json({"old": _told_totals(totals[0]), "new": _told_totals(totals[1]), "drift": _told(found)})
    else:
        _print(found, totals, (old.name, new.name))


Side = dict[str, NDArray[Any]]
Totals = tuple[Estimate, Estimate]


def _periods(sides: tuple[Side, ...], column: str, names: Columns) -> tuple[Period, Period]:
    first, second = (
        Period(side[column], side.get(names.weight), side.get(names.pi), ids=side.get(names.id))
        for side in sides
    )
    return first, second


def _scores(periods: tuple[Period, Period], of: str, asked: Asked) -> Drift:
    return score_drift(*periods, of=of, bins=asked.bins, times=asked.deals, seed=asked.seed)


def _within(sides: tuple[Side, ...], names: Columns, asked: Asked) -> dict[str, Drift]:
    """The score within each value that both periods have; where one has too few, it shows in the mix."""
    found = {}
    for value in sorted(set(sides[0][names.by].tolist()) & set(sides[1][names.by].tolist())):
        parts = tuple({k: column[side[names.by] == value] for k, column in side.items()} for side in sides)
        periods = _periods(parts, names.score, names)
        if min(period.n for period in periods) >= FEWEST and all(p.weights.sum() > 0 for p in periods):
            of = f"{{}} of {names.score} where {names.by} is {value}"
            found[f"{names.by}: {value}"] = _scores(periods, of, asked)
    return found


def _told(found: dict[str, Drift]) -> dict[str, Json]:
    return {
        name: {
            **{key: one.model_dump(mode="json") for key, one in moved(drift_).items()},
            "shares": [share._asdict() for share in drift_.shares],
        }
        for name, drift_ in found.items()
    }


def _told_totals(found: Totals) -> dict[str, Json]:
    return {"units": found[0].model_dump(mode="json"), "weight": found[1].model_dump(mode="json")}


def _print(found: dict[str, Drift], totals: list[Totals], files: tuple[str, str]) -> None:
    print_table(
        ("period", "videos", "weight"),
        [(file, *(_count(one) for one in both)) for file, both in zip(files, totals, strict=True)],
    )
    out.print()
    rows = [
        (
            name,
            key,
            f"{one.value:.4f}",
            _ends(one),
            f"{float(str(one.inputs['null_high'])):.4f}",
            _chance(one),
        )
        for name, drift_ in found.items()
        for key, one in moved(drift_).items()
    ]
    print_table(("of", "distance", "value", "95 % interval", "chance stays below", "p"), rows)
    for name, drift_ in list(found.items())[:2]:
        out.print()
        shares = [
            (s.name, percent(s.old), percent(s.new), f"{100 * (s.new - s.old):+.2f}") for s in drift_.shares
        ]
        print_table(("share", "old", "new", "points"), shares, title=name)


def _count(one: Estimate) -> str:
    if one.value is None or one.low == one.high:
        return f"{one.low:,.0f}"
    return f"{one.value:,.0f} ({one.low:,.0f} – {one.high:,.0f})"


def _ends(one: Estimate) -> str:
    return "counted" if one.low == one.high else f"{one.low:.4f} – {one.high:.4f}"


def _chance(one: Estimate) -> str:
    p = float(str(one.inputs["p_value"]))
    return f"{p:.3f}" + (" moved" if p < 1 - one.level else "")
