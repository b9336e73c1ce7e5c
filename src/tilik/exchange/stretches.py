"""Every span of a judged video as one flat list: what people marked, what machines measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from tilik.exchange.judged import JudgedVideo
from tilik.kernel import Span

EVIDENCE = "evidence."


@dataclass(frozen=True, slots=True)
class Stretch:
    """``by`` (a pseudonym or an analyser) says ``label`` of ``span``.

    ``label`` is a question's id with its answer in ``value``, or ``evidence.<kind>`` with the measurement.
    """

    label: str
    span: Span
    kind: Literal["person", "machine"]
    by: str
    value: JsonValue = None

    @property
    def value_text(self) -> str:
        """The value as JSON in ASCII, for formats that hold texts alone."""
        return json.dumps(self.value, sort_keys=True, allow_nan=False)


def stretches(video: JudgedVideo) -> Iterator[Stretch]:
    """People's marks in the order of the judgements, then the evidence."""
    for voice in video.voices:
        for question, span in voice.said.marks:
            yield Stretch(question, span, "person", voice.rater, voice.said.answers.get(question))
    for item in video.evidence:
        yield Stretch(EVIDENCE + item.kind, item.span, "machine", item.source, item.value)


def value_of(text: str) -> JsonValue:
    """The value that ``value_text`` holds. Raises ``ValueError``."""
    held: JsonValue = json.loads(text)
    return held
