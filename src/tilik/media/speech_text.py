"""What is said in a video: words recognised in the stretches in which somebody speaks.

Whisper makes up words where nobody speaks, repeats itself, and goes on when it is lost. So it is given no
sound but speech (Silero's), a window of half a minute at a time without the words before, and what it is not
sure of, repeats, or puts outside speech is left out and counted. What is told may still be wrong: a help for
finding a place and listening to it, never a quotation.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from tilik.kernel import Evidence, Json, Span
from tilik.media import speech_model
from tilik.media.result import Result
from tilik.media.speech import CHUNK, RATE, Samples, Speech, spoken
from tilik.media.speech_model import Listener, Piece, Sound, Unfit

SOURCE = "speech-text/1"
HOME, SURE_OF_LANGUAGE = "id", 0.5
"""The language that is listened for unless the model is at least this sure of another."""

CODES = {"jw": "jv", "no": "nb"}
"""Whisper's own codes → ISO 639-1."""

LONGEST, APART, AROUND = 28.0, 2.0, 0.2
"""Seconds: of a window, which the model hears at once; of silence that ends one; taken along at its ends."""

LEAST_SURE, LEAST_SURE_IN_SILENCE = -1.0, -0.5
"""Least mean log probability, and where the model thinks that nobody speaks."""

SILENT, SQUEEZED, INSIDE = 0.6, 2.4, 0.3
"""Probability of nobody speaking; greatest ratio of compression; least share of a piece that is speech. The
first, the last limit of log probability and the ratio are those of Radford et al. 2022, section 4.5."""

REPEATS = 2
"""Times that the same words may come in a row."""

BUDGET = 0.7
"""Share of a file's processor time that recognition may take."""

Window = tuple[int, int]


def lacking() -> str:
    """What this analyser misses on this machine, ``""`` when it can run."""
    return speech_model.lacking()


def windows(sure: Sequence[float]) -> list[Window]:
    """What is listened to at once, in chunks, first and one past the last: speech alone, in order.

    Speech that goes on for longer is cut where the detector is least sure of it, in the window's last third.
    Pure.
    """
    longest, apart = int(LONGEST * RATE / CHUNK), APART * RATE / CHUNK
    found: list[list[int]] = []
    for first, last in _pieces(spoken(sure), sure, longest):
        if found and first - found[-1][1] < apart and last - found[-1][0] <= longest:
            found[-1][1] = last
        else:
            found.append([first, last])
    edge = int(AROUND * RATE / CHUNK)
    return [(max(0, first - edge), min(len(sure), last + edge)) for first, last in found]


def _pieces(stretches: Iterable[Window], sure: Sequence[float], longest: int) -> Iterator[Window]:
    for first, last in stretches:
        begin = first
        while last - begin > longest:
            late = begin + longest * 2 // 3
            cut = late + int(np.argmin(sure[late : begin + longest]))
            yield begin, cut
            begin = cut
        yield begin, last


@dataclass(slots=True)
class Told:
    """What was recognised, and how many pieces were left out for which reason.

    ``language``  as the model tells it, with its probability; ``heard_as``  the one it then listened for;
    ``until``  the second at which its time was up.
    """

    pieces: list[tuple[Span, Piece]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    language: tuple[str, float] | None = None
    heard_as: str = HOME
    until: float | None = None


def recognised(ear: Speech, seconds: float, listener: Listener, cpu_seconds: float) -> Told:
    """The words of all that an ear heard and kept, in a video of this length."""
    told, sound = Told(), ear.sound()
    found = windows(ear.sure)
    if not found:
        return told
    told.language = listener.language(_together(sound, found))
    told.heard_as = _listen_for(told.language)
    talk = ear.spans(seconds)
    begun = time.process_time()
    for first, last in found:
        begin = first * CHUNK
        if time.process_time() - begun > cpu_seconds:
            told.until = round(ear.second(begin), 3)
            break
        for piece in listener.pieces(_sound(sound[begin : last * CHUNK]), told.heard_as):
            span = _placed(piece, ear, begin, last * CHUNK, seconds)
            why = doubt(piece, span, talk) or _again(piece, told.pieces)
            if span is None or why:
                told.left_out[why] += 1
            else:
                told.pieces.append((span, piece))
    return told


def _listen_for(language: tuple[str, float] | None) -> str:
    if language is None:
        return "en"
    return language[0] if language[1] >= SURE_OF_LANGUAGE else HOME


def _together(sound: Samples, found: Sequence[Window]) -> Sound:
    """Speech without what lies between, at most two minutes of it."""
    return _sound(np.concatenate([sound[a * CHUNK : b * CHUNK] for a, b in found])[: 120 * RATE])


def _sound(samples: Samples) -> Sound:
    return np.asarray(samples / 32768, np.float32)


def _placed(piece: Piece, ear: Speech, begin: int, end: int, seconds: float) -> Span | None:
    first = ear.second(min(end, begin + round(piece.start * RATE)))
    last = min(seconds, ear.second(min(end, begin + round(piece.end * RATE))))
    return Span(start=round(first, 3), end=round(last, 3)) if last > first else None


def doubt(piece: Piece, span: Span | None, talk: Sequence[Span]) -> str:
    """Why a piece is not told, ``""`` where it is. Pure."""
    if not any(letter.isalnum() for letter in piece.text):
        return "no-words"
    if piece.sure < LEAST_SURE:
        return "unsure"
    if piece.silent > SILENT and piece.sure < LEAST_SURE_IN_SILENCE:
        return "nobody-speaks"
    if piece.squeeze > SQUEEZED:
        return "repeats-within"
    if span is None or _covered(span, talk) < INSIDE * span.length:
        return "outside-speech"
    return ""


def _covered(span: Span, talk: Sequence[Span]) -> float:
    return sum(max(0.0, min(span.end, one.end) - max(span.start, one.start)) for one in talk)


def _again(piece: Piece, before: Sequence[tuple[Span, Piece]]) -> str:
    """Whether the last pieces all said the same."""
    latest = [_letters(each.text) for _, each in before[-REPEATS:]]
    return "repeated" if latest == [_letters(piece.text)] * REPEATS else ""


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def evidence(told: Told, source: str) -> list[Evidence]:
    """The language by ear, over all that is spoken, and one ``speech-text`` for each piece."""
    spans = [span for span, _ in told.pieces]
    made = []
    if spans and told.language is not None:
        code, sure = told.language
        value: Json = {"language": CODES.get(code, code), "sure": round(sure, 3), "from": "speech"}
        whole = Span(start=spans[0].start, end=max(span.end for span in spans))
        made.append(Evidence(video="", span=whole, kind="language", value=value, source=source))
    language = CODES.get(told.heard_as, told.heard_as)
    for span, piece in told.pieces:
        score = round(min(1.0, math.exp(piece.sure)), 3)
        value = {"text": piece.text, "score": score, "language": language}
        made.append(Evidence(video="", span=span, kind="speech-text", value=value, source=source))
    return made


def result(ear: Speech | None, seconds: float, source: str, cpu_seconds: float) -> Result:
    """What was said, as it is kept; a model that cannot be used is a result that says so."""
    if ear is None or not ear.sure:
        return Result(source=source)
    try:
        told = recognised(ear, seconds, speech_model.listener(), cpu_seconds * BUDGET)
    except Unfit as unfit:
        return Result(source=source, failed=str(unfit))
    except RuntimeError as failed:  # CTranslate2's only error, also where memory is short
        return Result(source=source, failed=" ".join(str(failed).split())[:200])
    stopped = f"its time was up at second {told.until}" if told.until is not None else ""
    summary: Json = {
        "pieces": len(told.pieces),
        "left_out": dict(sorted(told.left_out.items())),
        "language": told.language[0] if told.language else None,
        "sure": round(told.language[1], 3) if told.language else None,
        "heard_as": told.heard_as,
    }
    return Result(source=source, summary=summary, evidence=tuple(evidence(told, source)), failed=stopped)
