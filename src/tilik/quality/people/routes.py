"""The HTTP face of people's quality: everything for leads; for a reviewer their own figures alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import Connection

from tilik.access.guard import Lead, Reviewer, StoreHere
from tilik.quality.gold.figures import VERDICT
from tilik.quality.people.agreement import agreement_in
from tilik.quality.people.forecast import USUAL_DAYS, forecast
from tilik.quality.people.overlap import overlap_in
from tilik.quality.people.targets import set_targets
from tilik.quality.people.team import own_quality, team_quality
from tilik.quality.people.wire import (
    AgreementView,
    ForecastView,
    OwnQualityView,
    TargetsBody,
    TeamQualityView,
)
from tilik.study import find_study
from tilik.study.period import period_of

router = APIRouter(prefix="/api")
OneStudy = Annotated[str, Query(description="The study's id or name; all without.")]
Day = Annotated[str, Query(description="A day, `2026-03-01`; the eight weeks up to today without.")]


@router.get("/quality/people")
def get_quality_people(
    _session: Lead,
    store: StoreHere,
    study: OneStudy = "",
    since: Day = "",
    until: Day = "",
    of: Annotated[str, Query(description="`verdict`, or the code of a family of labels.")] = VERDICT,
) -> TeamQualityView:
    """How right each person was in a period, and what they did; ordered by pseudonym, never by score."""
    period = period_of(store.clock(), since, until)
    with store.read() as connection:
        found = team_quality(connection, store.blobs, period, study=_study(connection, study), of=of)
    return TeamQualityView.of_team(found)


@router.put("/quality/targets")
def put_quality_targets(
    body: TargetsBody, session: Lead, store: StoreHere, study: OneStudy = ""
) -> TargetsBody:
    """Ask this of everybody from now on, or in one study in its place."""
    with store.write(session.person.id) as writing:
        set_targets(writing, body.targets, _study(writing.connection, study))
    return body


@router.get("/quality/agreement")
def get_quality_agreement(
    _session: Lead, store: StoreHere, study: OneStudy = "", guideline: str = "", language: str = ""
) -> AgreementView:
    """How far people agree who judged the same video blind: per question, label, language and version."""
    with store.read() as connection:
        overlap = overlap_in(connection, store.blobs, _study(connection, study))
    return AgreementView.of(agreement_in(overlap, guideline=guideline, language=language), overlap)


@router.get("/quality/forecast")
def get_quality_forecast(
    study: OneStudy, _session: Lead, store: StoreHere, days: int = USUAL_DAYS
) -> ForecastView:
    """When a study will be done at the pace of its last days."""
    with store.read() as connection:
        identity = find_study(connection, study)
        return ForecastView.of(forecast(connection, identity, store.clock(), last_days=days))


@router.get("/my/quality")
def get_my_quality(session: Reviewer, store: StoreHere) -> OwnQualityView | None:
    """One's own figures up to yesterday; nobody else's, and nothing that would tell gold from live."""
    with store.read() as connection:
        found = own_quality(connection, store.blobs, session.person.id, store.clock())
    return None if found is None else OwnQualityView.of(found)


def _study(connection: Connection, name: str) -> str:
    return find_study(connection, name) if name else ""
