"""What a change of a guideline can do is told apart: decide otherwise, ask otherwise, read otherwise."""

from __future__ import annotations

import pytest

from tilik.guideline import EFFECTS, diff, load, texts

from .versions import TEXT, edit, version, with_rule

NEW_LABEL = TEXT[TEXT.index("  - code: SYN-MASS") : TEXT.index("  - code: SYN-INCO")]
STEPS = TEXT.split("\nflow:\n")[1].split("\ncasebook:\n")[0].split("  - step: ")[1:]
SWAPPED = edit(
    "".join(f"  - step: {s}" for s in STEPS[2:4]), "".join(f"  - step: {s}" for s in STEPS[3:1:-1])
)

CASES = [
    (with_rule("SYN-MASS", 1, "Q3"), "added", "decision", "verdict.rules.VR1B"),
    (edit("min_level: 1, at_least: 3}", "min_level: 1, at_least: 2}"), "changed", "decision",
     "verdict.rules.VR2.when.1.at_least"),
    (edit("AF4, weight: 1", "AF4, weight: 2"), "changed", "decision", "audience.factors.AF4.weight"),
    (edit("ages: [AB2, AB3, AB4, AB5]\n    ex", "ages: [AB2]\n    ex"), "changed", "decision",
     "labels.FEA-SELF.ages"),
    (edit(NEW_LABEL, ""), "removed", "decision", "labels.SYN-MASS"),
    (edit(NEW_LABEL, NEW_LABEL.replace("SYN-MASS", "SYN-NEW") + NEW_LABEL), "added", "decision",
     "labels.SYN-NEW"),
    (edit('name: {id: "Rendah", en: "Low"}, fails: true', 'name: {id: "Rendah", en: "Low"}'), "changed",
     "decision", "verdict.values.Q3.fails"),
    (SWAPPED, "reordered", "form", "flow"),
    (edit("    - {code: sas, name: {id: \"Sasak\", en: \"Sasak\"}}\n", ""), "removed", "form",
     "assessability.languages.sas"),
    (edit('en: "High"', 'en: "Higher"'), "changed", "wording", "verdict.values.Q1.name.en"),
    (edit('      - {id: "Apakah video kedua memberi anak sesuatu yang belum ada di video pertama?", '
          'en: "Would a second one give the child anything the first did not?"}\n', ""), "removed",
     "wording", "labels.SYN-MASS.ask.1"),
    (edit("signals: [near_duplicate_family, upload_rate, audio_fingerprint]", "signals: []"), "changed",
     "record", "labels.SYN-MASS.signals"),
    (edit('version: "0.1.0"', 'version: "0.2.0"'), "changed", "record", "version"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "what", "effect", "where"), CASES, ids=[one[3] for one in CASES])
def test_each_change_is_found_once_and_told_apart(text: str, what: str, effect: str, where: str) -> None:
    found = diff(version(TEXT), version(text))
    assert [(one.what, one.effect, one.where) for one in found] == [(what, effect, where)]
    back = diff(version(text), version(TEXT))
    opposite = {"added": "removed", "removed": "added"}.get(what, what)
    assert [(one.what, one.effect, one.where) for one in back] == [(opposite, effect, where)]
    assert (found[0].before, found[0].after) == (back[0].after, back[0].before)


def test_the_same_guideline_has_no_differences_whatever_its_comments() -> None:
    assert diff(version(TEXT), load("# a remark\n" + TEXT)) == ()


def test_what_decides_comes_first() -> None:
    text = edit('en: "High"', 'en: "Higher"', with_rule("SYN-MASS", 1, "Q3"))
    text = edit('version: "0.1.0"', 'version: "0.2.0"', text)
    assert [one.effect for one in diff(version(TEXT), version(text))] == ["decision", "wording", "record"]
    assert set(EFFECTS) == {"decision", "form", "wording", "record"}


def test_every_text_of_the_guideline_is_wording() -> None:
    shouted = TEXT
    for word in ("video", "anak", "child", "the", "Ada", "adalah"):
        shouted = shouted.replace(f" {word} ", f" {word.upper()} ")
    found = diff(version(TEXT), load(shouted))
    assert {one.effect for one in found} == {"wording"}
    changed = {one.where.rpartition(".")[0] for one in found}
    before, after = dict(texts(version(TEXT))), dict(texts(load(shouted)))
    assert changed == {where for where in before if before[where] != after[where]}
    assert len(changed) > 100
