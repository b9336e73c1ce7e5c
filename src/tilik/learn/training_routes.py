"""The HTTP face of training: sets and baselines of a study, made at one press, listed, and handed out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from tilik.access.guard import Ml, StoreHere
from tilik.kernel import Estimate
from tilik.learn.apply import BASELINE, TRAINING_SET
from tilik.learn.keeping import (
    MOST_IN_A_REQUEST,
    Kept,
    Part,
    handed_out,
    keep_baseline,
    keep_training_set,
    kept_of,
)
from tilik.measure.facts import gather

router = APIRouter(prefix="/api/learn")
FILES = {
    "file": ("application/zip", "zip"),
    "card": ("text/markdown; charset=utf-8", "md"),
    "model": ("application/json", "json"),
}


class TrainingSetView(BaseModel):
    """A version of a training set: its content hash, what it may be used for, its rows by split."""

    id: str
    made_at: str
    content: str
    use: str
    splits: dict[str, int]
    left_out: dict[str, int]


class BaselineView(BaseModel):
    """A trained baseline: figures out of fold, and beside the incumbent score on the same draws."""

    id: str
    made_at: str
    model: str
    learned_from: str
    rows: int
    groups: int
    incumbent: str
    power: float
    figures: dict[str, Estimate]
    against: dict[str, Estimate]


class BaselinesView(BaseModel):
    """The baselines of a study, the newest first, and the scores of its frame to compare with."""

    scores: list[str]
    baselines: list[BaselineView]


class BaselineBody(BaseModel):
    """Which score of the frame to compare with; none: no comparison."""

    model_config = ConfigDict(extra="forbid")

    against: Annotated[str, Field(max_length=128)] = ""


@router.get("/studies/{study}/training-sets")
def get_training_sets(study: str, _session: Ml, store: StoreHere) -> list[TrainingSetView]:
    """The versions of a study's training set, the newest first."""
    with store.read() as connection:
        return [_set(one) for one in kept_of(connection, study, TRAINING_SET)]


@router.post("/studies/{study}/training-sets")
def post_training_set(study: str, session: Ml, store: StoreHere) -> TrainingSetView:
    """Make a study's training set; the same rows are the same version."""
    return _set(keep_training_set(store, study, actor=session.person.id))


@router.get("/studies/{study}/baselines")
def get_baselines(study: str, _session: Ml, store: StoreHere) -> BaselinesView:
    """The baselines that were trained on a study, the newest first, and what they can be compared with."""
    with store.read() as connection:
        scores = gather(connection, store.blobs, study).population.scores
        found = [_baseline(one) for one in kept_of(connection, study, BASELINE)]
    return BaselinesView(scores=list(scores), baselines=found)


@router.post("/studies/{study}/baselines")
def post_baseline(study: str, body: BaselineBody, session: Ml, store: StoreHere) -> BaselineView:
    """Train a study's baseline and compare it with a score on the study's own blind draws."""
    kept, _ = keep_baseline(
        store, study, against=body.against, actor=session.person.id, most=MOST_IN_A_REQUEST
    )
    return _baseline(kept)


@router.get("/kept/{kept}/{part}", response_class=Response)
def get_kept(kept: str, part: Part, _session: Ml, store: StoreHere) -> Response:
    """A file of a training set (`file`, `card`) or of a baseline (`model`, `card`)."""
    found, data = handed_out(store, kept, part)
    kind, suffix = FILES[part]
    content = found.body["content" if found.kind == TRAINING_SET else "model"]
    headers = {"Content-Disposition": f'attachment; filename="{found.kind}-{content[:12]}.{suffix}"'}
    return Response(data, media_type=kind, headers=headers)


def _set(one: Kept) -> TrainingSetView:
    body = {name: one.body[name] for name in ("content", "use", "splits", "left_out")}
    return TrainingSetView(id=one.id, made_at=one.made_at, **body)


def _baseline(one: Kept) -> BaselineView:
    names = (
        "model",
        "learned_from",
        "rows",
        "groups",
        "incumbent",
        "power",
        "figures",
        "against",
    )
    return BaselineView(id=one.id, made_at=one.made_at, **{name: one.body[name] for name in names})
