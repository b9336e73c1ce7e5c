"""Reading levels, against figures worked out by hand."""

from __future__ import annotations

import pytest

from tilik.guideline.readability import lix, outliers


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("The cat sat. The dog ran.", 3.0),  # 6 words in 2 sentences, none long
        ("Institutional responsibility matters.", 3 + 100.0),
        ("Anak menonton video, lalu tertawa.", 5 + 40.0),  # menonton, tertawa
        ("Apakah lucu? Ya! Sekali.", 4 / 3),
        ("…", 0.0),
        ("", 0.0),
        ("Umur 10-12 tahun", 2.0),  # digits are no words
    ],
)
def test_the_level_is_words_per_sentence_and_long_words(text: str, level: float) -> None:
    assert lix(text) == pytest.approx(level)


def test_only_what_stands_far_out_is_named() -> None:
    usual = [
        (f"t{at}", "One day the boy and the girl went to the sea" + " and sang" * (at % 7) + ".")
        for at in range(30)
    ]
    assert list(outliers(usual)) == []
    statute = ("statute", "Notwithstanding considerations of institutional responsibility " * 6)
    assert [where for where, _ in outliers([*usual, statute])] == ["statute"]
    assert list(outliers([*usual[:10], statute])) == []  # too few to know what is usual
