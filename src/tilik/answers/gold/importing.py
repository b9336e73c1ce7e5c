"""Known answers brought in as JSON Lines: one a line, all or none."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from tilik.answers.gold.act import Facts, add_known
from tilik.answers.gold.score import answers_of
from tilik.answers.importing import check_bands
from tilik.answers.items import Item, item_of
from tilik.answers.rubric import Comparison, Rating, check_comparison, check_rating
from tilik.guideline import AiResponse, Guideline
from tilik.kernel import Invalid
from tilik.store import Writing
from tilik.study import guideline_of
from tilik.study.known import GoldState, Voice

Said = Annotated[Rating | Comparison, Field(discriminator="kind")]


class Heard(BaseModel):
    """What ``count`` people said."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    said: Said
    count: int = Field(ge=1)


class Line(BaseModel):
    """One answer (``a``), or two to the same prompt, as `tilik answers import` reads them, and what is known:
    ``said`` as the screen sends it; ``voices`` what several people said, if contested."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    a: dict[str, JsonValue]
    b: dict[str, JsonValue] | None = None
    said: Said
    state: GoldState = "known"
    voices: list[Heard] = Field(default_factory=list)


def bring_in(writing: Writing, text: str, *, guideline: str, name: str) -> list[str]:
    """Make the answers of a JSON Lines text known by a guideline (hash); returns their ids.

    Raises ``Invalid`` with the line's number, or ``Conflict``; then nothing is brought in, as long as the
    caller lets the error end the transaction.
    """
    document = guideline_of(writing.connection, writing.blobs, guideline)
    made = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            where = f"{name}, line {number}"
            facts = _facts(line, document, guideline, where)
            made.append(add_known(writing, facts, where=where))
    if not made:
        raise Invalid("gold-empty", "there is no item in it", where=name, mend="One JSON object a line.")
    return made


def _facts(line: str, document: Guideline, guideline: str, where: str) -> Facts:
    try:
        read = Line.model_validate_json(line)
        items = tuple(item_of(one, "") for one in (read.a, read.b) if one is not None)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise Invalid(
            "gold-line", f"{place}: {first['msg']}" if place else first["msg"], where=where
        ) from None
    except (ValueError, TypeError, KeyError) as error:
        raise Invalid("gold-line", str(error), where=where) from None
    if len({item.prompt for item in items}) > 1 or len({item.id for item in items}) < len(items):
        raise Invalid("gold-line", "two answers are compared that differ, to one prompt", where=where)
    if read.state == "contested" and not read.voices:
        raise Invalid("gold-voices", "a contested item needs `voices`: what people said", where=where)
    for said in (read.said, *(voice.said for voice in read.voices)):
        _refuse_unfit(document.ai_response, said, items, where)
    try:
        check_bands(items, document)
    except Invalid as error:
        raise Invalid("gold-line", error.message, where=where) from None
    voices = tuple(Voice(answers=_answers(one.said), count=one.count) for one in read.voices)
    return Facts(items, guideline, _answers(read.said), voices, read.state)


def _answers(said: Rating | Comparison) -> dict[str, Any]:
    return answers_of(said.kind, said.model_dump(mode="json"))


def _refuse_unfit(
    yardstick: AiResponse, said: Rating | Comparison, items: tuple[Item, ...], where: str
) -> None:
    if isinstance(said, Comparison) != (len(items) > 1):
        raise Invalid("gold-line", "one answer alone is rated, two are compared", where=where)
    try:
        if isinstance(said, Comparison):
            check_comparison(yardstick, said)
        else:
            check_rating(yardstick, said, items[0].turns)
    except Invalid as error:
        raise Invalid("gold-answers", error.message, where=f"{where}, {error.where}") from None
    free = said.reason if isinstance(said, Comparison) else said.better
    if free:
        raise Invalid("gold-line", "a text beside what is known is not kept; leave it out", where=where)
