"""Answers to decisions, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tilik.guideline import (
    Guideline,
    audience_proposal,
    decide,
    load,
    matters_below,
    read_age,
    verdict_proposal,
)

Reading = tuple[str | None, bool]

# label levels, strengths at 2, verdict and rule expected
VERDICTS = [
    ({}, 0, "Q2", "VR4"),
    ({}, 1, "Q2", "VR4"),
    ({}, 2, "Q1", "VR3"),
    ({"SYN-MASS": 1}, 2, "Q1", "VR3"),
    ({"SYN-MASS": 1, "SYN-INCO": 1}, 1, "Q2", "VR4"),
    ({"SYN-MASS": 1, "SYN-INCO": 1}, 6, "Q1", "VR3"),
    ({"SYN-MASS": 1, "SYN-INCO": 1, "COM-HIDE": 1}, 6, "Q3", "VR2"),
    ({"COM-HIDE": 2}, 6, "Q3", "VR2"),
    ({"COM-HIDE": 2, "SYN-MASS": 1, "SYN-INCO": 1}, 0, "Q3", "VR2"),
    ({"COM-GAMB": 3}, 6, "Q4", "VR1"),
    ({"FEA-SELF": 3, "SYN-MASS": 1}, 0, "Q4", "VR1"),
]


def judged(clean: dict[str, Any], labels: dict[str, int], strong: int) -> dict[str, Any]:
    answers = dict(clean)
    for code, level in labels.items():
        answers[f"family.{code.split('-')[0]}"] = True
        answers[f"label.{code}"] = level
    for id_ in [id_ for id_ in answers if id_.startswith("strength.")][:strong]:
        answers[id_] = 2
    return answers


@pytest.mark.parametrize(("labels", "strong", "verdict", "rule"), VERDICTS)
def test_the_proposed_verdict(
    guideline: Guideline, clean: dict[str, Any], labels: dict[str, int], strong: int, verdict: str, rule: str
) -> None:
    answers = judged(clean, labels, strong)
    decision = decide(guideline, answers)
    assert (decision.verdict_proposed, decision.rule) == (verdict, rule)
    assert verdict_proposal(guideline, answers) == (verdict, rule)
    assert decision.overridden is (verdict != "Q2")
    assert {code: level for code, level in decision.labels.items() if level} == labels


def test_a_label_that_matters_to_adults_only_does_not_make_a_video_unfit_for_minors(
    text: str, clean: dict[str, Any]
) -> None:
    before = 'ages: [AB0, AB1, AB2, AB3]\n    example_yes:\n      id: "Klip keempat puluh'
    assert text.count(before) == 1
    adults = load(text.replace(before, before.replace("AB0, AB1, AB2, AB3", "AB6")))
    answers = judged(clean, {"SYN-MASS": 3}, 0)
    assert verdict_proposal(adults, answers) == ("Q3", "VR2")
    assert not matters_below(adults, "SYN-MASS", 18)
    assert matters_below(adults, "SYN-MASS", 19)


def test_labels_of_closed_families_are_zero_and_unsettled_ones_absent(
    guideline: Guideline, clean: dict[str, Any]
) -> None:
    clean["family.SYN"] = True
    clean["label.SYN-DECV"] = 1
    del clean["family.EDU"]
    labels = decide(guideline, clean).labels
    assert labels["SYN-DECV"] == 1 and labels["CHI-PRIV"] == 0
    assert "SYN-MASS" not in labels, "opened, but not answered"
    assert "EDU-FACT" not in labels, "not known to be closed"


def test_a_stale_label_counts_for_nothing(guideline: Guideline, clean: dict[str, Any]) -> None:
    decision = decide(guideline, clean | {"label.COM-GAMB": 3})
    assert decision.labels["COM-GAMB"] == 0
    assert decision.verdict_proposed == "Q2"


def test_a_video_that_cannot_be_judged(guideline: Guideline, clean: dict[str, Any]) -> None:
    decision = decide(guideline, clean | {"assessable": "NA-LANG", "assessable.language": "jv"})
    assert (decision.assessable, decision.na_code, decision.language) == (False, "NA-LANG", "jv")
    assert decision.labels == decision.strengths == decision.ages == {}
    assert decision.verdict is decision.verdict_proposed is decision.rule is decision.min_age is None
    assert not decision.overridden


@pytest.mark.parametrize(
    ("factors", "proposed"),
    [
        ([], None),
        (["AF4"], None),
        (["AF1"], ("AUD-MIX", "AR2")),
        (["AF4", "AF5", "AF6"], ("AUD-MIX", "AR2")),
        (["AF1", "AF2"], ("AUD-KID", "AR1")),
        (["AF1", "AF2", "AF9"], ("AUD-MIX", "AR2")),
        (["AF9"], None),
        (["AF1", "AF1", "AF1"], ("AUD-MIX", "AR2")),
    ],
)
def test_the_proposed_audience(
    guideline: Guideline, factors: list[str], proposed: tuple[str, str] | None
) -> None:
    assert audience_proposal(guideline, factors) == proposed


@pytest.mark.parametrize(
    ("age", "kpi", "tunas", "film", "app"),
    [
        (0, ("SU", True), ("under_13", True), ("SU", True), ("preschool", True)),
        (2, ("P", True), ("under_13", False), ("SU", False), ("preschool", False)),
        (6, ("P", False), ("under_13", False), ("SU", False), ("younger", False)),
        (13, ("R", True), ("13_15", True), ("13+", True), (None, False)),
        (18, ("D", True), (None, False), ("17+", False), (None, False)),
    ],
)
def test_how_a_minimum_age_reads_elsewhere(
    guideline: Guideline,
    clean: dict[str, Any],
    age: int,
    kpi: Reading,
    tunas: Reading,
    film: Reading,
    app: Reading,
) -> None:
    ages = decide(guideline, clean | {"min_age": age}).ages
    read = {code: (one.code, one.whole) for code, one in ages.items()}
    assert read == {"kpi_p3sps": kpi, "pp_tunas": tunas, "lsf_film": film, "video_app": app}
    assert ages == {one.code: read_age(one, age) for one in guideline.age_schemes}
