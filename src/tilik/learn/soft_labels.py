"""Soft labels: how likely each label is, given who said what and how reliable they are.

Shares of votes take all people as equally right. An error model (:mod:`tilik.stats.truth`) learns each
person's errors from videos that several people judged, and from those that were ruled on. Where neither are
enough, there is no posterior: one then would rest on the model's priors alone. A ruling is not weighed: what
was ruled has the posterior 1 or 0.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tilik.learn.folds import joined
from tilik.stats.truth import Method, infer, label_table

FAILS = "fails"
METHOD: Method = "auto"
"""Bayesian average of one-coin, MACE and IBCC by their evidence."""
VIEWS, FEWEST, FEWEST_OF_A_KIND = 3, 30, 5
"""Three independent views identify the errors (Kruskal 1977): this many videos have them, or are ruled on; of
those at least so many with a yes, and so many with a no."""
PLACES = 6
"""Digits kept, so that the last bits of another machine's arithmetic do not change the content hash."""
UNFIT = frozenset({"not-converged", "class-not-its-own", "class-empty"})

Lack = Literal["too-few-shared", "too-few-of-a-kind", "not-converged", "class-not-its-own", "class-empty"]


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's judgement of one task: the questions that it answers with yes."""

    task: str
    person: str
    says: frozenset[str]


@dataclass(frozen=True)
class Told:
    """Of one question: the tasks that got a posterior by the model, the share expected to be so, the weights
    of the models that were averaged, and how many tasks got none, by what was lacking."""

    question: str
    tasks: int
    expected: float | None
    models: Mapping[str, float]
    lacking: Mapping[str, int]


@dataclass(frozen=True)
class SoftLabels:
    """``posterior``: task to question to probability, only where it is known; ``told`` by question."""

    posterior: Mapping[str, Mapping[str, float]]
    told: tuple[Told, ...]


def soft_labels(votes: Sequence[Vote], ruled: Mapping[str, frozenset[str]]) -> SoftLabels:
    """The posterior of each question that anybody affirms, and of ``fails``, for each task.

    ``ruled``: what rulings say of tasks; they are known, and teach who is reliable. People who share no task,
    also through others, are told nothing about each other: each such part of the votes stands for itself.
    """
    said = frozenset[str]().union(*(one.says for one in votes), *ruled.values())
    questions = [FAILS, *sorted(said - {FAILS})]
    parts = _parts(votes)
    found: dict[str, dict[str, float]] = defaultdict(dict)
    told = []
    for question in questions:
        each = [_part(part, question, ruled) for part in parts]
        told.append(_told(question, each))
        for one in each:
            for task, p in one.posterior.items():
                found[task][question] = p
        for task, says in ruled.items():
            found[task][question] = float(question in says)
    return SoftLabels(dict(found), tuple(told))


@dataclass(frozen=True)
class _Part:
    posterior: Mapping[str, float]
    models: Mapping[str, float]
    lacks: Lack | None
    tasks: int


def _parts(votes: Sequence[Vote]) -> list[list[Vote]]:
    """The votes, parted where neither task nor person ties them together."""
    if not votes:
        return []
    codes = joined(len(votes), [one.task for one in votes], [one.person for one in votes])
    found: dict[int, list[Vote]] = defaultdict(list)
    for one, code in zip(votes, codes.tolist(), strict=True):
        found[code].append(one)
    return list(found.values())


def _part(votes: Sequence[Vote], question: str, ruled: Mapping[str, frozenset[str]]) -> _Part:
    tasks = sorted({one.task for one in votes})
    if lacks := _lacks(votes, question, ruled):
        return _Part({}, {}, lacks, len(tasks))
    people = sorted({one.person for one in votes})
    place, worker = ({name: at for at, name in enumerate(names)} for names in (tasks, people))
    inferred = infer(
        label_table(
            [place[one.task] for one in votes],
            [worker[one.person] for one in votes],
            [int(question in one.says) for one in votes],
            classes=2,
        ),
        METHOD,
        gold=[int(question in ruled[task]) if task in ruled else -1 for task in tasks],
    )
    unfit = next((one.code for one in inferred.cautions if one.code in UNFIT), None)
    if unfit is not None:
        return _Part({}, {}, unfit, len(tasks))  # type: ignore[arg-type]
    chances = np.round(inferred.posterior[:, 1], PLACES).tolist()
    return _Part(dict(zip(tasks, chances, strict=True)), inferred.weights, None, len(tasks))


def _lacks(votes: Sequence[Vote], question: str, ruled: Mapping[str, frozenset[str]]) -> Lack | None:
    """What keeps these votes from telling people's errors on a question; ``None`` where they can."""
    views = Counter(one.task for one in votes)
    taught = {task for task, count in views.items() if count >= VIEWS or task in ruled}
    if len(taught) < FEWEST:
        return "too-few-shared"
    yes = {task for task in taught & ruled.keys() if question in ruled[task]}
    no = (taught & ruled.keys()) - yes
    for one in votes:
        if one.task in taught and one.task not in ruled:
            (yes if question in one.says else no).add(one.task)
    return "too-few-of-a-kind" if min(len(yes), len(no)) < FEWEST_OF_A_KIND else None


def _told(question: str, parts: Iterable[_Part]) -> Told:
    given = [one for one in parts if one.lacks is None]
    lacking = Counter[str]()
    for one in parts:
        if one.lacks is not None:
            lacking[one.lacks] += one.tasks
    chances = [p for one in given for p in one.posterior.values()]
    largest = max(given, key=lambda one: one.tasks, default=None)
    return Told(
        question,
        len(chances),
        round(float(np.mean(chances)), PLACES) if chances else None,
        {} if largest is None else {name: round(w, PLACES) for name, w in sorted(largest.models.items())},
        dict(sorted(lacking.items())),
    )
