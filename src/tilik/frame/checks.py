"""What can be wrong with a frame: found, counted, shown."""

from __future__ import annotations

from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel, ConfigDict, JsonValue

from tilik.frame.source import score_names
from tilik.kernel import Invalid

EXAMPLES = 5
DUPLICATE = "duplicate-id"


class Problem(BaseModel):
    """``rows`` rows have it; ``dropped`` of them were left out for it (the first reason counts)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: str
    column: str
    rows: int
    dropped: int = 0
    examples: tuple[dict[str, JsonValue], ...] = ()


class FrameReport(BaseModel):
    """How a source was found: rows read, rows kept, and every problem with up to five rows that have it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: int
    kept: int
    problems: tuple[Problem, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing was wrong."""
        return not self.problems

    def sentence(self) -> str:
        """All problems on one line, each with its first example's id."""
        parts = []
        for problem in self.problems:
            first = problem.examples[0]["video"] if problem.examples else None
            shown = f" (e.g. {first})" if first is not None else ""
            parts.append(f"{problem.rows:,} × {problem.reason} in {problem.column}{shown}")
        return "; ".join(parts)


class FrameRefused(Invalid):
    """The frame has problems and was to be refused. ``report`` counts and shows them."""

    def __init__(self, report: FrameReport, where: str) -> None:
        super().__init__(
            "frame-has-problems",
            f"{report.rows:,} rows read, not imported: {report.sentence()}.",
            where=where,
            mend="Mend the source, or import with problems dropped.",
        )
        self.report = report


class _Check(NamedTuple):
    reason: str
    column: str
    flag: ir.BooleanColumn


def checks_of(table: ir.Table) -> list[_Check]:
    """One boolean column per possible problem of a canonical table, in the order that reasons count."""
    impressions = _number(table["impressions"])
    unreadable = table["impressions"].notnull() & ~_finite(impressions)
    found = [
        _Check("missing-id", "video", table["video"].isnull()),
        _Check("missing-impressions", "impressions", table["impressions"].isnull()),
        _Check("not-a-number", "impressions", unreadable),
        _Check("negative-impressions", "impressions", _finite(impressions) & (impressions < 0)),
    ]
    for name in score_names(table):
        score = _number(table[name])
        inside = _finite(score) & (score >= 0) & (score <= 1)
        found.append(_Check("missing-score", name, table[name].isnull()))
        found.append(_Check("score-outside-0-1", name, table[name].notnull() & ~inside))
    return found


def sound(table: ir.Table) -> ir.Table:
    """The rows without any problem of their own, typed; ids may still repeat."""
    bad = ibis.or_(*[check.flag for check in checks_of(table)])
    typed = {name: table[name].cast("float64") for name in ["impressions", *score_names(table)]}
    return table.filter(~bad).mutate(video=table["video"].cast("string"), **typed)


def once_each(table: ir.Table) -> ir.Table:
    """Of rows with one id the one with most impressions; ties by the other columns, so never by row order."""
    others = [table[name] for name in table.columns if name not in {"video", "impressions"}]
    window = ibis.window(group_by="video", order_by=[ibis.desc("impressions"), *others])
    return table.mutate(_rank=ibis.row_number().over(window)).filter(lambda t: t["_rank"] == 0).drop("_rank")


def inspect(table: ir.Table) -> FrameReport:
    """Count every problem in one scan, and repeated ids in a second."""
    checks = checks_of(table)
    counts = table.aggregate(**_count_expressions(table, checks)).to_pyarrow().to_pylist()[0]
    repeated, extra = _repeats(sound(table))
    problems = [
        Problem(
            reason=check.reason,
            column=check.column,
            rows=counts[f"n{at}"],
            dropped=counts[f"d{at}"],
            examples=_examples(table, check.flag, check.column),
        )
        for at, check in enumerate(checks)
        if counts[f"n{at}"]
    ]
    if extra:
        problems.append(
            Problem(reason=DUPLICATE, column="video", rows=extra, dropped=extra, examples=repeated)
        )
    dropped = sum(problem.dropped for problem in problems)
    return FrameReport(rows=counts["rows"], kept=counts["rows"] - dropped, problems=tuple(problems))


def _number(column: ir.Column) -> ir.FloatingColumn:
    """The column as doubles; text that is no number becomes null."""
    return column.try_cast("float64") if column.type().is_string() else column.cast("float64")


def _finite(value: ir.FloatingColumn) -> ir.BooleanColumn:
    return value.notnull() & ~value.isnan().fill_null(False) & ~value.isinf().fill_null(False)


def _count_expressions(table: ir.Table, checks: list[_Check]) -> dict[str, ir.IntegerScalar]:
    counts: dict[str, ir.IntegerScalar] = {"rows": table.count()}
    earlier = ibis.literal(False)
    for at, check in enumerate(checks):
        counts[f"n{at}"] = check.flag.sum().fill_null(0)
        counts[f"d{at}"] = (check.flag & ~earlier).sum().fill_null(0)
        earlier = earlier | check.flag
    return counts


def _examples(table: ir.Table, flag: ir.BooleanColumn, column: str) -> tuple[dict[str, JsonValue], ...]:
    shown = list(dict.fromkeys(["video", "impressions", column]))
    texts = {name: table[name].cast("string") for name in shown}
    rows = table.filter(flag).select(**texts).order_by(shown).limit(EXAMPLES)
    return tuple(rows.to_pyarrow().to_pylist())


def _repeats(table: ir.Table) -> tuple[tuple[dict[str, JsonValue], ...], int]:
    per_id = table.group_by("video").aggregate(times=lambda t: t.count()).filter(lambda t: t["times"] > 1)
    extra = (
        per_id.aggregate(extra=(per_id["times"] - 1).sum().fill_null(0)).to_pyarrow().to_pylist()[0]["extra"]
    )
    if not extra:
        return (), 0
    return tuple(per_id.order_by("video").limit(EXAMPLES).to_pyarrow().to_pylist()), int(extra)
