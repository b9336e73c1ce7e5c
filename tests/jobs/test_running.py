"""Jobs on one machine: every item ends with a result, stops lose nothing, nothing is done twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from acts import act, slow

from tilik.jobs import Act, Item, Ledger, Local, Pace, read_rows, run, signals_act
from tilik.kernel import Conflict, Invalid, Missing
from tilik.media.limits import MIB, Limits

HERE = Path(__file__).parent
LIMITS = Limits(memory_bytes=512 * MIB, wall_seconds=2, cpu_seconds=5)
ACT = Act("test", "1", act)


def items(*names: str) -> list[Item]:
    return [Item(name, Path(name)) for name in names]


def test_good_failing_killed_and_hanging_items_all_end_with_a_result(tmp_path: Path) -> None:
    names = [f"good-{k}" for k in range(20)] + ["raise", "kill", "hang"]
    steps = list(run(items(*names), ACT, tmp_path / "out", Local(4), limits=LIMITS))
    assert len(steps) == len(names)
    rows = {row["key"]: row for row in read_rows(tmp_path / "out")}
    assert set(rows) == set(names)
    assert Counter(row["condition"] for row in rows.values()) == {"ready": 20, "crashed": 2, "timed-out": 1}
    assert json.loads(rows["good-3"]["value"]) == {"name": "good-3"}
    assert "as it happens" in rows["raise"]["detail"]
    assert "SIGKILL" in rows["kill"]["detail"]
    assert rows["hang"]["value"] == ""


def test_a_finished_job_has_nothing_more_to_do(tmp_path: Path) -> None:
    assert len(list(run(items("a", "b"), ACT, tmp_path, Local(1)))) == 2
    assert list(run(items("a", "b"), ACT, tmp_path, Local(1))) == []
    (more,) = run(items("a", "b", "c"), ACT, tmp_path, Local(1))
    assert (more.key, more.pace.done, more.pace.total, more.pace.before) == ("c", 3, 3, 2)
    assert sorted(row["key"] for row in read_rows(tmp_path)) == ["a", "b", "c"]


def test_a_job_left_in_the_middle_goes_on(tmp_path: Path) -> None:
    names = [f"good-{k}" for k in range(12)]
    steps = run(items(*names), ACT, tmp_path, Local(2))
    for _ in range(5):
        next(steps)
    steps.close()  # type: ignore[attr-defined]
    first = [row["key"] for row in read_rows(tmp_path)]
    assert len(first) == 5
    rest = [step.key for step in run(items(*names), ACT, tmp_path, Local(2))]
    assert sorted(first + rest) == sorted(names)


def test_a_killed_job_goes_on_and_keeps_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "marks").mkdir()
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from acts import slow\n"
        "from tilik.jobs import Act, Item, Local, run, ledger\n"
        "ledger.ROWS = 1\n"
        "act = Act('slow', '1', slow, (sys.argv[3],))\n"
        "items = [Item(f'i{k}', Path(f'i{k}')) for k in range(12)]\n"
        "if __name__ == '__main__':\n"
        "    for step in run(items, act, Path(sys.argv[2]), Local(2)): print(step.key, flush=True)\n"
    )
    (tmp_path / "job.py").write_text(program)
    command = [
        sys.executable,
        str(tmp_path / "job.py"),
        str(HERE),
        str(tmp_path / "out"),
        str(tmp_path / "marks"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as child:
        assert child.stdout is not None
        told = [child.stdout.readline().strip() for _ in range(4)]
        os.killpg(child.pid, signal.SIGKILL)
    time.sleep(0.2)
    kept = [row["key"] for row in read_rows(tmp_path / "out")]
    assert set(told[:3]) <= set(kept)
    slow_act = Act("slow", "1", slow, (str(tmp_path / "marks"),))
    todo = items(*(f"i{k}" for k in range(12)))
    rest = [step.key for step in run(todo, slow_act, tmp_path / "out", Local(2))]
    assert sorted(kept + rest) == sorted(item.key for item in todo)
    ended = Counter((tmp_path / "marks" / "ended").read_text().split())
    assert all(ended[key] == 1 for key in kept)


def test_a_folder_belongs_to_one_job_and_one_run(tmp_path: Path) -> None:
    list(run(items("a"), ACT, tmp_path, Local(1)))
    with pytest.raises(Conflict, match="another job"):
        list(run(items("a"), Act("test", "2", act), tmp_path, Local(1)))
    with Ledger(tmp_path, ACT.job()), pytest.raises(Conflict, match="running"):
        list(run(items("a", "b"), ACT, tmp_path, Local(1)))
    (tmp_path / "job.json").unlink()
    with pytest.raises(Conflict, match="no known job"):
        list(run(items("a"), ACT, tmp_path, Local(1)))
    with pytest.raises(Missing):
        list(read_rows(tmp_path))
    with pytest.raises(Invalid):
        run(items("a", "a"), ACT, tmp_path, Local(1))


def test_signals_of_real_files_come_as_reports(videos: Path, tmp_path: Path) -> None:
    (tmp_path / "no.mp4").write_bytes(b"bukan video")
    todo = [
        Item(f.name, f) for f in (videos / "tfio_small.mp4", videos / "iris_gray.mp4", tmp_path / "no.mp4")
    ]
    steps = {step.key: step.condition.code for step in run(todo, signals_act(), tmp_path / "out", Local(2))}
    assert steps == {"tfio_small.mp4": "ready", "iris_gray.mp4": "ready", "no.mp4": "unreadable"}
    rows = {row["key"]: json.loads(row["value"]) for row in read_rows(tmp_path / "out")}
    assert rows["tfio_small.mp4"]["content_hash"]
    assert rows["tfio_small.mp4"]["evidence"]


def test_pace_tells_rate_and_end() -> None:
    now = [0.0]
    pace = Pace(10, before=2, clock=lambda: now[0])
    assert str(pace) == "2 of 10"
    for _ in range(4):
        now[0] += 2.0
        pace.tick()
    assert pace.rate == pytest.approx(0.5)
    assert pace.remaining == pytest.approx(8.0)
    assert str(pace) == "6 of 10, 0.50 a second, 0:00:08 to go"


def test_a_damaged_folder_is_one_plain_error(tmp_path: Path) -> None:
    list(run(items("a"), ACT, tmp_path, Local(1)))
    (part,) = tmp_path.glob("part-*.parquet")
    whole = part.read_bytes()
    part.write_bytes(whole[:40])
    with pytest.raises(Invalid, match=r"part-000001.parquet: the results cannot be read"):
        list(run(items("a", "b"), ACT, tmp_path, Local(1)))
    part.write_bytes(whole)
    (tmp_path / "job.json").write_text("{half")
    with pytest.raises(Conflict, match="results of another job"):
        list(run(items("a", "b"), ACT, tmp_path, Local(1)))
