"""Near cases are found by what they say, in whatever spelling, and by nothing that all cases share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest

from casebook.conftest import Room
from casebook.sentences import GROUPS
from tilik.casebook import Near, Told, group, near, near_cases
from tilik.casebook.telling import slang

SAID = [(name, sentence) for name, sentences in GROUPS.items() for sentence in sentences]
ALIKE = {frozenset({a, b}) for a, b in combinations(range(len(SAID)), 2) if SAID[a][0] == SAID[b][0]}


def told(case: int, said: str, question: str | None = None, family: str = "") -> Told:
    return Told(
        case=str(case),
        said=said,
        shown="",
        type="level_between",
        question=question,
        families=frozenset({family or f"v{case}"}),
        kinds=frozenset({"shot", "pace"}),
    )


def pairs(found: Sequence[Near]) -> set[frozenset[int]]:
    return {frozenset(map(int, pair)) for one in found for pair in combinations(one.cases, 2)}


@pytest.mark.parametrize("question", [None, "label.SYN-MASS"])
def test_sentences_that_ask_the_same_come_together_and_others_do_not(question: str | None) -> None:
    """Twenty-six sentences; type and evidence are alike for all, the question for none or all."""
    found = pairs(near([told(n, said, question) for n, (_, said) in enumerate(SAID)], slang()))
    assert found <= ALIKE, "no two that ask different things"
    assert len(found & ALIKE) >= 0.85 * len(ALIKE)


def test_a_family_in_common_and_the_question_are_enough_without_words() -> None:
    alike = [
        told(1, "Ini apa?", "label.X", "f1"),
        told(2, "Bingung", "label.X", "f1"),
        told(3, "Aneh", "label.X"),
    ]
    (found,) = near(alike, slang())
    assert found.cases == ("1", "2")


def test_facts_in_common_alone_are_not_enough() -> None:
    assert near([told(n, said, "label.X") for n, said in enumerate(("Satu", "Dua", ""))], slang()) == []
    assert near([told(1, "Satu")], slang()) == []


def test_what_is_confirmed_is_not_proposed_again(one_room: Room) -> None:
    filed = one_room.filed(["bagi2 hp kalo subscribe", "Bagi-bagi HP gratis asal subscribe", "Ular hidup"])
    blobs = one_room.workspace.store.blobs
    (found,) = one_room.read(near_cases, blobs)
    assert set(found.cases) == {filed[0].case, filed[1].case}
    assert "subscribe" in found.shared
    one_room.act(group, filed[0].case, [filed[1].case])
    assert one_room.read(near_cases, blobs) == []
