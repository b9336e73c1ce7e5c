"""Languages: Indonesian, Malay and Javanese are told apart on sentences that the words were not chosen by."""

from __future__ import annotations

import pytest
from sentences import HELD_OUT, OTHERS, SEEN

from tilik.kernel import Span
from tilik.media import language
from tilik.media.language import evidence, markers, tell
from tilik.media.language_words import STRONG, WORDS
from tilik.media.said import Said

pytestmark = pytest.mark.skipif(bool(language.lacking()), reason=language.lacking() or "there")
GOALS = {"id": 18, "ms": 15, "jv": 10}
WHOLE = Span(start=0, end=30)


def right(name: str, sentences: list[str]) -> int:
    found = [tell(sentence) for sentence in sentences]
    return sum(told is not None and told.language == name for told in found)


@pytest.mark.parametrize("name", GOALS)
def test_held_out_sentences_are_told_apart(name: str) -> None:
    told = right(name, HELD_OUT[name])
    print(f"{name}: {told} of {len(HELD_OUT[name])}")
    assert told >= GOALS[name]


@pytest.mark.parametrize("name", GOALS)
def test_most_sentences_are_told_apart(name: str) -> None:
    assert len(SEEN[name]) + len(HELD_OUT[name]) >= 50
    assert right(name, SEEN[name]) >= 0.85 * len(SEEN[name])


def test_other_languages_are_left_alone() -> None:
    for name, sentences in OTHERS.items():
        assert right(name, sentences) == len(sentences)


@pytest.mark.parametrize("text", ["", "12:30", "OK", "https://contoh.id/abc #viral @aku", "😀😀😀😀😀😀😀"])
def test_too_little_text_says_nothing(text: str) -> None:
    assert tell(text) is None


def test_a_long_text_settles_what_its_sentences_leave_open() -> None:
    told = {name: tell(" ".join(HELD_OUT[name])) for name in GOALS}
    assert {name: t.language for name, t in told.items() if t} == {name: name for name in GOALS}
    assert all(t is not None and t.sure > 0.99 for t in told.values())


def test_a_word_stands_for_one_language_only() -> None:
    names = list(WORDS)
    for k, one in enumerate(names):
        assert all(STRONG[one].isdisjoint(WORDS[other]) for other in names if other != one)
        assert all(WORDS[one].isdisjoint(WORDS[other]) for other in names[k + 1 :])
    assert markers("kerana awak")["ms"] > markers("kerana awak")["id"] == 0
    assert markers("nyobain mainan")["id"] > 0
    assert markers("other mother together")["jv"] == 0


def test_evidence_names_the_place_and_spans_its_texts() -> None:
    said = [
        Said("title", "Cara menggambar kucing yang lucu banget", WHOLE),
        Said("caption", "Saya tak tahu kenapa awak marah", Span(start=2, end=4)),
        Said("caption", "Kerana awak tak cakap awal-awal", Span(start=6, end=9)),
        Said("on-screen-text", "OK", Span(start=1, end=2)),
    ]
    told = evidence("v", said)
    assert [(e.value["from"], e.value["language"], e.span.start, e.span.end) for e in told] == [  # type: ignore[index, call-overload]
        ("title", "id", 0, 30),
        ("caption", "ms", 2, 9),
    ]
    assert {e.kind for e in told} == {"language"}
