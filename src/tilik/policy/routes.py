"""The HTTP face of policy: the versions of the guideline, their differences, and what one would change."""

from __future__ import annotations

import secrets
from dataclasses import asdict

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from tilik.access.guard import Policy, Reader, StoreHere, WorkspaceHere
from tilik.guideline import diff
from tilik.policy.impact import HALF_WIDTH, impact
from tilik.policy.replayed import replay_studies
from tilik.policy.rereview import open_rereview, smallest
from tilik.policy.trend import Trend, trend
from tilik.policy.wire import ChangeView, Impact, VersionView
from tilik.review import open_tasks
from tilik.store import as_of as facts_as_of
from tilik.study import State, find_study, find_version, guideline_of, move, versions

router = APIRouter(prefix="/api")
LISTED = 200


class MoveBody(BaseModel):
    """Where a version is to go in its life."""

    model_config = ConfigDict(extra="forbid")

    state: State


class RereviewBody(BaseModel):
    """A queue of what a version touches in a study."""

    model_config = ConfigDict(extra="forbid")

    study: str
    name: str = Field(min_length=1, max_length=128)
    half_width: float = Field(default=HALF_WIDTH, gt=0, lt=1)


class RereviewOpened(BaseModel):
    """The study of what is judged again, and how many videos it has."""

    study: str
    drawn: int


@router.get("/weeks")
def get_weeks(_session: Reader, workspace: WorkspaceHere, as_of: str = "") -> Trend:
    """Each period's failing share, its change, and what a new guideline version has in it."""
    with facts_as_of(workspace, as_of) as store, store.read() as connection:
        return trend(connection, store.blobs)


@router.get("/versions")
def get_versions(_session: Policy, store: StoreHere) -> list[VersionView]:
    """Every guideline version, in the order in which they came."""
    with store.read() as connection:
        return [VersionView(**asdict(one)) for one in versions(connection)]


@router.get("/versions/{before}/changes/{after}")
def get_changes(before: str, after: str, _session: Policy, store: StoreHere) -> list[ChangeView]:
    """The differences between two versions; what decides comes first."""
    with store.read() as connection:
        old, new = (
            guideline_of(connection, store.blobs, find_version(connection, name).hash)
            for name in (before, after)
        )
    return [ChangeView.of(one) for one in diff(old, new)]


@router.get("/versions/{version}/impact")
def get_impact(version: str, _session: Policy, store: StoreHere, half_width: float = HALF_WIDTH) -> Impact:
    """What this version would change in all that was judged; of the flips the largest 200 are listed."""
    with store.read() as connection:
        draft = find_version(connection, version)
        return impact(connection, store.blobs, draft, half_width=half_width, listed=LISTED)


@router.post("/versions/{version}/state")
def post_state(version: str, body: MoveBody, session: Policy, store: StoreHere) -> VersionView:
    """Take a version to another state of its life."""
    with store.write(session.person.id) as writing:
        identity = find_version(writing.connection, version).hash
        move(writing, identity, body.state)
        return VersionView(**asdict(find_version(writing.connection, identity)))


@router.post("/versions/{version}/rereview")
def post_rereview(
    version: str, body: RereviewBody, session: Policy, workspace: WorkspaceHere
) -> RereviewOpened:
    """Open the queue of what this version touches: the fewest for the half-width, drawn by probability."""
    store = workspace.store
    with store.read() as connection:
        draft = find_version(connection, version).hash
        new = guideline_of(connection, store.blobs, draft)
        found = next(replay_studies(connection, store.blobs, new, [find_study(connection, body.study)]))
    identity, drawn = open_rereview(
        store,
        workspace.scratch,
        found,
        draft,
        name=body.name,
        budget=max(1, smallest(found, body.half_width).needed),
        seed=secrets.randbelow(2**31),
        then=open_tasks,
        actor=session.person.id,
    )
    return RereviewOpened(study=identity, drawn=drawn)
