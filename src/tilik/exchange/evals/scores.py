"""What the judgements of an answer come to: means and shares, never who said what."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from tilik.answers.export import rated_answers
from tilik.answers.items import Item, Turn
from tilik.exchange.evals.given import key_of


@dataclass(frozen=True, slots=True)
class Scored:
    """One answer. ``means`` by dimension, 1 to 5, over its judgements and turns; ``failing`` the share of
    judgements with a critical fail; ``kind`` of the response where all say the same, else None."""

    means: Mapping[str, float]
    failing: float
    kind: str | None
    judgements: int
    guideline: str


def scores_of_answers(connection: Connection, identity: str) -> dict[str, Scored]:
    """The judged answers of a set by what :func:`key_of` calls them; without stopped and locked ones."""
    said: dict[str, list[tuple[str, list[dict[str, object]]]]] = {}
    for row in rated_answers(connection, identity):
        turns = tuple(Turn.model_validate(one) for one in json.loads(row["turns"]))
        key = key_of(Item(turns=turns, model=row["model"]))
        said.setdefault(key, []).append((row["guideline"], json.loads(row["body"])["turns"]))
    return {key: _scored(judged) for key, judged in said.items()}


def _scored(judged: list[tuple[str, list[dict[str, object]]]]) -> Scored:
    scores: dict[str, list[float]] = {}
    kinds: Counter[str] = Counter()
    failing = 0
    for _, turns in judged:
        failing += any(turn["fails"] for turn in turns)
        for turn in turns:
            kinds[str(turn["kind"])] += 1
            given = turn["scores"]
            assert isinstance(given, dict)
            for dimension, value in given.items():
                scores.setdefault(dimension, []).append(float(value))
    return Scored(
        means={name: sum(found) / len(found) for name, found in sorted(scores.items())},
        failing=failing / len(judged),
        kind=next(iter(kinds)) if len(kinds) == 1 else None,
        judgements=len(judged),
        guideline=judged[-1][0],
    )
