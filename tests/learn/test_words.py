"""Indonesian as typed, and as the learner reads it."""

from __future__ import annotations

import pytest

from tilik.learn.slang import SLANG
from tilik.learn.words import normalised


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Bangeeet yg kyk gt", "banget yang kayak begitu"),
        ("maaaaf, udahhh gk bs", "maaf sudah tidak bisa"),
        ("anak2 & orang2nya", "anak-anak orang-orangnya"),
        ("@budi lihat https://t.co/x?a=1 !!", "user lihat url"),
        ("b0d0h bgttt", "bodoh banget"),
        ("tahun 2019 ada 1000000 orang", "tahun 2019 ada 1000000 orang"),
        ("saat maaf taat", "saat maaf taat"),
        ("ＡＮＡＫ \\xf0\\x9f tidur\\n", "anak tidur"),
        ("", ""),
    ],
)
def test_words(typed: str, read: str) -> None:
    assert normalised(typed) == read


def test_reading_twice_changes_nothing() -> None:
    for text in ("yg gk tau drmn anak2nya", "main slot gacorrr di www.x.y", "jgn gitu dong kak!!"):
        assert normalised(normalised(text)) == normalised(text)


def test_a_list_of_ones_own() -> None:
    assert normalised("mantul gk", {"mantul": "mantap"}) == "mantap gk"


def test_no_written_word_of_the_list_is_itself_taken_for_slang() -> None:
    assert {formal for formal in SLANG.values() if SLANG.get(formal, formal) != formal} == set()
