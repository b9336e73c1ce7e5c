"""Every sentence about what is wrong in a guideline file, in both languages, each with a stable code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

_SENTENCES: dict[str, tuple[str, str]] = {
    # ---------------------------------------------------------------------------------- form of the file
    "empty": ("Berkasnya kosong.", "the file is empty."),
    "not-yaml": ("Teks ini bukan YAML: ada karakter yang tidak boleh dipakai.", "not YAML: {problem}."),
    "not-readable": (
        "Teks ini tidak terbaca sebagai YAML: susunannya terlalu dalam atau ada nilai yang tidak sah.",
        "not readable as YAML: {problem}.",
    ),
    "syntax": (
        "Penulisan YAML rusak di sekitar baris ini. Periksa indentasi, titik dua, kurung, dan tanda petik.",
        "YAML syntax: {problem}.",
    ),
    "anchor": (
        "Jangkar &{name} tidak boleh dipakai: tulis teksnya lengkap.",
        "anchor &{name} is not allowed: write the text out.",
    ),
    "tag": ("Tag {name} tidak boleh dipakai.", "tag {name} is not allowed."),
    "key-not-a-word": ("Nama kunci harus berupa kata biasa.", "a key must be a plain word."),
    "key-twice": ("Kunci {key!r} sudah ada di baris {at}.", "key {key!r} is already on line {at}."),
    # ------------------------------------------------------------------------------------------ references
    "code-twice": ("Kode {code} sudah dipakai di baris {at}.", "code {code} is already used on line {at}."),
    "dangling": (
        "{where} menyebut {code}, padahal kode itu tidak ada di {among}.",
        "{where} names {code}, which is not among {among}.",
    ),
    "prefers-itself": (
        "{code} menyebut dirinya sendiri sebagai label yang didahulukan.",
        "{code} prefers itself.",
    ),
    "yes-is-no-code": (
        "'yes' adalah jawaban, jadi tidak bisa dipakai sebagai kode.",
        "'yes' is the answer itself, not a code.",
    ),
    # -------------------------------------------------------------------------------------- keys and texts
    "language-missing": (
        "{where} belum punya teks dalam bahasa {key!r}.",
        "{where} has no text in language {key!r}.",
    ),
    "language-empty": (
        "Teks {where} dalam bahasa {key!r} masih kosong.",
        "{where} has an empty text in language {key!r}.",
    ),
    "key-missing": ("{where} harus punya kunci {key!r}.", "{where} needs a key {key!r}."),
    "key-unknown": ("Kunci {key!r} di {where} tidak dikenal.", "{where} has an unknown key {key!r}."),
    # ---------------------------------------------------------------------------------------------- values
    "literal": ("{where}: isinya harus salah satu dari: {expected}.", "{where}: input should be {expected}."),
    "pattern": (
        "{where}: bentuk tulisannya tidak sesuai pola '{pattern}'.",
        "{where}: string should match pattern '{pattern}'.",
    ),
    "at-least": (
        "{where}: nilainya paling kecil {ge}.",
        "{where}: input should be greater than or equal to {ge}.",
    ),
    "at-most": (
        "{where}: nilainya paling besar {le}.",
        "{where}: input should be less than or equal to {le}.",
    ),
    "whole": ("{where}: isinya harus bilangan bulat.", "{where}: input should be a valid integer."),
    "yes-or-no": (
        "{where}: isinya harus true atau false.",
        "{where}: input should be a valid boolean, true or false.",
    ),
    "words": ("{where}: isinya harus teks.", "{where}: input should be a valid string."),
    "row": ("{where}: isinya harus daftar.", "{where}: input should be a valid array."),
    "object": (
        "{where}: isinya harus pasangan kunci dan nilai.",
        "{where}: input should be an object of keys and values.",
    ),
    "too-few": (
        "{where}: harus ada paling sedikit {least}.",
        "{where}: there should be at least {min_length}.",
    ),
    "unfit": ("{where}: nilai ini tidak bisa dipakai.", "{where}: {problem}."),
    # ------------------------------------------------------------------------------------- what must agree
    "band-backwards": (
        "{where}: {code} berakhir di usia {last}, sebelum mulai di usia {first}.",
        "{where}: {code} ends at {last}, before it starts at {first}.",
    ),
    "bands-from-zero": (
        "{where}: kelompok usia pertama harus mulai dari 0.",
        "{where}: the first band must start at 0.",
    ),
    "bands-gap": (
        "{where}: {later} harus mulai satu tahun setelah {earlier} berakhir.",
        "{where}: {later} must start one year after {earlier} ends.",
    ),
    "bands-open": (
        "{where}: kelompok usia terakhir, {code}, harus terbuka ke atas (to: null).",
        "{where}: the last band, {code}, must be open: to: null.",
    ),
    "flow-twice": (
        "{where}: alur memakai {uses} lebih dari sekali.",
        "{where}: the flow uses {uses} more than once.",
    ),
    "flow-first": (
        "{where}: alur harus punya langkah yang memakai assessability.",
        "{where}: the flow must have a step that uses assessability.",
    ),
    "languages": (
        "{where}: pedoman harus memakai kedua bahasa, [id, en].",
        "{where}: a guideline speaks both languages: [id, en].",
    ),
    "levels": (
        "{where}: tingkatnya harus {wanted} secara berurutan, bukan {found}.",
        "{where}: levels must be {wanted} in this order, not {found}.",
    ),
}


class Fault(NamedTuple):
    """One thing wrong in a file: the line (from 1), a stable code, and a sentence in each language."""

    line: int
    code: str
    en: str
    id: str


def fault(line: int, kind: str, /, **parts: object) -> Fault:
    """The fault of this kind on this line; ``parts`` fill its sentences."""
    id_, en = _SENTENCES[kind]
    return Fault(line, kind, en.format_map(parts), id_.format_map(parts))


def disagreeing(kind: str, /, **parts: object) -> ValueError:
    """What a validator raises where parts of a guideline do not go together."""
    english = _SENTENCES[kind][1].removeprefix(_PLACE).removesuffix(".")
    return PydanticCustomError(kind, english, dict(parts))


def of_value(line: int, where: str, detail: Mapping[str, Any]) -> Fault:
    """What pydantic says about a value, as one of our own sentences."""
    kind, ctx = str(detail["type"]), detail.get("ctx", {})
    if kind in _SENTENCES:
        return fault(line, kind, where=where, **ctx)
    if kind in _OF_PYDANTIC:
        code, part = _OF_PYDANTIC[kind]
        return fault(line, code, where=where, **({part: ctx[part]} if part else {}))
    problem = str(detail["msg"])
    return fault(line, "unfit", where=where, problem=problem[:1].lower() + problem[1:])


_PLACE = "{where}: "
_OF_PYDANTIC: dict[str, tuple[str, str]] = {
    "literal_error": ("literal", "expected"),
    "string_pattern_mismatch": ("pattern", "pattern"),
    "greater_than_equal": ("at-least", "ge"),
    "less_than_equal": ("at-most", "le"),
    "int_type": ("whole", ""),
    "int_from_float": ("whole", ""),
    "int_parsing": ("whole", ""),
    "int_parsing_size": ("whole", ""),
    "bool_type": ("yes-or-no", ""),
    "string_type": ("words", ""),
    "string_too_short": ("words-empty", ""),
    "tuple_type": ("row", ""),
    "model_type": ("object", ""),
    "model_attributes_type": ("object", ""),
    "too_short": ("too-few", "min_length"),
}
"""Pydantic's kind → ours, and the part of its context that our sentence names."""
