"""Whatever is judged of gold and practice, no figure of a study moves, nor any list or export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from measure.survey import CLEAN, TEMPLATE, Survey, Unit, hire, judge, measured, survey
from quality.gold.made import failing, make_gold
from review.desk import Desk
from tilik.measure.export import export_judgements
from tilik.policy.impact import impact
from tilik.quality.gold import list_gold
from tilik.review import Mark, Submission, planting, submit
from tilik.review.practice import lease_of_burst, start_burst
from tilik.store import Workspace
from tilik.study import find_study, find_version, studies

UNITS = [Unit(f"v-{at}", 0.5, 1000.0, says=((TEMPLATE if at % 3 == 0 else CLEAN),)) for at in range(9)]


def everything(workspace: Workspace, made: Survey, folder: Path) -> Any:
    """All that is said of the study and of studies, without the log's position."""
    blobs = workspace.store.blobs
    with workspace.store.read() as connection:
        listed = (studies(connection), find_study(connection))
        flips = impact(connection, blobs, find_version(connection, made.guideline))
        exported = export_judgements(connection, blobs, made.id, folder / f"{len(list(folder.iterdir()))}")
    figures = json.loads(measured(workspace, made.id).model_dump_json(exclude={"as_of"}))
    return listed, flips, exported, without_position(figures)


def without_position(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_position(one) for name, one in value.items() if name != "log"}
    return [without_position(one) for one in value] if isinstance(value, list) else value


class Rigged:
    """Chance that always plants."""

    def random(self) -> float:
        return 0.0

    def getrandbits(self, bits: int) -> int:
        return 0


def test_known_judgements_move_no_figure(
    sqlite_workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = survey(
        sqlite_workspace, [*UNITS, Unit("w-1", 0.5, 1000.0), Unit("w-2", 0.5, 1000.0)], {"all": 30_000.0}
    )
    judge(sqlite_workspace, made, hire(sqlite_workspace, "Robot", simulated=True))
    out = tmp_path / "exports"
    out.mkdir()
    before = everything(sqlite_workspace, made, out)
    assert before[3]["study"]["judged"] == 9
    make_gold(sqlite_workspace, ["g-1", "g-2"], fails=True, media=False)
    make_gold(sqlite_workspace, ["p-1", "p-2"], pool="practice", fails=True, media=False)
    assert everything(sqlite_workspace, made, out) == before
    monkeypatch.setattr(planting, "CHANCE", Rigged())
    other = hire(sqlite_workspace, "Robot B", simulated=True)[0]
    desk = Desk(sqlite_workspace)
    for _ in range(2):
        hand_in(sqlite_workspace, made, other.id, desk.take(other))
    with sqlite_workspace.store.write(other.id) as writing:
        burst = start_burst(writing, other.id, count=2, simulated=True)
    for _ in range(2):
        with sqlite_workspace.store.write(other.id) as writing:
            lease = lease_of_burst(writing, other.id, burst.id)
        hand_in(sqlite_workspace, made, other.id, lease)
    with sqlite_workspace.store.read() as connection:
        assert [one.judged for one in list_gold(connection)] == [1, 1, 1, 1]
    assert everything(sqlite_workspace, made, out) == before


def hand_in(workspace: Workspace, made: Survey, person: str, lease: Any) -> None:
    """Find the worst in it."""
    sent = Submission(
        key=lease.id,
        task=lease.task,
        lease=lease.id,
        guideline=made.guideline,
        answers=failing(),
        marks=(Mark(question="label.SYN-MASS", start=0, end=1),),
        notes={"label.SYN-MASS": "Diulang."},
        active_seconds=2,
        language="id",
    )
    with workspace.store.write(person) as writing:
        submit(writing, person, sent)
