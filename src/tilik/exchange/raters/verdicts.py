"""A machine judge's verdicts as JSON lines: read whole, or refused with the line. Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError

from tilik.kernel import Invalid

LONGEST = 1_000_000
"""Characters of a line: a verdict is short, its reason need not be."""
MOST = 2_000_000


class Verdict(BaseModel):
    """What a machine says of one video.

    ``fails`` None: it could not say. ``families`` are codes of label families that it finds at a clear level,
    None where it says nothing of families. ``score`` 0 to 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    video: Annotated[str, Field(min_length=1, max_length=128)]
    fails: StrictBool | None
    families: tuple[str, ...] | None = None
    score: Annotated[float, Field(ge=0, le=1, strict=True)] | None = None


class _Line(Verdict):
    """As it comes; ``reason`` is read over and not kept, since free text may hold anything."""

    reason: str | None = None


def read_verdicts(
    lines: Iterable[str], *, drawn: Collection[str], families: Collection[str], where: str
) -> list[Verdict]:
    """The verdicts of a file. ``drawn`` are the study's videos, ``families`` its guideline's codes.

    Raises ``Invalid`` with the line for JSON that is none, other fields, an unknown video or family, and a
    video that is named twice; ``Invalid`` where there is none.
    """
    found: dict[str, tuple[int, Verdict]] = {}
    for number, line in _numbered(lines, where):
        place = f"{where}:{number}"
        one = _verdict(line, place)
        if one.video not in drawn:
            raise Invalid(
                "verdict-video",
                f"the video {one.video!r} is not drawn in this study",
                where=place,
                mend="Leave it out: a judge is compared on the study's videos.",
            )
        unknown = sorted(set(one.families or ()) - set(families))
        if unknown:
            raise Invalid(
                "verdict-family",
                f"the guideline has no family {unknown[0]!r}",
                where=place,
                mend=f"It has: {', '.join(families)}.",
            )
        if one.video in found:
            raise Invalid(
                "verdict-twice",
                f"the video {one.video!r} has a verdict already, in line {found[one.video][0]}",
                where=place,
                mend="Keep one of them.",
            )
        found[one.video] = number, one
    if not found:
        raise Invalid("verdicts-empty", "there is no verdict in it", where=where)
    return [one for _, one in found.values()]


def _numbered(lines: Iterable[str], where: str) -> Iterator[tuple[int, str]]:
    count = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        count += 1
        if len(line) > LONGEST or count > MOST:
            raise Invalid(
                "verdict-too-large",
                f"a file has at most {MOST:,} verdicts, a line at most {LONGEST:,} characters",
                where=f"{where}:{number}",
            )
        yield number, line


def _verdict(line: str, place: str) -> Verdict:
    try:
        told = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Invalid(
            "verdict-json", "this is no JSON", where=place, mend="Write one JSON object a line, in UTF-8."
        ) from None
    try:
        read = _Line.model_validate(_listed(told))
    except ValidationError as failed:
        first = failed.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"])) or "the line"
        raise Invalid(
            "verdict-shape",
            f"{field}: {first['msg'][:1].lower()}{first['msg'][1:]}",
            where=place,
            mend='A line is {"video": id, "fails": true, false or null, "families": [code, …], '
            '"score": 0 to 1, "reason": text}; the last three may be left out.',
        ) from None
    return Verdict(video=read.video, fails=read.fails, families=read.families, score=read.score)


def _listed(told: Any) -> Any:
    """Families in any order and number, once each."""
    if isinstance(told, dict) and isinstance(told.get("families"), list):
        codes = told["families"]
        if all(isinstance(code, str) for code in codes):
            return {**told, "families": tuple(sorted(set(codes)))}
    return told


def _no_number(name: str) -> float:
    raise ValueError(name)
