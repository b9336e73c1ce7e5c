"""The weekly page: what a trust & safety lead prints, from the log's end as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from sqlalchemy import Connection

from tilik.guideline import Language, Text
from tilik.kernel import Estimate
from tilik.log import Blobs
from tilik.report.numbers import MINUS, days, decimal, percent, places_of, signed
from tilik.report.seen import seen_points
from tilik.report.source import source_of
from tilik.report.svg import axis_end, interval_bar, trend
from tilik.report.wire import Line, Point, WeekPage
from tilik.report.words import WORDS
from tilik.report.work import work_points

BAR_KINDS = frozenset({"share"})


def week_page(connection: Connection, blobs: Blobs, study: str = "") -> WeekPage:
    """All twelve points of the newest period, or of a study's. Raises ``Missing``, ``Invalid``."""
    source = source_of(connection, blobs, study)
    week, as_of = source.week, source.series.as_of
    return WeekPage(
        first=week.first,
        last=week.last,
        study=week.study,
        name=week.name,
        guideline=week.guideline,
        version=week.version,
        drawn=len(source.facts.pi),
        judged=week.judged,
        simulated=week.simulated,
        log_seq=as_of.seq,
        log_hash=as_of.hash,
        log_at=as_of.at,
        points=[*seen_points(source), *work_points(source)],
    )


def to_html(page: WeekPage, language: Language, site: str = "") -> str:
    """One self-contained HTML page: nothing is loaded from elsewhere. ``site`` leads each link."""
    loader = PackageLoader("tilik.report", "templates")
    environment = Environment(
        loader=loader,
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shown = Shown(page, language, site.rstrip("/"))
    return environment.get_template("week.html").render(page=page, shown=shown, t=shown.word, lang=language)


class Shown:
    """How the page's numbers and charts read in one language."""

    def __init__(self, page: WeekPage, language: Language, site: str) -> None:
        self.page, self.language, self.site = page, language, site

    def word(self, key: str, **values: object) -> str:
        """A phrase of the page."""
        return WORDS[key][self.language].format(**values)

    def say(self, text: Text) -> str:
        """A text in the page's language."""
        return text.id if self.language == "id" else text.en

    def days(self) -> str:
        """The period."""
        return days(self.page.first, self.page.last, self.language)

    def whole(self, value: float) -> str:
        """A whole number."""
        return decimal(value, self.language)

    def score(self, value: float) -> str:
        """A score, to two places."""
        return decimal(value, self.language, 2)

    def value(self, line: Line) -> str:
        """The number itself."""
        if line.estimate is not None:
            return self.point(line.estimate, line.kind)
        if line.counted is None:
            return "–"
        if line.kind == "number":
            return decimal(line.counted, self.language)
        if line.kind == "days":
            return self.word("days", count=decimal(line.counted, self.language, 1))
        return percent(line.counted, self.language)

    def point(self, estimate: Estimate, kind: str = "share") -> str:
        """The value, or its bound where none is honest."""
        if kind == "change" and estimate.value is None:
            return "?"
        if estimate.value is None or (kind == "share" and estimate.value == 0):
            return f"≤ {self._plain(estimate.high, kind)}"
        return self._plain(estimate.value, kind)

    def bound(self, line: Line) -> bool:
        """Whether the value printed is the interval's upper end already."""
        return line.kind == "share" and line.estimate is not None and not line.estimate.value

    def ends(self, estimate: Estimate, kind: str = "share") -> str:
        """The interval, its unit said by the value before it."""
        size = 100 * max(abs(estimate.low), abs(estimate.high))
        places = places_of(size) if kind in {"share", "change"} else 2 if kind == "coefficient" else 0
        scale = 100 if kind in {"share", "change"} else 1
        write = signed if kind == "change" else decimal
        low, high = (write(scale * end, self.language, places) for end in (estimate.low, estimate.high))
        return f"{low} … {high}" if kind == "change" or MINUS in low + high else f"{low}–{high}"

    def change(self, estimate: Estimate) -> str:
        """A difference in points, with its interval."""
        places = places_of(100 * max(abs(estimate.low), abs(estimate.high)))
        value, low, high = (
            signed(100 * end, self.language, places)
            for end in (estimate.value or 0.0, estimate.low, estimate.high)
        )
        return f"{value} ({low} … {high})"

    def moved(self, estimate: Estimate) -> str:
        """Whether the change is beyond chance: ``up``, ``down`` or ``still``."""
        return "up" if estimate.low > 0 else "down" if estimate.high < 0 else "still"

    def link(self, query: str) -> str:
        """Where the number comes from."""
        return f"{self.site}{query}"

    def bar(self, point: Point, line: Line) -> Any:
        """The line's interval on the scale that all of the point's shares have in common."""
        if line.estimate is None or line.kind not in BAR_KINDS:
            return ""
        every = [one.estimate for one in point.lines if one.estimate is not None and one.kind in BAR_KINDS]
        words = f"{self.say(line.name)}: {self.point(line.estimate)} ({self.ends(line.estimate)})"
        return interval_bar(line.estimate, axis_end(every), words)

    def trend(self, point: Point) -> Any:
        """The weeks, as a chart."""
        return trend(point.weeks, self.language, self.word("trend"))

    def _plain(self, value: float, kind: str) -> str:
        if kind == "seconds":
            return self.word("seconds", count=decimal(value, self.language))
        if kind == "coefficient":
            return decimal(value, self.language, 2)
        if kind == "change":
            return self.word("points", value=signed(100 * value, self.language, places_of(100 * abs(value))))
        return percent(value, self.language)


def write_html(text: str, into: Path) -> None:
    """Keep the page, whole or not at all."""
    part = into.with_name(into.name + ".part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(into)
    finally:
        part.unlink(missing_ok=True)
