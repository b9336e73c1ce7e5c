"""The HTTP face of what to judge next."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from tilik.access.guard import Ml, StoreHere, WorkspaceHere
from tilik.learn.looking_next import open_next, refuse_large
from tilik.learn.next_best import By
from tilik.learn.next_wire import NextBestView, NextStudyView, show_next, show_next_studies
from tilik.learn.routes import Name, StudyOpened

router = APIRouter(prefix="/api/learn/studies/{study}")
MOST = 500
"""Videos that are chosen from the screen, at most: the ranking is made within the request."""
Count = Annotated[int, Query(ge=1, le=MOST, description="So many videos.")]
Worth = Annotated[
    By, Query(description="How unsure the model is (entropy, margin), or how much it would change (change).")
]
Alike = Annotated[
    float, Query(ge=0, le=1, description="How much less a video is worth that is like one chosen before.")
]


class NextBody(BaseModel):
    """What to judge next, as it was looked at, as a study of this name."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    count: int = Field(ge=1, le=MOST)
    by: By = "entropy"
    alike: float = Field(default=0.5, ge=0, le=1)


@router.get("/next-best")
def get_next_best(
    study: str,
    _session: Ml,
    store: StoreHere,
    count: Count = 50,
    by: Worth = "entropy",
    alike: Alike = 0.5,
) -> NextBestView:
    """The videos of a study's frame that its baseline would learn most from, and why each."""
    with store.read() as connection:
        refuse_large(connection, study)
        return show_next(connection, store.blobs, study, count=count, by=by, alike=alike)[0]


@router.get("/next-best/studies")
def get_next_studies(study: str, _session: Ml, store: StoreHere) -> list[NextStudyView]:
    """The studies that were opened of such videos, and what came of them."""
    with store.read() as connection:
        return show_next_studies(connection, store.blobs, study)


@router.post("/next-best/studies")
def post_next_study(study: str, body: NextBody, session: Ml, workspace: WorkspaceHere) -> StudyOpened:
    """Open these videos as a study of their own: assisted work, which teaches and is never measured."""
    store = workspace.store
    with store.read() as connection:
        refuse_large(connection, study)
        found = show_next(connection, store.blobs, study, count=body.count, by=body.by, alike=body.alike)[1]
    opened, drawn = open_next(store, workspace.scratch, found, name=body.name, actor=session.person.id)
    return StudyOpened(study=opened, drawn=drawn)
