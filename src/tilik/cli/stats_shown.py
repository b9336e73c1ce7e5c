"""How the statistics commands print estimates: one row each, and below the table why a point is not given."""

from __future__ import annotations

from collections.abc import Mapping

from tilik.cli.console import out, percent, print_table
from tilik.kernel import Estimate

AT_LEAST = "at_least"
REASONS = ("refused", "undefined")
HEAD = ("estimate", "95 % interval", "n", "n eff", "method")


def shown(one: Estimate) -> tuple[str, str]:
    """Point and ends of a share, as percentages; ``no point`` where there is none."""
    point = "no point" if one.value is None else percent(one.value)
    return point, f"{percent(one.low)} – {percent(one.high)}"


def print_figures(found: Mapping[str, Estimate], *, first: str = "figure") -> None:
    """A table of shares, one row a figure, and the reasons of those without a point."""
    rows = [(name, *shown(one), one.n, round(one.n_eff), one.method) for name, one in found.items()]
    print_table([first, *HEAD], rows)
    print_reasons(found)


def print_numbers(found: Mapping[str, Estimate]) -> None:
    """A table of means or totals, with their standard errors."""
    rows = [
        (
            name,
            "no point" if one.value is None else f"{one.value:,.6g}",
            f"{one.low:,.6g} – {one.high:,.6g}",
            f"{float(str(one.inputs.get('standard_error', 0))):,.6g}",
            one.n,
            one.method,
        )
        for name, one in found.items()
    ]
    print_table(("figure", "estimate", "95 % interval", "standard error", "n", "method"), rows)


def print_reasons(found: Mapping[str, Estimate]) -> None:
    """One line for each reason why estimates have no point, or an interval above its level."""
    why: dict[tuple[str, str], list[str]] = {}
    for name, one in found.items():
        reason = next((str(one.inputs[key]) for key in REASONS if key in one.inputs), "")
        if one.value is None and reason:
            why.setdefault(("No point", reason), []).append(name)
        elif AT_LEAST in one.inputs:
            kind = f"The interval covers at least {one.level:.0%}"
            why.setdefault((kind, str(one.inputs[AT_LEAST])), []).append(name)
    for (what, reason), names in why.items():
        out.print(f"{what} ({', '.join(names)}): {reason}.", soft_wrap=True, markup=False)
