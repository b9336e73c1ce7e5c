"""How far people agree who judged the same video blind: per question, label, language and guideline version.

Second looks are more frequent where the first judge found something, so that each task weighs 1 over its
chance of a second look. Intervals are bootstrapped by task (BCa).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tilik.guideline import CLEAR, Decision, Guideline, decide, failing_verdicts
from tilik.kernel import Estimate, Invalid
from tilik.quality.adjudication.compare import Judged
from tilik.quality.gold.figures import VERDICT
from tilik.quality.gold.score import OWN
from tilik.quality.people.overlap import Overlap, Twice
from tilik.stats.agreement import Name, Ratings, agreement, ratings_from_table

Kind = Literal["verdict", "label", "question"]
DRAWS = 1000
FEWEST = 5
"""Fewer tasks with two answers tell nothing of agreement."""
Reading = Callable[[Judged], str | None]
"""What a judgement says of one thing, None where it says nothing."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Agreement on one thing. ``code`` names it: ``verdict`` (fails or not), a label's code (present or not),
    a question's id, a language or a guideline's hash; ``kappa`` is Cohen's with two people, else Fleiss'."""

    kind: Kind
    code: str
    raw: Estimate
    alpha: Estimate
    gwet: Estimate
    kappa: Estimate


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement by one guideline version, and in one language where it is named. ``tasks`` have two
    judgements or more. ``languages`` and ``versions`` hold agreement on the verdict in each of them."""

    guideline: str
    language: str
    tasks: int
    people: int
    rows: tuple[Agreed, ...]
    languages: tuple[Agreed, ...]
    versions: tuple[Agreed, ...]


def agreement_in(overlap: Overlap, *, guideline: str = "", language: str = "") -> Agreement:
    """Of the version used last unless one is named. Raises ``Invalid`` for a version or a language that no
    task judged twice has."""
    versions = {one.guideline for one in overlap.tasks}
    chosen = guideline or next((name for name in overlap.guidelines if name in versions), "")
    if guideline and guideline not in versions:
        raise Invalid(
            "agreement-none", "nothing was judged twice by this guideline version", where=guideline[:12]
        )
    mine = [one for one in overlap.tasks if one.guideline == chosen]
    spoken = sorted({one.language for one in mine})
    if language and language not in spoken:
        raise Invalid("agreement-none", "nothing in this language was judged twice", where=language)
    shown = [one for one in mine if not language or one.language == language]
    deciding = {name: Deciding(document) for name, document in overlap.guidelines.items()}
    document = deciding.get(chosen)
    return Agreement(
        guideline=chosen,
        language=language,
        tasks=len(shown),
        people=len({said.person for one in shown for said in one.judged}),
        rows=tuple(_rows(document, shown)) if document is not None else (),
        languages=tuple(
            row
            for name in spoken
            if document is not None and len(spoken) > 1
            for row in _row("verdict", name, [one for one in mine if one.language == name], fails(document))
        ),
        versions=tuple(
            row
            for name, version in deciding.items()
            if len(versions) > 1
            for row in _row(
                "verdict", name, [one for one in overlap.tasks if one.guideline == name], fails(version)
            )
        ),
    )


class Deciding:
    """What judgements decide by one guideline, each worked out once."""

    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        self._found: dict[str, Decision] = {}

    def __call__(self, one: Judged) -> Decision:
        """The decision of this judgement."""
        if one.id not in self._found:
            self._found[one.id] = decide(self.guideline, one.answers)
        return self._found[one.id]


def fails(deciding: Deciding) -> Reading:
    """Whether a judgement's verdict fails; nothing where the video could not be judged."""
    failing = failing_verdicts(deciding.guideline)

    def said(one: Judged) -> str | None:
        decision = deciding(one)
        return str(decision.verdict in failing) if decision.assessable else None

    return said


def present(deciding: Deciding, label: str) -> Reading:
    """Whether a label is there at a clear level; nothing where the video could not be judged."""

    def said(one: Judged) -> str | None:
        decision = deciding(one)
        return str(decision.labels.get(label, 0) >= CLEAR) if decision.assessable else None

    return said


def answer(question: str) -> Reading:
    """The answer to a question, of those who were asked; lists in any order are the same."""

    def said(one: Judged) -> str | None:
        given = one.answers.get(question)
        if given is None:
            return None
        return json.dumps(sorted(map(str, given)) if isinstance(given, list) else given)

    return said


def _rows(document: Deciding, tasks: Sequence[Twice]) -> Iterable[Agreed]:
    yield from _row("verdict", VERDICT, tasks, fails(document))
    found = [
        label.code
        for label in document.guideline.labels
        if any(present(document, label.code)(said) == "True" for one in tasks for said in one.judged)
    ]
    for code in found:
        yield from _row("label", code, tasks, present(document, code))
    asked = dict.fromkeys(name for one in tasks for said in one.judged for name in said.answers)
    for question in sorted(set(asked) - OWN - {VERDICT}):
        yield from _row("question", question, tasks, answer(question))


def _row(kind: Kind, code: str, tasks: Sequence[Twice], said: Reading) -> Iterable[Agreed]:
    """One row, or none where fewer than five tasks have two answers."""
    told = [(one, judged.person, said(judged)) for one in tasks for judged in one.judged]
    given = [(one, person, value) for one, person, value in told if value is not None]
    if not given:
        return
    ratings = ratings_from_table(
        [one.task for one, _, _ in given],
        [person for _, person, _ in given],
        [value for _, _, value in given],
        weight=[one.weight for one, _, _ in given],
    )
    if ratings.pairable.units >= FEWEST:
        kappa: Name = "cohen" if ratings.pairable.raters == 2 and ratings.raters == 2 else "fleiss"
        yield Agreed(kind, code, *(_one(ratings, name, code) for name in ("raw", "alpha", "gwet", kappa)))


def _one(ratings: Ratings, name: Name, code: str) -> Estimate:
    of = f"agreement ({name}) on {code}"
    return agreement(ratings, name, of=of, how="bootstrap", draws=DRAWS, seed=0)
