"""What a classifier lets through: failing videos of the sample that scored low, the most seen first."""

from __future__ import annotations

from collections import Counter

import numpy as np
from sqlalchemy import Connection, select

from tilik.guideline import Decision, Text, failing_verdicts
from tilik.guideline.agreeing import CLEAR
from tilik.kernel import Invalid
from tilik.log import Blobs
from tilik.measure.classifiers import Seen
from tilik.measure.facts import StudyFacts, gather
from tilik.measure.how import TITLE
from tilik.measure.inputs import inputs_of
from tilik.measure.wire import AsOfView, How
from tilik.measure.wire_weeks import Leak, Leakage
from tilik.stats import Floats, hajek_ratio
from tilik.stats.domain import domain_share
from tilik.store.tables import video

LISTED = 20
HALF = 0.5
LINES = [
    Text(
        id="Video dalam sampel yang dinilai tidak layak, tetapi skornya di bawah ambang, diurutkan menurut "
        "tayangan. Daftar ini bagian dari sampel, bukan semua yang lolos; berapa banyak seluruhnya ditaksir.",
        en="Videos of the sample that were judged failing while their score lies below the threshold, by "
        "impressions. The list is a part of the sample, not all that leaks; how much leaks is estimated.",
    )
]


def leakage(
    connection: Connection, blobs: Blobs, study: str, score: str, threshold: float, *, listed: int = LISTED
) -> Leakage:
    """What scored below the threshold and fails. Raises ``Missing``, ``Invalid`` as :func:`classify` does."""
    if not 0 < threshold < 1:
        raise Invalid("threshold-out-of-range", f"a threshold lies between 0 and 1, not {threshold:g}")
    facts = gather(connection, blobs, study)
    seen = Seen(facts, score)
    low: Floats = (seen.score < threshold).astype(float)
    items = _items(connection, facts, seen, low)
    told = {**inputs_of(facts), "score": score, "threshold": threshold}
    return Leakage(
        score=score,
        threshold=threshold,
        share=hajek_ratio(
            seen.y * low,
            facts.impressions[facts.assessed],
            seen.pi,
            seen.strata,
            totals=facts.stratum_totals,
            families=seen.families,
            interval="half-positive",
            of=f"impression share failing with {score} below {threshold:g}",
            inputs=told,
        ),
        missed=domain_share(
            low,
            (seen.y > HALF).astype(float),
            seen.w,
            seen.pi,
            seen.strata,
            families=seen.families,
            interval="half-positive",
            of=f"share of failing impressions with {score} below {threshold:g}",
            inputs=told,
        ),
        found=len(items),
        items=items[:listed],
        as_of=AsOfView(seq=facts.as_of.seq, hash=facts.as_of.hash, at=facts.as_of.at),
        how=How(title=TITLE, lines=LINES, sources=["Hájek 1971; Särndal, Swensson & Wretman 1992, ch. 10"]),
    )


def _items(connection: Connection, facts: StudyFacts, seen: Seen, low: Floats) -> list[Leak]:
    locked = set(connection.execute(select(video.c.id).where(video.c.locked.is_(True))).scalars())
    at = np.flatnonzero(facts.assessed)
    found = [
        _leak(facts, int(at[k]), float(seen.score[k]), float(seen.pi[k]))
        for k in np.flatnonzero((seen.y > HALF) & (low == 1))
        if facts.videos[at[k]] not in locked
    ]
    return sorted(found, key=lambda leak: (-leak.impressions, leak.video))


def _leak(facts: StudyFacts, at: int, score: float, pi: float) -> Leak:
    judged = [one for one in facts.decisions[at] if one.assessable]
    failing = [one for one in judged if one.verdict in failing_verdicts(facts.guideline)]
    said = [(code, level) for one in judged for code, level in one.labels.items() if level > 0]
    clear = [code for code, level in said if level >= CLEAR]
    labels = Counter(clear or [code for code, _ in said])
    ages = [one.min_age for one in failing if one.min_age is not None]
    return Leak(
        video=facts.videos[at],
        impressions=float(facts.impressions[at]),
        score=score,
        verdict=_most(failing),
        labels=sorted(code for code, count in labels.items() if count > HALF * len(judged)),
        min_age=max(ages, default=None),
        weight=1 / pi,
    )


def _most(failing: list[Decision]) -> str:
    verdicts = Counter(str(one.verdict) for one in failing)
    return max(sorted(verdicts), key=lambda code: verdicts[code])
