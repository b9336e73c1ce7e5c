"""People: how right each one is, how far they agree, and when a study will be done."""

from tilik.quality.people import apply as apply  # declares how events change the tables
from tilik.quality.people.agreement import Agreement, agreement_in
from tilik.quality.people.forecast import Forecast, days_until, forecast
from tilik.quality.people.overlap import overlap_in
from tilik.quality.people.targets import Targets, asked_in, set_targets, targets_of
from tilik.quality.people.team import Member, TeamQuality, own_quality, team_quality
from tilik.study.period import Period, period_of

__all__ = [
    "Agreement",
    "Forecast",
    "Member",
    "Period",
    "Targets",
    "TeamQuality",
    "agreement_in",
    "asked_in",
    "days_until",
    "forecast",
    "overlap_in",
    "own_quality",
    "period_of",
    "set_targets",
    "targets_of",
    "team_quality",
]
