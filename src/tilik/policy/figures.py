"""How the estimates of a study move from one guideline version to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from tilik.guideline import CLEAR, Guideline, Replayed, Text, diff, failing_verdicts
from tilik.kernel import Estimate
from tilik.measure.figures import FAILING
from tilik.policy.replayed import Floats, StudyReplayed
from tilik.policy.wire import FigureMove, StudyMove
from tilik.stats import hajek_ratio, manski, paired_difference, respondents

Value = Callable[[Replayed], float]
"""1 or 0; NaN where the stored answers do not say."""


class Target(NamedTuple):
    """A figure: how to read it off a judgement before and after; ``None`` where a version has no such."""

    code: str
    name: Text
    before: Value | None
    after: Value | None


def study_move(found: StudyReplayed) -> StudyMove:
    """What the draft does to a study's figures; those that stay as they are are only counted."""
    every = [_move(found, target) for target in targets(found.old, found.new)]
    moved = [one for one in every if one is not None]
    return StudyMove(
        id=found.row.id,
        name=found.row.name,
        guideline=found.row.guideline,
        judged=int(found.assessed.sum()),
        flipping=_share(found, _mean(found, lambda r: float(r.verdict_flips)), "verdicts that flip"),
        open=_share(found, _mean(found, lambda r: float(not r.settled)), "verdicts left open"),
        figures=moved,
        still=len(every) - len(moved),
    )


def targets(old: Guideline, new: Guideline) -> Iterator[Target]:
    """The failing share, every verdict and every label that either version has."""
    yield failing(old, new)
    names = {one.code: one.name for version in (old, new) for one in version.verdict.values}
    before, after = ({one.code for one in version.verdict.values} for version in (old, new))
    for code, name in names.items():
        yield Target(code, name, _was(code) if code in before else None, _is(code) if code in after else None)
    names = {one.code: one.name for version in (old, new) for one in version.labels}
    before, after = ({one.code for one in version.labels} for version in (old, new))
    for code, name in names.items():
        yield Target(
            code, name, _had(code) if code in before else None, _has(code) if code in after else None
        )


def failing(old: Guideline, new: Guideline) -> Target:
    """The share that is not fit to be recommended to minors."""
    failed, fails = failing_verdicts(old), failing_verdicts(new)
    return Target(
        "failing", FAILING, lambda r: float(r.before.verdict in failed), lambda r: _within(r, fails)
    )


def after_values(found: StudyReplayed, target: Target) -> Floats:
    """Per assessed draw, the mean over its judgements under the draft; NaN where one of them is open."""
    return _mean(found, target.after or (lambda _: 0.0))


def inclusion(found: StudyReplayed) -> Floats:
    """The inclusion probability of every assessed draw."""
    return respondents(found.pi, found.assessed, found.stratum)


def share(found: StudyReplayed, values: Floats, of: str) -> Estimate:
    """The impression share of these values (one per assessed draw); bounds where some are NaN."""
    # The intervals that `measure` prints, so that a figure before is the figure known.
    whole = partial(hajek_ratio, interval="half-positive")
    estimator = manski if np.isnan(values).any() else whole
    return estimator(
        values,
        found.impressions[found.assessed],
        inclusion(found),
        found.stratum[found.assessed],
        totals=found.totals,
        families=found.assessed_families,
        of=of,
        inputs={"study": found.row.id, "guideline": found.row.guideline, "seed": found.row.seed},
    )


def _move(found: StudyReplayed, target: Target) -> FigureMove | None:
    old = None if target.before is None else _mean(found, target.before)
    new = None if target.after is None else _mean(found, target.after)
    if old is not None and new is not None and np.array_equal(old, new) and target.code != "failing":
        return None
    of = f"impression share of {target.code}"
    return FigureMove(
        code=target.code,
        name=target.name,
        before=None if old is None else share(found, old, of),
        after=None if new is None else share(found, new, f"{of} under the draft"),
        difference=None if old is None or new is None else _difference(found, old, new, of),
    )


def _difference(found: StudyReplayed, old: Floats, new: Floats, of: str) -> Estimate | None:
    seen = set(found.stratum[found.assessed].tolist())
    if old.size < 2 or seen != set(found.totals):
        return None  # no spread to estimate, or strata nobody has judged in
    low, high = (_paired(found, np.where(np.isnan(new), fill, new), old, of) for fill in (0.0, 1.0))
    if not np.isnan(new).any():
        return low
    return low.model_copy(
        update={"value": None, "low": low.low, "high": high.high, "method": f"manski({low.method})"}
    )


def _paired(found: StudyReplayed, new: Floats, old: Floats, of: str) -> Estimate:
    """The difference; where a draft moves no judgement that it could, what a share never seen could be."""
    moved = _spread(found, new, old, of)
    if np.any(new != old) or not _decides(found):
        return moved
    most = share(found, np.zeros_like(old), of).high if np.any(found.pi[found.assessed] < 1) else 0.0
    return moved.model_copy(update={"low": -most, "high": most, "method": f"{moved.method}+none-seen-bounds"})


def _decides(found: StudyReplayed) -> bool:
    """Whether the versions differ in more than wording, so that some video could be judged otherwise."""
    return any(change.effect in {"decision", "form"} for change in diff(found.old, found.new))


def _spread(found: StudyReplayed, new: Floats, old: Floats, of: str) -> Estimate:
    """Where all that moves goes one way the change is a share, and has a share's interval: a t interval of a
    few flips lies too low."""
    of_change = f"change of the {of} by the draft"
    for sign in (1, -1):
        moved = sign * (new - old)
        if np.any(moved > 0) and np.all(moved >= 0):
            one_way = share(found, moved, of_change)
            return one_way if sign > 0 else _negated(one_way)
    return paired_difference(
        new,
        old,
        found.impressions[found.assessed],
        inclusion(found),
        found.stratum[found.assessed],
        totals=found.totals,
        families=found.assessed_families,
        of=of_change,
        inputs={"study": found.row.id},
    )


def _negated(one: Estimate) -> Estimate:
    """The same change seen from the other side."""
    value = None if one.value is None else -one.value
    return one.model_copy(update={"value": value, "low": -one.high, "high": -one.low})


def _share(found: StudyReplayed, values: Floats, of: str) -> Estimate:
    return share(found, values, f"impression share of {of}")


def _mean(found: StudyReplayed, value: Value) -> Floats:
    return np.array([sum(map(value, one)) / len(one) for one in found.counting if one], dtype=float)


def _was(code: str) -> Value:
    return lambda r: float(r.before.verdict == code)


def _is(code: str) -> Value:
    return lambda r: _within(r, frozenset([code]))


def _within(replayed: Replayed, verdicts: frozenset[str]) -> float:
    """1 where every possible verdict is among these, 0 where none is, NaN between."""
    among = len(replayed.possible & verdicts)
    return 1.0 if among == len(replayed.possible) else 0.0 if among == 0 else float("nan")


def _had(code: str) -> Value:
    return lambda r: float(r.before.labels.get(code, 0) >= CLEAR)


def _has(code: str) -> Value:
    def value(replayed: Replayed) -> float:
        level = replayed.after.labels.get(code)
        return float("nan") if level is None else float(level >= CLEAR)

    return value
