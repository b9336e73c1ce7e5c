"""The HTTP face of doubted judgements and their re-review."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from tilik.access.guard import Ml, StoreHere, WorkspaceHere
from tilik.learn.doubt_wire import DoubtsView, RereviewView, show_doubts, show_rereviews
from tilik.learn.doubting import FAILS, doubts
from tilik.learn.rereviewing import open_rereview
from tilik.learn.routes import Name, StudyOpened

router = APIRouter(prefix="/api/learn/studies/{study}")
Question = Annotated[str, Query(max_length=64, description="`fails`, or the code of a label.")]


class DoubtedBody(BaseModel):
    """A re-review of the most doubtful judgements, with a control as large."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, Field(max_length=64)] = FAILS
    name: Name
    top: int = Field(ge=1, le=5_000)


@router.get("/label-errors")
def get_label_errors(study: str, _session: Ml, store: StoreHere, question: Question = FAILS) -> DoubtsView:
    """A study's judgements by doubt, the least trusted first."""
    with store.read() as connection:
        return show_doubts(connection, store.blobs, study, question)


@router.get("/label-errors/rereviews")
def get_rereviews(study: str, _session: Ml, store: StoreHere) -> list[RereviewView]:
    """The re-reviews of a study's doubted judgements, and how many were judged otherwise."""
    with store.read() as connection:
        return show_rereviews(connection, store.blobs, study)


@router.post("/label-errors/rereviews")
def post_doubted(study: str, body: DoubtedBody, session: Ml, workspace: WorkspaceHere) -> StudyOpened:
    """Open a blind re-review of the most doubtful judgements, mixed with a control."""
    store = workspace.store
    with store.read() as connection:
        found = doubts(connection, store.blobs, study, body.question)
    second, drawn = open_rereview(
        store, workspace.scratch, found, name=body.name, top=body.top, actor=session.person.id
    )
    return StudyOpened(study=second, drawn=drawn)
