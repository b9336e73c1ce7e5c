"""Statements of reasons: all labels map to what the database takes, and each of its rules is held to."""

from __future__ import annotations

from typing import Any

import pytest

from study.making import shipped
from tilik.report.checking import problems
from tilik.report.dsa import batches, mapped
from tilik.report.rules import dsa_rules, tunas_rules

LABELS = shipped().labels
REST: dict[str, Any] = {
    "decision_visibility": ["DECISION_VISIBILITY_CONTENT_DEMOTED"],
    "content_language": "JV",
    "content_date": "2026-03-01",
    "application_date": "2026-03-08",
    "decision_facts": "People judged the video.",
    "source_type": "SOURCE_VOLUNTARY",
    "automated_detection": "No",
    "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
    "territorial_scope": ["DE", "FR"],
    "puid": "tilik-1",
}


def statement(**changes: Any) -> dict[str, Any]:
    made = {**REST, **mapped(shipped(), LABELS[0]), **changes}
    return {name: value for name, value in made.items() if value is not None}


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.code)
def test_every_label_maps_to_what_the_database_takes(label: Any) -> None:
    made = {**REST, **mapped(shipped(), label)}
    assert problems(made) == []
    assert label.code in made["category_specification_other"]
    assert label.code in made["incompatible_content_ground"]
    assert ("CONTENT_TYPE_SYNTHETIC_MEDIA" in made["content_type"]) == (label.family == "SYN")


def test_there_are_28_labels_and_minors_own_five_keywords() -> None:
    assert len(LABELS) == 28
    assert len(dsa_rules().keywords["STATEMENT_CATEGORY_PROTECTION_OF_MINORS"]) == 5
    vague = {"KEYWORD_OTHER", "KEYWORD_AGE_SPECIFIC_RESTRICTIONS_MINORS"}
    assert sum(label.map.dsa_keyword in vague for label in LABELS) == 20


@pytest.mark.parametrize("language", ["ID", "JV", "SU", "MS"])
def test_the_languages_of_the_archipelago_are_taken(language: str) -> None:
    assert problems(statement(content_language=language)) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"decision_visibility": None}, "one restriction is needed"),
        ({"decision_visibility": ["HIDDEN"]}, "decision_visibility knows no"),
        ({"decision_ground": "BECAUSE"}, "decision_ground knows no"),
        ({"illegal_content_legal_ground": "a law"}, "does not go with"),
        ({"incompatible_content_ground": "x" * 501}, "500 are allowed"),
        ({"incompatible_content_explanation": "x" * 2001}, "2000 are allowed"),
        ({"incompatible_content_explanation": " "}, "is needed"),
        ({"content_type": "CONTENT_TYPE_VIDEO"}, "must be a list"),
        ({"content_type": ["CONTENT_TYPE_FILM"]}, "content_type knows no"),
        ({"content_type": ["CONTENT_TYPE_OTHER"]}, "content_type_other is needed"),
        ({"content_language": "BTK"}, "content_language knows no"),
        ({"category": "STATEMENT_CATEGORY_DULL"}, "category knows no"),
        ({"category_specification": ["KEYWORD_PHISHING"]}, "belongs to none of the categories"),
        ({"category_specification": ["KEYWORD_OTHER"], "category_specification_other": None}, "is needed"),
        ({"category_addition": ["STATEMENT_CATEGORY_OTHER_VIOLATION_TC"] * 2}, "repeats a category"),
        ({"content_date": "8 March"}, "content_date must be a day"),
        ({"content_date": "2026-02-30"}, "content_date must be a day"),
        ({"content_date": "1999-12-31"}, "must not be before 2000-01-01"),
        ({"application_date": "2019-12-31"}, "must not be before 2020-01-01"),
        ({"content_date": "2026-03-09"}, "older than the content"),
        ({"application_date": None}, "application_date must be a day"),
        ({"decision_facts": "x" * 5001}, "5000 are allowed"),
        ({"source_type": "SOURCE_RUMOUR"}, "source_type knows no"),
        ({"automated_detection": True}, "must be Yes or No"),
        ({"automated_decision": "No"}, "automated_decision knows no"),
        ({"territorial_scope": ["ID"]}, "'ID' is not in it"),
        ({"territorial_scope": []}, "must name one country"),
        ({"territorial_scope": ["DE", "DE"]}, "names a country twice"),
        ({"puid": "tilik 1/2"}, "puid must be made of"),
        ({"puid": ""}, "puid must be made of"),
        ({"decision_facts": "Ask sari@example.org"}, "an e-mail address"),
        ({"decision_facts": "WA 0812-3456-7890"}, "a telephone number"),
        ({"decision_facts": "NIK 3174012345678901"}, "an identity number"),
        ({"decision_facts": "channel @sari_kids"}, "a handle"),
        ({"title": "Sari sings"}, "title is no field"),
    ],
)
def test_what_the_database_refuses_is_found(changes: dict[str, Any], told: str) -> None:
    found = problems(statement(**changes))
    assert any(told in one for one in found), found


def test_a_call_takes_a_hundred() -> None:
    sizes = [len(one["statements"]) for one in batches([statement()] * 250)]
    assert sizes == [100, 100, 50]


def test_the_seven_aspects_name_labels_that_are_there() -> None:
    known = {label.code for label in LABELS} | {label.family for label in LABELS}
    aspects = tunas_rules().aspects
    assert len(aspects) == 7
    assert {code for one in aspects for code in (*one.of, *one.but)} <= known
    assert {scheme.code for scheme in shipped().age_schemes} >= set(tunas_rules().schemes)
