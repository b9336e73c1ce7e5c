"""The guideline as the screen gets it."""

from __future__ import annotations

from api.visitor import Visitor
from study.making import make_study, shipped
from tilik.store import Workspace


def test_a_guideline_comes_whole_and_may_be_kept_for_good(
    sqlite_workspace: Workspace, reviewer: Visitor
) -> None:
    study = make_study(sqlite_workspace, 1)
    answer = reviewer.get(f"/api/guidelines/{study.guideline}")
    assert answer.json() == shipped().model_dump(mode="json")
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
