"""Whatever is wrong in the file is named with its line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilik.guideline import BadGuideline, load
from tilik.kernel import Invalid

from .conftest import SHIPPED

TEXT = SHIPPED.read_text(encoding="utf-8")


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(BadGuideline) as caught:
        load(text, name="g.yaml")
    return [(one.line, one.en) for one in caught.value.faults]


def line_of(text: str, needle: str) -> int:
    assert text.count(needle) == 1, needle
    return text[: text.index(needle)].count("\n") + 1


# (what stands in the file, what replaces it, text on the line that must be named, part of the sentence)
BROKEN = [
    (
        '    family: EDU\n    name: {id: "Berkedok',
        '    family: EDX\n    name: {id: "Berkedok',
        "EDX",
        "not among families",
    ),
    ("prefer: [COM-HIDE, COM-GAMB]", "prefer: [COM-HIDE, COM-NONE]", "COM-NONE", "not among labels"),
    ("prefer: [FEA-CHAR]", "prefer: [FEA-VIOL]", "prefer: [FEA-VIOL]", "prefers itself"),
    (
        "ages: [AB2, AB3, AB4, AB5]\n    example",
        "ages: [AB2, AB9]\n    example",
        "AB9]",
        "not among age_bands",
    ),
    (
        "signals: [near_duplicate_family, upload_rate, audio_fingerprint]",
        "signals: [smell]",
        "[smell]",
        "not among signals",
    ),
    ("uses: families", "uses: famillies", "uses: famillies", "flow[4].uses"),
    ("uses: labels", "uses: families", "flow:", "more than once"),
    ("at_most: 3, then: AUD-MIX", "at_most: 3, then: AUD-MAX", "AUD-MAX", "not among audience.values"),
    ("      then: Q4", "      then: Q7", "then: Q7", "not among verdict.values"),
    (
        "{count: labels, min_level: 2, at_least: 1}",
        "{count: labels, of: [SYN-MASS, Q1], min_level: 2, at_least: 1}",
        "SYN-MASS, Q1",
        "verdict.rules.when.of names Q1, which is not among labels",
    ),
    ("target_bands: [AB2,", "target_bands: [AB12,", "AB12", "not among age_bands"),
    ("- code: SYN-INCO", "- code: SYN-MASS # again", "# again", "code SYN-MASS is already used on line"),
    (
        "{code: AF2, weight: 2",
        "{code: AF1, weight: 2.5",
        "weight: 2.5",
        "weight: input should be a valid integer",
    ),
    ("  - step: labels", "  - step: audience # twice", "# twice", "code audience is already used"),
    ("sla_minutes: 120", "sla_minutes: 0", "sla_minutes: 0", "greater than or equal to 1"),
    ("sla_minutes: 15", 'sla_minutes: "15"', 'sla_minutes: "15"', "valid integer"),
    ("sla_minutes: 15", "sla_minuets: 15", "sla_minuets: 15", "unknown key 'sla_minuets'"),
    ('{id: "Tinggi", en: "High"}', '{id: "Tinggi"}', '{id: "Tinggi"}', "no text in language 'en'"),
    ('{id: "Tinggi", en: "High"}', '{en: "High"}', '{en: "High"}', "no text in language 'id'"),
    ('{id: "Tinggi", en: "High"}', '{id: "  ", en: "High"}', '{id: "  "', "empty text in language 'id'"),
    ('{id: "Tinggi", en: "High"}', '{id: "Tinggi", en: "High", fr: "Haut"}', "Haut", "unknown key 'fr'"),
    ('{id: "Tinggi", en: "High"}', "{id: no, en: [High]}", "en: [High]", "valid string"),
    (
        "{code: AB3, from: 10, to: 12",
        "{code: AB3, from: 11, to: 12",
        "age_bands:",
        "AB3 must start one year after AB2 ends",
    ),
    (
        "{code: AB3, from: 10, to: 12",
        "{code: AB3, from: 10, to: 9",
        "from: 10, to: 9",
        "ends at 9, before it starts",
    ),
    ("{code: AB6, from: 18, to: null", "{code: AB6, from: 18, to: 99", "age_bands:", "must be open"),
    ('version: "0.1.0"', 'version: "0.1"', "version:", "version: string should match pattern"),
    ("status: active ", "status: final ", "status: final", "status: input should be 'draft'"),
    ("languages: [id, en]", "languages: [id]", "languages: [id]", "both languages"),
    (
        "primary_language: id",
        "primary_language: id\nlanguages: [id]",
        "languages: [id]\n",
        "key 'languages' is already on line",
    ),
    ("format: 1", "format: 2", "format: 2", "format: input should be 1"),
    (
        "dsa_keyword: KEYWORD_PHISHING",
        "dsa_keyword: phishing",
        "dsa_keyword: phishing",
        "should match pattern",
    ),
    (
        '{level: 3, text: {id: "Yakin"',
        '{level: 4, text: {id: "Yakin"',
        "confidence_scale:",
        "levels must be 1, 2",
    ),
    (
        "count: labels, min_level: 3,",
        "count: lables, min_level: 3,",
        "lables",
        "count: input should be 'labels'",
    ),
    ("{code: NA-GONE,", "{code: yes,", "  codes:", "'yes' is the answer itself"),
    ("{code: NA-GONE,", "{code: NA GONE,", "NA GONE", "code: string should match pattern"),
    ("ask_language: true", "ask_language: perhaps", "perhaps", "valid boolean"),
    ("prefer: [CHI-EXPL]", "prefer: &x [CHI-EXPL]", "&x", "anchor &x is not allowed"),
    ("prefer: [CHI-EXPL]", "prefer: !!python/name:os.system [CHI-EXPL]", "os.system", "is not allowed"),
    ("prefer: [CHI-EXPL]", "prefer: [CHI-EXPL", "prefer: [CHI-EXPL\n", "YAML syntax"),
    ("prefer: [CHI-EXPL]", "\tprefer: [CHI-EXPL]", "\tprefer", "YAML syntax"),
    ("entries: []", "entries: {}", "entries: {}", "entries: input should be a valid array"),
]


@pytest.mark.parametrize(("old", "new", "needle", "sentence"), BROKEN, ids=[one[1][:40] for one in BROKEN])
def test_each_fault_is_named_with_its_line(old: str, new: str, needle: str, sentence: str) -> None:
    assert TEXT.count(old) == 1, "the edit must be unambiguous"
    broken = TEXT.replace(old, new)
    found = faults(broken)
    assert any(sentence in what for _, what in found), found
    near = {line for line, what in found if sentence in what}
    # A syntax error shows only where the parser can no longer go on: the line after at the latest.
    allowed = {0, 1} if "YAML syntax" in sentence else {0}
    assert {line - line_of(broken, needle) for line in near} <= allowed, (near, line_of(broken, needle))


# Words that only an English sentence has; codes, keys and patterns of the file itself may stand in both.
ENGLISH = re.compile(
    r"\b(the|not|is|are|must|should|input|valid|line|needs|already|among|names|allowed|be)\b"
)


@pytest.mark.parametrize(("old", "new"), [one[:2] for one in BROKEN], ids=[one[1][:40] for one in BROKEN])
def test_each_fault_is_said_in_indonesian_too(old: str, new: str) -> None:
    with pytest.raises(BadGuideline) as caught:
        load(TEXT.replace(old, new), name="g.yaml")
    for one in caught.value.faults:
        assert one.code != "unfit", one
        assert one.id != one.en
        assert not ENGLISH.search(one.id), one
        assert "{" not in one.id + one.en or "{" in new, one


def test_all_faults_come_together_in_file_order() -> None:
    broken = TEXT.replace("      then: Q4", "      then: Q7").replace(
        "prefer: [CHI-EXPL]", "prefer: [CHI-NONE]"
    )
    broken = broken.replace("sla_minutes: 15", "sla_minuets: 15").replace('en: "High"', "")
    found = faults(broken)
    # sla_minuets is unknown, and sla_minutes is now missing.
    assert len(found) == 5
    assert found == sorted(found)
    with pytest.raises(Invalid) as caught:
        load(broken, name="g.yaml")
    assert caught.value.code == "guideline-invalid"
    assert caught.value.where == f"g.yaml:{found[0][0]}"
    assert all(what.rstrip(".") in caught.value.message for _, what in found)
    assert all(f"line {line}:" in caught.value.message for line, _ in found[1:])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "empty"),
        ("# nothing but a remark\n", "empty"),
        ("[1, 2]", "should be an object"),
        ("just words", "should be an object"),
        ("a: 1\n---\nb: 2\n", "YAML syntax"),
        ("a: [\x07]", "not YAML"),
        ("[" * 1500, "not readable as YAML"),
        ("format: 1", "needs a key 'labels'"),
        ("? [a, b]\n: 1\n", "a key must be a plain word"),
        ("format: " + "9" * 5000, "format: input should be 1"),
    ],
)
def test_text_that_is_no_guideline_at_all(text: str, sentence: str) -> None:
    assert any(sentence in what for _, what in faults(text)), faults(text)


def test_an_alias_that_would_unfold_without_end_is_refused_at_once() -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    rows += [
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    assert any("anchor" in what for _, what in faults("\n".join(rows)))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.integers(0, 40), st.text(max_size=8))
def test_any_edit_loads_or_is_refused_with_lines(position: int, cut: int, added: str) -> None:
    edited = TEXT[:position] + added + TEXT[position + cut :]
    try:
        load(edited, name="g.yaml")
    except BadGuideline as error:
        lines = edited.count("\n") + 2
        assert error.faults
        assert all(1 <= one.line <= lines and one.en.endswith(".") for one in error.faults)
        assert all(one.id.endswith(".") and one.code != "unfit" for one in error.faults)
