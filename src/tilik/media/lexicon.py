"""Words worth a look, in whatever spelling: a hit marks a stretch of a video and labels nothing.

Folded away before comparing: case, accents and look-alike letters, digits and signs for letters (``sl0t``,
``g@cor``), repeated letters, spaced and dotted letters, masked letters (``g*blok``), ``2`` for a word said
twice, slang spellings, the endings -nya, -ku, -mu, -lah, -kah, -pun, digits at the end (``slot88``), words
run together (``#slotgacor``). A word that has an innocent sense is let be when the words around it say so.
The words are data: ``guidelines/lexicon-id.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from tilik.kernel import Evidence, Invalid, Span
from tilik.media.folding import Token, squeezed, tokens
from tilik.media.said import Said

SOURCE = "lexicon/1"
AROUND = 10
"""Words before and after a hit in which an innocent sense is looked for."""

GAP = 5.0
"""Seconds between two hits of one entry in one place that are told as one."""

FAULTS = 5
"""Faults of a file that are told at once."""

SHORTEST_PART = 4
"""Letters of the shorter of two words run together."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(_Model):
    """A word or phrase, its other spellings, how much it says, and what makes it innocent."""

    say: str = Field(min_length=2)
    weight: int = Field(ge=1, le=3)
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    lang: str = "id"


class Group(_Model):
    """Entries of one kind, with the kind's name in both languages."""

    id: str = Field(min_length=1)
    en: str = Field(min_length=1)
    entries: tuple[Entry, ...] = Field(min_length=1)


class Lexicon(_Model):
    """The words of all groups and the slang that is unfolded before looking for them."""

    version: int = Field(ge=1)
    groups: dict[str, Group]
    slang: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found in a text, as it stands there, and the places of its first and last word."""

    group: str
    entry: Entry
    found: str
    first: int
    last: int


def load(text: str, *, name: str = "lexicon") -> Lexicon:
    """The lexicon in this YAML text. Raises ``Invalid`` with its faults."""
    try:
        return Lexicon.model_validate(YAML(typ="safe").load(text))
    except YAMLError as failed:
        mark = getattr(failed, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        message = str(getattr(failed, "problem", None) or "the file is not YAML")
        raise Invalid("lexicon-invalid", message, where=where, mend="Correct the file.") from None
    except ValidationError as failed:
        faults = failed.errors(include_url=False)
        told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in faults[:FAULTS])
        raise Invalid("lexicon-invalid", told, where=name, mend="Correct the file.") from None


def shipped_text(name: str = "lexicon-id") -> str:
    """The YAML of a lexicon that ships with Tilik. Raises ``Missing``."""
    from tilik.store import guideline_text  # noqa: PLC0415  (a child that reads media needs no database)

    return guideline_text(name)


@lru_cache(maxsize=4)
def finder_of(text: str) -> Finder:
    """The finder over a lexicon's YAML, made once a process. Raises ``Invalid``."""
    return Finder(load(text))


Words = tuple[str, ...]


class Finder:
    """Looks for the entries of a lexicon in texts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._slang = {squeezed(word): tuple(says.split()) for word, says in lexicon.slang.items()}
        self._by_first: dict[str, list[tuple[Words, str, Entry]]] = {}
        self._single: dict[str, tuple[str, Entry]] = {}
        self._unless: dict[str, tuple[Words, ...]] = {}
        for group, one in lexicon.groups.items():
            for entry in one.entries:
                self._unless.setdefault(entry.say, tuple(self._folded(u) for u in entry.unless))
                for spelling in (entry.say, *entry.also):
                    words = self._folded(spelling)
                    self._put(words, group, entry)
                    if len(words) > 1:
                        self._put(("".join(words),), group, entry)
                    elif len(words[0]) >= SHORTEST_PART:
                        self._single.setdefault(words[0], (group, entry))

    def _put(self, words: Words, group: str, entry: Entry) -> None:
        self._by_first.setdefault(words[0], []).append((words, group, entry))

    def _folded(self, text: str) -> Words:
        return tuple(min(token.forms, key=len) for token in tokens(text, self._slang, plain=True))

    def find(self, text: str, context: str = "") -> list[Hit]:
        """The entries in a text, in order; ``context`` (a title) may make them innocent too."""
        there = tokens(text, self._slang)
        around = tokens(context, self._slang)
        found = [
            hit
            for hit in (*self._phrases(text, there), *self._run_together(text, there))
            if not self._innocent(hit, there, around)
        ]
        kept = [hit for hit in found if not any(_inside(hit, other) for other in found)]
        once = {(hit.entry.say, hit.first): hit for hit in kept}
        return sorted(once.values(), key=lambda hit: (hit.first, hit.last))

    def _phrases(self, text: str, there: Sequence[Token]) -> Iterator[Hit]:
        for place, token in enumerate(there):
            starts = (
                self._by_first
                if token.mask
                else {f: self._by_first[f] for f in token.forms & self._by_first.keys()}
            )
            for choices in starts.values():
                for words, group, entry in choices:
                    if _stands(words, there, place):
                        last = place + len(words) - 1
                        yield Hit(group, entry, _piece(text, there, place, last), place, last)

    def _run_together(self, text: str, there: Sequence[Token]) -> Iterator[Hit]:
        for place, token in enumerate(there):
            for form in token.forms:
                for cut in range(SHORTEST_PART, len(form) - SHORTEST_PART + 1):
                    halves = form[:cut], form[cut:]
                    if all(half in self._single for half in halves):
                        for half in halves:
                            group, entry = self._single[half]
                            yield Hit(group, entry, _piece(text, there, place, place), place, place)

    def _innocent(self, hit: Hit, there: Sequence[Token], around: Sequence[Token]) -> bool:
        near = there[max(0, hit.first - AROUND) : hit.last + AROUND + 1]
        return any(
            _stands(words, where, place)
            for words in self._unless[hit.entry.say]
            for where in (near, around)
            for place in range(len(where))
        )


def _stands(words: Words, there: Sequence[Token], place: int) -> bool:
    return place + len(words) <= len(there) and all(
        there[place + k].says(word) for k, word in enumerate(words)
    )


def _piece(text: str, there: Sequence[Token], first: int, last: int) -> str:
    return text[there[first].start : there[last].end]


def _inside(hit: Hit, other: Hit) -> bool:
    """Whether ``other`` says the same and more."""
    longer = other.last - other.first > hit.last - hit.first
    return longer and other.group == hit.group and other.first <= hit.first and hit.last <= other.last


def evidence(video: str, said: Iterable[Said], finder: Finder | None = None) -> list[Evidence]:
    """One ``lexicon`` for each entry, place and stretch in which it is found.

    Value: the entry, its group and weight, how it is written there, and where it was found.
    """
    pieces = sorted(said, key=lambda piece: (piece.span.start, piece.span.end))
    looking = finder or finder_of(shipped_text())
    title = "\n".join(piece.text for piece in pieces if piece.where == "title")
    told: dict[tuple[str, str], list[tuple[Span, dict[str, JsonValue]]]] = {}
    for piece in pieces:
        for hit in looking.find(piece.text, title if piece.where != "title" else ""):
            value: dict[str, JsonValue] = {
                "entry": hit.entry.say,
                "group": hit.group,
                "weight": hit.entry.weight,
                "found": " ".join(hit.found.split()),
                "from": piece.where,
            }
            rows = told.setdefault((hit.entry.say, piece.where), [])
            if rows and piece.span.start - rows[-1][0].end <= GAP:
                before, first = rows[-1]
                rows[-1] = (Span(start=before.start, end=max(before.end, piece.span.end)), first)
            else:
                rows.append((piece.span, value))
    found = [row for rows in told.values() for row in rows]
    return [
        Evidence(video=video, span=span, kind="lexicon", value=value, source=SOURCE)
        for span, value in sorted(found, key=lambda row: (row[0].start, row[0].end, str(row[1]["entry"])))
    ]
