"""The HTTP face of beginning a test. Its items come by the way of practice, its judgements by the bench's."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from tilik.access.guard import Reviewer, StoreHere
from tilik.review.practice_routes import BurstView
from tilik.review.testing import start_test

router = APIRouter(prefix="/api")


class TestBody(BaseModel):
    """In which language the person works, and of which videos: ``spoken`` empty for the general test."""

    model_config = ConfigDict(extra="forbid")

    language: Literal["id", "en"] = "id"
    spoken: Annotated[str, Field(pattern="^([a-z]{2,3})?$")] = ""


@router.post("/certification/tests")
def post_test(body: TestBody, session: Reviewer, store: StoreHere) -> BurstView:
    """Begin a test for a certificate, or go on with the one begun."""
    person = session.person
    with store.write(person.id) as writing:
        found = start_test(
            writing, person.id, spoken=body.spoken, language=body.language, simulated=person.simulated
        )
    return BurstView.of(found)
