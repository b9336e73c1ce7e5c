"""Families that grow: adding one by one gives what comparing all gives; bands find what they promise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joined_films import ONE_SHOT
from test_families import TRANSFORMS, Pictures, made_of, pictures, printed

from tilik.kernel import Conflict, Missing
from tilik.media.families import Fingerprint, families
from tilik.media.family_index import (
    Banded,
    Exact,
    FamilyIndex,
    families_of,
    from_bytes,
    index_of,
    known_as,
    large_possible,
    to_bytes,
)
from tilik.media.hashing import variants
from tilik.media.siblings import Judged, Proposal, Waiting, proposals
from tilik.media.signal_files import fingerprints_of

needs_faiss = pytest.mark.skipif(not large_possible(), reason="faiss is not installed (tilik[dedup-large])")


def random_words(n: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 2**64, (n, 4), dtype=np.uint64)


def flipped(words: np.ndarray, bits: int, seed: int = 1) -> np.ndarray:
    random, out = np.random.default_rng(seed), words.copy()
    for row in out:
        for bit in random.choice(256, bits, replace=False).tolist():
            row[bit // 64] ^= np.uint64(1) << np.uint64(bit % 64)
    return out


# ------------------------------------------------------------------------------------------- growing
@given(st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=6, unique=True), min_size=1, max_size=8))
@settings(deadline=None)
def test_adding_one_by_one_makes_the_families_of_comparing_all(seeds: list[list[int]]) -> None:
    prints = [made_of(f"v{k}", chosen) for k, chosen in enumerate(seeds)]
    grown = {frozenset(group) for group in index_of(prints).families().values()}
    assert grown == {frozenset(family.videos) for family in families(prints)}
    assert [f.videos for f in families_of(prints)] == [f.videos for f in families(prints)]
    for one, other in zip(families_of(prints), families(prints), strict=True):
        shares = {(m.one, m.other): m.share for m in other.matches}
        assert {(m.one, m.other): m.share for m in one.matches} == shares


def test_a_video_that_joins_two_families_leaves_the_older_ones_name() -> None:
    index = FamilyIndex()
    assert index.add(made_of("a", [1, 2])).family == "a"
    assert index.add(made_of("b", [8, 9])).family == "b"
    placed = index.add(made_of("c", [2, 9]))
    assert (placed.family, placed.merged) == ("a", ("b",))
    assert [m.other for m in placed.matches] == ["a", "b"]
    assert index.families() == {"a": ("a", "b", "c")}
    assert {index.family_name(v) for v in "abc"} == {"a"}


def test_what_only_a_removed_video_held_together_falls_apart() -> None:
    index = index_of([made_of("a", [1, 2]), made_of("b", [8, 9]), made_of("c", [2, 9]), made_of("d", [9, 8])])
    index.remove("c")
    assert index.families() == {"b": ("b", "d")}
    assert index.family_name("a") == "a"
    assert index.look_up(made_of("e", [2, 9]))[0].other == "a"
    assert index.add(made_of("c", [2, 9])).merged == ("b",)
    assert len(index) == 4


def test_a_video_comes_in_once() -> None:
    index = index_of([made_of("a", [1])])
    with pytest.raises(Conflict):
        index.add(made_of("a", [1]))
    with pytest.raises(Missing):
        index.remove("b")
    with pytest.raises(Missing):
        index.family_name("b")


def test_a_blank_video_stands_alone() -> None:
    nothing = np.zeros((0, 4), np.uint64)
    index = index_of([Fingerprint("blank", nothing, nothing, np.zeros(0, np.intp)), made_of("a", [1])])
    assert index.families() == {}
    assert index.family_name("blank") == "blank"


def test_a_fingerprint_survives_being_kept() -> None:
    print_ = made_of("a", [1, 2, 3])
    back = from_bytes(to_bytes(print_))
    assert back.video == "a"
    assert np.array_equal(back.hashes, print_.hashes)
    assert np.array_equal(back.queries, print_.queries)
    assert np.array_equal(back.of, print_.of)


# -------------------------------------------------------------------------------------- real pictures
def test_pictures_with_borders_are_kept_without_them_too() -> None:
    inner = np.random.default_rng(5).integers(0, 256, (5, 10)).repeat(12, 0).repeat(16, 1).astype(np.float32)
    bordered = np.zeros((90, 160), np.float32)
    bordered[15:75] = inner
    words = variants(bordered)
    plain = variants(np.random.default_rng(6).integers(0, 256, (90, 160)).astype(np.float32))
    print_ = Fingerprint(
        "v",
        np.concatenate([words[:1], plain[:1]]),
        np.concatenate([words, plain]),
        np.repeat([0, 1], [len(words), len(plain)]),
    )
    kept, of = known_as(print_)
    trims = (len(words) - len(plain)) // 2
    assert trims > 0
    assert np.array_equal(kept[2], words[2])
    assert of.tolist() == [0, 1, *[0] * (trims + 4), *[1] * 4]
    assert not any(np.array_equal(one, words[1]) for one in kept)


@pytest.fixture(scope="module")
def shown(videos: Path) -> dict[str, Pictures]:
    return {name: pictures(videos / name) for name in ONE_SHOT[:3]}


@pytest.mark.parametrize(
    "how", ["letterbox", "border", "mirror", "crop 20 %", "rotation 5°", "rotation -5°, filled"]
)
def test_it_does_not_matter_whether_the_copy_or_the_original_came_first(
    shown: dict[str, Pictures], how: str
) -> None:
    change, least = TRANSFORMS[how]
    originals = [printed(name, one) for name, one in shown.items()]
    copies = [printed(f"copy of {name}", [change(p) for p in one]) for name, one in shown.items()]
    pairs = {frozenset((name, f"copy of {name}")) for name in shown}
    for order in (originals + copies, copies + originals):
        found = {frozenset(group) for group in index_of(order).families().values()}
        assert found <= pairs
        assert len(found) >= least * len(pairs)


@needs_faiss
def test_the_chair_is_one_family_with_bands_as_well(videos: Path) -> None:
    chairs = sorted(videos.glob("tmk_chair*"))
    others = [videos / f"mdn_{n}" for n in ("frog.mp4", "elf.mp4", "rabbit.mp4", "rabbit.webm")]
    prints = [found for _, found in fingerprints_of([*chairs, *others]) if isinstance(found, Fingerprint)]
    for exact_up_to in (10**6, 0):
        index = index_of(sorted(prints, key=lambda p: p.video), exact_up_to=exact_up_to)
        assert sorted(index.families().values()) == [
            ("mdn_rabbit.mp4", "mdn_rabbit.webm"),
            tuple(file.name for file in chairs),
        ]


# --------------------------------------------------------------------------------------------- bands
@needs_faiss
def test_bands_find_what_comparing_all_finds_but_for_far_pictures() -> None:
    kept = random_words(20_000)
    exact, banded = Exact(), Banded()
    for part in (kept[:7_000], kept[7_000:]):
        exact.add(part)
        banded.add(part)
    for bits, least in ((0, 1.0), (16, 0.99), (32, 0.8)):
        queries = flipped(kept[:300], bits)
        pairs = set(zip(*(side.tolist() for side in banded.near(queries)), strict=True))
        truth = set(zip(*(side.tolist() for side in exact.near(queries)), strict=True))
        assert pairs <= truth
        assert len(pairs) >= least * len(truth)
    assert [len(side) for side in banded.near(random_words(50, seed=9))] == [0, 0, 0]


@needs_faiss
def test_the_index_changes_over_to_bands_as_it_grows() -> None:
    index = FamilyIndex(exact_up_to=40)
    prints = [made_of(f"v{k}", list(range(10 * k, 10 * k + 10))) for k in range(8)]
    for print_ in prints:
        index.add(print_)
    assert index.families() == {}
    assert index.add(made_of("again", list(range(10)))).family == "v0"
    assert index.hashes == 90


# ------------------------------------------------------------------------------------------ siblings
def test_a_proposal_goes_along_one_close_match_and_never_to_blind_work() -> None:
    index = index_of([made_of("a", [1, 2, 3, 4]), made_of("b", [1, 2, 3, 9]), made_of("c", [9, 8, 7])])
    matches = [m for v in "abc" for m in index.matches(v)]
    waiting = [Waiting("t1", "b", False, "g"), Waiting("t2", "c", False, "g"), Waiting("t3", "b", True, "g")]
    judged = [Judged("t0", "a", "g")]
    assert proposals(waiting, judged, matches) == [Proposal("t1", "t0", "a", 0.75)]
    assert proposals(waiting, judged, matches)[0].marked == "proposed-from-sibling"
    assert proposals(waiting, [Judged("t0", "a", "older")], matches) == []
    assert proposals(waiting, [Judged("t0", "a", "g", contested=True)], matches) == []
    assert proposals(waiting, judged, matches, enough=0.8) == []
    assert proposals([Waiting("t0", "a", False, "g")], judged, matches) == []
