"""The HTTP face of coverage: the matrix of a study, and filing what is lacking as a case."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from tilik.access.guard import Policy, StoreHere
from tilik.casebook.act import hand_over
from tilik.casebook.coverage import ENOUGH_GOOD, coverage
from tilik.casebook.filing import file_gap
from tilik.casebook.notes import FreeText
from tilik.casebook.wire import CaseReceipt
from tilik.kernel import Estimate
from tilik.privacy import Impersonal
from tilik.store.tables import study

router = APIRouter(prefix="/api")


class StudyName(BaseModel):
    """A study whose coverage can be asked for."""

    id: str
    name: str


class CoverageCellView(BaseModel):
    """One cell: its views and videos in the frame, the estimated share of good views, and what that rests on.

    ``thin``: too little judged to tell, ``more`` videos are wanted; ``lacking``: enough judged, few good
    views.
    """

    levels: dict[str, str]
    views: float
    videos: int
    share: float
    judged: int
    effective: float
    good: Estimate | None
    thin: bool
    lacking: bool
    more: int


class CoverageView(BaseModel):
    """Every cell, the most viewed first. ``good`` are the verdicts that count as good."""

    study: str
    name: str
    by: list[str]
    domains: list[str]
    good: list[str]
    fewest: int
    enough_good: float
    cells: list[CoverageCellView]


class GapBody(BaseModel):
    """A content gap: the guideline's type, the cell's levels, one sentence; who takes it on, until when."""

    model_config = ConfigDict(extra="forbid")

    type: str
    cell: dict[str, str] = Field(min_length=1, max_length=4)
    said: FreeText
    owner: str | None = None
    next_step: FreeText = ""
    due: str | None = None
    impersonal: Impersonal = False


@router.get("/coverage/studies")
def get_coverage_studies(_session: Policy, store: StoreHere) -> list[StudyName]:
    """Every study, the newest first."""
    with store.read() as connection:
        rows = connection.execute(study.select().order_by(study.c.drawn_at.desc(), study.c.id.desc()))
        return [StudyName(id=row.id, name=row.name) for row in rows]


@router.get("/coverage")
def get_coverage(
    _session: Policy, store: StoreHere, study: str, by: Annotated[list[str] | None, Query()] = None
) -> CoverageView:
    """The coverage of a study by up to four domains of its frame; the usual ones if none is named."""
    with store.read() as connection:
        found = coverage(connection, store.blobs, study, by or ())
    told = asdict(found) | {"cells": []}
    cells = [CoverageCellView.model_validate(asdict(one) | {"good": one.good}) for one in found.cells]
    return CoverageView.model_validate(told | {"enough_good": ENOUGH_GOOD, "cells": cells})


@router.post("/gaps")
def post_gap(body: GapBody, session: Policy, store: StoreHere) -> CaseReceipt:
    """File a content gap as a case; the same gap is filed once."""
    with store.write(session.person.id) as writing:
        filed = file_gap(
            writing,
            session.person.id,
            case_type=body.type,
            cell=body.cell,
            said=body.said,
            impersonal=body.impersonal,
        )
        if not filed.repeated and (body.owner or body.next_step or body.due):
            hand_over(
                writing,
                filed.case,
                owner=body.owner,
                next_step=body.next_step,
                due=body.due,
                impersonal=body.impersonal,
            )
    return CaseReceipt(case=filed.case, number=filed.number, repeated=filed.repeated)
