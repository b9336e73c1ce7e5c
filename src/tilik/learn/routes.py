"""The HTTP face of learning: what the judgements of a study teach."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from tilik.access.guard import Ml, StoreHere, WorkspaceHere
from tilik.learn.confirming import MOST, open_second, progress_of
from tilik.learn.hunting import Asked, as_asked, hunt
from tilik.learn.showing import show_blind_spots, show_seconds
from tilik.learn.wire import BlindSpotsView, SecondView
from tilik.store import Store

router = APIRouter(prefix="/api/learn/studies/{study}")
Score = Annotated[str, Query(max_length=128, description="A score of the frame; without, all that fails.")]
Threshold = Annotated[
    float | None, Query(gt=0, lt=1, description="From where it acts; without, as the design states.")
]
Columns = Annotated[list[str] | None, Query(max_length=40, description="Where to look; without, everywhere.")]
Name = Annotated[str, Field(min_length=1, max_length=128)]


class SecondBody(BaseModel):
    """A second study that is to confirm what was found with this question."""

    model_config = ConfigDict(extra="forbid")

    score: Annotated[str, Field(max_length=128)] = ""
    threshold: Annotated[float, Field(gt=0, lt=1)] | None = None
    columns: Annotated[list[str], Field(max_length=40)] = []
    name: Name
    budget: int = Field(ge=10, le=10 * MOST)


class StudyOpened(BaseModel):
    """The study whose videos now wait to be judged, and how many they are."""

    study: str
    drawn: int


@router.get("/blind-spots")
def get_blind_spots(
    study: str,
    _session: Ml,
    store: StoreHere,
    score: Score = "",
    threshold: Threshold = None,
    columns: Columns = None,
) -> BlindSpotsView:
    """Slices of a study that fail, or escape a score, more than the rest: suspected."""
    with store.read() as connection:
        asked = _asked(store, study, score, threshold, columns or ())
        return show_blind_spots(connection, store.blobs, study, asked)


@router.get("/blind-spots/seconds")
def get_second_studies(study: str, _session: Ml, store: StoreHere) -> list[SecondView]:
    """The studies that were drawn to confirm what this one makes suspect, and what they say."""
    with store.read() as connection:
        return show_seconds(connection, store.blobs, study)


@router.post("/blind-spots/seconds")
def post_second_study(study: str, body: SecondBody, session: Ml, workspace: WorkspaceHere) -> StudyOpened:
    """Draw a second, independent, blind sample that looks at the suspected slices."""
    store = workspace.store
    asked = _asked(store, study, body.score, body.threshold, body.columns)
    with store.read() as connection:
        found = hunt(connection, store.blobs, study, asked)
    second = open_second(
        store,
        workspace.scratch,
        found,
        study,
        name=body.name,
        budget=body.budget,
        actor=session.person.id,
    )
    with store.read() as connection:
        return StudyOpened(study=second, drawn=progress_of(connection, second)[0])


def _asked(
    store: Store, study: str, score: str, threshold: float | None, columns: list[str] | tuple[str, ...]
) -> Asked:
    with store.read() as connection:
        found = as_asked(connection, store.blobs, study, score, threshold)
    return Asked(found.score, found.threshold, tuple(columns))
