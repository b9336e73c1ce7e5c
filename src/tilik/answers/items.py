"""One machine answer with what came before it, and reading many of them from files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tilik.kernel import Invalid, Missing, digest

LONGEST = 100_000


class Turn(BaseModel):
    """One turn of a dialogue."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal["user", "assistant"]
    text: str = Field(min_length=1, max_length=LONGEST)


class Item(BaseModel):
    """A machine answer: the last turn is the machine's, those before are what it answered to.

    ``band`` is the age band it is meant for (a code of the guideline), if the child's age was known;
    ``stated`` whether the machine was told; ``topic`` any grouping; ``video`` what it talks about.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    turns: tuple[Turn, ...] = Field(min_length=2)
    model: str = Field(min_length=1, max_length=128)
    band: str | None = None
    stated: bool = False
    language: str = Field(default="", max_length=35)
    topic: str = Field(default="", max_length=64)
    video: str | None = Field(default=None, max_length=128)

    @model_validator(mode="after")
    def _ends_with_an_answer(self) -> Item:
        if self.turns[-1].role != "assistant":
            raise ValueError("the last turn must be the assistant's")
        return self

    @property
    def prompt(self) -> str:
        """What was answered to, named by its content: answers to the same prompt can be compared."""
        before = [turn.model_dump() for turn in self.turns[:-1]]
        return digest([before, self.band, self.stated, self.language, self.video])

    @property
    def id(self) -> str:
        """The answer, named by its content and its model."""
        return digest([self.model_dump(mode="json")])


def read_items(file: Path) -> Iterator[Item]:
    """The answers in a JSONL, Parquet or JSON file; every fault is named with its line.

    A record has ``prompt`` (or ``dialogue``: a list of turns) and ``response``; ``model`` is the file's name
    where a record has none. A JSON file is a list of records, or a map of topics to lists. Raises
    ``Missing``, ``Invalid``.
    """
    for line, record in _records(file):
        try:
            yield item_of(record, file.stem)
        except (ValidationError, ValueError, TypeError, KeyError) as error:
            what = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            raise Invalid(
                "answers-record", what.removeprefix("Value error, "), where=f"{file}:{line}",
                mend="A record needs prompt (or dialogue) and response.",
            ) from None  # fmt: skip


def item_of(record: dict[str, Any], model: str) -> Item:
    """The answer that a record holds; ``model`` where it names none. Raises ``ValueError``, ``TypeError``."""
    if not isinstance(record, dict):
        raise TypeError("a record is an object with named fields")
    known = {
        "prompt",
        "dialogue",
        "response",
        "model",
        "age_band",
        "age_stated",
        "language",
        "topic",
        "video",
        "id",
    }
    strange = sorted(record.keys() - known)
    if strange:
        raise ValueError(f"unknown field {', '.join(strange)}")
    if (record.get("prompt") is None) == (record.get("dialogue") is None):
        raise ValueError("give either prompt or dialogue")
    response = record.get("response") or ""
    if not isinstance(response, str):
        raise TypeError("response must be a text")
    before = record.get("dialogue")
    before = [{"role": "user", "text": record["prompt"]}] if before is None else before
    turns = [*before, {"role": "assistant", "text": response.strip()}]
    return Item(
        turns=tuple(Turn.model_validate(turn) for turn in turns),
        model=record.get("model") or model,
        band=record.get("age_band") or None,
        stated=record.get("age_stated") or False,
        language=record.get("language") or "",
        topic=record.get("topic") or "",
        video=record.get("video") or None,
    )


def _records(file: Path) -> Iterator[tuple[int, Any]]:
    try:
        if file.suffix == ".parquet":
            rows = pq.read_table(file).to_pylist()
            yield from enumerate(({k: v for k, v in row.items() if v is not None} for row in rows), start=1)
        elif file.suffix == ".json":
            yield from enumerate(_flat(json.loads(file.read_text(encoding="utf-8"))), start=1)
        else:
            with file.open(encoding="utf-8") as lines:
                yield from ((at, json.loads(line)) for at, line in enumerate(lines, start=1) if line.strip())
    except OSError as error:
        raise Missing("file-unreadable", f"cannot be read: {error.strerror}", where=str(file)) from None
    except ValueError as error:
        raise Invalid("answers-file", f"cannot be read: {error}", where=str(file)) from None


def _flat(content: Any) -> Iterator[Any]:
    """The records of a list, or of a map from topics to lists."""
    if isinstance(content, list):
        yield from content
        return
    if not isinstance(content, dict) or not all(isinstance(part, list) for part in content.values()):
        raise ValueError("a JSON file is a list of records, or a map of topics to lists of records")
    for topic, part in content.items():
        yield from ({"topic": topic, **one} if isinstance(one, dict) else one for one in part)
