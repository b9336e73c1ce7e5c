"""The committed cases are what this code says today; other interpreters are held to the same file."""

from __future__ import annotations

import json

import pytest

from .make_vectors import VECTORS, documents


@pytest.fixture(scope="module")
def fresh() -> dict[str, str]:
    return documents()


@pytest.mark.parametrize("file", ["guideline.json", "keluarga-id.json", "one-label.json"])
def test_committed_vectors_equal_a_regeneration(file: str, fresh: dict[str, str]) -> None:
    same = (VECTORS / file).read_text(encoding="utf-8") == fresh[file]
    assert same, "run python tests/guideline/make_vectors.py and commit what it writes"


def test_the_cases_are_many_and_meet_everything(fresh: dict[str, str]) -> None:
    cases = json.loads(fresh["guideline.json"])["cases"]
    assert len(cases) >= 300
    assert len({case["name"] for case in cases}) == len(cases)
    assert {case["decision"]["rule"] for case in cases} == {"VR1", "VR2", "VR3", "VR4", None}
    assert {case["decision"]["audience_rule"] for case in cases} == {"AR1", "AR2", None}
    assert {code for case in cases for code in case["problems"]} == {
        "unanswered",
        "out-of-range",
        "never-asked",
        "span-missing",
        "reason-missing",
        "override-reason-missing",
        "mark-never-asked",
        "note-never-asked",
    }
    one_label = json.loads(fresh["one-label.json"])["cases"]
    assert 5 < sum(case["rule"] == "OWN" for case in one_label) < 35
    assert sum(not case["problems"] for case in cases) >= 50
