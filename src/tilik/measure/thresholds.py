"""A score along its thresholds: what moving the line would cost, with intervals that hold at all of them."""

from __future__ import annotations

from sqlalchemy import Connection

from tilik.guideline import Text
from tilik.kernel import Invalid
from tilik.log import Blobs
from tilik.measure.classifiers import USUAL_THRESHOLD, Seen, scores_of
from tilik.measure.facts import gather
from tilik.measure.how import TITLE
from tilik.measure.inputs import inputs_of
from tilik.measure.wire import AsOfView, How
from tilik.measure.wire_weeks import Thresholds, ThresholdView
from tilik.stats import threshold_table

CUTS = tuple(at / 20 for at in range(1, 20))
LINES = [
    Text(
        id="Di setiap ambang: bagian tayangan yang ditindak (dihitung dari kerangka), presisi, dan recall. "
        "Selang tiap angka berlaku untuk semua ambang sekaligus, jadi tabel ini boleh dipakai untuk memilih "
        "ambang.",
        en="At each threshold: the part of impressions acted on (counted over the frame), precision, and "
        "recall. The intervals of a figure hold at all thresholds at once, so the table may be used to "
        "choose one.",
    )
]


def thresholds(connection: Connection, blobs: Blobs, study: str, score: str) -> Thresholds:
    """The score at twenty thresholds, the stated one among them. Raises as :func:`classify` does."""
    facts = gather(connection, blobs, study)
    seen = Seen(facts, score)
    if not seen.settled:
        raise Invalid(
            "outcomes-differ",
            "people differ on some videos, and a classifier is held against settled outcomes",
            where=study,
            mend="Settle them first; shares are estimated without.",
        )
    if not seen.y.size:
        raise Invalid("nothing-judged", "nothing of this study is judged yet", where=study)
    stated = {one.score: one.threshold for one in scores_of(facts)}.get(score, USUAL_THRESHOLD)
    cuts = sorted({*CUTS, stated})
    rows = threshold_table(
        seen.y,
        seen.score,
        seen.w,
        seen.pi,
        seen.strata,
        thresholds=cuts,
        totals=facts.population.totals_at(score, cuts) if facts.covers_frame else None,
        families=seen.families,
        band="simultaneous",
        of=f"{{}} of failing videos at {score} ≥ {{:g}}",
        inputs=inputs_of(facts),
    )
    return Thresholds(
        score=score,
        stated=stated,
        rows=[
            ThresholdView(threshold=r.threshold, flagged=r.flagged, precision=r.precision, recall=r.recall)
            for r in rows
        ],
        as_of=AsOfView(seq=facts.as_of.seq, hash=facts.as_of.hash, at=facts.as_of.at),
        how=How(
            title=TITLE, lines=LINES, sources=["Korn & Graubard 1998; simultaneous bands: docs/statistics.md"]
        ),
    )
