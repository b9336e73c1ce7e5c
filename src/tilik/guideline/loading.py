"""From the text of a YAML file to a checked guideline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import ValidationError

from tilik.guideline import references
from tilik.guideline.document import Document, read
from tilik.guideline.faults import Fault, fault, of_value
from tilik.guideline.model import Guideline
from tilik.guideline.words import LANGUAGES
from tilik.kernel import Invalid

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class BadGuideline(Invalid):
    """A guideline file that cannot be used. ``faults``: every problem with its line, in file order."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        first, more = faults[0], faults[1:]
        message = "; ".join([first.en.rstrip("."), *(f"line {one.line}: {one.en}" for one in more)])
        super().__init__(
            "guideline-invalid",
            message if more else first.en,
            where=f"{name}:{first.line}",
            mend="Correct the file and load it again.",
        )
        self.name = name
        self.faults = faults


def load(text: str, *, name: str = "guideline") -> Guideline:
    """The guideline written in this YAML text.

    ``name`` is how messages call the text, usually the file's name. Raises :class:`BadGuideline`
    (an ``Invalid``) that lists every problem found: syntax, unknown keys, missing translations,
    wrong values, duplicate codes, dangling references.
    """
    document = read(text)
    found = [*document.faults]
    guideline: Guideline | None = None
    if document.data is not None:
        found += references.faults(document)
        try:
            guideline = Guideline.model_validate_json(json.dumps(document.data), strict=True)
        except ValidationError as error:
            found += _from_pydantic(error, document)
    if guideline is None or found:
        raise BadGuideline(name, tuple(sorted(set(found))))
    return guideline


def _from_pydantic(error: ValidationError, document: Document) -> Iterator[Fault]:
    for detail in error.errors(include_url=False, include_input=True):
        yield _fault(document.line(tuple(detail["loc"])), detail)


def _fault(line: int, detail: ErrorDetails) -> Fault:
    path = tuple(detail["loc"])
    place, last = _dotted(path[:-1]), path[-1] if path else ""
    if detail["type"] == "missing":
        language = last in LANGUAGES and len(path) > 1
        return fault(line, "language-missing" if language else "key-missing", where=place, key=last)
    if detail["type"] == "extra_forbidden":
        return fault(line, "key-unknown", where=place, key=last)
    if detail["type"] == "string_too_short" and last in LANGUAGES:
        return fault(line, "language-empty", where=place, key=last)
    return of_value(line, _dotted(path), detail)


def _dotted(path: tuple[str | int, ...]) -> str:
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".") or "(guideline)"
