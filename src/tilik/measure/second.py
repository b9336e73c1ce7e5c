"""The second phase of a study: second looks and rulings, and figures corrected by them for reviewer error.

A draw's first judgement is its review. With the recorded chance p₂ it was judged again; where the two agree
on what is decided, that is its outcome, else a ruling's answers are. Of draws whose second judgement or
ruling is still out, those that have theirs are taken for a random part, separately where the two differ:
rulings are only made there, so a queue of contested tasks must not look like agreement.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from tilik.guideline import Decision, Guideline, decide, decided
from tilik.store.adjudication_tables import ruling
from tilik.store.tables import task

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Holds = Callable[[Decision], bool]
KINDS = ((1.0, "positive"), (0.0, "negative"))


@dataclass(frozen=True, slots=True)
class Looked:
    """A draw's second phase: the chance of a second judgement, whether it was wanted, and what came of it."""

    p2: float
    again: bool
    second: Decision | None
    ruling: Decision | None


class Phase(NamedTuple):
    """A question's second phase over the assessed draws: ``review`` and ``ruling`` 0/1 (NaN: none), ``p2``
    the chance that a draw's outcome is known, in (0, 1]."""

    review: Floats
    ruling: Floats
    p2: Floats


class Refusal(NamedTuple):
    """Why a figure cannot be corrected: a stable code, the kind of review, and how many draws."""

    code: str
    kind: str = ""
    draws: int = 0


def looks_of(
    connection: Connection, study: Any, guideline: Guideline, decisions: Mapping[str, Sequence[Decision]]
) -> dict[str, Looked]:
    """The second phase of each task that has one, by task; empty where the study has no second looks.

    ``decisions`` of each task in the order in which its judgements were submitted.
    """
    if study.overlap is None:
        return {}
    rows = connection.execute(
        select(task.c.id, task.c.p2, task.c.wants).where(task.c.study == study.id, task.c.p2.is_not(None))
    ).all()
    ruled = connection.execute(
        select(ruling.c.task, ruling.c.answers)
        .join(task, task.c.id == ruling.c.task)
        .where(task.c.study == study.id, ruling.c.stands.is_(True))
    )
    made = {row.task: decide(guideline, json.loads(row.answers)) for row in ruled}
    found = {}
    for row in rows:
        said = decisions.get(row.id, ())
        second = said[1] if len(said) > 1 else None
        found[row.id] = Looked(row.p2, row.wants > study.wants, second, made.get(row.id))
    return found


def phase_of(
    guideline: Guideline, firsts: Sequence[Decision], looks: Sequence[Looked], holds: Holds
) -> Phase | Refusal:
    """A question's second phase over the assessed draws, or why there is none.

    ``firsts`` are their first decisions. A ruling that a video cannot be judged finds nothing in it.
    """
    if any(look.p2 <= 0 for look in looks):
        return Refusal("no-overlap")
    review = np.array([float(holds(first)) for first in firsts])
    states = [_state(guideline, first, look, holds) for first, look in zip(firsts, looks, strict=True)]
    known = np.array([np.nan if one.value is None else one.value for one in states])
    stage = np.array([one.stage for one in states])
    p2 = np.array([look.p2 for look in looks])
    for code, kind in KINDS:
        on = review == code
        shares = _shares(stage[on], np.isfinite(known[on]), kind) if on.any() else None
        if isinstance(shares, Refusal):
            return shares
        if shares is not None:
            p2[on] *= [shares[name] for name in stage[on]]
    return Phase(review, known, p2)


class _State(NamedTuple):
    stage: str
    value: float | None


def _state(guideline: Guideline, first: Decision, look: Looked, holds: Holds) -> _State:
    """How far a draw has come, and what its outcome says."""
    if not look.again or (look.second is None and look.ruling is None):
        return _State("waiting" if look.again else "alone", None)
    alike = look.second is not None and decided(guideline, first) == decided(guideline, look.second)
    if alike and look.ruling is None and look.second is not None:
        same = _says(first, holds) == _says(look.second, holds)
        return _State("agreed", _says(first, holds)) if same else _State("differing", None)
    return _State("contested", None if look.ruling is None else _says(look.ruling, holds))


def _says(decision: Decision, holds: Holds) -> float:
    return float(decision.assessable and holds(decision))


def _shares(stage: NDArray[np.str_], known: Flags, kind: str) -> dict[str, float] | Refusal:
    """By stage, what p₂ is multiplied by for the chance that the outcome is known."""
    count = {name: int((stage == name).sum()) for name in ("waiting", "agreed", "differing", "contested")}
    done = count["agreed"] + count["differing"] + count["contested"]
    ruled = int((known & (stage == "contested")).sum())
    if done == 0:
        return Refusal("no-second", kind, count["waiting"])
    if count["contested"] and not ruled:
        return Refusal("no-ruling", kind, count["contested"])
    if count["differing"]:
        return Refusal("labels-differ", kind, count["differing"])
    answered = done / (done + count["waiting"])
    settled = ruled / count["contested"] if count["contested"] else 1.0
    either = answered * (count["agreed"] + ruled) / done
    return {
        "agreed": answered,
        "contested": answered * settled,
        "differing": either,
        "waiting": either,
        "alone": either,
    }
