"""Blind spots as they are shown, on the screen and by the command alike."""

from __future__ import annotations

from sqlalchemy import Connection

from tilik.learn.blindspots import BlindSpot
from tilik.learn.confirming import seconds, sensible_budget
from tilik.learn.hunting import DEALS, LEAST, LEVEL, Asked, hunt
from tilik.learn.wire import BlindSpotsView, ConditionView, SecondView, SpotView
from tilik.log import Blobs
from tilik.measure.classifiers import scores_of
from tilik.measure.facts import gather


def show_blind_spots(connection: Connection, blobs: Blobs, study: str, asked: Asked) -> BlindSpotsView:
    """What is suspected. Raises what ``hunt`` raises."""
    facts = gather(connection, blobs, study)
    found = hunt(connection, blobs, study, asked)
    return BlindSpotsView(
        study=study,
        name=facts.study.name,
        score=asked.score,
        threshold=asked.threshold,
        scores=scores_of(facts),
        there=list(found.there),
        columns=list(found.columns),
        deepest=found.deepest,
        least=LEAST,
        level=LEVEL,
        deals=DEALS,
        units=found.sample.failing.size,
        spots=[_spot(one) for one in found.spots],
        budget=sensible_budget(found.spots),
    )


def show_seconds(connection: Connection, blobs: Blobs, study: str) -> list[SecondView]:
    """The studies that were drawn to look again, and what they say."""
    return [SecondView.of(one) for one in seconds(connection, blobs, study)]


def _spot(one: BlindSpot) -> SpotView:
    return SpotView(
        conditions=ConditionView.all_of(one.conditions),
        units=one.units,
        share=one.share,
        rest=one.rest,
        shrunk=one.shrunk,
        burden=one.burden,
        p=one.p,
    )
