"""What a person says of a machine answer, and whether that is complete by the guideline's yardstick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tilik.answers.items import Turn
from tilik.guideline import AiResponse
from tilik.kernel import Invalid

FreeText = Annotated[str, Field(max_length=10_000, pattern=r"^[^\x00]*$")]
EVEN = frozenset({"same", "both_bad"})
"""Choices that prefer neither answer."""


class TurnRating(BaseModel):
    """One answer, by its place in the dialogue: its kind, critical fails, and a score in each dimension."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turn: int = Field(ge=0)
    kind: str
    fails: tuple[str, ...] = ()
    scores: dict[str, Annotated[int, Field(ge=1, le=5, strict=True)]]


class Highlight(BaseModel):
    """A marked stretch of an answer: characters ``start`` to ``end`` (exclusive) of a turn, and its tag."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turn: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    tag: str


class Rating(BaseModel):
    """An answer, or every answer of a dialogue, rated."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["rating"] = "rating"
    turns: tuple[TurnRating, ...] = Field(min_length=1)
    highlights: tuple[Highlight, ...] = ()
    better: FreeText = ""


class Comparison(BaseModel):
    """Two answers compared as they were shown: A is the first on the screen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["pair"] = "pair"
    choice: str
    dimension: str | None = None
    reason: FreeText = ""


def check_rating(yardstick: AiResponse, said: Rating, turns: Sequence[Turn]) -> None:
    """Raise ``Invalid`` naming the first thing that is missing or that the guideline does not know."""
    spoken = [at for at, turn in enumerate(turns) if turn.role == "assistant"]
    if [one.turn for one in said.turns] != spoken:
        raise _incomplete("turns", "every answer of the dialogue is rated, in order")
    for problem in (*_of_turns(yardstick, said), *_of_highlights(yardstick, said, turns)):
        raise problem


def check_comparison(yardstick: AiResponse, said: Comparison) -> None:
    """Raise ``Invalid`` naming the first thing that is missing or that the guideline does not know."""
    if said.choice not in {one.code for one in yardstick.pairwise.choices}:
        raise _incomplete("choice", f"no such choice: {said.choice}")
    known = {one.code for one in yardstick.dimensions}
    if said.dimension is not None and said.dimension not in known:
        raise _incomplete("dimension", f"no such dimension: {said.dimension}")
    needed = yardstick.pairwise.deciding_dimension_required and said.choice not in EVEN
    if needed and said.dimension is None:
        raise _incomplete("dimension", "say which dimension decided")


def _of_turns(yardstick: AiResponse, said: Rating) -> Iterator[Invalid]:
    kinds, fails = (
        {one.code for one in part} for part in (yardstick.response_kinds, yardstick.critical_fails)
    )
    dimensions = {one.code for one in yardstick.dimensions}
    for one in said.turns:
        if one.kind not in kinds:
            yield _incomplete(f"turns.{one.turn}.kind", f"no such kind of response: {one.kind}")
        if strange := set(one.fails) - fails:
            yield _incomplete(
                f"turns.{one.turn}.fails", f"no such critical fail: {', '.join(sorted(strange))}"
            )
        if dimensions != set(one.scores):
            odd = ", ".join(sorted(dimensions ^ set(one.scores)))
            yield _incomplete(f"turns.{one.turn}.scores", f"each dimension has one score; look at {odd}")


def _of_highlights(yardstick: AiResponse, said: Rating, turns: Sequence[Turn]) -> Iterator[Invalid]:
    tags = {one.code for one in yardstick.span_tags}
    for one in said.highlights:
        if one.tag not in tags:
            yield _incomplete("highlights", f"no such tag: {one.tag}")
        elif one.turn >= len(turns) or turns[one.turn].role != "assistant":
            yield _incomplete("highlights", "only an answer of the machine can be marked")
        elif not one.start < one.end <= len(turns[one.turn].text):
            yield _incomplete("highlights", "a mark lies outside the text")


def _incomplete(where: str, what: str) -> Invalid:
    return Invalid("answer-incomplete", what, where=where)
