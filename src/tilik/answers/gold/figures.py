"""How right each person is on known answers: the same statistics as for gold among videos."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from tilik.access.people import list_people
from tilik.answers.gold.view import Scored, scored
from tilik.guideline import Text
from tilik.kernel import Estimate, Invalid
from tilik.log import Blobs
from tilik.store.tables import answer_gold
from tilik.study import guideline_of
from tilik.study.known import Score
from tilik.study.period import Period, period_of
from tilik.study.rightness import rates_of

VERDICT = "verdict"
"""Whether there is a critical fail at all."""
PREFERENCE = "preference"
KIND = "kind"
NAMES = {
    VERDICT: Text(id="Ada kesalahan fatal atau tidak", en="Critical fail or none"),
    PREFERENCE: Text(id="Jawaban yang lebih baik", en="The better answer"),
    KIND: Text(id="Jenis jawaban", en="Kind of answer"),
}


@dataclass(frozen=True, slots=True)
class Accuracy:
    """One person: the share of known items on which they were right, of those with the fail found, of those
    without left alone. The last two are ``None`` where nothing fails, as of scores and preferences, and all
    are where nobody was asked."""

    person: str
    pseudonym: str
    simulated: bool
    right: Estimate | None
    sensitivity: Estimate | None
    specificity: Estimate | None


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody who was served known answers in the period, by pseudonym. ``of`` is one of ``asked``:
    verdict, preference, kind, a critical fail or a dimension by its code, each with its name."""

    period: Period
    of: str
    asked: Mapping[str, Text]
    people: tuple[Accuracy, ...]


def team(connection: Connection, blobs: Blobs, period: Period, of: str = VERDICT) -> Team:
    """Each person's rates, which borrow strength from the others'; simulated people from each other alone.

    Contested answers are left out. Raises ``Invalid`` for a thing that is not asked.
    """
    asked = _asked(connection, blobs)
    if of not in asked:
        known = ", ".join(asked)
        raise Invalid("family-unknown", f"nothing is called {of!r}", where="of", mend=f"There are: {known}.")
    found = [one for one in scored(connection, blobs, period) if one.score.distance is None]
    here = {one.person for one in found}
    named = sorted((one for one in list_people(connection) if one.id in here), key=lambda one: one.pseudonym)
    figures: dict[str, Accuracy] = {}
    for simulated in (False, True):
        some = {one.id: one.pseudonym for one in named if one.simulated is simulated}
        figures |= {one.person: one for one in _rated(some, found, of, simulated=simulated)}
    return Team(period, of, asked, tuple(figures[one.id] for one in named))


def own(connection: Connection, blobs: Blobs, person: str, now: datetime) -> Accuracy | None:
    """One's own figures up to yesterday: a count that moved after a task would tell that it was gold."""
    found = team(connection, blobs, period_of(now - timedelta(days=1)))
    return next((one for one in found.people if one.person == person), None)


def _rated(
    some: Mapping[str, str], found: Iterable[Scored], of: str, *, simulated: bool
) -> Iterable[Accuracy]:
    right: dict[str, list[bool]] = {}
    pairs: dict[str, list[tuple[bool, bool]]] = {}
    for one in found:
        if one.person not in some:
            continue
        if (correct := _right(one.score, of)) is not None:
            right.setdefault(one.person, []).append(correct)
        if (pair := _pair(one.score, of)) is not None:
            pairs.setdefault(one.person, []).append(pair)
    people = list(some)
    columns = [_column(people, right, f"share right on {of} of person {{}}")]
    for name, present in (("sensitivity", True), ("specificity", False)):
        about = {
            who: [true == said for true, said in every if true is present] for who, every in pairs.items()
        }
        columns.append(_column(people, about, f"{name} for {of} of person {{}}"))
    return [
        Accuracy(who, some[who], simulated, *(column[n] for column in columns))
        for n, who in enumerate(people)
    ]


def _column(people: list[str], right: Mapping[str, list[bool]], of: str) -> list[Estimate | None]:
    """Who was not asked has no rate of their own: what is printed must have been answered."""
    found = rates_of(people, right, of)
    if found is None:
        return [None] * len(people)
    return [rate if right.get(who) else None for who, rate in zip(people, found.rates, strict=True)]


def _pair(score: Score, of: str) -> tuple[bool, bool] | None:
    return score.verdict if of == VERDICT else score.families.get(of)


def _right(score: Score, of: str) -> bool | None:
    """Whether this is right on an item as a whole; of a dialogue in each of its answers."""
    if (pair := _pair(score, of)) is not None:
        return pair[0] == pair[1]
    asked: Callable[[str], bool] = (
        (lambda one: one == "choice") if of == PREFERENCE else (lambda one: one.endswith(f".{of}"))
    )
    parts = [correct for question, correct in score.questions.items() if asked(question)]
    return all(parts) if parts else None


def _asked(connection: Connection, blobs: Blobs) -> dict[str, Text]:
    """What the guideline versions of known answers ask, in their order."""
    query = select(answer_gold.c.guideline).distinct().order_by(answer_gold.c.guideline)
    found = dict(NAMES)
    for version in connection.execute(query).scalars():
        yardstick = guideline_of(connection, blobs, version).ai_response
        found |= {one.code: one.text for one in yardstick.critical_fails}
        found |= {one.code: one.name for one in yardstick.dimensions}
    return found
