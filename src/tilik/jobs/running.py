"""Running one act over many items: what was done is skipped, what comes is written, what fails says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from tilik.jobs.engines import Engine, Made
from tilik.jobs.ledger import Ledger
from tilik.jobs.pace import Pace
from tilik.kernel import Clock, Invalid, Json, canonical, to_text, utc_now
from tilik.media.guard import Call
from tilik.media.limits import DEFAULT, Limits
from tilik.media.measuring import Tier
from tilik.media.result import Condition
from tilik.media.signals import ANALYSERS
from tilik.media.tier2 import sources_for
from tilik.media.tiers import report_inside, texts_in


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: ``key`` names it in the results, ``file`` is what the act is given."""

    key: str
    file: Path


@dataclass(frozen=True, slots=True)
class Act:
    """What is done to each item: ``function(file, *arguments)``, which must be importable anywhere.

    ``name`` and ``version`` tell jobs apart: results of one version are not mixed with another's.
    """

    name: str
    version: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...] = field(default=())

    def job(self) -> dict[str, Json]:
        """What a folder of results says of the job it belongs to."""
        return {"act": self.name, "version": self.version}


def signals_act(tier: Tier = 1, limits: Limits = DEFAULT) -> Act:
    """Measuring the signals of a file, as ``tilik media signals`` does."""
    words = sources_for(texts_in(())).values() if tier == 2 else ()
    version = " ".join(sorted((*ANALYSERS, *words)))
    return Act(f"signals-tier-{tier}", version, report_inside, (tier, limits))


@dataclass(frozen=True, slots=True)
class Step:
    """One more result: the item's key, its condition, and the job's pace so far."""

    key: str
    condition: Condition
    pace: Pace


def run(
    items: Sequence[Item],
    act: Act,
    into: Path,
    engine: Engine,
    *,
    limits: Limits = DEFAULT,
    clock: Clock = utc_now,
) -> Iterator[Step]:
    """Do what is not done yet; steps come as results do. Run it again to go on after any stop.

    Raises ``Invalid`` for two items of one key, ``Conflict`` when the folder is another job's or in use.
    """
    seen: set[str] = set()
    for item in items:
        if item.key in seen:
            raise Invalid("job-same-key", "two items have the same name", where=item.key)
        seen.add(item.key)
    return _run(items, act, into, engine, limits, clock)


def _run(
    items: Sequence[Item], act: Act, into: Path, engine: Engine, limits: Limits, clock: Clock
) -> Iterator[Step]:
    with Ledger(into, act.job()) as ledger:
        todo = [item for item in items if item.key not in ledger.done]
        pace = Pace(len(items), before=len(items) - len(todo))
        calls = (Call(item.key, act.function, (item.file, *act.arguments)) for item in todo)
        for made in engine.make(calls, limits):
            row, condition = _row(made, to_text(clock()))
            ledger.put(row)
            pace.tick()
            yield Step(made.outcome.key, condition, pace)


def _row(made: Made, done_at: str) -> tuple[dict[str, str], Condition]:
    outcome = made.outcome
    condition = outcome.failure or _condition(outcome.value)
    detail = ": ".join(part for part in (condition.reason, condition.detail) if part)
    row = {
        "key": outcome.key,
        "condition": condition.code,
        "detail": detail,
        "value": "" if outcome.failure else _text(outcome.value),
        "where": made.where,
        "done_at": done_at,
    }
    return row, condition


def _condition(value: Any) -> Condition:
    if isinstance(value, Condition):
        return value
    found = getattr(value, "condition", None)
    return found if isinstance(found, Condition) else Condition(code="ready")


def _text(value: Any) -> str:
    return value.model_dump_json() if isinstance(value, BaseModel) else canonical(value).decode()
