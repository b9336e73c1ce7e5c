"""Outcomes as rows that rates are computed from, each with the chance that it is known.

Where something is contested and waits for a ruling, those that were ruled on stand for it: rulings are only
made there, and leaving them out would look like agreement.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from tilik.exchange.raters.how import UNRULED
from tilik.exchange.raters.rates import Beside
from tilik.exchange.raters.truth import VERDICT, Draw, Truth, asks
from tilik.guideline import Text
from tilik.log import Blobs
from tilik.measure.corrected import second_phase_of, told
from tilik.measure.facts import StudyFacts
from tilik.measure.second import Refusal
from tilik.quality.gold import list_gold, scored
from tilik.stats import respondents
from tilik.store.tables import video

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
ENDLESS = 1e-9
"""Gold stands for videos without end: no finite population correction."""


@dataclass(frozen=True)
class Known:
    """Outcomes that are known: ``on`` flags their draws, ``true`` and ``pi`` have a row for each of them."""

    facts: StudyFacts
    on: Flags
    true: Floats
    pi: Floats

    def rows(self, said: Floats) -> Beside:
        """Beside one answer a draw, NaN where there is none; ``said`` runs over all draws."""
        names = clusters_of(self.facts)
        return Beside(
            self.true,
            said[self.on],
            self.facts.impressions[self.on],
            self.pi,
            self.facts.stratum[self.on],
            names[self.on],
        )


@dataclass(frozen=True)
class KnownOfPeople:
    """Judgements beside the outcomes of others; a row for each, ``draws`` is where its draw stands."""

    facts: StudyFacts
    draws: NDArray[np.intp]
    people: NDArray[np.str_]
    true: Floats
    said: Floats
    chance: Floats

    def rows(self, person: str = "") -> Beside:
        """Of one person, or of all; each video counts by its impressions, however many judged it."""
        on = self.people == person if person else np.ones(self.people.size, dtype=bool)
        draws = self.draws[on]
        facts, count = self.facts, np.bincount(draws, minlength=len(self.facts.videos))
        asked = count > 0
        pi = np.zeros(len(facts.videos))
        if asked.any():
            pi[asked] = respondents(facts.pi, asked, facts.stratum)
        return Beside(
            self.true[on],
            self.said[on],
            facts.impressions[draws] / np.maximum(count[draws], 1),
            pi[draws] * self.chance[on],
            facts.stratum[draws],
            clusters_of(facts)[draws],
        )


def clusters_of(facts: StudyFacts) -> NDArray[np.str_]:
    """What was drawn together: families, else each video for itself."""
    return np.array(facts.videos, dtype=np.str_) if facts.families is None else facts.families


def outcomes_known(truth: Truth, code: str) -> Known | Text:
    """The settled outcomes for the verdict or a family, or why none can stand for the study."""
    facts, holds = truth.facts, asks(truth.facts.guideline, code)
    if facts.looks:
        return _by_second_looks(truth, holds)
    stages = truth.stages
    contested, ruled = stages == "contested", stages == "ruled"
    if contested.any() and not ruled.any():
        return UNRULED
    able = np.array([one.outcome is not None and one.outcome.assessable for one in truth.draws], dtype=bool)
    answered = able | contested
    pi = np.ones(stages.size)
    if answered.any():
        pi[answered] = respondents(facts.pi, answered, facts.stratum)
    pi[ruled] *= ruled.sum() / (ruled.sum() + contested.sum()) if ruled.any() else 1.0
    true = np.array([_true(one, holds) for one in truth.draws])
    return Known(facts, able, true[able], pi[able])


def _true(one: Draw, holds: object) -> float:
    assert callable(holds)
    return float(one.outcome is not None and holds(one.outcome))


def _by_second_looks(truth: Truth, holds: object) -> Known | Text:
    """Of a study with second looks, the videos that were looked at again, weighed by that chance too."""
    assert callable(holds)
    facts = truth.facts
    phase = second_phase_of(facts, holds)
    if isinstance(phase, Refusal):
        return told(phase)
    pi = respondents(facts.pi, facts.assessed, facts.stratum) * phase.p2
    seen = np.array([one.stage != "waiting" for one in truth.draws], dtype=bool)[facts.assessed]
    known = np.isfinite(phase.ruling) & seen
    on = np.zeros(len(facts.videos), dtype=bool)
    on[np.flatnonzero(facts.assessed)[known]] = True
    return Known(facts, on, phase.ruling[known], pi[known])


def people_known(truth: Truth, code: str) -> KnownOfPeople:
    """Each judgement beside the outcome of the others alone; where that waits for a ruling it is left out."""
    holds = asks(truth.facts.guideline, code)
    found: list[tuple[int, str, float, float, bool]] = []
    waits = ruled = 0
    for at, one in enumerate(truth.draws):
        for place, (person, said) in enumerate(one.said):
            stage, true = one.without(place)
            waits += stage == "contested"
            ruled += stage == "ruled"
            if true is not None and true.assessable and said.assessable:
                found.append((at, person, float(holds(true)), float(holds(said)), stage == "ruled"))
    settled = ruled / (ruled + waits) if ruled else 1.0
    chance = np.array([settled if by_ruling else 1.0 for *_, by_ruling in found])
    return KnownOfPeople(
        truth.facts,
        np.array([at for at, *_ in found], dtype=np.intp),
        np.array([person for _, person, *_ in found], dtype=np.str_),
        np.array([true for _, _, true, *_ in found], dtype=float),
        np.array([said for _, _, _, said, _ in found], dtype=float),
        chance.astype(float),
    )


def gold_rows(connection: Connection, blobs: Blobs, facts: StudyFacts, code: str) -> Beside:
    """People's judgements of hidden gold of the study's guideline; each weighs the same."""
    locked = set(connection.execute(select(video.c.id).where(video.c.locked.is_(True))).scalars())
    items = {
        one.id
        for one in list_gold(connection)
        if one.guideline == facts.study.guideline and not one.stopped and one.video not in locked
    }
    pairs = []
    for one in scored(connection, blobs, "gold"):
        pair = one.score.verdict if code == VERDICT else one.score.families.get(code)
        if one.gold in items and one.score.distance is None and pair is not None:
            pairs.append((one.gold, *pair))
    size = len(pairs)
    return Beside(
        np.array([true for _, true, _ in pairs], dtype=float),
        np.array([said for _, _, said in pairs], dtype=float),
        np.ones(size),
        np.full(size, ENDLESS),
        np.full(size, "gold", dtype=np.str_),
        np.array([item for item, *_ in pairs], dtype=np.str_),
    )
