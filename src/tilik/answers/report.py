"""How good the models' answers are: scores, critical fails and preferences, each with its interval.

The prompts stand for all prompts of their kind: an answer's score is a draw from what its model would answer
to the next one, so the intervals have no correction for a finite population. Models are compared on the
prompts that both answered and that were judged for both, pair by pair.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from pydantic import BaseModel
from sqlalchemy import Connection, Row, and_, select

from tilik.guideline import Guideline, Text
from tilik.kernel import Estimate
from tilik.log import Blobs
from tilik.stats import Floats, hajek_mean, hajek_ratio, paired_difference
from tilik.store.tables import answer_item, answer_judgement, answer_set, answer_task
from tilik.study import guideline_of

FROM_ALL = 1e-9
"""The inclusion probability of a prompt among all that could be asked: no finite population correction."""
SCALE = (1.0, 5.0)
"""The least and the most that a dimension can be given."""
ALIKE = 1e-6
SHARE = partial(hajek_ratio, interval="half-positive")
"""The shares' intervals are those of every other measurement."""
ALL = "all"
FAILING = Text(id="Kesalahan fatal", en="Critical fail")
PREFERS = {"A_much_better": 1.0, "A_better": 1.0, "B_much_better": 0.0, "B_better": 0.0}
"""Choice → share of the preference that goes to the first answer; ½ for the others."""


class Score(BaseModel):
    """A model's mean in a dimension (1 to 5), or its share of critical fails, in one age band or in all.

    ``estimate`` is None where answers to fewer than two prompts were judged.
    """

    model: str
    dimension: str
    name: Text
    band: str
    judged: int
    estimate: Estimate | None


class Gap(BaseModel):
    """The first model's mean minus the second's on the same prompts; ``prompts`` that both were judged on."""

    first: str
    second: str
    dimension: str
    prompts: int
    estimate: Estimate | None


class Preference(BaseModel):
    """How often the first model's answer is preferred to the second's; half for no preference."""

    first: str
    second: str
    pairs: int
    estimate: Estimate | None


class Report(BaseModel):
    """What is known of a set of machine answers."""

    set: str
    name: str
    judgements: int
    models: list[str]
    bands: list[str]
    scores: list[Score]
    gaps: list[Gap]
    preferences: list[Preference]


class _Answer(NamedTuple):
    """A judged answer: means over turns and judges, and the share of judges who saw a critical fail."""

    model: str
    prompt: str
    band: str
    values: dict[str, float]


def report(connection: Connection, blobs: Blobs, identity: str) -> Report:
    """The figures of a set as of now."""
    row = connection.execute(select(answer_set).where(answer_set.c.id == identity)).one()
    guideline = guideline_of(connection, blobs, row.guideline)
    judged = list(_answers(connection, identity))
    models = sorted({one.model for one in judged})
    bands = sorted({one.band for one in judged if one.band})
    targets = _targets(guideline)
    return Report(
        set=row.id,
        name=row.name,
        judgements=_count(connection, identity),
        models=models,
        bands=bands,
        scores=[
            _score(judged, model, code, name, band)
            for model in models
            for code, name in targets.items()
            for band in (ALL, *bands)
        ],
        gaps=[
            _gap(judged, first, second, code) for first, second in combinations(models, 2) for code in targets
        ],
        preferences=list(_preferences(connection, identity)),
    )


def _targets(guideline: Guideline) -> dict[str, Text]:
    return {one.code: one.name for one in guideline.ai_response.dimensions} | {"failing": FAILING}


def _answers(connection: Connection, identity: str) -> Iterator[_Answer]:
    said: dict[str, list[dict[str, float]]] = {}
    about: dict[str, Row[Any]] = {}
    for row in _judgements(connection, identity, "rating"):
        body = json.loads(row.body)
        about[row.a] = row
        codes = body["turns"][0]["scores"]
        means = {code: float(np.mean([turn["scores"][code] for turn in body["turns"]])) for code in codes}
        said.setdefault(row.a, []).append({**means, "failing": float(any(t["fails"] for t in body["turns"]))})
    for item, values in said.items():
        row = about[item]
        means = {code: float(np.mean([one[code] for one in values])) for code in values[0]}
        yield _Answer(row.model, row.prompt, row.band or "", means)


def _judgements(connection: Connection, identity: str, kind: str) -> Sequence[Any]:
    task, item = answer_task.c, answer_item.c
    return connection.execute(
        select(answer_judgement.c.body, task.a, task.b, item.model, item.prompt, item.band)
        .join(answer_task, task.id == answer_judgement.c.task)
        .join(answer_item, and_(item.set == task.set, item.id == task.a))
        .where(task.set == identity, task.kind == kind, task.state != "stopped")
        .order_by(answer_judgement.c.id)
    ).all()


def _count(connection: Connection, identity: str) -> int:
    return sum(len(_judgements(connection, identity, kind)) for kind in ("rating", "pair"))


def _score(judged: list[_Answer], model: str, code: str, name: Text, band: str) -> Score:
    mine = [one for one in judged if one.model == model and band in {ALL, one.band}]
    values, prompts = np.array([one.values[code] for one in mine]), [one.prompt for one in mine]
    of = f"{'share of' if code == 'failing' else 'mean of'} {code} of {model}, band {band}"
    estimate = _mean(values, prompts, code, of)
    return Score(model=model, dimension=code, name=name, band=band, judged=len(mine), estimate=estimate)


def _mean(values: Floats, prompts: list[str], code: str, of: str) -> Estimate | None:
    """Between prompts: several answers to one are no more prompts."""
    ones, pi = np.ones(values.size), np.full(values.size, FROM_ALL)
    if values.size == 0 or (len(set(prompts)) < 2 and code != "failing"):
        return None
    share = SHARE if code == "failing" else hajek_mean
    families = prompts if len(set(prompts)) < len(prompts) else None
    found = share(values, ones, pi, families=families, of=of)
    return found if code == "failing" else within(found, *SCALE, len(set(prompts)))


def within(found: Estimate, least: float, most: float, prompts: int) -> Estimate:
    """The interval of a mean whose values lie between ``least`` and ``most``, kept to what can be.

    Where all prompts gave the same value there is no spread to go by, and t would claim certainty. Then the
    share of prompts that would give another value is at most 1 - (α/2)^(1/n) (Clopper and Pearson, 1934, none
    of n seen), and in the worst case all of those lie at one end.
    """
    low, high, value, method = found.low, found.high, found.value, found.method
    if value is not None and high - low < ALIKE:
        other = 1 - ((1 - found.level) / 2) ** (1 / prompts)
        low, high = value - other * (value - least), value + other * (most - value)
        method += "+none-other-seen"
    return found.model_copy(update={"low": max(low, least), "high": min(high, most), "method": method})


def _gap(judged: list[_Answer], first: str, second: str, code: str) -> Gap:
    of = {model: _by_prompt(judged, model, code) for model in (first, second)}
    both = sorted(of[first].keys() & of[second].keys())
    y, other = (np.array([of[model][prompt] for prompt in both]) for model in (first, second))
    estimate = None
    if len(both) > 1:
        ones, pi = np.ones(len(both)), np.full(len(both), FROM_ALL)
        estimate = paired_difference(y, other, ones, pi, of=f"{code} of {first} minus {second}")
        widest = 1.0 if code == "failing" else SCALE[1] - SCALE[0]
        estimate = within(estimate, -widest, widest, len(both))
    return Gap(first=first, second=second, dimension=code, prompts=len(both), estimate=estimate)


def _by_prompt(judged: list[_Answer], model: str, code: str) -> dict[str, float]:
    """The model's mean on each prompt, to which it may have given several answers."""
    found: dict[str, list[float]] = {}
    for one in judged:
        if one.model == model:
            found.setdefault(one.prompt, []).append(one.values[code])
    return {prompt: float(np.mean(values)) for prompt, values in found.items()}


def _preferences(connection: Connection, identity: str) -> Iterator[Preference]:
    item = answer_item.c
    rows = connection.execute(select(item.id, item.model).where(item.set == identity))
    models = {row.id: row.model for row in rows}
    found: dict[tuple[str, str], dict[str, list[float]]] = {}
    for row in _judgements(connection, identity, "pair"):
        first, second = models[row.a], models[row.b]
        value = PREFERS.get(json.loads(row.body)["choice"], 0.5)
        if first > second:
            first, second, value = second, first, 1 - value
        found.setdefault((first, second), {}).setdefault(row.prompt, []).append(value)
    for (first, second), by_prompt in sorted(found.items()):
        values = np.array([float(np.mean(said)) for said in by_prompt.values()])
        of = f"preference for {first} over {second}"
        ones, pi = np.ones(values.size), np.full(values.size, FROM_ALL)
        estimate = SHARE(values, ones, pi, of=of)
        yield Preference(first=first, second=second, pairs=values.size, estimate=estimate)
