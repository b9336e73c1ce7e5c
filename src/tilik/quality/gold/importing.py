"""Known items brought in as JSON Lines: one item a line, all or none."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from tilik.kernel import Invalid, Span
from tilik.quality.gold.act import Facts, add_known
from tilik.quality.gold.events import KnownMark, Pool
from tilik.store import Writing
from tilik.study.known import GoldState, Voice


class Line(BaseModel):
    """One item. ``notes`` are reasons by question; ``voices`` what several people answered, if contested."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    video: str = Field(min_length=1, max_length=128)
    answers: dict[str, JsonValue]
    marks: list[KnownMark] = Field(default_factory=list)
    notes: dict[str, str] = Field(default_factory=dict)
    state: GoldState = "known"
    voices: list[Voice] = Field(default_factory=list)


def bring_in(writing: Writing, text: str, *, guideline: str, pool: Pool, name: str) -> list[str]:
    """Make the items of a JSON Lines text known by a guideline (hash); returns their ids.

    Raises ``Invalid`` with the line's number, or ``Conflict``; then nothing is brought in, as long as the
    caller lets the error end the transaction.
    """
    made = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            made.append(_one(writing, line, guideline, pool, f"{name}, line {number}"))
    if not made:
        raise Invalid("gold-empty", "there is no item in it", where=name, mend="One JSON object a line.")
    return made


def _one(writing: Writing, line: str, guideline: str, pool: Pool, where: str) -> str:
    try:
        read = Line.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise Invalid(
            "gold-line", f"{place}: {first['msg']}" if place else first["msg"], where=where
        ) from None
    if read.state == "contested" and not read.voices:
        raise Invalid("gold-voices", "a contested item needs `voices`: what people answered", where=where)
    marks = [(one.question, Span(start=one.start, end=one.end)) for one in read.marks]
    facts = Facts(read.video, guideline, read.answers, marks, read.notes, tuple(read.voices), read.state)
    return add_known(writing, facts, pool, where=where)
