"""Raters of any kind side by side: people, classifiers at their thresholds, machine judges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from tilik.exchange.raters.how import FAILS, NO_GOLD, NO_OTHERS, how_compared, no_outcome
from tilik.exchange.raters.keep import judges_of, verdicts_of
from tilik.exchange.raters.known import Known, gold_rows, outcomes_known, people_known
from tilik.exchange.raters.rates import Beside, sides, unknown
from tilik.exchange.raters.truth import VERDICT, Truth, truth_of
from tilik.exchange.raters.verdicts import Verdict
from tilik.exchange.raters.wire import Asked, OutcomeCounts, Rater, Raters
from tilik.guideline import Guideline, Text
from tilik.kernel import Invalid
from tilik.log import Blobs
from tilik.measure.classifiers import scores_of
from tilik.measure.facts import StudyFacts, gather
from tilik.measure.inputs import inputs_of
from tilik.measure.wire import AsOfView
from tilik.store.tables import person

Floats = NDArray[np.float64]


def compare_raters(
    connection: Connection, blobs: Blobs, study: str, of: str = VERDICT, *, by_person: bool = False
) -> Raters:
    """Everybody and everything that judged a study's videos, for the verdict or a family of labels.

    ``by_person`` adds a row for each person under their pseudonym. Raises ``Missing``, or ``Invalid`` for a
    study whose videos were chosen or that is not blind, and for a code that is no family.
    """
    facts = gather(connection, blobs, study)
    asks = asks_of(facts.guideline)
    if of not in {one.code for one in asks}:
        raise Invalid(
            "raters-family",
            f"the guideline has no family {of!r}",
            where="of",
            mend=f"Choose one of: {', '.join(one.code for one in asks)}.",
        )
    comparing = _Comparing(connection, blobs, facts, truth_of(connection, facts), of)
    counts = comparing.truth.counts
    return Raters(
        study=study,
        of=of,
        asks=asks,
        raters=[*comparing.people(by_person=by_person), *comparing.machines()],
        outcomes=OutcomeCounts(**{name: counts.get(name, 0) for name in OutcomeCounts.model_fields}),
        as_of=AsOfView(seq=facts.as_of.seq, hash=facts.as_of.hash, at=facts.as_of.at),
        how=how_compared(facts),
        simulated=facts.simulated,
    )


def asks_of(guideline: Guideline) -> list[Asked]:
    """The verdict, and each family of labels."""
    families = [Asked(code=family.code, name=family.name) for family in guideline.families]
    return [Asked(code=VERDICT, name=FAILS), *families]


@dataclass(frozen=True)
class _Comparing:
    connection: Connection
    blobs: Blobs
    facts: StudyFacts
    truth: Truth
    of: str

    def people(self, *, by_person: bool) -> Iterator[Rater]:
        """All people together beside others' outcomes, each of them where that is asked, all beside gold."""
        known = people_known(self.truth, self.of)
        yield self._person("", known.rows(), "people", None if known.people.size else NO_OTHERS)
        names = self._pseudonyms(sorted(set(known.people.tolist()))) if by_person else {}
        for identity, name in sorted(names.items(), key=lambda pair: pair[1]):
            yield self._person(name, known.rows(identity), "person", None)
        gold = gold_rows(self.connection, self.blobs, self.facts, self.of)
        found = sides(gold, of=f"{{}} of people on hidden gold for {self.of}")
        yield Rater(
            kind="people",
            name="",
            against="gold",
            sensitivity=found.sensitivity,
            specificity=found.specificity,
            answers=gold.true.size,
            silent=0,
            why=None if gold.true.size else NO_GOLD,
        )

    def _person(self, name: str, rows: Beside, kind: str, why: Text | None) -> Rater:
        who = name or "people"
        found = sides(rows, of=f"{{}} of {who} for {self.of}", inputs=inputs_of(self.facts))
        return Rater(
            kind="person" if kind == "person" else "people",
            name=name,
            against="others",
            sensitivity=found.sensitivity,
            specificity=found.specificity,
            answers=rows.true.size,
            silent=0,
            why=why,
        )

    def _pseudonyms(self, people: list[str]) -> dict[str, str]:
        query = select(person.c.id, person.c.pseudonym).where(person.c.id.in_(people))
        return {row.id: row.pseudonym for row in self.connection.execute(query)}

    def machines(self) -> Iterator[Rater]:
        """The frame's scores at their thresholds (for the verdict), then the machine judges."""
        known = outcomes_known(self.truth, self.of)
        if self.of == VERDICT:
            for view in scores_of(self.facts):
                score = self.facts.population.score(view.score, self.facts.videos)
                said = np.where(np.isfinite(score), (score >= view.threshold).astype(float), np.nan)
                yield self._machine("classifier", view.score, said, known, view.threshold)
        for judge in judges_of(self.connection, self.facts.study.id):
            verdicts = verdicts_of(self.blobs, judge)
            told = [_says(verdicts.get(video), self.of) for video in self.facts.videos]
            yield self._machine("machine", judge.name, np.array(told, dtype=float), known)

    def _machine(
        self, kind: str, name: str, said: Floats, known: Known | Text, threshold: float | None = None
    ) -> Rater:
        of = f"{{}} of {name} for {self.of}"
        inputs = inputs_of(self.facts)
        told = isinstance(known, Known)
        rows = known.rows(said) if isinstance(known, Known) else None
        if rows is None or not rows.true.size:
            pair = [unknown(of.format(side), inputs) for side in ("sensitivity", "specificity")]
        else:
            pair = list(sides(rows, of=of, inputs={**inputs, "threshold": threshold}))
        silent = int(np.isnan(rows.said).sum()) if rows is not None else 0
        return Rater(
            kind="machine" if kind == "machine" else "classifier",
            name=name,
            threshold=threshold,
            against="outcomes",
            sensitivity=pair[0],
            specificity=pair[1],
            answers=(rows.true.size if rows is not None else 0) - silent,
            silent=silent,
            why=None if told and rows is not None and rows.true.size else no_outcome(known),
        )


def _says(verdict: Verdict | None, of: str) -> float:
    if verdict is None:
        return np.nan
    if of == VERDICT:
        return np.nan if verdict.fails is None else float(verdict.fails)
    return np.nan if verdict.families is None else float(of in verdict.families)
