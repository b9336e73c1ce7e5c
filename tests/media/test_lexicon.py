"""The lexicon: found in any spelling, let be in an innocent sense, told with its place; files with faults."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phrases import FOUND, INNOCENT

from tilik.kernel import Invalid, Span
from tilik.media.folding import plain, squeezed, tokens
from tilik.media.lexicon import Finder, evidence, finder_of, load, shipped_text
from tilik.media.said import Said

WHOLE = Span(start=0, end=60)


@pytest.fixture(scope="module")
def finder() -> Finder:
    return finder_of(shipped_text())


@pytest.mark.parametrize("text", FOUND)
def test_what_people_write_is_found(finder: Finder, text: str) -> None:
    assert {hit.entry.say for hit in finder.find(text)} == FOUND[text]


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_sentences_are_let_be(finder: Finder, text: str) -> None:
    assert finder.find(text) == []


def test_every_entry_finds_itself_and_its_spellings(finder: Finder) -> None:
    lexicon = load(shipped_text())
    for group, one in lexicon.groups.items():
        for entry in one.entries:
            for spelling in (entry.say, *entry.also):
                hits = {(hit.group, hit.entry.say) for hit in finder.find(f"... {spelling.upper()}!")}
                assert (group, entry.say) in hits, spelling


def test_a_title_makes_captions_innocent(finder: Finder) -> None:
    assert [hit.entry.say for hit in finder.find("gacor banget suaranya")] == ["gacor"]
    assert finder.find("gacor banget suaranya", context="Merawat burung murai batu") == []


def test_an_innocent_word_far_away_changes_nothing(finder: Finder) -> None:
    filler = " ".join(["lalu kita"] * 20)
    assert [h.entry.say for h in finder.find(f"gacor {filler} burung")] == ["gacor"]


def test_a_hit_is_told_as_it_stands_there(finder: Finder) -> None:
    (hit,) = finder.find("eh,  g*blok  lu")
    assert hit.found == "g*blok"
    (hit,) = finder.find("wkwk s l o t wkwk")
    assert hit.found == "s l o t"


def test_evidence_names_entry_group_weight_place_and_joins_what_stays() -> None:
    said = [
        Said("title", "Cara menang", WHOLE),
        Said("on-screen-text", "SITUS\nGACOR77", Span(start=0, end=5)),
        Said("on-screen-text", "SITUS\nGACOR77", Span(start=5, end=10)),
        Said("on-screen-text", "GACOR77", Span(start=40, end=45)),
        Said("caption", "main slot yuk", Span(start=7, end=9)),
    ]
    told = evidence("v", said)
    assert [(e.span.start, e.span.end, e.value["entry"], e.value["from"]) for e in told] == [  # type: ignore[index, call-overload]
        (0, 10, "gacor", "on-screen-text"),
        (7, 9, "slot", "caption"),
        (40, 45, "gacor", "on-screen-text"),
    ]
    assert told[0].value == {
        "entry": "gacor",
        "group": "gambling",
        "weight": 2,
        "found": "GACOR77",
        "from": "on-screen-text",
    }
    assert {(e.kind, e.source) for e in told} == {("lexicon", "lexicon/1")}


def test_a_phrase_that_runs_over_two_lines_is_found(finder: Finder) -> None:
    assert [h.entry.say for h in finder.find("ROBUX\nGRATIS")] == ["robux gratis"]


# ------------------------------------------------------------------------------------------- folding
def test_folding_piece_by_piece() -> None:
    assert squeezed("gobloook") == "goblok"
    assert squeezed("1000") == "1000"
    assert plain("Ｇáçôr") == "gacor"
    assert [t.forms for t in tokens("bagi2", {})] == [frozenset({"bagi"})] * 2
    assert "slot" in tokens("slotnya", {})[0].forms
    assert "tamu" in tokens("tamu", {})[0].forms
    assert "ta" not in tokens("tamu", {})[0].forms
    assert [len(tokens(t, {})) for t in ("a b c", "a b c d", "", "!!!", "***")] == [3, 1, 0, 0, 1]


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_hits_lie_inside_it(text: str) -> None:
    for hit in finder_of(shipped_text()).find(text):
        assert hit.found
        assert hit.found in text


# --------------------------------------------------------------------------------------------- files
GOOD = "version: 1\ngroups:\n  a:\n    id: a\n    en: a\n    entries:\n      - {say: kata, weight: 1}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 1\ngroups: [", "lexicon:2"),
        (GOOD.replace("weight: 1", "weight: 9"), "weight"),
        (GOOD.replace("weight: 1", "wight: 1"), "wight"),
        (GOOD + "extra: 1\n", "extra"),
        ("42", "lexicon"),
        ("a: 1\na: 2\n", "duplicate"),
    ],
)
def test_a_faulty_file_is_refused_with_the_place(text: str, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        load(text)
    assert message in str(refused.value)
    assert refused.value.code == "lexicon-invalid"


def test_a_good_file_is_read() -> None:
    assert [h.entry.say for h in Finder(load(GOOD)).find("sebuah kata")] == ["kata"]
