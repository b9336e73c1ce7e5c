"""How hard a text is to read, by the length of its sentences and words.

LIX (Björnsson 1968): words per sentence plus the percentage of words longer than six letters. It needs no
syllables and no word list, so it serves Indonesian and English alike; the two are never compared with each
other, since Indonesian words are longer. An outlier is a text far above the guideline's own texts: more than
two interquartile ranges above the third quartile, midway between the two fences of Tukey (1977).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from statistics import quantiles

LONG_WORD = 7
FEWEST_WORDS = 12
"""In shorter texts one long word makes the level."""
FEWEST_TEXTS = 20
"""Fewer texts have no usual level."""
FAR_OUT = 2.0
_SENTENCE = re.compile(r"[.!?;:…]+(?=\s|$)")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def lix(text: str) -> float:
    """The reading level: about 20 very easy, 40 a newspaper, 60 a statute. 0 for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(bool(_WORD.search(part)) for part in _SENTENCE.split(text))
    long = sum(len(word) >= LONG_WORD for word in words)
    return len(words) / sentences + 100 * long / len(words)


def outliers(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, float]]:
    """Of ``(place, text)`` in one language, those much harder to read than the rest, with their level."""
    levels = [(where, lix(text)) for where, text in texts if len(_WORD.findall(text)) >= FEWEST_WORDS]
    if len(levels) < FEWEST_TEXTS:
        return
    first, _, third = quantiles([level for _, level in levels], n=4)
    bound = third + FAR_OUT * (third - first)
    yield from ((where, level) for where, level in levels if level > bound)
