"""One person's or machine's answers as Label Studio's results, and back: pure, and without loss.

A result is ``{id, from_name, to_name, type, value}``. Choices have ``value.choices``, numbers
``value.number``, texts ``value.text``; a span has ``value.ranges`` (frames from 1) and
``value.timelinelabels``, and its exact seconds in ``meta``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, cast, get_args

from pydantic import JsonValue, ValidationError

from tilik.exchange.controls import NONE, every_question, option_of, token
from tilik.exchange.frames import to_frames, to_span
from tilik.exchange.label_studio.config import EVIDENCE, NOTE, SPANS, VIDEO, result_type
from tilik.exchange.said import Said
from tilik.guideline import Guideline, Question, fits
from tilik.kernel import Evidence, EvidenceKind, Invalid, Span

KINDS = frozenset(get_args(EvidenceKind))
Result = dict[str, Any]


def to_results(guideline: Guideline, said: Said, fps: float) -> list[Result]:
    """The results of an annotation or prediction: answers in the order of the flow, then texts, then spans.

    Raises ``Invalid`` for an answer to no question of the guideline.
    """
    asked = {question.id: question for question in every_question(guideline)}
    unknown = {*said.answers, *said.notes, *(name for name, _ in said.marks)} - asked.keys()
    if unknown:
        raise Invalid("question-unknown", "the guideline asks no such question", where=min(unknown))
    found = [
        _answer(question, said.answers[name]) for name, question in asked.items() if name in said.answers
    ]
    found += [_text(NOTE + name, said.notes[name]) for name in asked if name in said.notes]
    found += [_span(name, span, fps, {}) for name, span in said.marks]
    found += [_evidence(item, fps) for item in said.evidence]
    return [{"id": f"t{number}", **one} for number, one in enumerate(found)]


def _result(name: str, kind: str, value: dict[str, Any]) -> Result:
    return {"from_name": name, "to_name": VIDEO, "type": kind, "value": value}


def _answer(question: Question, answer: JsonValue) -> Result:
    if not fits(question, answer):
        raise Invalid("answer-unfit", f"{answer!r} is no answer to this question", where=question.id)
    if question.kind == "age":
        return _result(question.id, "number", {"number": answer})
    if question.kind == "language":
        return _text(question.id, str(answer))
    many: Sequence[Any] = answer if isinstance(answer, list) else [answer]
    return _result(question.id, "choices", {"choices": [token(one) for one in many] or [NONE]})


def _text(name: str, text: str) -> Result:
    return _result(name, "textarea", {"text": [text]})


def _span(label: str, span: Span, fps: float, more: dict[str, JsonValue]) -> Result:
    first, last = to_frames(span, fps)
    value = {"ranges": [{"start": first, "end": last}], "timelinelabels": [label]}
    exact = {"start": span.start, "end": span.end, **more}
    return _result(SPANS, "timelinelabels", value) | {"meta": {"tilik": exact}}


def _evidence(item: Evidence, fps: float) -> Result:
    more: dict[str, JsonValue] = {"value": item.value, "source": item.source, "note": item.note}
    return _span(EVIDENCE + item.kind, item.span, fps, more)


# ------------------------------------------------------------------------------------------------ back
def from_results(
    guideline: Guideline, results: object, *, fps: float, video: str, source: str, where: str
) -> Said:
    """What the results say. ``source`` is whose evidence the spans of evidence are, where they name none.

    Raises ``Invalid``, naming the place, for whatever is not of this guideline's configuration.
    """
    asked = {question.id: question for question in every_question(guideline)}
    answers: dict[str, JsonValue] = {}
    notes: dict[str, str] = {}
    marks: list[tuple[str, Span]] = []
    evidence: list[Evidence] = []
    for number, one in enumerate(_list(results, where, "result")):
        place = f"{where}.result[{number}]"
        name, kind, value = _parts(one, place)
        if name == SPANS and kind == "timelinelabels":
            for label, span, exact in _spans(value, one, fps, place):
                if label.startswith(EVIDENCE):
                    evidence.append(_machine_span(label, span, exact, video, source, place))
                else:
                    marks.append((_known(label, asked, place).id, span))
        elif name.startswith(NOTE):
            if text := " ".join(_words(value, place).split()):
                notes[_known(name.removeprefix(NOTE), asked, place).id] = text
        else:
            question = _known(name, asked, place)
            if question.id in answers:
                raise Invalid("answer-twice", f"{question.id} is answered twice", where=place)
            answers[question.id] = _read(question, kind, value, place)
    return Said(answers, tuple(marks), notes, tuple(evidence))


def _list(value: object, where: str, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise Invalid("label-studio-shape", f"{name} is no list", where=where)
    return value


def _parts(one: object, where: str) -> tuple[str, str, Mapping[str, Any]]:
    if isinstance(one, Mapping):
        name, kind, value = one.get("from_name"), one.get("type"), one.get("value")
        if isinstance(name, str) and isinstance(kind, str) and isinstance(value, Mapping):
            return name, kind, value
    raise Invalid("label-studio-shape", "a result needs from_name, type and value", where=where)


def _known(name: str, asked: Mapping[str, Question], where: str) -> Question:
    if name not in asked:
        raise Invalid(
            "question-unknown",
            f"the guideline asks no question {name!r}",
            where=where,
            mend="Use the configuration that `tilik exchange label-studio config` writes.",
        )
    return asked[name]


def _read(question: Question, kind: str, value: Mapping[str, Any], where: str) -> JsonValue:
    if kind != result_type(question):
        what = f"{question.id} is answered by {result_type(question)}, not by {kind}"
        raise Invalid("answer-unfit", what, where=where)
    answer = _given(question, kind, value, where)
    if not fits(question, answer):
        raise Invalid("answer-unfit", f"{answer!r} is no answer to {question.id}", where=where)
    return answer


def _given(question: Question, kind: str, value: Mapping[str, Any], where: str) -> JsonValue:
    if kind == "textarea":
        return _words(value, where).strip()
    if kind == "number":
        number: Any = value.get("number")
        whole = isinstance(number, float) and number.is_integer()
        return cast(JsonValue, int(number) if whole else number)
    chosen = _list(value.get("choices"), where, "choices")
    if question.kind == "many":
        return [] if chosen == [NONE] else [_option(question, one, where) for one in chosen]
    if len(chosen) != 1:
        raise Invalid("answer-unfit", f"{question.id} takes one choice, not {len(chosen)}", where=where)
    return _option(question, chosen[0], where)


def _option(question: Question, said: object, where: str) -> JsonValue:
    try:
        return option_of(question, str(said))
    except KeyError:
        raise Invalid("answer-unfit", f"{said!r} is no choice of {question.id}", where=where) from None


def _words(value: Mapping[str, Any], where: str) -> str:
    text = value.get("text")
    lines = [text] if isinstance(text, str) else _list(text, where, "text")
    if not all(isinstance(line, str) and "\x00" not in line for line in lines):
        raise Invalid("label-studio-shape", "text is no text", where=where)
    return " ".join(lines)


def _spans(
    value: Mapping[str, Any], one: Mapping[str, Any], fps: float, where: str
) -> list[tuple[str, Span, Mapping[str, Any]]]:
    meta = one.get("meta")
    held = meta.get("tilik") if isinstance(meta, Mapping) else None
    exact: Mapping[str, Any] = held if isinstance(held, Mapping) else {}
    found = []
    for reach in _list(value.get("ranges"), where, "ranges"):
        first, last = _ends(reach, where)
        span = _exact(exact, first, last, fps) or to_span(first, last, fps)
        found += [(str(label), span, exact) for label in _list(value.get("timelinelabels"), where, "labels")]
    return found


def _ends(reach: object, where: str) -> tuple[float, float]:
    if isinstance(reach, Mapping):
        ends = reach.get("start"), reach.get("end")
        if all(isinstance(end, int | float) and not isinstance(end, bool) for end in ends):
            first, last = float(ends[0] or 0), float(ends[1] or 0)
            if math.isfinite(first) and math.isfinite(last) and 1 <= first <= last:
                return first, last
    raise Invalid("frames", "a range runs from one frame to a later one, from 1 up", where=where)


def _exact(held: Mapping[str, Any], first: float, last: float, fps: float) -> Span | None:
    """The seconds sent along, as long as the frames are still theirs."""
    try:
        span = Span(start=held["start"], end=held["end"])
    except (KeyError, ValidationError):
        return None
    return span if to_frames(span, fps) == (first, last) else None


def _machine_span(
    label: str, span: Span, exact: Mapping[str, Any], video: str, source: str, where: str
) -> Evidence:
    kind = label.removeprefix(EVIDENCE)
    if kind not in KINDS:
        raise Invalid("evidence-unknown", f"there is no evidence of the kind {kind!r}", where=where)
    try:
        return Evidence(
            video=video,
            span=span,
            kind=kind,
            value=exact.get("value"),
            source=exact.get("source") or source,
            note=exact.get("note") or "",
        )
    except ValidationError as error:
        raise Invalid("evidence-shape", error.errors()[0]["msg"], where=where) from None
