"""Children that hang, die, fill memory or fail mark only their own call."""

from __future__ import annotations

import os
import resource
import signal
import time
from pathlib import Path

import pytest

from tilik.media.guard import Call, run_guarded
from tilik.media.limits import MIB, Limits

SMALL = Limits(memory_bytes=512 * MIB, cpu_seconds=2, wall_seconds=3, output_bytes=MIB)


def double(x: int) -> int:
    return 2 * x


def hang() -> None:
    time.sleep(600)


def spin() -> None:
    while True:
        pass


def die() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def die_once(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        die()
    return "second try"


def hoard() -> int:
    return len(bytearray(2048 * MIB))


def overflow(path: Path) -> None:
    path.write_bytes(b"x" * 4 * MIB)


def fail() -> None:
    raise RuntimeError("as it happens")


def limits_inside() -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def test_every_ending_has_its_name_and_harms_no_neighbour(tmp_path: Path) -> None:
    calls = [Call(f"good-{k}", double, (k,)) for k in range(12)]
    bad = {
        "hang": Call("hang", hang, ()),
        "spin": Call("spin", spin, ()),
        "die": Call("die", die, ()),
        "hoard": Call("hoard", hoard, ()),
        "overflow": Call("overflow", overflow, (tmp_path / "big",)),
        "fail": Call("fail", fail, ()),
    }
    for place, call in enumerate(bad.values()):
        calls.insert(2 * place, call)
    found = {o.key: o for o in run_guarded(calls, SMALL, workers=2)}
    assert len(found) == len(calls)
    assert [found[f"good-{k}"].value for k in range(12)] == [2 * k for k in range(12)]
    codes = {name: found[name].failure.code for name in bad if found[name].failure is not None}
    assert codes == {
        "hang": "timed-out",
        "spin": "timed-out",
        "die": "crashed",
        "hoard": "out-of-memory",
        "overflow": "no-space",
        "fail": "crashed",
    }
    assert "SIGSEGV" in found["die"].failure.detail  # type: ignore[union-attr]


def test_a_crash_is_tried_once_more(tmp_path: Path) -> None:
    (outcome,) = run_guarded([Call(1, die_once, (tmp_path / "mark",))], SMALL, workers=1)
    assert outcome.value == "second try"


def test_limits_hold_inside_the_child_only() -> None:
    (outcome,) = run_guarded([Call(1, limits_inside, ())], SMALL, workers=1)
    assert outcome.value == (512 * MIB, 64)
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] != 64


def test_results_come_as_they_are_ready() -> None:
    calls = [Call("slow", time.sleep, (8,)), *(Call(k, double, (k,)) for k in range(4))]
    patient = SMALL.model_copy(update={"wall_seconds": 60})
    assert [o.key for o in run_guarded(calls, patient, workers=2)][-1] == "slow"


@pytest.mark.parametrize("workers", [1, 2])
def test_no_calls_no_outcomes(workers: int) -> None:
    assert list(run_guarded([], SMALL, workers=workers)) == []
