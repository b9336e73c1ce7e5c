"""The list of studies counts what the measurement counts, and what was kept is never stale."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from measure.series import make_series
from measure.survey import CLEAN, GONE, HANDED_BACK, STOPPED, TEMPLATE, Unit, hire, judge, survey
from tilik.measure import describe, gather, measure
from tilik.measure.progress import progress
from tilik.store import Workspace


def test_the_list_says_what_the_measurement_says(workspace: Workspace, tmp_path: Path) -> None:
    says = (CLEAN, GONE, TEMPLATE, STOPPED, HANDED_BACK, CLEAN, GONE, CLEAN)
    units = [Unit(f"v{at}", 0.2, 5.0 + at, says=(said,)) for at, said in enumerate(says)]
    make_series(workspace, tmp_path, weeks=1, rows=500, budget=8, judged=5)
    made = survey(workspace, units, {"all": 900.0})
    for part in (units[:0], units[:3], units[3:6], units[6:]):
        judge(
            workspace,
            replace(made, units=tuple(part)),
            hire(workspace, f"R{len(part)}{part[:1]}", simulated=True),
        )
        with workspace.store.read() as connection:
            listed = progress(connection, workspace.store.blobs)
            told = [describe(gather(connection, workspace.store.blobs, one.id)) for one in listed]
        assert listed == told
    last = next(one for one in listed if one.name == "march")
    assert (last.judged, last.unjudgeable, last.stopped, last.waiting) == (4, 2, 1, 1)


def test_what_was_kept_is_not_told_after_the_log_moved_on(sqlite_workspace: Workspace) -> None:
    units = [Unit(f"v{at}", 0.2, 5.0, says=(TEMPLATE if at % 3 else CLEAN,)) for at in range(9)]
    made = survey(sqlite_workspace, units, {"all": 400.0})
    store, seen = sqlite_workspace.store, []
    for part in (units[:4], units[4:]):
        judge(
            sqlite_workspace,
            replace(made, units=tuple(part)),
            hire(sqlite_workspace, part[0].video, simulated=True),
        )
        with store.read() as connection:
            one = measure(connection, store.blobs, made.id)
            assert measure(connection, store.blobs, made.id) is one
        seen.append((one.study.judged, one.overall.estimate.value))
    assert [judged for judged, _ in seen] == [4, 9]
    assert seen[0][1] != seen[1][1]
