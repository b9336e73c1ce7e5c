"""Figures over weeks, and where the guideline changed, how much of the step is the new definition.

The last period's judgements are read again by the new version: ``definition`` is what that alone does to
the last period's figure (the same judged videos, so a paired difference), ``real`` what is left: this period
less the last one, both by the new version. The two add up to the step that the line makes.
"""

from __future__ import annotations

from pydantic import BaseModel
from sqlalchemy import Connection

from tilik.kernel import Estimate
from tilik.log import Blobs
from tilik.measure.weeks import weeks
from tilik.measure.wire_weeks import Week, Weeks
from tilik.policy.figures import study_move
from tilik.policy.replayed import replay_studies
from tilik.policy.wire import FigureMove
from tilik.stats import difference
from tilik.study import guideline_of


class Step(BaseModel):
    """A period in which another guideline version decides than in the one before.

    ``definition`` and ``real`` have no point, only bounds, where the old answers leave verdicts open under
    the new version, and are None where a figure is not there at all.
    """

    first: str
    before: str
    after: str
    definition: Estimate | None
    real: Estimate | None


class Trend(BaseModel):
    """The weeks, and a step for each change of the guideline between two that follow each other."""

    weeks: Weeks
    steps: list[Step]


def trend(connection: Connection, blobs: Blobs) -> Trend:
    """Every period's figure; at each change of the guideline the part that the definition has in the step."""
    found = weeks(connection, blobs)
    pairs = zip(found.weeks, found.weeks[1:], strict=False)
    return Trend(
        weeks=found,
        steps=[
            step_between(connection, blobs, last, now)
            for last, now in pairs
            if now.new_version and now.follows
        ],
    )


def step_between(connection: Connection, blobs: Blobs, last: Week, now: Week) -> Step:
    """What the guideline of ``now`` alone does to the figure of ``last``, and what is left of the change."""
    new = guideline_of(connection, blobs, now.guideline)
    replayed = next(replay_studies(connection, blobs, new, [last.study]))
    moved = next((one for one in study_move(replayed).figures if one.code == "failing"), None)
    return Step(
        first=now.first.isoformat(),
        before=last.version,
        after=now.version,
        definition=None if moved is None else moved.difference,
        real=None if moved is None else _real(now, moved),
    )


def _real(now: Week, moved: FigureMove) -> Estimate | None:
    """This period less the last one, both by the new version; the same kind of estimate on both sides."""
    figure, after = now.failing, moved.after
    held = figure.beside or figure.estimate
    if after is None or held.value is None:
        return None
    of = "change of the failing share under the new version"
    if after.value is not None:
        return difference(held, after, of=of)
    return Estimate(
        value=None,
        low=held.low - after.high,
        high=held.high - after.low,
        n=held.n + after.n,
        n_eff=min(held.n_eff, after.n_eff),
        method=f"bounds({held.method}; {after.method})",
        of=of,
        level=held.level,
    )
