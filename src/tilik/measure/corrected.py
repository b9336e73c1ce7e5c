"""Figures corrected for reviewer error by the study's second looks: the two-phase difference estimator."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tilik.guideline import Text
from tilik.kernel import Estimate
from tilik.measure.facts import StudyFacts
from tilik.measure.inputs import inputs_of
from tilik.measure.second import Holds, Looked, Phase, Refusal, phase_of
from tilik.stats import ClassifierEstimates, FrameTotals, respondents, two_phase
from tilik.stats.strata import calibrated

Floats = NDArray[np.float64]
KINDS = {
    "positive": Text(id="yang dinilai bermasalah", en="found to have it"),
    "negative": Text(id="yang dinilai tidak bermasalah", en="found not to have it"),
}
REASONS = {
    "no-overlap": Text(
        id="yang dinilai baik tidak pernah dinilai ulang (bagiannya 0), jadi yang terlewat tidak diketahui",
        en="what was found sound is never looked at again (overlap 0), so what was missed is not known",
    ),
    "part": Text(
        id="yang dinilai belum mewakili seluruh kerangka",
        en="what was judged does not stand for the whole frame",
    ),
    "no-second": Text(
        id="belum ada penilaian kedua untuk video {kind}",
        en="no second judgement yet of videos {kind}",
    ),
    "no-ruling": Text(
        id="{count} video {kind} diperselisihkan dan belum satu pun diputus",
        en="{count} videos {kind} are contested and none is ruled on yet",
    ),
    "labels-differ": Text(
        id="pada {count} video {kind}, kedua peninjau memilih label berbeda dalam keluarga yang sama",
        en="on {count} videos {kind} the two reviewers chose different labels of one family",
    ),
}
SCORELESS = 0.5
"""The score of every video where none helps: the estimator is then Hájek's, with the second phase."""


class SecondCounts(NamedTuple):
    """How far the second phase has come: draws looked at again, waiting for it, contested, and ruled on."""

    again: int
    waiting: int
    ruled: int
    least: float


def counts_of(facts: StudyFacts) -> SecondCounts:
    """The counts that stand beside a corrected figure; ``least`` is the smallest chance of a second look."""
    looks = [look for look in _assessed(facts) if look.again]
    return SecondCounts(
        again=sum(look.second is not None for look in looks),
        waiting=sum(look.second is None for look in looks),
        ruled=sum(look.ruling is not None for look in looks),
        least=min((look.p2 for look in _assessed(facts)), default=0.0),
    )


def told(refusal: Refusal) -> Text:
    """Why a figure is not corrected, in both languages."""
    kind, text = KINDS.get(refusal.kind), REASONS[refusal.code]
    return Text(
        id=text.id.format(kind=kind.id if kind else "", count=refusal.draws),
        en=text.en.format(kind=kind.en if kind else "", count=refusal.draws),
    )


def corrected_share(facts: StudyFacts, holds: Holds, of: str, score: str | None) -> Estimate | Refusal:
    """The share of impressions for which ``holds`` by outcome, ``score`` helping where it is named."""
    totals = None if score is None else facts.population.totals(score, np.inf)
    found = _two_phase(facts, holds, of, score, np.inf, totals)
    return found if isinstance(found, Refusal) else found.prevalence.model_copy(update={"of": of})


def corrected_classifier(
    facts: StudyFacts, holds: Holds, score: str, threshold: float
) -> ClassifierEstimates | Refusal:
    """All figures of a score at a threshold by outcome, ``holds`` saying what is positive."""
    totals = facts.population.totals(score, threshold)
    return _two_phase(facts, holds, "{} of failing videos", score, threshold, totals)


def _two_phase(
    facts: StudyFacts, holds: Holds, of: str, score: str | None, threshold: float, totals: FrameTotals | None
) -> ClassifierEstimates | Refusal:
    if not facts.covers_frame:
        return Refusal("part")
    on = facts.assessed
    phase = second_phase_of(facts, holds)
    if isinstance(phase, Refusal):
        return phase
    pi, strata = respondents(facts.pi, on, facts.stratum), facts.stratum[on]
    whole = sum(facts.stratum_totals.values())
    helping: dict[str, str] = {} if score is None else {"score": score}
    flat = np.full(int(on.sum()), SCORELESS)
    return two_phase(
        phase.review,
        phase.ruling,
        phase.p2,
        flat if score is None else facts.population.score(score, facts.videos)[on],
        calibrated(facts.impressions[on], pi, strata, facts.stratum_totals),
        pi,
        strata,
        threshold=threshold,
        totals=totals or FrameTotals(whole, whole * SCORELESS),
        families=facts.assessed_families,
        of=of,
        inputs={**inputs_of(facts), **helping, "corrected": "reviewer error"},
    ).corrected


def second_phase_of(facts: StudyFacts, holds: Holds) -> Phase | Refusal:
    """The second phase of a question over the assessed draws."""
    firsts = [found[0] for found, on in zip(facts.decisions, facts.assessed, strict=True) if on]
    return phase_of(facts.guideline, firsts, _assessed(facts), holds)


def _assessed(facts: StudyFacts) -> list[Looked]:
    return [look for look, on in zip(facts.looks, facts.assessed, strict=True) if on and look is not None]
