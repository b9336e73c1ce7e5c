"""Agreement on spans: a hand-computed case, the definition on a grid of instants, and what must hold."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilik.kernel import Invalid, Span
from tilik.stats.agreement import Watched, span_agreement


def spans(*ends: tuple[float, float]) -> list[Span]:
    return [Span(start=start, end=end) for start, end in ends]


def test_two_people_by_hand() -> None:
    """A: 10 s, marked 2-6 and 4-8. B: 20 s, marked by nobody. Person-seconds 60, of which 8 are marked.

    They differ in 4 of 30 s: observed 8/60. Expected 2·8·52/(60² - 4² - 4²). So 1 - (8/60)/(832/3568).
    """
    videos = [Watched(10, [spans((2, 6)), spans((4, 8))]), Watched(20, [[], []])]
    found = span_agreement(videos, of="test")
    assert found.value == pytest.approx(1 - (8 / 60) / (832 / 3568))
    assert found.inputs["observed_disagreement"] == pytest.approx(8 / 60)
    assert found.inputs["marked_share"] == pytest.approx(8 / 60)
    equal = span_agreement(videos, of="test", equal_videos=True)
    assert equal.value == pytest.approx(1 - (0.8 / 4) / (2 * 0.8 * 3.2 / (16 - 0.32)))


def on_a_grid(videos: list[Watched]) -> float | None:
    """All pairs of (video, person, whole second), but never two seconds of the same mark."""
    cells: list[tuple[int, int, float]] = []
    differ = weight = 0.0
    for v, video in enumerate(videos):
        rows = []
        for p, marks in enumerate(video.marks):
            row = np.zeros(int(video.length), dtype=int)
            for m, mark in enumerate(sorted(marks, key=lambda s: s.start)):
                row[int(mark.start) : int(mark.end)] = 1 + m + 100 * p + 10_000 * v
            rows.append(row)
            cells += [(int(x > 0), int(x), video.weight) for x in row]
        table = np.array(rows) > 0
        ones = table.sum(axis=0)
        people = len(rows)
        differ += video.weight * float((2 * ones * (people - ones)).sum()) / (people - 1)
        weight += video.weight * people * video.length
    label = np.array([c[0] for c in cells])
    mark = np.array([c[1] for c in cells])
    w = np.array([c[2] for c in cells])
    pairs = np.outer(w, w)
    pairs[(mark[:, None] == mark[None, :]) & (mark[:, None] > 0)] = 0
    expected = float((pairs * (label[:, None] != label[None, :])).sum() / pairs.sum())
    return None if expected == 0 else 1 - differ / weight / expected


@st.composite
def watched(draw: st.DrawFn) -> Watched:
    length = draw(st.integers(4, 20))
    people = draw(st.integers(2, 4))
    marks = []
    for _ in range(people):
        ends = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
        marks.append(spans(*((a, b) for a, b in list(pairwise(ends))[::2])))
    return Watched(length, marks, draw(st.floats(0.5, 4)))


@settings(max_examples=60, deadline=None)
@given(st.lists(watched(), min_size=2, max_size=4))
def test_it_is_the_definition(videos: list[Watched]) -> None:
    ours = span_agreement(videos, of="test").value
    theirs = on_a_grid(videos)
    assert (ours is None) == (theirs is None)
    assert theirs is None or ours == pytest.approx(theirs, abs=1e-9)


def test_overlapping_marks_of_one_person_are_one_and_points_say_nothing() -> None:
    plain = [Watched(30, [spans((3, 9)), spans((4, 9))]), Watched(12, [spans((1, 2)), []])]
    fussy = [
        Watched(30, [spans((5, 9), (3, 6), (20, 20)), spans((4, 7), (7, 9))]),
        Watched(12, [spans((1, 2)), []]),
    ]
    first, second = (span_agreement(videos, of="test") for videos in (plain, fussy))
    assert (first.value, first.low) == (second.value, second.low)


def test_seconds_or_milliseconds_give_the_same() -> None:
    videos = [Watched(30, [spans((3, 9)), spans((4, 9))]), Watched(12, [spans((1, 2)), spans((1, 4))])]
    scaled = [
        Watched(v.length * 1000, [spans(*((s.start * 1000, s.end * 1000) for s in m)) for m in v.marks])
        for v in videos
    ]
    assert span_agreement(videos, of="a").value == pytest.approx(span_agreement(scaled, of="a").value)


def test_the_same_marks_are_perfect_and_none_at_all_are_undefined() -> None:
    same = [Watched(30, [spans((3, 9)), spans((3, 9))])] * 5
    perfect = span_agreement(same, of="test")
    assert (perfect.value, perfect.high) == (1, 1)
    assert perfect.low < 0.9
    nothing = span_agreement([Watched(30, [[], []]), Watched(20, [[], [], []])], of="test")
    assert nothing.value is None
    assert "undefined" in nothing.inputs


def imagined(random: np.random.Generator, videos: int) -> list[Watched]:
    """Videos of 30-600 s; most have one true scene, which three people find with ragged ends, or miss."""
    made = []
    for _ in range(videos):
        length = float(random.uniform(30, 600))
        start = float(random.uniform(0, length * 0.8))
        end = min(length, start + float(random.uniform(5, 40)))
        there = random.random() < 0.7
        marks: list[Any] = []
        for _ in range(3):
            low, high = np.clip(np.array([start, end]) + random.normal(0, 2, 2), 0, length)
            found = there and random.random() < 0.85 and high > low
            marks.append(spans((float(low), float(high))) if found else [])
        made.append(Watched(length, marks))
    return made


def test_chance_marks_agree_by_chance() -> None:
    random = np.random.default_rng(2)
    videos = []
    for _ in range(400):
        starts = random.uniform(0, 90, 3)
        videos.append(Watched(100.0, [spans((float(s), float(s) + 10)) for s in starts]))
    found = span_agreement(videos, of="test")
    assert found.value == pytest.approx(0, abs=0.03)


def test_intervals_over_videos_cover() -> None:
    random = np.random.default_rng(8)
    truth = span_agreement(imagined(random, 20_000), of="test").value
    assert truth is not None
    found = [span_agreement(imagined(random, 80), of="test") for _ in range(500)]
    share = float(np.mean([estimate.low <= truth <= estimate.high for estimate in found]))
    assert 0.92 <= share <= 0.98
    spread = float(np.std([estimate.value for estimate in found]))  # type: ignore[arg-type]
    assert np.mean([e.inputs["standard_error"] for e in found]) == pytest.approx(spread, rel=0.1)  # type: ignore[arg-type]
    again = span_agreement(imagined(np.random.default_rng(8), 80), of="test", how="bootstrap", draws=300)
    assert again.low < (again.value or 0) < again.high


@pytest.mark.parametrize(
    ("videos", "code"),
    [
        ([Watched(10, [[], []])], "agreement-too-few-units"),
        ([Watched(10, [[], []]), Watched(10, [[]])], "agreement-too-few-units"),
        ([Watched(10, [[], []]), Watched(10, [spans((1, 11)), []])], "span-outside-video"),
        ([Watched(10, [[], []]), Watched(0, [[], []])], "length-not-positive"),
        ([Watched(10, [[], []]), Watched(10, [[], []], 0)], "weight-unfit"),
    ],
)
def test_nonsense_is_refused(videos: list[Watched], code: str) -> None:
    with pytest.raises(Invalid) as caught:
        span_agreement(videos, of="test")
    assert caught.value.code == code
