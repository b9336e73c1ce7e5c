"""The HTTP face of writing a draft: its text, what is to be said about it, and keeping it."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from tilik.access.guard import Policy, StoreHere
from tilik.policy.drafting import begin, is_own, keep, look
from tilik.policy.wire import DraftLook, DraftSource, VersionView
from tilik.study import find_version, source_of, versions

router = APIRouter(prefix="/api")
LONGEST = 1_000_000


class DraftText(BaseModel):
    """A guideline's YAML as it is written so far."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=LONGEST)


class DraftToKeep(DraftText):
    """The text to keep, and the draft that it goes on from."""

    replaces: str = Field(default="", max_length=64)


@router.get("/versions/{version}/draft")
def get_guideline_draft(version: str, _session: Policy, store: StoreHere) -> DraftSource:
    """The text to write on: a draft's own, or that of any other version as a draft under the next number."""
    with store.read() as connection:
        found = find_version(connection, version)
        text = source_of(connection, store.blobs, found.hash).decode("utf-8")
        if is_own(connection, found.hash):
            return DraftSource(text=text, replaces=found.hash)
        taken = {one.version for one in versions(connection)}
    return DraftSource(text=begin(text, taken), replaces="")


@router.post("/guideline-drafts/look")
def post_guideline_look(body: DraftText, _session: Policy, store: StoreHere) -> DraftLook:
    """What is to be said about a text; nothing is kept."""
    with store.read() as connection:
        return look(connection, store.blobs, body.text)


@router.post("/guideline-drafts")
def post_guideline_draft(body: DraftToKeep, session: Policy, store: StoreHere) -> VersionView:
    """Keep the text as a draft. Of all versions only an earlier draft of its number is touched: retired."""
    with store.write(session.person.id) as writing:
        identity = keep(writing, body.text, replaces=body.replaces)
        return VersionView(**asdict(find_version(writing.connection, identity)))
