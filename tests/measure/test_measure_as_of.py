"""Any past figure comes again, digit for digit, from the log's prefix: on both databases, by each door."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from measure.survey import BOTH, CLEAN, GAMBLING, TEMPLATE, Survey, Unit, hire, judge, survey
from tilik.kernel import Invalid, Missing
from tilik.log import last
from tilik.measure import measure
from tilik.store import Store, Workspace, as_of
from tilik.store.tables import judgement, person_name

SAYS = (CLEAN, TEMPLATE, CLEAN, GAMBLING, CLEAN, BOTH, CLEAN, CLEAN, TEMPLATE, CLEAN, CLEAN, GAMBLING)
# Names that a language's collation and a plain one put in different orders.
NAMES = ("b", "A", "a-1", "a1", "B", "a_2", "Z", "z", "é", "e", "E", "10")


@pytest.fixture
def made(workspace: Workspace) -> Survey:
    units = [
        Unit(name, 0.07 + 0.011 * at, 31.7 + 7.3 * at, stratum="ab"[at % 2], says=(said,))
        for at, (name, said) in enumerate(zip(NAMES, SAYS, strict=True))
    ]
    return survey(workspace, units, {"a": 4123.3, "b": 5321.9})


def told(store: Store, study: str) -> str:
    with store.read() as connection:
        return measure(connection, store.blobs, study).model_dump_json()


def position(workspace: Workspace) -> int:
    with workspace.store.read() as connection:
        return last(connection)[0]


def files(workspace: Workspace) -> list[Path]:
    return sorted((workspace.scratch / "as-of").rglob("*.db"))


def test_every_past_figure_comes_again_exactly(workspace: Workspace, made: Survey, clock: Any) -> None:
    seen = {}
    for part in (made.units[:5], made.units[5:9], made.units[9:]):
        judge(workspace, replace(made, units=part), hire(workspace, f"R{part[0].video}", simulated=True))
        seen[position(workspace)] = (told(workspace.store, made.id), clock.now)
        clock.move(days=1)
    assert [json.loads(text)["study"]["judged"] for text, _ in seen.values()] == [5, 9, 12]
    # From the last backwards and forwards again: made whole, and made on from an earlier one.
    for seq in (*reversed(seen), *seen):
        text, when = seen[seq]
        for at in (str(seq), when.isoformat(), f"{when:%Y-%m-%d}"):
            with as_of(workspace, at) as store:
                assert told(store, made.id) == text
    assert len(files(workspace)) == 2, "the newest is the live one, the others are kept"


def test_going_on_from_an_earlier_prefix_is_the_same_as_from_the_start(
    workspace: Workspace, made: Survey
) -> None:
    judge(workspace, replace(made, units=made.units[:5]), hire(workspace, "Sari", simulated=True))
    early = position(workspace)
    judge(workspace, replace(made, units=made.units[5:]), hire(workspace, "Budi", simulated=True))
    late = position(workspace)
    hire(workspace, "Wati", simulated=False)
    with as_of(workspace, str(late)) as store:
        whole = told(store, made.id)
    for file in files(workspace):
        file.unlink()
    with as_of(workspace, str(early)):
        pass
    with as_of(workspace, str(late)) as store, store.read() as connection:
        assert told(store, made.id) == whole
        assert last(connection)[0] == late
        assert connection.execute(select(func.count()).select_from(judgement)).scalar() == len(NAMES)
        assert connection.execute(select(func.count()).select_from(person_name)).scalar() == 0


def test_without_a_point_in_time_it_is_the_live_facts(workspace: Workspace, made: Survey) -> None:
    for at in ("", str(position(workspace)), "2999-01-01"):
        with as_of(workspace, at) as store:
            assert store is workspace.store
    assert made.id


@pytest.mark.parametrize("at", ["yesterday", "2026-13-01", "-4", "4.0", "0x4", "2026-03-08T25:00"])
def test_what_is_no_point_in_time_is_refused(sqlite_workspace: Workspace, at: str) -> None:
    hire(sqlite_workspace, "Sari", simulated=False)
    with pytest.raises(Invalid) as caught, as_of(sqlite_workspace, at):
        pass
    assert caught.value.code == "as-of"


@pytest.mark.parametrize("at", ["0", "999", "1999-12-31", "2026-02-28T07:00:00+07:00"])
def test_what_the_log_does_not_reach_is_missing(sqlite_workspace: Workspace, at: str) -> None:
    hire(sqlite_workspace, "Sari", simulated=False)
    with pytest.raises(Missing) as caught, as_of(sqlite_workspace, at):
        pass
    assert caught.value.code == "as-of-beyond"


def test_the_server_can_fold_every_event() -> None:
    """A past figure folds whatever the log holds, so the application must have declared it all."""
    code = (
        "import tilik.api.app;from tilik.log import event_types;from tilik.log.fold import _appliers as a;"
        "one=set(event_types()),set(a);from tilik.cli.log import load_rooms;load_rooms();"
        "assert one==(set(event_types()),set(a)),(set(event_types())-one[0],set(a)-one[1])"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
