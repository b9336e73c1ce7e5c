"""A classifier against the judged videos: precision, recall and specificity at a threshold.

By the model-assisted difference estimator, which the frame's own totals of the score sharpen, with Hájek's
ratio of the judged videos alone beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from tilik.guideline import Text, failing_verdicts
from tilik.kernel import Estimate, Invalid
from tilik.log import Blobs
from tilik.measure.corrected import corrected_classifier, told
from tilik.measure.facts import StudyFacts, gather
from tilik.measure.how import how_by_difference
from tilik.measure.inputs import inputs_of
from tilik.measure.second import Refusal
from tilik.measure.wire import AsOfView, Classifier, Figure, ScoreView
from tilik.stats import (
    ClassifierEstimates,
    FrameTotals,
    assisted,
    assisted_share,
    precision,
    recall,
    respondents,
    specificity,
)
from tilik.stats.intervals import IntervalKind
from tilik.stats.strata import calibrated

Floats = NDArray[np.float64]
USUAL_THRESHOLD = 0.5
HALF: IntervalKind = "half-positive"
NAMES = {
    "precision": Text(id="Presisi", en="Precision"),
    "recall": Text(id="Recall", en="Recall"),
    "specificity": Text(id="Spesifisitas", en="Specificity"),
}


def classify(connection: Connection, blobs: Blobs, study: str, score: str, threshold: float) -> Classifier:
    """All three figures of a score at a threshold; positives are failing videos.

    The share of failing impressions is the study's, not the score's: it is printed once, as the first figure.

    Raises ``Missing``, or ``Invalid`` on an unknown score, a threshold outside 0..1, or unsettled outcomes.
    """
    if not 0 < threshold < 1:
        raise Invalid("threshold-out-of-range", f"a threshold lies between 0 and 1, not {threshold:g}")
    facts = gather(connection, blobs, study)
    totals = facts.population.totals(score, threshold)
    seen = Seen(facts, score)
    if not seen.settled:
        raise Invalid(
            "outcomes-differ",
            "people differ on some videos, and a classifier is held against settled outcomes",
            where=study,
            mend="Settle them first; shares are estimated without.",
        )
    helped, alone = _by_difference(seen, threshold, totals), _alone(seen, threshold)
    if seen.y.size and not facts.covers_frame:
        helped, alone = {}, {code: _of_a_part(one) for code, one in alone.items()}
    failing = failing_verdicts(facts.guideline)
    fixed: ClassifierEstimates | Refusal | None = None
    if facts.looks:
        fixed = corrected_classifier(facts, lambda one: one.verdict in failing, score, threshold)
    return Classifier(
        score=score,
        threshold=threshold,
        flagged=totals.above / totals.measure,
        figures=[
            _figure(code, name, helped.get(code, alone[code]), alone[code], fixed)
            for code, name in NAMES.items()
        ],
        as_of=AsOfView(seq=facts.as_of.seq, hash=facts.as_of.hash, at=facts.as_of.at),
        how=how_by_difference(score, threshold, facts if isinstance(fixed, ClassifierEstimates) else None),
    )


def _figure(
    code: str, name: Text, plain: Estimate, alone: Estimate, fixed: ClassifierEstimates | Refusal | None
) -> Figure:
    """Corrected for reviewer error with the plain figure beside it, or plain with that of judged videos."""
    if isinstance(fixed, ClassifierEstimates):
        return Figure(code=code, name=name, estimate=getattr(fixed, code), beside=plain, corrected=True)
    why = None if fixed is None else told(fixed)
    return Figure(code=code, name=name, estimate=plain, beside=alone, uncorrected=why)


def usual_threshold(connection: Connection, blobs: Blobs, study: str, score: str) -> float:
    """The threshold that the study's design states for a score, or one half. Raises ``Missing``."""
    found = {view.score: view.threshold for view in scores_of(gather(connection, blobs, study))}
    return found.get(score, USUAL_THRESHOLD)


class Seen:
    """The judged draws of a study with a score; arrays have one element for each."""

    def __init__(self, facts: StudyFacts, score: str) -> None:
        on = facts.assessed
        failing = failing_verdicts(facts.guideline)
        self.facts = facts
        self.y: Floats = facts.share_of_judgements(lambda decision: decision.verdict in failing)[on]
        self.pi = respondents(facts.pi, on, facts.stratum)
        self.strata = facts.stratum[on]
        self.families = facts.assessed_families
        self.w: Floats = calibrated(facts.impressions[on], self.pi, self.strata, facts.stratum_totals)
        self.score = facts.population.score(score, facts.videos)[on]

    @property
    def settled(self) -> bool:
        """Whether each video was found failing or not: its judges agree."""
        return bool(np.isin(self.y, (0.0, 1.0)).all())


def helped_share(facts: StudyFacts, of: str) -> Estimate | None:
    """The share of failing impressions, helped by a score.

    None where none is there, judges differ, or what was judged does not stand for the whole frame, whose
    totals would then be laid on a part.
    """
    name = chosen_score(facts)
    if name is None or not facts.covers_frame:
        return None
    seen = Seen(facts, name)
    if not seen.settled:
        return None
    totals = facts.population.totals(name, USUAL_THRESHOLD)
    inputs = {**inputs_of(facts), "score": name}
    return assisted_share(
        seen.y,
        seen.score,
        seen.w,
        seen.pi,
        seen.strata,
        totals=totals,
        families=seen.families,
        of=of,
        inputs=inputs,
    )


def chosen_score(facts: StudyFacts) -> str | None:
    """The score that the design draws by, else the frame's first; never the one that happens to fit best."""
    scores = facts.population.scores
    named = [view.score for view in scores_of(facts) if view.designed]
    return next(iter([*named, *scores]), None)


def scores_of(facts: StudyFacts) -> list[ScoreView]:
    """The frame's scores, each with the threshold that the design states, or else one half."""
    design = json.loads(facts.study.design)
    stated = {target["score"]: target["threshold"] for target in design.get("targets", ())}
    if design.get("score"):
        stated.setdefault(design["score"], USUAL_THRESHOLD)
    for part in design.get("purposes", ()):
        for risk in part.get("risks", ()):
            stated.setdefault(risk["score"], risk["threshold"] or USUAL_THRESHOLD)
    return [
        ScoreView(score=name, threshold=stated.get(name, USUAL_THRESHOLD), designed=name in stated)
        for name in facts.population.scores
    ]


def _by_difference(seen: Seen, threshold: float, totals: FrameTotals) -> dict[str, Estimate]:
    if not seen.y.size:
        return {}
    found = assisted(
        seen.y,
        seen.score,
        seen.w,
        seen.pi,
        seen.strata,
        threshold=threshold,
        totals=totals,
        families=seen.families,
        of="{} of failing videos",
        inputs=inputs_of(seen.facts),
    )
    return found._asdict()


def _alone(seen: Seen, threshold: float) -> dict[str, Estimate]:
    acts = (seen.score >= threshold).astype(float)
    figure: dict[str, Callable[..., Estimate]] = {
        "precision": precision,
        "recall": recall,
        "specificity": specificity,
    }
    phrase = {"precision": "precision for", "recall": "recall of", "specificity": "specificity for"}
    return {
        code: by(
            seen.y,
            acts,
            seen.w,
            seen.pi,
            seen.strata,
            families=seen.families,
            of=f"{phrase[code]} failing videos",
            inputs=inputs_of(seen.facts),
            interval=HALF,
        )
        for code, by in figure.items()
    }


def _of_a_part(estimate: Estimate) -> Estimate:
    """Nothing is known of the frame's other part, so nothing is said of the whole."""
    told = {**estimate.inputs, "refused": "what was judged does not stand for the whole frame"}
    unknown = {"value": None, "low": 0.0, "high": 1.0, "n_eff": 0.0, "inputs": told}
    return estimate.model_copy(update={**unknown, "method": f"{estimate.method}+unseen-part-bounds"})
