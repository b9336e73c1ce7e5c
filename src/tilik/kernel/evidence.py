"""Anything that can be said about a stretch of a video: one type for machine and human marks."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from tilik.kernel.span import Span

EvidenceKind = Literal[
    "shot",
    "pace",
    "flash",
    "flash-red",
    "loudness",
    "silence",
    "speech",
    "speech-text",
    "language",
    "on-screen-text",
    "caption",
    "lexicon",
    "loop",
    "black",
    "freeze",
    "provenance",
    "mark",
]
"""What is claimed. Kinds are added here, nowhere else, so that lanes, queries and exports know them all."""


class Evidence(BaseModel):
    """``source`` says ``kind`` with ``value`` over ``span`` of ``video``.

    ``video``   the video's id in the frame;
    ``span``    seconds; a whole-video claim spans the whole video;
    ``value``   JSON; its shape belongs to the kind (a number with its unit in the kind's documentation);
    ``source``  who says so: ``analyser/version`` or ``person/<pseudonym>``;
    ``note``    one short machine-written remark, never a person's free text.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    video: str
    span: Span
    kind: EvidenceKind
    value: JsonValue = None
    source: str = Field(min_length=1)
    note: str = ""
