"""How much hard content somebody met: severity-minutes, against a budget for the hour and for the day.

A judgement's severity-minutes are its active minutes times the highest level among its labels (0 to 3); one
that ended with "not good for me" counts as the highest, and so does a stop-work, with one minute. The budgets
are a rule of this house, like the length of a shift: no study gives such a figure, and none is claimed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from tilik.kernel import to_text
from tilik.store.tables import escalation, judgement

HOUR_BUDGET, DAY_BUDGET = 20.0, 90.0
"""Severity-minutes: some seven minutes at the highest level in an hour, thirty in a day."""

HIGHEST, STOP_MINUTES = 3, 1.0
TOO_MUCH = "NA-WELL"


@dataclass(frozen=True, slots=True)
class Exposure:
    """Severity-minutes of the last hour and of the day, each beside its budget."""

    hour: float
    day: float
    hour_budget: float = HOUR_BUDGET
    day_budget: float = DAY_BUDGET


def exposure_of(connection: Connection, person: str, since: datetime, now: datetime) -> Exposure:
    """What this person met since an instant and in the last hour; private to them."""
    an_hour_ago = now - timedelta(hours=1)
    return Exposure(
        hour=round(_met(connection, person, an_hour_ago), 2), day=round(_met(connection, person, since), 2)
    )


def _met(connection: Connection, person: str, since: datetime) -> float:
    rows = connection.execute(
        select(judgement.c.answers, judgement.c.active_seconds).where(
            judgement.c.person == person, judgement.c.submitted_at >= to_text(since)
        )
    )
    stops = connection.execute(
        select(func.count()).where(escalation.c.person == person, escalation.c.raised_at >= to_text(since))
    ).scalar_one()
    judged = sum(hardness(json.loads(row.answers)) * row.active_seconds / 60 for row in rows)
    return float(judged + HIGHEST * STOP_MINUTES * stops)


def hardness(answers: Mapping[str, Any]) -> int:
    """The highest level among the labels, 0 to 3."""
    if answers.get("assessable") == TOO_MUCH:
        return HIGHEST
    levels = [level for question, level in answers.items() if question.startswith("label.")]
    return max((level for level in levels if isinstance(level, int)), default=0)
