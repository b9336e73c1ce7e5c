"""Faults of thought that a valid guideline may still have."""

from __future__ import annotations

from functools import cache

import pytest

from tilik.guideline import load, review

from .conftest import SHIPPED

TEXT = SHIPPED.read_text(encoding="utf-8")


def steps_without(*names: str) -> str:
    head, flow = TEXT.split("\nflow:\n")
    steps, rest = flow.split("\ncasebook:\n")
    kept = [one for one in steps.split("  - step: ")[1:] if one.split("\n")[0] not in names]
    return f"{head}\nflow:\n" + "".join(f"  - step: {one}" for one in kept) + f"\ncasebook:\n{rest}"


def edit(old: str, new: str) -> str:
    assert TEXT.count(old) == 1, old
    return TEXT.replace(old, new)


@cache
def found(text: str) -> set[tuple[str, str]]:
    return {(one.code, one.where) for one in review(load(text))}


OTHERWISE = "    - code: VR4\n      match: all\n"
NEVER = OTHERWISE.replace("all", "any")
NEW_FAMILY = '  - {code: NEW, name: {id: "Baru", en: "New"}, quick: {id: "Ya?", en: "Yes?"}}\n'
IN_INDONESIAN = 'en: "Berbicara kepada anak dan orang dewasa sekaligus."'
FIRES = "rule-never-fires"

CIRCLE = edit("prefer: [CHI-EXPL]", "prefer: [FEA-VIOL]").replace("prefer: [FEA-CHAR]", "prefer: [BEH-PRANK]")

FAULTS = [
    (edit("AR2, at_least: 2, at_most: 3", "AR2, at_least: 5, at_most: 6"), FIRES, "audience.rules.AR2"),
    (edit("AR1, at_least: 4", "AR1, at_least: 15"), FIRES, "audience.rules.AR1"),
    (edit("at_least: 1, below_age: 18", "at_least: 29, below_age: 18"), FIRES, "verdict.rules.VR1"),
    (edit("min_level: 3, at_least: 1,", "min_level: 4, at_least: 1,"), FIRES, "verdict.rules.VR1"),
    (edit("min_level: 2, at_least: 2}", "min_level: 2, at_least: 7}"), FIRES, "verdict.rules.VR3"),
    (edit(OTHERWISE, NEVER), FIRES, "verdict.rules.VR4"),
    (edit(OTHERWISE, NEVER), "verdict-without-rule", "verdict.rules"),
    (edit('en: "Leaning"', 'en: "…"'), "translation-missing", "confidence_scale.2.text"),
    (
        edit('en: "Speaks to children and grown-ups together."', IN_INDONESIAN),
        "translation-identical",
        "audience.values.AUD-MIX.definition",
    ),
    (edit("\nfamilies:\n", f"\nfamilies:\n{NEW_FAMILY}"), "family-without-labels", "families.NEW"),
    (edit("ages: [AB2, AB3, AB4, AB5]\n    ex", "ages: []\n    ex"), "label-without-ages", "labels.FEA-SELF"),
    (steps_without("quick_scan"), "label-unreachable", "labels.SYN-MASS"),
    (steps_without("labels"), "label-unreachable", "labels.CHI-CONT"),
    (steps_without("labels"), FIRES, "verdict.rules.VR1"),
    (steps_without("strengths"), "section-never-asked", "high_quality"),
    (steps_without("strengths"), FIRES, "verdict.rules.VR3"),
    (
        edit("min_level: 1, at_least: 3}", "min_level: 1, at_least: 29}"),
        "condition-never-holds",
        "verdict.rules.VR2.when.1",
    ),
    (
        edit(
            "- {count: labels, min_level: 1, at_least: 3}",
            "- {count: labels, min_level: 1, at_least: 3, at_most: 4}",
        ),
        "rules-contradict",
        "verdict.rules.VR4",
    ),
    (
        CIRCLE,
        "preference-circular",
        "labels.FEA-VIOL.prefer",
    ),
    (
        edit(
            'en: "Speaks to children and grown-ups together."', f'en: "{"Considering institutional " * 30}."'
        ),
        "reading-level",
        "audience.values.AUD-MIX.definition.en",
    ),
]


@pytest.mark.parametrize(("text", "code", "where"), FAULTS, ids=[f"{one[1]} {one[2]}" for one in FAULTS])
def test_each_fault_is_found(text: str, code: str, where: str) -> None:
    assert (code, where) in found(text)
    assert (code, where) not in found(TEXT)


def test_a_missing_example_is_found() -> None:
    start = TEXT.index("    example_no:\n", TEXT.index("code: ATT-LOOP"))
    shortened = TEXT[:start] + TEXT[TEXT.index("    edge_case:", start) :]
    assert found(shortened) == {("example-missing", "labels.ATT-LOOP.example_no")}
