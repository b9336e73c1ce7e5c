"""Is a judgement complete and well founded? Every problem, each with a stable code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tilik.guideline.deciding import decide
from tilik.guideline.model import Guideline
from tilik.guideline.walk import Answers, Question, fits, questions
from tilik.guideline.words import Text
from tilik.kernel import Span

Marks: TypeAlias = Sequence[tuple[str, Span]]
"""Spans marked for a question: (question id, span), any number for each question."""

Notes: TypeAlias = Mapping[str, str]
"""Question id → free text: the reason for a label, for overriding a verdict, a remark on an edge case."""

PROBLEMS: dict[str, Text] = {
    "unanswered": Text(id="Pertanyaan ini belum dijawab.", en="This question has not been answered."),
    "out-of-range": Text(
        id="Jawaban ini tidak termasuk pilihan yang ada.", en="This answer is not one of the choices."
    ),
    "never-asked": Text(
        id="Ada jawaban untuk pertanyaan yang tidak diajukan.",
        en="There is an answer to a question that was not asked.",
    ),
    "span-missing": Text(
        id="Tandai rentang waktunya: label di atas tingkat 0 harus disertai rentang waktu.",
        en="Mark where it happens: a label above level 0 needs a time span.",
    ),
    "reason-missing": Text(
        id="Tulis satu kalimat alasan: label di atas tingkat 0 harus disertai alasan.",
        en="Write one sentence of reason: a label above level 0 needs one.",
    ),
    "override-reason-missing": Text(
        id="Penilaian akhir berbeda dari usulan: tulis alasannya.",
        en="The verdict differs from the one proposed: write why.",
    ),
    "mark-never-asked": Text(
        id="Ada rentang waktu untuk pertanyaan yang tidak diajukan.",
        en="There is a time span for a question that was not asked.",
    ),
    "note-never-asked": Text(
        id="Ada catatan untuk pertanyaan yang tidak diajukan.",
        en="There is a note for a question that was not asked.",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a judgement from being accepted: stable ``code``, ``question`` id, ``text``."""

    code: str
    question: str
    text: Text


def check(guideline: Guideline, answers: Answers, marks: Marks, notes: Notes) -> tuple[Problem, ...]:
    """What is missing or wrong; empty when the judgement can be accepted.

    Order: reached questions in the order of the flow, then answers, marks and notes to questions never
    asked, each by id.
    """
    reached = questions(guideline, answers)
    marked = {id_ for id_, _ in marks}
    noted = {id_ for id_, note in notes.items() if note.strip()}
    overridden = decide(guideline, answers).overridden
    codes = [
        (code, question.id)
        for question in reached
        for code in _of_question(question, answers, marked, noted, overridden=overridden)
    ]
    asked = {question.id for question in reached}
    codes += [("never-asked", id_) for id_ in sorted(answers.keys() - asked)]
    codes += [("mark-never-asked", id_) for id_ in sorted(marked - asked)]
    codes += [("note-never-asked", id_) for id_ in sorted(noted - asked)]
    return tuple(Problem(code, id_, PROBLEMS[code]) for code, id_ in codes)


def _of_question(
    question: Question, answers: Answers, marked: set[str], noted: set[str], *, overridden: bool
) -> Iterator[str]:
    if question.id not in answers:
        yield "unanswered"
        return
    answer = answers[question.id]
    if not fits(question, answer):
        yield "out-of-range"
    elif question.id.startswith("label.") and answer != 0:
        if question.id not in marked:
            yield "span-missing"
        if question.id not in noted:
            yield "reason-missing"
    elif question.id == "verdict" and overridden and "verdict" not in noted:
        yield "override-reason-missing"
