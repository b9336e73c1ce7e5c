"""One sample, many pivots: the share of failing impressions in each level of a domain.

A level of which too little was judged is named, with what it holds of the impressions, and not printed.
"""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection

from tilik.guideline import Text, failing_verdicts
from tilik.kernel import Estimate
from tilik.log import Blobs
from tilik.measure.facts import StudyFacts, gather
from tilik.measure.how import how_by_domain
from tilik.measure.inputs import inputs_of
from tilik.measure.population import Floats
from tilik.measure.wire import AsOfView, Cell, Pivot
from tilik.stats import respondents, shares_by
from tilik.stats.strata import calibrated

FEWEST = 30
"""Judged videos, and effective ones, that a level needs to be printed."""
PART = Text(
    id="yang dinilai belum mewakili seluruh kerangka",
    en="what was judged does not stand for the whole frame",
)


def pivot(connection: Connection, blobs: Blobs, study: str, by: str) -> Pivot:
    """Every level of a domain, the heaviest first. Raises ``Missing``, or ``Invalid`` on an unfit domain."""
    facts = gather(connection, blobs, study)
    levels = facts.population.levels(by)
    found = _shares(facts, by)
    part = facts.assessed.any() and not facts.covers_frame
    whole = sum(levels.values())
    return Pivot(
        by=by,
        cells=[
            _cell(name, size / whole if whole else 0.0, found.get(name), part=bool(part))
            for name, size in levels.items()
        ],
        fewest=FEWEST,
        as_of=AsOfView(seq=facts.as_of.seq, hash=facts.as_of.hash, at=facts.as_of.at),
        how=how_by_domain(by, FEWEST),
    )


def _shares(facts: StudyFacts, by: str) -> dict[str, Estimate]:
    on, failing = facts.assessed, failing_verdicts(facts.guideline)
    if not on.any():
        return {}
    y: Floats = facts.share_of_judgements(lambda decision: decision.verdict in failing)[on]
    pi, strata = respondents(facts.pi, on, facts.stratum), facts.stratum[on]
    return shares_by(
        y,
        np.asarray(facts.population.domain(by, facts.videos))[on],
        calibrated(facts.impressions[on], pi, strata, facts.stratum_totals),
        pi,
        strata,
        families=facts.assessed_families,
        of=f"impression share of failing where {by} is {{}}",
        inputs=inputs_of(facts),
        interval="half-positive",
    )


def _cell(level: str, share: float, estimate: Estimate | None, *, part: bool) -> Cell:
    judged = 0 if estimate is None else estimate.n
    effective = 0.0 if estimate is None else min(estimate.n_eff, float(estimate.n))
    if estimate is None or part or judged < FEWEST or effective < FEWEST:
        return Cell(
            level=level,
            share=share,
            judged=judged,
            effective=effective,
            estimate=None,
            thin=PART if part else _thin(judged, effective),
        )
    return Cell(level=level, share=share, judged=judged, effective=effective, estimate=estimate, thin=None)


def _thin(judged: int, effective: float) -> Text:
    if judged >= FEWEST:
        return Text(
            id=f"{judged} dinilai, tetapi hanya setara {effective:.0f}; perlu {FEWEST}",
            en=f"{judged} judged, yet worth only {effective:.0f}; {FEWEST} are needed",
        )
    return Text(id=f"baru {judged} dinilai; perlu {FEWEST}", en=f"only {judged} judged; {FEWEST} are needed")
