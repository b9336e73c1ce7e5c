"""What the weekly page is read from: this period's study, the one before, and the facts behind both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, or_, select

from tilik.guideline import Decision, failing_verdicts
from tilik.kernel import Estimate, Invalid, Missing
from tilik.log import Blobs
from tilik.measure import StudyFacts, Week, Weeks, gather, weeks
from tilik.measure.inputs import inputs_of
from tilik.stats import difference, hajek_ratio, respondents
from tilik.stats.domain import domain_share
from tilik.stats.strata import calibrated
from tilik.store.tables import frame
from tilik.store.tables import study as study_table

Floats = NDArray[np.float64]
Holds = Callable[[Decision], bool]
BEFORE = 4
SHOWN = 8
"""Periods that the page looks back on, its own among them."""


@dataclass(frozen=True)
class Source:
    """One period seen with what came before it."""

    connection: Connection
    blobs: Blobs
    series: Weeks
    week: Week

    @property
    def before(self) -> list[Week]:
        """The periods before, the earliest first."""
        return [one for one in self.series.weeks if one.last < self.week.first]

    @cached_property
    def facts(self) -> StudyFacts:
        """This period's facts."""
        return gather(self.connection, self.blobs, self.week.study)

    @cached_property
    def last(self) -> StudyFacts | None:
        """The facts of the period before, where no days lie between."""
        return gather(self.connection, self.blobs, self.before[-1].study) if self.week.follows else None

    @cached_property
    def past(self) -> list[StudyFacts]:
        """The facts of up to four periods before."""
        found = [gather(self.connection, self.blobs, one.study) for one in self.before[-BEFORE:-1]]
        ending = [self.last] if self.last is not None else []
        return [*found, *ending]

    def query(self, part: str, **more: str | float) -> str:
        """The address that gives a number again, fixed to this point in the log."""
        asked = urlencode({**more, "as_of": self.series.as_of.seq})
        return f"/api/studies/{self.week.study}/{part}?{asked}"


def source_of(connection: Connection, blobs: Blobs, study: str = "") -> Source:
    """The newest period, or that of a study by name or id. Raises ``Missing`` where there is none."""
    query = select(frame.c.last_day).join(study_table, study_table.c.frame == frame.c.hash)
    query = query.where(or_(study_table.c.id == study, study_table.c.name == study))
    last = connection.execute(query).scalar() if study else None
    until = None if last is None else date.fromisoformat(last)
    series = weeks(connection, blobs, until=until, newest=SHOWN)
    fitting = [one for one in series.weeks if not study or study in (one.study, one.name)]
    if not fitting:
        raise Missing(
            "week-missing",
            f"no period has the study {study!r}" if study else "no study is on a frame with a period",
            mend="Import the frame with `--period FIRST/LAST` and draw a study on it.",
        )
    if fitting[-1].judged == 0:
        raise Invalid("nothing-judged", "nothing of this study is judged yet", where=fitting[-1].name)
    return Source(connection, blobs, series, fitting[-1])


def failing(facts: StudyFacts) -> Holds:
    """Whether a decision fails by the study's guideline."""
    among = failing_verdicts(facts.guideline)
    return lambda decision: decision.verdict in among


def share_of(facts: StudyFacts, holds: Holds, of: str) -> Estimate:
    """The impression share of what holds, as the measurement page estimates it."""
    on = facts.assessed
    return hajek_ratio(
        facts.share_of_judgements(holds)[on],
        facts.impressions[on],
        respondents(facts.pi, on, facts.stratum),
        facts.stratum[on],
        totals=facts.stratum_totals,
        families=facts.assessed_families,
        interval="half-positive",
        of=f"impression share of {of}",
        inputs=inputs_of(facts),
    )


def share_within(facts: StudyFacts, holds: Holds, within: Holds, of: str) -> Estimate:
    """Of the impressions of videos of which ``within`` is judged, the share of what holds."""
    on = facts.assessed
    pi, strata = respondents(facts.pi, on, facts.stratum), facts.stratum[on]
    inside = facts.share_of_judgements(within)[on] > 0.5
    return domain_share(
        facts.share_of_judgements(holds)[on],
        inside.astype(float),
        calibrated(facts.impressions[on], pi, strata, facts.stratum_totals),
        pi,
        strata,
        families=facts.assessed_families,
        interval="half-positive",
        of=f"share of {of}",
        inputs=inputs_of(facts),
    )


def change(now: Estimate, last: Estimate | None, of: str) -> Estimate | None:
    """This period less the one before; None where either has no point."""
    if last is None or now.value is None or last.value is None:
        return None
    return difference(now, last, of=f"change of {of}")
