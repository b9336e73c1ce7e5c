"""Searching texts by words: how a text is taken apart, what a query may say, and where it stands. Pure.

Both databases are given words that were folded here (case, accents and signs away), so that they split and
compare alike. A query is words that must all stand in one piece of text; ``"words in a row"``, ``begin*`` and
``-without`` are understood, everything else is taken as words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tilik.kernel import Invalid

LONGEST, MOST = 200, 16
"""Letters and terms of a query."""

LONGEST_WORD = 60
"""Letters of a word that are kept; what is longer is no word of a language."""

_TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_RUN = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row; ``prefix`` the last may go on; ``without`` they must not stand there."""

    words: tuple[str, ...]
    prefix: bool = False
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: at least one term that must stand there."""

    terms: tuple[Term, ...]


def folded(word: str) -> str:
    """A word without case and accents; "" where nothing of it is a letter or digit."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isalnum())[:LONGEST_WORD]


def placed_words(text: str) -> list[tuple[str, int, int]]:
    """The folded words of a text, each with where it begins and ends in it."""
    found = ((folded(m.group()), m.start(), m.end()) for m in _RUN.finditer(text))
    return [row for row in found if row[0]]


def folded_text(text: str) -> str:
    """The folded words of a text, with blanks between."""
    return " ".join(word for word, _, _ in placed_words(text))


def parse(text: str) -> Query:
    """The query. Raises ``Invalid`` where nothing is left to look for, or too much is."""
    if len(text) > LONGEST:
        raise Invalid("search-long", f"a search has at most {LONGEST} letters", where="search")
    terms = []
    for sign, phrase, word in _TERM.findall(text):
        words = tuple(one for one, _, _ in placed_words(phrase or word))
        if words:
            prefix = not phrase and word.endswith("*")
            terms.append(Term(words, prefix=prefix, without=bool(sign)))
    if len(terms) > MOST:
        raise Invalid("search-long", f"a search has at most {MOST} words", where="search")
    if all(term.without for term in terms):
        raise Invalid(
            "search-empty",
            "there is no word to look for",
            where="search",
            mend='Write words; "words in a row", begin* and -without are understood.',
        )
    return Query(tuple(terms))


def for_sqlite(query: Query) -> str:
    """The query as FTS5 reads it. Every word is a quoted string of letters and digits."""
    said = [f'"{" ".join(t.words)}"{" *" if t.prefix else ""}' for t in query.terms if not t.without]
    barred = [f'"{" ".join(t.words)}"{" *" if t.prefix else ""}' for t in query.terms if t.without]
    wanted = f"({' AND '.join(said)})"
    return " NOT ".join([wanted, *barred])


def for_postgresql(query: Query) -> str:
    """The query as ``to_tsquery`` reads it. Every word is letters and digits alone."""
    return " & ".join(
        f"{'!' if t.without else ''}({' <-> '.join(t.words)}{':*' if t.prefix else ''})" for t in query.terms
    )


def found_in(text: str, query: Query) -> list[tuple[int, int]]:
    """Where the wanted terms stand in a text: beginnings and ends, in order, without overlaps."""
    there = placed_words(text)
    spans = []
    for term in (one for one in query.terms if not one.without):
        size = len(term.words)
        for at in range(len(there) - size + 1):
            row = [word for word, _, _ in there[at : at + size]]
            last = row[-1].startswith(term.words[-1]) if term.prefix else row[-1] == term.words[-1]
            if last and tuple(row[:-1]) == term.words[:-1]:
                spans.append((there[at][1], there[at + size - 1][2]))
    return _joined(sorted(spans))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
