"""How the tables for authorities look in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from tilik.cli.console import out, percent, print_table
from tilik.guideline import Language, Text
from tilik.kernel import Estimate
from tilik.report.tables import AgeTable, Transparency, Tunas

WORDS: dict[str, dict[Language, str]] = {
    "means": {"id": "cara otomatis", "en": "automated means"},
    "figure": {"id": "angka", "en": "figure"},
    "interval": {"id": "selang 95 %", "en": "95 % interval"},
    "language": {"id": "bahasa", "en": "language"},
    "people": {"id": "peninjau", "en": "people"},
    "videos": {"id": "video dinilai", "en": "videos judged"},
    "few": {"id": "di bawah 3", "en": "below 3"},
    "aspect": {"id": "aspek", "en": "aspect"},
    "labels": {"id": "label", "en": "labels"},
    "clear": {"id": "tayangan, tingkat 2+", "en": "views, level 2+"},
    "grave": {"id": "tingkat 3", "en": "level 3"},
    "class": {"id": "kelas", "en": "class"},
    "views": {"id": "tayangan", "en": "views"},
    "source": {"id": "Sumber", "en": "Source"},
}


def print_transparency(found: Transparency, language: Language) -> None:
    """Sections 1.6 and 1.7."""

    def t(key: str) -> str:
        return WORDS[key][language]

    if found.means:
        out.print(f"\n{found.score} ≥ {found.threshold:g}", markup=False)
        rows = [
            (_say(one.name, language), _point(one.estimate), _ends(one.estimate), one.estimate.n)
            for one in found.means
        ]
        print_table([t("means"), t("figure"), t("interval"), "n"], rows)
    if found.people:
        out.print()
        speakers = [
            (one.language, one.official or "–", t("few") if one.people is None else one.people, one.videos)
            for one in found.people
        ]
        print_table([t("language"), "DSA", t("people"), t("videos")], speakers)
    _end(found.gaps, found.source, language)


def print_tunas(found: Tunas, language: Language) -> None:
    """The seven aspects."""

    def t(key: str) -> str:
        return WORDS[key][language]

    rows = [
        (
            _say(one.name, language),
            ", ".join(one.labels),
            f"{_point(one.estimate)} ({_ends(one.estimate)})",
            f"{_point(one.failing)} ({_ends(one.failing)})",
            one.estimate.n,
        )
        for one in found.aspects
    ]
    print_table([t("aspect"), t("labels"), t("clear"), t("grave"), "n"], rows)
    _end(found.gaps, found.source, language)


def print_ages(found: Sequence[AgeTable], language: Language) -> None:
    """Minimum ages, scheme by scheme."""
    for table in found:
        rows = [
            (one.code, _say(one.name, language), _point(one.estimate), _ends(one.estimate), one.estimate.n)
            for one in table.classes
        ]
        out.print()
        columns = [WORDS["class"][language], "", WORDS["views"][language], WORDS["interval"][language], "n"]
        print_table(columns, rows, title=_say(table.name, language))
        _end([table.note], table.source, language)


def _end(notes: Sequence[Text], source: str, language: Language) -> None:
    for note in notes:
        out.print(f"○ {_say(note, language)}", markup=False, soft_wrap=True)
    out.print(f"{WORDS['source'][language]}: {source}", markup=False, soft_wrap=True)


def _say(text: Text, language: Language) -> str:
    return text.id if language == "id" else text.en


def _point(one: Estimate) -> str:
    return f"≤ {percent(one.high)}" if not one.value else percent(one.value)


def _ends(one: Estimate) -> str:
    return f"{percent(one.low)} – {percent(one.high)}"
