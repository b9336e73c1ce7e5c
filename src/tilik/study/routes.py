"""The HTTP face of studies: reading the guideline that a study is judged by."""

from __future__ import annotations

from fastapi import APIRouter, Response

from tilik.access.guard import Everyone, StoreHere
from tilik.guideline import Guideline
from tilik.study.guidelines import guideline_of

router = APIRouter(prefix="/api")


@router.get("/guidelines/{identity}")
def get_guideline(identity: str, _session: Everyone, response: Response, store: StoreHere) -> Guideline:
    """A guideline by its content hash, in both languages; it never changes."""
    with store.read() as connection:
        found = guideline_of(connection, store.blobs, identity)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return found
