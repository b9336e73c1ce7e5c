"""What keeps a judgement from being accepted."""

from __future__ import annotations

from typing import Any

from tilik.guideline import PROBLEMS, Guideline, Marks, check
from tilik.kernel import Span

SPAN = Span(start=1, end=2.5)


def problems(
    guideline: Guideline, answers: dict[str, Any], marks: Marks = (), notes: dict[str, str] | None = None
) -> list[tuple[str, str]]:
    return [(one.code, one.question) for one in check(guideline, answers, marks, notes or {})]


def test_a_complete_clean_judgement_is_accepted(guideline: Guideline, clean: dict[str, Any]) -> None:
    assert problems(guideline, clean) == []
    assert problems(guideline, clean | {"edge_case": "new_format"}, notes={"edge_case": "Baru."}) == []


def test_a_judgement_not_begun(guideline: Guideline) -> None:
    assert problems(guideline, {}) == [("unanswered", "assessable")]
    assert problems(guideline, {"assessable": "NA-GONE"}) == []
    assert problems(guideline, {"assessable": "NA-LANG"}) == [("unanswered", "assessable.language")]


def test_a_label_above_zero_needs_a_span_and_a_reason(guideline: Guideline, clean: dict[str, Any]) -> None:
    label = "label.ATT-BAIT"
    answers = clean | {"family.ATT": True, label: 1, "label.ATT-SENS": 0, "label.ATT-LOOP": 0}
    both = [("span-missing", label), ("reason-missing", label)]
    assert problems(guideline, answers) == both
    assert problems(guideline, answers, [(label, SPAN)]) == both[1:]
    assert problems(guideline, answers, notes={label: "Judulnya bohong."}) == both[:1]
    assert problems(guideline, answers, [(label, SPAN)], {label: " \n"}) == both[1:]
    assert problems(guideline, answers, [(label, SPAN)], {label: "Judulnya bohong."}) == []


def test_an_overridden_verdict_needs_a_reason(guideline: Guideline, clean: dict[str, Any]) -> None:
    answers = clean | {"verdict": "Q3"}
    assert problems(guideline, answers) == [("override-reason-missing", "verdict")]
    assert problems(guideline, answers, notes={"verdict": "Terlalu berisik."}) == []
    assert problems(guideline, clean, notes={"verdict": "Sekadar catatan."}) == []


def test_answers_out_of_range_and_never_asked(guideline: Guideline, clean: dict[str, Any]) -> None:
    answers = clean | {"min_age": 19, "label.ATT-BAIT": 2, "colour": "red"}
    assert problems(guideline, answers) == [
        ("out-of-range", "min_age"),
        ("never-asked", "colour"),
        ("never-asked", "label.ATT-BAIT"),
    ]


def test_marks_and_notes_to_questions_never_asked(guideline: Guideline, clean: dict[str, Any]) -> None:
    found = problems(guideline, clean, [("label.ATT-BAIT", SPAN)], {"label.ATT-LOOP": "Karena …"})
    assert found == [("mark-never-asked", "label.ATT-BAIT"), ("note-never-asked", "label.ATT-LOOP")]


def test_every_problem_speaks_both_languages(guideline: Guideline) -> None:
    assert all(text.id != text.en for text in PROBLEMS.values())
    only = check(guideline, {}, (), {})[0]
    assert only.text == PROBLEMS[only.code]
