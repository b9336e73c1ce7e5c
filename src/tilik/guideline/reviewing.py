"""A second look at a guideline that loads: what its author probably did not mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from pydantic import BaseModel

from tilik.guideline.firing import (
    contradicting_rules,
    firing_audience_rules,
    firing_verdict_rules,
    impossible_conditions,
)
from tilik.guideline.model import Guideline, Section
from tilik.guideline.readability import outliers
from tilik.guideline.words import LANGUAGES, Text


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: stable ``code``, the place (``where``), and a sentence in both languages."""

    code: str
    where: str
    text: Text


FINDINGS: dict[str, Text] = {
    "section-never-asked": Text(
        id="Tidak ada langkah yang memakai bagian ini, jadi pertanyaannya tidak pernah diajukan.",
        en="No step uses this section, so its questions are never asked.",
    ),
    "label-unreachable": Text(
        id="Tidak ada jawaban yang bisa membuka label ini.", en="No answers can open this label."
    ),
    "family-without-labels": Text(
        id="Kelompok ini ditanyakan tetapi tidak membuka label apa pun.",
        en="This family is asked about but opens no label.",
    ),
    "label-without-ages": Text(
        id="Label ini tidak menyangkut kelompok usia mana pun.", en="This label matters to no age band."
    ),
    "rule-never-fires": Text(
        id="Tidak ada jawaban yang membuat aturan ini berlaku.", en="No answers can make this rule fire."
    ),
    "condition-never-holds": Text(
        id="Tidak ada jawaban yang memenuhi syarat ini.", en="No answers can meet this condition."
    ),
    "rules-contradict": Text(
        id="Dengan aturan ini, video tak layak malah lolos ketika labelnya bertambah atau lebih berat.",
        en="By this rule a failing video passes because it has more or worse labels.",
    ),
    "preference-circular": Text(
        id="Label-label ini saling menyuruh memilih yang lain, jadi tidak ada yang didahulukan.",
        en="These labels each say to prefer the other, so none comes first.",
    ),
    "verdict-without-rule": Text(
        id="Ada jawaban yang tidak menghasilkan usulan penilaian akhir.",
        en="Some answers lead to no proposed verdict.",
    ),
    "example-missing": Text(
        id="Contoh atau kasus tepinya belum ada.", en="An example or the edge case is missing."
    ),
    "translation-missing": Text(
        id="Teks ini tidak berisi kata apa pun dalam salah satu bahasa.",
        en="This text holds no words in one of the languages.",
    ),
    "translation-identical": Text(
        id="Teks ini sama persis dalam kedua bahasa.", en="This text is identical in both languages."
    ),
    "reading-level": Text(
        id="Teks ini jauh lebih sulit dibaca daripada teks lain dalam pedoman: pendekkan kalimatnya.",
        en="This text is much harder to read than the others of the guideline: shorten its sentences.",
    ),
}
_FEWEST_WORDS = 3
"""Names of one or two words may well be the same in Indonesian and English; longer texts are not."""


def review(guideline: Guideline) -> tuple[Finding, ...]:
    """What looks wrong although the guideline is valid; empty when nothing does."""
    found = (
        *_flow(guideline),
        *_labels(guideline),
        *_preferences(guideline),
        *_rules(guideline),
        *_texts(guideline),
    )
    return tuple(Finding(code, where, FINDINGS[code]) for code, where in found)


def texts(guideline: Guideline) -> Iterator[tuple[str, Text]]:
    """Every two-language text of the guideline, with its place, e.g. ``labels.SYN-MASS.name``."""
    return _texts_in(guideline, "")


_Found = Iterator[tuple[str, str]]


def _flow(guideline: Guideline) -> _Found:
    used = {step.uses for step in guideline.flow}
    yield from (("section-never-asked", section) for section in get_args(Section) if section not in used)


def _labels(guideline: Guideline) -> _Found:
    opened = {"families", "labels"} <= {step.uses for step in guideline.flow}
    for family in guideline.families:
        if not any(label.family == family.code for label in guideline.labels):
            yield "family-without-labels", f"families.{family.code}"
    for label in guideline.labels:
        where = f"labels.{label.code}"
        if not opened:
            yield "label-unreachable", where
        if not label.ages:
            yield "label-without-ages", where
        for part in ("example_yes", "example_no", "edge_case"):
            if getattr(label, part) is None:
                yield "example-missing", f"{where}.{part}"


def _preferences(guideline: Guideline) -> _Found:
    prefers = {label.code: set(label.prefer) for label in guideline.labels}
    for code, first in prefers.items():
        reached: set[str] = set()
        ahead = set(first)
        while ahead - reached:
            reached |= ahead
            ahead = {further for one in ahead for further in prefers.get(one, ())}
        if code in reached:
            yield "preference-circular", f"labels.{code}.prefer"


def _rules(guideline: Guideline) -> _Found:
    audience, verdict = firing_audience_rules(guideline), firing_verdict_rules(guideline)
    for sum_rule in guideline.audience.rules:
        if sum_rule.code not in audience:
            yield "rule-never-fires", f"audience.rules.{sum_rule.code}"
    for rule in guideline.verdict.rules:
        if rule.code not in verdict:
            yield "rule-never-fires", f"verdict.rules.{rule.code}"
    for code, at in impossible_conditions(guideline):
        yield "condition-never-holds", f"verdict.rules.{code}.when.{at}"
    for code in sorted(contradicting_rules(guideline)):
        yield "rules-contradict", f"verdict.rules.{code}"
    if None in verdict:
        yield "verdict-without-rule", "verdict.rules"


def _texts(guideline: Guideline) -> _Found:
    for where, text in texts(guideline):
        if not all(any(letter.isalpha() for letter in getattr(text, one)) for one in LANGUAGES):
            yield "translation-missing", where
        elif text.id.casefold() == text.en.casefold() and len(text.id.split()) >= _FEWEST_WORDS:
            yield "translation-identical", where
    for language in LANGUAGES:
        spoken = ((where, str(getattr(text, language))) for where, text in texts(guideline))
        yield from (("reading-level", f"{where}.{language}") for where, _ in outliers(spoken))


def _texts_in(part: object, where: str) -> Iterator[tuple[str, Text]]:
    if isinstance(part, Text):
        yield where, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _texts_in(getattr(part, name), f"{where}.{name}".removeprefix("."))
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            yield from _texts_in(item, f"{where}.{_name(item, index)}")


def _name(item: object, index: int) -> str:
    for key in ("code", "step", "level"):
        if hasattr(item, key):
            return str(getattr(item, key))
    return str(index)
