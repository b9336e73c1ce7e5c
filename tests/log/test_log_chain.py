"""The chain shows every change: any field of any entry, any entry dropped, doubled, added or moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import tilik.log as log
from tilik.kernel import canonical
from tilik.log import GENESIS, Envelope, seal, verify

EXPORTED = [
    "GENESIS",
    "Blobs",
    "Break",
    "Envelope",
    "Event",
    "append",
    "applies",
    "apply",
    "breaks_at",
    "event_class",
    "event_types",
    "fold_into",
    "last",
    "lock_chain",
    "log_entry",
    "log_head",
    "metadata",
    "read",
    "seal",
    "verify",
]
FIELDS = [field.name for field in fields(Envelope)]


def link(seq: int, prev: str, number: int) -> Envelope:
    said = {
        "seq": seq,
        "id": f"id-{seq}-{number}",
        "at": "2026-03-01T08:00:00.000000Z",
        "actor": "system",
        "type": "counted",
        "subject": str(number),
        "body": canonical({"number": number}).decode(),
        "prev": prev,
    }
    return Envelope(**said, hash=seal(**said))  # type: ignore[arg-type]


def build(numbers: list[int]) -> list[Envelope]:
    entries: list[Envelope] = []
    for seq, number in enumerate(numbers, start=1):
        entries.append(link(seq, entries[-1].hash if entries else GENESIS, number))
    return entries


def head_of(entries: list[Envelope]) -> tuple[int, str]:
    return (entries[-1].seq, entries[-1].hash) if entries else (0, GENESIS)


def holds(entries: list[Envelope], head: tuple[int, str] | None) -> bool:
    return not list(verify(entries, head))


chains = st.lists(st.integers(0, 9), min_size=1, max_size=8).map(build)
places = st.integers(0, 10**6)


def test_the_exported_names_are_these() -> None:
    assert list(log.__all__) == EXPORTED


@given(st.lists(st.integers(0, 9), max_size=8).map(build))
def test_an_untouched_chain_holds(entries: list[Envelope]) -> None:
    assert holds(entries, head_of(entries))


@given(chains, places, st.sampled_from(FIELDS), st.data())
def test_any_altered_field_is_found(
    entries: list[Envelope], place: int, field: str, data: st.DataObject
) -> None:
    at = place % len(entries)
    old = getattr(entries[at], field)
    new = data.draw(st.integers(-5, 20) if field == "seq" else st.text(max_size=70))
    assume(new != old)
    altered = entries.copy()
    altered[at] = replace(entries[at], **{field: new})
    assert not holds(altered, head_of(entries))


@given(chains, places, st.integers(10, 19))
def test_a_replaced_body_is_found_even_when_its_own_seal_is_made_anew(
    entries: list[Envelope], place: int, number: int
) -> None:
    at = place % len(entries)
    forged = link(entries[at].seq, entries[at].prev, number)
    assert not holds([*entries[:at], forged, *entries[at + 1 :]], head_of(entries))


@given(chains, places)
def test_a_body_that_says_the_same_in_other_bytes_is_found(entries: list[Envelope], place: int) -> None:
    at = place % len(entries)
    said = {name: getattr(entries[at], name) for name in FIELDS if name != "hash"}
    said["body"] = said["body"].replace(":", ": ")
    loose = Envelope(**said, hash=seal(**said))
    breaks = [found.what for found in verify([*entries[:at], loose], None)]
    assert "body is not canonical JSON" in breaks


def dropped(entries: list[Envelope], at: int) -> list[Envelope]:
    return entries[:at] + entries[at + 1 :]


def doubled(entries: list[Envelope], at: int) -> list[Envelope]:
    return entries[: at + 1] + entries[at:]


def inserted(entries: list[Envelope], at: int) -> list[Envelope]:
    return [*entries[:at], link(entries[at].seq, entries[at].prev, 77), *entries[at:]]


def inserted_and_renumbered(entries: list[Envelope], at: int) -> list[Envelope]:
    moved_on = [replace(entry, seq=entry.seq + 1) for entry in entries[at:]]
    return [*entries[:at], link(entries[at].seq, entries[at].prev, 77), *moved_on]


def without_tail(entries: list[Envelope], at: int) -> list[Envelope]:
    return entries[:at]


def with_longer_tail(entries: list[Envelope], at: int) -> list[Envelope]:
    return [*entries, link(entries[-1].seq + 1, entries[-1].hash, at)]


@pytest.mark.parametrize(
    "tamper", [dropped, doubled, inserted, inserted_and_renumbered, without_tail, with_longer_tail]
)
@given(entries=chains, place=places)
def test_any_dropped_doubled_or_added_entry_is_found(
    tamper: Callable[[list[Envelope], int], list[Envelope]], entries: list[Envelope], place: int
) -> None:
    assert not holds(tamper(entries, place % len(entries)), head_of(entries))


@given(st.lists(st.integers(0, 9), min_size=2, max_size=8).map(build), places, places, st.booleans())
def test_any_two_swapped_entries_are_found(
    entries: list[Envelope], one: int, other: int, renumbered: bool
) -> None:
    one, other = one % len(entries), other % len(entries)
    assume(one != other)
    swapped = entries.copy()
    swapped[one], swapped[other] = entries[other], entries[one]
    if renumbered:
        swapped = [replace(entry, seq=seq) for seq, entry in enumerate(swapped, start=1)]
    assert not holds(swapped, head_of(entries))


@given(chains, places, st.integers(20, 29))
def test_a_chain_rewritten_from_some_point_on_does_not_reach_a_noted_head(
    entries: list[Envelope], place: int, number: int
) -> None:
    at = place % len(entries)
    numbers = [int(entry.subject) for entry in entries]
    rewritten = build([*numbers[:at], number, *numbers[at + 1 :]])
    assert holds(rewritten, head_of(rewritten))
    assert not holds(rewritten, head_of(entries))


@given(chains)
def test_a_missing_head_is_found(entries: list[Envelope]) -> None:
    assert [found.what for found in verify(entries, None)] == ["the head of the chain is missing"]


@given(chains, places)
def test_a_break_names_the_entry(entries: list[Envelope], place: int) -> None:
    at = place % len(entries)
    altered = entries.copy()
    altered[at] = replace(entries[at], actor="somebody else")
    assert {found.seq for found in verify(altered, head_of(entries))} == {at + 1}
