"""Studies of measurement tests."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from measure.survey import Survey, Surveyed, Unit, hire, judge, measured, survey
from tilik.measure import Measurement
from tilik.store import Workspace


@pytest.fixture
def surveyed(sqlite_workspace: Workspace) -> Surveyed:
    """Makes a survey, lets four people judge it, and measures it."""

    def make(
        units: Sequence[Unit], totals: dict[str, float], *, wants: int = 1
    ) -> tuple[Survey, Measurement]:
        made = survey(sqlite_workspace, units, totals, wants=wants)
        robots = hire(sqlite_workspace, "Robot A", "Robot B", "Robot C", simulated=True)
        judge(sqlite_workspace, made, [*robots, *hire(sqlite_workspace, "Sari", "Budi", simulated=False)])
        return made, measured(sqlite_workspace, made.id)

    return make
