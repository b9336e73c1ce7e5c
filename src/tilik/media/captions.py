"""Reading SRT and WebVTT as they are found: any line with two times and an arrow begins a cue.

Encodings, headers, numbers, separators, line ends and order may all be wrong. What cannot be read is told
with its line; a file of which nothing can be read is refused with the line at fault. Pure.
"""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass
from itertools import pairwise

from tilik.kernel import Invalid, Span

MOST_BYTES, MOST_CUES, MOST_TEXT = 8 * 1024 * 1024, 50_000, 2_000
MOST_TIMES = 200
"""Characters at the beginning of a line in which two times are looked for."""

LONGEST = 24 * 3600.0
"""Seconds; a time past this is damage."""

_TIME = r"(-?)\s*(?:(\d{1,4})\s*:\s*)?(\d{1,4})\s*:\s*(\d{1,2})(?:\s*[.,:;]\s*(\d{1,9}))?"
_ARROW = r"\s*(?:-{1,3}|[–—]|-\s+-)\s*(?:>|&gt;|→)\s*"
TIMING = re.compile(rf"^\s*{_TIME}{_ARROW}{_TIME}(?=\s|$|[^\d:.,])")
LIKE_TIMING = re.compile(r"--\s?(?:>|&gt;)|\d\s*-\s?(?:>|&gt;)|\d\s*[–—→]\s*>?\s*\d+\s*:")
TAG = re.compile(r"</?[A-Za-z0-9][^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}")
NOT_TEXT = ("NOTE", "STYLE", "REGION")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A text that is shown over a span of seconds."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What could not be read, and the line (from 1) it stands on."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Captions:
    """The cues in order of time, and what was left out."""

    cues: tuple[Cue, ...]
    faults: tuple[Fault, ...]


def decode(data: bytes) -> str:
    """Text of bytes in UTF-8, UTF-16 or, failing both, Windows-1252; NULs left out."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace").replace("\0", "")
    if data[:200].count(0) > len(data[:200]) // 4:
        name = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        return data.decode(name, "replace").replace("\0", "")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace") if data.count(0) == 0 else data.decode("latin-1")
    return text.replace("\0", "")


def plain(text: str) -> str:
    """Text without mark-up, entities resolved, spaces tidied, lines kept."""
    bare = html.unescape(TAG.sub("", text))
    lines = (" ".join(line.split()) for line in bare.splitlines())
    return "\n".join(line for line in lines if line)[:MOST_TEXT]


def read_captions(data: bytes, *, where: str) -> Captions:
    """The captions in ``data``. Raises ``Invalid`` with the line at fault when there are none to read.

    ``where`` names the file in the error.
    """
    if len(data) > MOST_BYTES:
        raise _refused(where, 1, f"{len(data)} bytes are too many, the most is {MOST_BYTES}")
    lines = re.split(r"\r\n|\n|\r", decode(data).lstrip("\ufeff"))
    cues: list[Cue] = []
    faults: list[Fault] = []
    for first, block in _blocks(lines):
        try:
            cues.append(_cue(lines[first], block))
        except ValueError as failed:
            faults.append(Fault(first + 1, str(failed)))
        if len(cues) > MOST_CUES:
            raise _refused(where, first + 1, f"more than {MOST_CUES} cues")
    if not cues:
        fault = faults[0] if faults else _no_times(lines)
        raise _refused(where, fault.line, fault.what)
    return Captions(tuple(sorted(cues, key=lambda cue: (cue.span.start, cue.span.end))), tuple(faults))


def _front(line: str) -> str:
    """As much of a line as times may take: what somebody pads with spaces must not take the hour."""
    return line.strip()[:MOST_TIMES]


def _timing(line: str) -> re.Match[str] | None:
    return TIMING.match(_front(line))


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Each line that looks like times, with the lines of text that belong to it."""
    heads = [k for k, line in enumerate(lines) if _timing(line) or LIKE_TIMING.search(_front(line))]
    vtt = any(line.strip().upper().startswith("WEBVTT") for line in lines[:3])
    return [
        (head, _text(lines[head + 1 : after], vtt=vtt, last=after == len(lines)))
        for head, after in pairwise([*heads, len(lines)])
    ]


def _text(lines: list[str], *, vtt: bool, last: bool) -> list[str]:
    """The text among the lines up to the next times: without the next cue's number or name, or a comment.

    WebVTT ends a text at an empty line; SRT files with empty lines inside a text exist, so there the text
    goes on.
    """
    kept = [line.strip() for line in lines]
    if not last and len(kept) > 1 and (kept[-1].isdigit() or (kept[-1] and not kept[-2])):
        kept.pop()
    for k, line in enumerate(kept):
        comment = line.split(" ")[0] in NOT_TEXT and (k == 0 or not kept[k - 1])
        if (vtt and not line) or comment:
            return kept[:k]
    return kept


def _cue(times: str, block: list[str]) -> Cue:
    found = _timing(times)
    if found is None:
        raise ValueError("the times cannot be read")
    start, end = _seconds(*found.groups()[:5]), _seconds(*found.groups()[5:])
    if end <= 0:
        raise ValueError("the cue ends before the video begins")
    if end < start:
        raise ValueError("the cue ends before it begins")
    if end > LONGEST:
        raise ValueError("the cue lies past 24 hours")
    text = plain("\n".join(block))
    if not text:
        raise ValueError("the cue has no text")
    return Cue(Span(start=max(0.0, start), end=end), text)


def _seconds(sign: str, hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return (-1 if sign else 1) * round(whole + (float(f"0.{fraction}") if fraction else 0.0), 3)


def _no_times(lines: list[str]) -> Fault:
    filled = [k for k, line in enumerate(lines) if line.strip()]
    if not filled:
        return Fault(1, "the file is empty")
    head = lines[filled[0]].strip().upper().startswith("WEBVTT")
    line = filled[1] if head and len(filled) > 1 else filled[0]
    return Fault(line + 1, "no cue follows: there is no line with two times")


def _refused(where: str, line: int, what: str) -> Invalid:
    return Invalid(
        "captions-unreadable",
        what,
        where=f"{where}:{line}",
        mend="A cue is a line such as 00:00:01.000 --> 00:00:02.500 with its text below.",
    )
