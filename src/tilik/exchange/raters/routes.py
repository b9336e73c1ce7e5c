"""The HTTP face of comparing raters: for those who read classifiers' figures; people one by one for leads."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from tilik.access.guard import Ml, WorkspaceHere, leads
from tilik.exchange.raters.compare import compare_raters
from tilik.exchange.raters.truth import VERDICT
from tilik.exchange.raters.wire import Raters
from tilik.store import as_of

router = APIRouter(prefix="/api")


@router.get("/studies/{study}/raters")
def get_raters(
    study: str,
    session: Ml,
    workspace: WorkspaceHere,
    of: Annotated[str, Query(description="`verdict`, or the code of a family of labels.")] = VERDICT,
    at: Annotated[str, Query(alias="as_of", description="A log position or a time; now without.")] = "",
) -> Raters:
    """People, classifiers and machine judges side by side: sensitivity and specificity beside outcomes."""
    by_person = bool(set(leads.roles) & set(session.person.roles))
    with as_of(workspace, at) as store, store.read() as connection:
        return compare_raters(connection, store.blobs, study, of, by_person=by_person)
