"""``tilik measure weeks``, ``leakage`` and ``thresholds``: the sample seen over time and against a score."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rich.markup import escape

from tilik.cli.console import out, percent, print_json, print_table
from tilik.cli.log import load_rooms
from tilik.cli.place import workspace
from tilik.kernel import Estimate, Invalid, Missing
from tilik.measure import Leakage, Thresholds, Week, leakage, thresholds, usual_threshold
from tilik.measure.classifiers import chosen_score
from tilik.measure.facts import gather
from tilik.policy.trend import Trend, trend
from tilik.store import Store, as_of
from tilik.study import find_study


class Asked(NamedTuple):
    """Which study, and what of it beside its figures."""

    study: str
    by: str
    score: str
    threshold: float | None


View = Callable[[Store, Asked], Trend | Leakage | Thresholds]


def show_view(view: View, asked: Asked, at: str, as_json: bool) -> None:
    """Make a view and print it. Raises what the view raises."""
    if asked.by:
        raise Invalid("options-belong-together", "this view is of all videos together", where="--by")
    if at:
        load_rooms()
    with workspace() as opened, as_of(opened, at) as store:
        found = view(store, asked)
    if as_json:
        print_json(found.model_dump(mode="json"))
    elif isinstance(found, Trend):
        _print_trend(found)
    elif isinstance(found, Leakage):
        _print_leakage(found)
    else:
        _print_thresholds(found)


def _weeks(store: Store, _asked: Asked) -> Trend:
    with store.read() as connection:
        return trend(connection, store.blobs)


def _leakage(store: Store, asked: Asked) -> Leakage:
    with store.read() as connection:
        study = find_study(connection, asked.study)
        score = _score(store, study, asked.score)
        at = asked.threshold or usual_threshold(connection, store.blobs, study, score)
        return leakage(connection, store.blobs, study, score, at)


def _thresholds(store: Store, asked: Asked) -> Thresholds:
    with store.read() as connection:
        study = find_study(connection, asked.study)
        return thresholds(connection, store.blobs, study, _score(store, study, asked.score))


VIEWS: dict[str, View] = {"weeks": _weeks, "leakage": _leakage, "thresholds": _thresholds}
"""What may stand in place of a study's name; a study of such a name is asked for by ``--study``."""


def _score(store: Store, study: str, score: str) -> str:
    with store.read() as connection:
        found = score or chosen_score(gather(connection, store.blobs, study))
    if found is None:
        raise Missing("score-missing", "the frame has no score", mend="Import it with --score NAME=COLUMN.")
    return found


def _print_trend(found: Trend) -> None:
    if not found.weeks.weeks:
        out.print("No study on a frame with a period yet. Import frames with --period FIRST/LAST.")
    rows = [
        (
            f"{week.first}/{week.last}",
            week.name,
            week.version,
            _told(week.failing.estimate),
            "–" if week.since_last is None else _told(week.since_last, sign=True),
            "–" if week.four is None else _told(week.four),
            week.failing.estimate.n,
            round(week.failing.estimate.n_eff),
        )
        for week in found.weeks.weeks
    ]
    if rows:
        columns = ["period", "study", "guideline", "failing", "change", "four before", "n", "n eff"]
        print_table(columns, rows)
    for step in found.steps:
        parts = [
            f"{name} {'unknown' if one is None else _told(one, sign=True)}"
            for name, one in (("definition", step.definition), ("real change", step.real))
        ]
        out.print(f"{step.first}: guideline {step.before} → {step.after}: {'; '.join(parts)}", soft_wrap=True)
    for gap in _gaps(found.weeks.weeks):
        out.print(gap, soft_wrap=True)
    for left in found.weeks.left_out:
        out.print(f"Left out: {escape(left.name)} ({left.why.en})", soft_wrap=True)


def _gaps(weeks: list[Week]) -> list[str]:
    return [f"Before {week.first} there are days without a frame." for week in weeks[1:] if not week.follows]


def _print_leakage(found: Leakage) -> None:
    out.print(
        f"\n[bold]{escape(found.score)} < {found.threshold:g}[/] lets through {_told(found.share)} of all "
        f"impressions, and of what fails {_told(found.missed)} (n {found.missed.n})",
        soft_wrap=True,
    )
    rows = [
        (one.video, f"{one.impressions:,.0f}", f"{one.score:.3f}", one.verdict, ", ".join(one.labels) or "–")
        for one in found.items
    ]
    if rows:
        print_table(["video", "impressions", "score", "verdict", "labels"], rows)
    out.print(f"{found.found:,} such videos in the sample; {len(rows):,} listed.")


def _print_thresholds(found: Thresholds) -> None:
    rows = [
        (
            f"{row.threshold:g}{' ←' if row.threshold == found.stated else ''}",
            _told(row.flagged),
            _told(row.precision),
            _told(row.recall),
            row.precision.n,
            row.recall.n,
        )
        for row in found.rows
    ]
    out.print(f"\n[bold]{escape(found.score)}[/], acting at and above each threshold; ← is the stated one")
    print_table(["threshold", "acts on", "precision", "recall", "n acted on", "n failing"], rows)


def _told(estimate: Estimate, *, sign: bool = False) -> str:
    if estimate.low == estimate.high and estimate.value is not None:
        return percent(estimate.value)
    ends = f"{_signed(estimate.low, sign)} – {_signed(estimate.high, sign)}"
    return ends if estimate.value is None else f"{_signed(estimate.value, sign)} ({ends})"


def _signed(value: float, sign: bool) -> str:
    return f"{'+' if sign and value > 0 else ''}{percent(value)}"
