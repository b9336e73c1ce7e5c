"""Finding personal data in free text: e-mail addresses, telephone numbers, NIK. Pure: text in, findings out.

The NIK is the sixteen-digit number of Indonesia's population register: two digits each of province, regency
and district, the date of birth as DDMMYY with 40 added to a woman's day, and a running number that is never
0000 (Permendagri 48/2023; the provinces are those of Kepmendagri 300.2.2-2138/2025). Telephone numbers are
at most fifteen digits after a ``+`` (ITU-T E.164). ``web/src/privacy/scan.ts`` says the same in the browser;
``tests/vectors/personal-data.json`` holds both to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["email", "nik", "phone"]
MUST_GO: frozenset[Kind] = frozenset({"email", "nik"})
"""Kinds that cannot be mistaken for anything else, so that the writer takes them out. A telephone number may
be a helpline's or a product's: the writer may state that it is nobody's."""

EMAIL = re.compile(
    r"(?<![\w.+-])[\w][\w.+-]*(?:@|\s?[(\[](?:at|@)[)\]]\s?)[\w-]+(?:(?:\.|\s?[(\[](?:dot|titik)[)\]]\s?)[\w-]+)+",
    re.IGNORECASE,
)
SIXTEEN = re.compile(r"(?<![\w#])[0-9](?:[ .-]?[0-9]){15}(?![ .-]?[0-9]|\w)")
PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 96))
    for code in range(first, last + 1)
)
_START, _END = r"(?<![\w#])(?<![0-9][.,:/-])", r"(?![ .,:/-]?[0-9])(?!\w)(?!-\w)"
_GAP = r"[ .-]?"
_CUE = r"(?:whatsapp|wa|hp|telp|telepon|tel|phone|call|hubungi|kontak|contact|sms)"
PHONES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Indonesian mobile: 0812…, 62812…, +62 812…, 0062 812…: ten to fourteen digits
        rf"{_START}(?:\+?62{_GAP}0?|0062{_GAP}|0)8[1-9](?:{_GAP}[0-9]){{7,10}}{_END}",
        # Indonesian landline, the area code set apart: (021) 555 1234, 0274-512345
        rf"{_START}(?:\(0[2-79][0-9]{{1,2}}\) ?|0[2-79][0-9]{{1,2}}[ -])[0-9]{{3,4}}[ -]?[0-9]{{2,4}}{_END}",
        # after a + anywhere in the world: eight to fifteen digits
        rf"{_START}\+[1-9](?:[ .()-]{{0,2}}[0-9]){{7,14}}{_END}",
        # North American form: (212) 555-0123, 212-555-0123
        rf"{_START}(?:\([2-9][0-9]{{2}}\) ?|[2-9][0-9]{{2}}-)[0-9]{{3}}-[0-9]{{4}}{_END}",
        # whatever follows a word such as WA or telp
        rf"\b{_CUE}(?:\s?(?:no|nomor|number))?[ .:]{{0,3}}(?P<number>[0-9](?:{_GAP}[0-9]){{7,13}}){_END}",
    )
)
COUNTED = re.compile(
    r"\s?(?:x\b|kali\b|views?\b|tayangan|penonton|ditonton|likes?\b|suka\b|subscribers?\b|pelanggan|followers?"
    r"|pengikut|komentar|comments?\b|ribu|juta|miliar|rupiah|%)",
    re.IGNORECASE,
)
"""What follows a count."""
NUMBERED = re.compile(
    r"(?:sku|isbn|ean|upc|barcode|produk|product|artikel|model|seri|serial|kode|code|rp|idr|usd)"
    r"(?:\s?(?:no|nomor|number))?[ .:#]{0,3}$",
    re.IGNORECASE,
)
"""What stands before the number of a thing."""
THOUSANDS = re.compile(r"(?!\+62\.8)\+?[0-9]{1,3}(?:[.][0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data from character ``start`` up to, and without, character ``end`` of a text."""

    kind: Kind
    start: int
    end: int
    text: str

    @property
    def may_be_stated(self) -> bool:
        """Whether the writer may state that it is no personal data instead of taking it out."""
        return self.kind not in MUST_GO


def scan(text: str) -> list[Finding]:
    """What in a text looks like personal data, in its order, without overlap."""
    every = [
        *(Finding("email", *one.span(), one.group()) for one in EMAIL.finditer(text)),
        *(Finding("nik", *one.span(), one.group()) for one in SIXTEEN.finditer(text) if is_nik(one.group())),
        *_phones(text),
    ]
    found: list[Finding] = []
    for one in sorted(every, key=lambda each: (each.start, -each.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def is_nik(text: str) -> bool:
    """Whether sixteen digits, however they are set apart, can be a NIK."""
    digits = re.sub(r"[^0-9]", "", text)
    if len(digits) != 16 or digits[:2] not in PROVINCES or "00" in (digits[2:4], digits[4:6]):
        return False
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    day -= 40 if day > 40 else 0
    return digits[12:] != "0000" and any(_is_day(century + year, month, day) for century in (1900, 2000))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _phones(text: str) -> list[Finding]:
    found = []
    for pattern in PHONES:
        for one in pattern.finditer(text):
            start, end = one.span("number" if "number" in pattern.groupindex else 0)
            if not _counts_or_numbers(text, start, end):
                found.append(Finding("phone", start, end, text[start:end]))
    return found


def _counts_or_numbers(text: str, start: int, end: int) -> bool:
    """Whether it is a count (``+12.500.000 tayangan``) or a thing's number (``SKU 0812…``)."""
    counted = COUNTED.match(text, end) or THOUSANDS.fullmatch(text, start, end)
    return bool(counted or NUMBERED.search(text, 0, start))
