"""Spelling folded away: from a text as people type it to words that can be compared. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

LEET = str.maketrans("0345789@$!", "oeastbgasi")
ONE = ("i", "l")
"""What ``1`` and ``|`` may stand for."""

LOOK_ALIKE = str.maketrans("аеорсухіԁӏɡ", "aeopcyxidlg")
"""Letters of other scripts that look Latin; o and p as they look, not as they sound."""

ENDINGS = ("nya", "ku", "mu", "lah", "kah", "pun")
SHORTEST_STEM = 3
PIECE = re.compile(r"\S+")
EDGE = re.compile(r"^[^\w@$*]+|[^\w@$*]+$")
PARTS = re.compile(r"[^\w@$!|*]+|_+")
TWICE = re.compile(r"^([^\W\d]{2,})2$")
TAIL = re.compile(r"\d{2,}$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word: the forms it may stand for, and the place of its letters in the text.

    ``mask`` matches what it may stand for where letters are hidden behind stars.
    """

    forms: frozenset[str]
    start: int
    end: int
    mask: re.Pattern[str] | None = None

    def says(self, word: str) -> bool:
        """Whether this may be that word."""
        return word in self.forms or (self.mask is not None and self.mask.fullmatch(word) is not None)


def squeezed(word: str) -> str:
    """The word with each run of one letter as a single one: ``gobloook`` and ``aamiin`` alike."""
    return re.sub(r"([^\W\d_])\1+", r"\1", word)


def plain(text: str) -> str:
    """Small Latin letters without accents, as many characters as before wherever that can be."""
    if text.isascii():
        return text.lower()
    folded = []
    for letter in text:
        bare = unicodedata.normalize("NFKD", letter).casefold()
        kept = "".join(part for part in bare if not unicodedata.combining(part)).translate(LOOK_ALIKE)
        folded.append(kept if len(kept) == 1 else (kept[:1] or " "))
    return "".join(folded)


def tokens(text: str, slang: Mapping[str, tuple[str, ...]], *, plain: bool = False) -> list[Token]:
    """The words of a text. ``plain`` spelling (the lexicon's own) keeps endings and slang as they are."""
    found: list[Token] = []
    for word, start, end in joined(list(_words(text))):
        if plain:
            found.append(Token(frozenset({squeezed(word)}), start, end))
            continue
        unfolded = slang.get(squeezed(_letters(word)[0]))
        if unfolded is not None:
            found += [Token(frozenset({squeezed(w), squeezed(word)}), start, end) for w in unfolded]
        else:
            found.append(Token(_forms(word), start, end, _mask(word)))
    return found


def _words(text: str) -> list[tuple[str, int, int]]:
    """Words with their places: parts between punctuation, ``bagi2`` as two, ``s.l.o.t`` as one."""
    found: list[tuple[str, int, int]] = []
    folded = plain(text)
    for piece in PIECE.finditer(folded):
        place = piece.start()
        parts = [
            (folded[a + place : b + place], a + place, b + place) for a, b in _between(piece.group()) if b > a
        ]
        if len(parts) > 2 and all(len(part) == 1 for part, _, _ in parts):
            found.append(("".join(part for part, _, _ in parts), parts[0][1], parts[-1][2]))
            continue
        for part, a, _ in parts:
            bare = EDGE.sub("", part)
            at = a + part.find(bare) if bare else a
            twice = TWICE.match(bare)
            found += [(twice.group(1), at, at + len(bare))] * 2 if twice else [(bare, at, at + len(bare))]
    return [one for one in found if one[0]]


def _between(piece: str) -> list[tuple[int, int]]:
    edges = [0]
    for gap in PARTS.finditer(piece):
        edges += [gap.start(), gap.end()]
    edges.append(len(piece))
    return list(zip(edges[::2], edges[1::2], strict=True))


def joined(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Four and more single letters in a row are one word: ``s l o t``."""
    found: list[tuple[str, int, int]] = []
    run: list[tuple[str, int, int]] = []
    for word in [*words, ("", 0, 0)]:
        if len(word[0]) == 1 and word[0].isalnum():
            run.append(word)
            continue
        if len(run) >= 4:
            found.append(("".join(one[0] for one in run), run[0][1], run[-1][2]))
        else:
            found += run
        run = []
        if word[0]:
            found.append(word)
    return found


def _letters(word: str) -> list[str]:
    """The word with digits and signs read as letters, in each way they may be read."""
    if not any(letter.isalpha() for letter in word):
        return [word]
    read = [word]
    trimmed = TAIL.sub("", word)
    if trimmed != word and len(trimmed) >= SHORTEST_STEM:
        read.append(trimmed)
    plainly = [one.translate(LEET).replace("|", "1") for one in read]
    return [one.replace("1", letter) for one in plainly for letter in (ONE if "1" in one else ONE[:1])]


def _forms(word: str) -> frozenset[str]:
    forms = {word, *_letters(word)}
    forms |= {squeezed(form) for form in forms}
    for form in list(forms):
        for ending in ENDINGS:
            if form.endswith(ending) and len(form) - len(ending) >= SHORTEST_STEM:
                forms.add(squeezed(form[: -len(ending)]))
    return frozenset(forms)


def _mask(word: str) -> re.Pattern[str] | None:
    """What a word with starred letters may be, when at least three letters are left to go by."""
    if "*" not in word or sum(letter.isalpha() for letter in word) < 3:
        return None
    return re.compile("".join("[a-z]" if letter == "*" else re.escape(letter) for letter in squeezed(word)))
