"""The figures of a study: impression-weighted shares by verdict and by label."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from sqlalchemy import Connection

from tilik.guideline import CLEAR, Text, failing_verdicts
from tilik.kernel import Estimate
from tilik.log import Blobs
from tilik.measure.classifiers import chosen_score, helped_share, scores_of
from tilik.measure.corrected import corrected_share, told
from tilik.measure.facts import StudyFacts, gather
from tilik.measure.how import how_computed
from tilik.measure.inputs import design_of, inputs_of
from tilik.measure.kept import Kept
from tilik.measure.second import Holds, Refusal
from tilik.measure.wire import AsOfView, Figure, Measurement, StudyView
from tilik.stats import hajek_ratio, respondents

FAILING = Text(id="Tidak layak direkomendasikan kepada anak", en="Not fit to be recommended to minors")
NO_TRUTH: Mapping[str, float] = {}
_MEASURED: Kept[Measurement] = Kept(128)


def measure(
    connection: Connection, blobs: Blobs, study: str, truth: Mapping[str, float] = NO_TRUTH
) -> Measurement:
    """All figures of a study. ``truth`` holds known shares by code (made-up frames). Raises ``Missing``."""
    key = (study, id(blobs), tuple(sorted(truth.items())))
    return _MEASURED.get(connection, key, lambda: _measure(connection, blobs, study, truth))


def _measure(connection: Connection, blobs: Blobs, study: str, truth: Mapping[str, float]) -> Measurement:
    facts = gather(connection, blobs, study)
    figure = partial(_figure, facts, truth)
    failing = failing_verdicts(facts.guideline)
    alone = figure("failing", FAILING, _fails(failing))
    helped = helped_share(facts, alone.estimate.of)
    plain = (
        alone if helped is None else alone.model_copy(update={"estimate": helped, "beside": alone.estimate})
    )
    overall = corrected(facts, plain, _fails(failing), chosen_score(facts))
    return Measurement(
        study=describe(facts),
        as_of=AsOfView(seq=facts.as_of.seq, hash=facts.as_of.hash, at=facts.as_of.at),
        overall=overall,
        scores=scores_of(facts),
        domains=list(facts.population.domains),
        verdicts=[figure(v.code, v.name, _has_verdict(v.code)) for v in facts.guideline.verdict.values],
        labels=[
            corrected(facts, figure(lb.code, lb.name, _has_label(lb.code)), _has_label(lb.code))
            for lb in facts.guideline.labels
        ],
        how=how_computed(facts, None if helped is None else chosen_score(facts), overall),
        simulated=facts.simulated,
    )


def _figure(facts: StudyFacts, truth: Mapping[str, float], code: str, name: Text, holds: Holds) -> Figure:
    return Figure(code=code, name=name, estimate=_share(facts, code, holds), truth=truth.get(code))


def _share(facts: StudyFacts, code: str, holds: Holds) -> Estimate:
    answered = facts.assessed
    pi = respondents(facts.pi, answered, facts.stratum)
    return hajek_ratio(
        facts.share_of_judgements(holds)[answered],
        facts.impressions[answered],
        pi,
        facts.stratum[answered],
        totals=facts.stratum_totals,
        families=facts.assessed_families,
        interval="half-positive",
        of=f"impression share of {code}",
        inputs=inputs_of(facts),
    )


def corrected(facts: StudyFacts, plain: Figure, holds: Holds, score: str | None = None) -> Figure:
    """The figure corrected for reviewer error where the study has second looks, the plain one beside it; else
    the plain one, with the reason where it could not be corrected."""
    if not facts.looks:
        return plain
    found = corrected_share(facts, holds, plain.estimate.of, score)
    if isinstance(found, Refusal):
        return plain.model_copy(update={"uncorrected": told(found)})
    return plain.model_copy(update={"estimate": found, "beside": plain.estimate, "corrected": True})


def _fails(failing: frozenset[str]) -> Holds:
    return lambda decision: decision.verdict in failing


def _has_verdict(code: str) -> Holds:
    return lambda decision: decision.verdict == code


def _has_label(code: str) -> Holds:
    return lambda decision: decision.labels.get(code, 0) >= CLEAR


def question_of(frame: str) -> Text:
    """What a study on this frame asks."""
    return Text(
        id=f"Berapa bagian tayangan pada {frame} yang jatuh pada video yang tidak layak?",
        en=f"What share of the impressions in {frame} fell on failing videos?",
    )


def describe(facts: StudyFacts) -> StudyView:
    """The study and how far it has come."""
    row = facts.study
    judged, unjudgeable, stopped = (int(m.sum()) for m in (facts.assessed, facts.unjudgeable, facts.stopped))
    return StudyView(
        id=row.id,
        name=row.name,
        question=question_of(facts.frame_name),
        frame=row.frame,
        guideline=row.guideline,
        design=design_of(facts),
        budget=row.budget,
        seed=row.seed,
        drawn=len(facts.pi),
        judged=judged,
        unjudgeable=unjudgeable,
        waiting=len(facts.pi) - judged - unjudgeable - stopped,
        stopped=stopped,
        simulated=facts.simulated,
    )
