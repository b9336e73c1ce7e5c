"""Which question is next."""

from __future__ import annotations

from typing import Any

import pytest

from tilik.guideline import Guideline, fits, next_question, prune, questions


def ids(guideline: Guideline, answers: dict[str, Any]) -> list[str]:
    return [one.id for one in questions(guideline, answers)]


def test_the_gate_comes_first_and_alone(guideline: Guideline) -> None:
    assert ids(guideline, {}) == ["assessable"]
    assert ids(guideline, {"family.SYN": True}) == ["assessable"]
    assert ids(guideline, {"assessable": "NA-GONE"}) == ["assessable"]
    assert ids(guideline, {"assessable": "NA-LANG"}) == ["assessable", "assessable.language"]
    assert next_question(guideline, {"assessable": "NA-WELL"}) is None


def test_a_clean_video_is_asked_twenty_questions(guideline: Guideline, clean: dict[str, Any]) -> None:
    asked = ids(guideline, clean)
    assert asked[:4] == ["assessable", "audience.factors", "audience", "min_age"]
    assert asked[4:11] == [f"family.{one}" for one in ("SYN", "EDU", "COM", "BEH", "FEA", "ATT", "CHI")]
    assert asked[-3:] == ["verdict", "confidence", "edge_case"]
    assert len(asked) == 20
    assert next_question(guideline, clean) is None


def test_an_opened_family_asks_for_its_labels_only(guideline: Guideline, clean: dict[str, Any]) -> None:
    clean["family.ATT"] = True
    asked = ids(guideline, clean)
    assert [one for one in asked if one.startswith("label.")] == [
        "label.ATT-BAIT",
        "label.ATT-SENS",
        "label.ATT-LOOP",
    ]
    upcoming = next_question(guideline, clean)
    assert upcoming is not None
    assert (upcoming.id, upcoming.step, upcoming.kind) == ("label.ATT-BAIT", "labels", "level")
    assert (upcoming.options, upcoming.entity) == ((0, 1, 2, 3), "ATT-BAIT")


def test_an_answer_that_does_not_fit_is_asked_again(guideline: Guideline, clean: dict[str, Any]) -> None:
    clean["min_age"] = "three"
    upcoming = next_question(guideline, clean)
    assert upcoming is not None and upcoming.id == "min_age"
    assert upcoming.options == (0, 3, 6, 10, 13, 16, 18)


def test_closing_a_family_again_drops_its_answers(guideline: Guideline, clean: dict[str, Any]) -> None:
    opened = clean | {"family.ATT": True, "label.ATT-BAIT": 2}
    assert prune(guideline, opened) == opened
    closed = opened | {"family.ATT": False}
    assert "label.ATT-BAIT" not in prune(guideline, closed)
    assert prune(guideline, closed | {"assessable": "NA-GONE"}) == {"assessable": "NA-GONE"}


@pytest.mark.parametrize(
    ("question", "good", "bad"),
    [
        ("assessable", ["yes", "NA-GONE"], [True, "no", None, ""]),
        ("audience.factors", [[], ["AF1"], ["AF9", "AF1"]], ["AF1", ["AF1", "AF1"], ["AF0"], [1], None]),
        ("audience", ["AUD-UNK"], ["AUD-X", 0]),
        ("min_age", [0, 7, 18], [-1, 19, True, 3.0, "3", None]),
        ("family.SYN", [True, False], [0, 1, "yes", None]),
        ("label.SYN-MASS", [0, 3], [4, -1, True, 1.0, None]),
        ("strength.HQ-DIV", [0, 2], [3, False]),
        ("confidence", [1, 3], [0, 4, True]),
        ("edge_case", [None, "level_between"], ["", False, 0]),
    ],
)
def test_what_fits(guideline: Guideline, question: str, good: list[Any], bad: list[Any]) -> None:
    every = questions(guideline, {"assessable": "yes", "family.SYN": True})
    one = next(one for one in every if one.id == question)
    assert [answer for answer in good if not fits(one, answer)] == []
    assert [answer for answer in bad if fits(one, answer)] == []


@pytest.mark.parametrize(
    ("tag", "good"),
    [
        ("jv", True),
        ("bbc", True),
        ("zh-Hant", True),
        ("x", False),
        ("JV", False),
        ("jv\n", False),
        (7, False),
    ],
)
def test_any_language_tag_may_be_named(guideline: Guideline, tag: Any, good: bool) -> None:
    language = questions(guideline, {"assessable": "NA-LANG"})[1]
    assert fits(language, tag) is good
