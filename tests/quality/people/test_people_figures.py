"""Pure parts: what was played, who is flagged, the sequential test, how long a study still takes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

import numpy as np
import pytest

from tilik.kernel import Invalid
from tilik.quality.people import Targets, days_until, period_of
from tilik.quality.people.figures import Rightness, rightness
from tilik.quality.people.known import Compared
from tilik.quality.people.work import Done, played, work_of

SERIAL = count()
BOTH = Targets(sensitivity=0.9, specificity=0.95)


def said(person: str, true: bool, said: bool) -> Compared:
    number = next(SERIAL)
    return Compared(
        f"j{number}",
        person,
        f"{number:09d}",
        "gold",
        (true, said),
        {"COM": (true, said), "SYN": (False, False)},
    )


def answers(person: str, *, found: int, missed: int, clear: int = 0, wrong: int = 0) -> list[Compared]:
    pairs = [(True, True)] * found + [(True, False)] * missed
    pairs += [(False, False)] * clear + [(False, True)] * wrong
    return [said(person, *pair) for pair in pairs]


def team(*known: list[Compared], targets: Targets = BOTH, what: str = "verdict") -> list[Rightness]:
    names = [one[0].person for one in known]
    return rightness([one for each in known for one in each], names, targets, what)


def test_what_was_played_counts_once_however_often() -> None:
    assert played([(0, 4, 1), (2, 6, 2)], 10) == pytest.approx(0.6)
    assert played([(5, 9, 1), (0, 2, 1)], 10) == pytest.approx(0.6)
    assert played([(0, 99, 1)], 10) == 1
    assert played([], 10) == 0


def test_a_person_far_below_is_flagged_and_one_with_few_answers_is_not() -> None:
    bad, good, new = team(
        answers("bad", found=10, missed=40, clear=50),
        answers("good", found=48, missed=2, clear=50),
        answers("new", found=0, missed=1, clear=2),
    )
    assert (bad.below, bad.flagged, bad.test) == (("sensitivity",), True, "below")
    assert bad.sensitivity.high < 0.9
    assert not good.flagged
    assert (new.flagged, new.test) == (False, "open")
    assert bad.sources == {"gold": 100}


def test_somebody_above_the_target_is_not_dragged_down_by_a_weak_team() -> None:
    """Pooled alone, the others would pull the interval below the target."""
    weak = [answers(f"w{n}", found=70, missed=30) for n in range(30)]
    right = answers("right", found=19, missed=1)
    *_, found = team(*weak, right, targets=Targets(sensitivity=0.9))
    assert found.sensitivity.high < 0.9, "the case is one"
    assert not found.flagged


def test_without_targets_nobody_is_flagged_and_nothing_is_tested() -> None:
    (one,) = team(answers("a", found=1, missed=30), targets=Targets())
    assert (one.flagged, one.test, one.answers) == (False, "none", 0)


def test_the_test_finds_people_at_the_target_only_when_both_rates_are() -> None:
    half, whole = team(
        answers("half", found=80, missed=2, clear=5),
        answers("whole", found=80, missed=2, clear=190, wrong=2),
    )
    assert (half.test, whole.test) == ("open", "at-target")


def test_a_family_has_rates_of_its_own() -> None:
    (one,) = team(answers("a", found=9, missed=1, clear=5), what="SYN")
    assert (one.sensitivity.n, one.sensitivity.value) == (0, None)
    assert one.specificity.n == 15


def done(**changes: object) -> Done:
    body = {"person": "a", "at": "2026-03-02T08:00:00.000000Z", "language": "id", "assessable": True}
    body |= {"active_seconds": 30.0, "duration": 60.0, "seen": 1.0, "hardest": 0}
    return Done(**{**body, **changes})  # type: ignore[arg-type]


def test_work_stands_beside_its_mix() -> None:
    late = "2026-03-02T18:00:00.000000Z"  # the third in Jakarta
    found = work_of(
        [
            done(),
            done(seen=0.2, hardest=3),
            done(at=late, language="en", assessable=False, seen=0.0, duration=120.0),
            done(at=late, duration=None, seen=None),
        ],
        stopped=1,
        daily=2,
    )
    assert (found.judged, found.days, found.reached, found.stopped) == (4, 2, 2, 1)
    assert found.minutes == pytest.approx(4)
    assert found.pace == pytest.approx(90 / 4)
    assert found.seen == pytest.approx(0.6)
    assert (found.hardly.value, found.hardly.n) == (0.5, 2)
    assert (found.unjudgeable.value, found.unjudgeable.n) == (0.25, 4)
    assert (found.languages, found.levels) == ({"en": 1, "id": 3}, (2, 0, 0, 1))


def test_nobodys_work_has_no_pace() -> None:
    found = work_of([], 0, None)
    assert (found.pace, found.seen, found.hardly.value, found.judged) == (None, None, None, 0)


def test_days_until_a_study_is_done() -> None:
    even = days_until(100, [10] * 14, of="days")
    assert (even.value, even.low, even.high) == (10, 10, 10)
    uneven = days_until(100, [0, 20] * 7, of="days")
    assert uneven.low < 10 < uneven.high
    assert uneven.value is not None and 9 <= uneven.value <= 11
    assert days_until(0, [0], of="days").value == 0
    none = days_until(5, [0] * 14, of="days")
    assert (none.value, none.low) == (None, 1)
    assert days_until(5, [9, 9], of="days").value is None, "two days tell too little"
    assert days_until(10**9, [1, 2, 3], of="days").value is None


def test_forecasts_hold_the_truth_as_often_as_they_say() -> None:
    """Days of an unknown mean, a fortnight seen, 100 teams: the interval of 95 % holds what then happens."""
    random = np.random.default_rng(5)
    held = []
    for _ in range(150):
        rate = random.gamma(4, 10)
        seen = random.negative_binomial(8, 8 / (8 + rate), 14)
        if not seen.any():
            continue
        found = days_until(800, seen.tolist(), of="days", draws=1000)
        future = np.cumsum(random.negative_binomial(8, 8 / (8 + rate), 4000))
        held.append(found.low <= np.searchsorted(future, 800) + 1 <= found.high)
    assert 0.9 <= np.mean(held) <= 1


def test_a_period_is_days_in_jakarta() -> None:
    now = datetime(2026, 3, 1, 18, tzinfo=UTC)
    usual = period_of(now)
    assert (usual.last, usual.days) == (date(2026, 3, 2), 56)
    day = period_of(now, "2026-03-01", "2026-03-01")
    assert day.ends == ("2026-02-28T17:00:00.000000Z", "2026-03-01T17:00:00.000000Z")
    for since, until in (("2026-03-02", "2026-03-01"), ("yesterday", ""), ("", "1026-03-01")):
        with pytest.raises(Invalid):
            period_of(now, since, until)
