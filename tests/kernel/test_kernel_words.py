"""The words every room speaks hold what their docstrings promise."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import tilik.kernel as kernel
from tilik.kernel import (
    Estimate,
    Evidence,
    Invalid,
    Span,
    TilikError,
    canonical,
    digest,
    digest_bytes,
    from_text,
    new_id,
    to_text,
)

EXPORTED = [
    "Clock",
    "Conflict",
    "Estimate",
    "Evidence",
    "EvidenceKind",
    "Invalid",
    "Json",
    "Missing",
    "PersonId",
    "Refused",
    "Seconds",
    "Span",
    "StudyId",
    "TaskId",
    "TilikError",
    "Unavailable",
    "VideoId",
    "canonical",
    "digest",
    "digest_bytes",
    "from_text",
    "new_id",
    "to_text",
    "utc_now",
]

seconds = st.floats(min_value=0, max_value=1e6)
spans = st.tuples(seconds, seconds).map(lambda ends: Span(start=min(ends), end=max(ends)))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_the_exported_names_are_these() -> None:
    assert list(kernel.__all__) == EXPORTED
    assert all(hasattr(kernel, name) for name in kernel.__all__)


# --------------------------------------------------------------------------------------------- spans
@given(spans, spans)
def test_overlap_and_iou_are_symmetric_and_bounded(one: Span, other: Span) -> None:
    assert one.overlap(other) == other.overlap(one)
    assert 0 <= one.overlap(other) <= min(one.length, other.length)
    assert one.iou(other) == other.iou(one)
    assert 0 <= one.iou(other) <= 1


@given(spans)
def test_a_span_is_wholly_itself(span: Span) -> None:
    assert span.overlap(span) == span.length
    assert span.iou(span) == (1.0 if span.length or span.start == span.end else 0.0) or span.length == 0


@given(spans, spans)
def test_iou_is_one_only_for_equal_spans_and_zero_without_overlap(one: Span, other: Span) -> None:
    if one.overlap(other) == 0 and one != other:
        assert one.iou(other) == 0
    if one != other and one.length + other.length > 1e-3 and abs(one.length - other.length) > 1e-3:
        assert one.iou(other) < 1


@pytest.mark.parametrize(
    ("start", "end"), [(2, 1), (-1, 1), (math.nan, 1), (0, math.nan), (0, math.inf), (-math.inf, 0)]
)
def test_a_span_that_cannot_be_is_refused(start: float, end: float) -> None:
    with pytest.raises(ValidationError):
        Span(start=start, end=end)


@given(spans)
def test_a_span_survives_json_and_never_changes(span: Span) -> None:
    assert Span.model_validate_json(span.model_dump_json()) == span
    with pytest.raises(ValidationError):
        span.start = 0.0  # type: ignore[misc]


def test_evidence_refuses_unknown_kinds_and_anonymous_sources() -> None:
    good = {"video": "v", "span": {"start": 0, "end": 1}, "kind": "shot", "source": "shots/1"}
    assert Evidence.model_validate(good).span.length == 1
    for bad in ({"kind": "vibes"}, {"source": ""}, {"extra": 1}):
        with pytest.raises(ValidationError):
            Evidence.model_validate(good | bad)


# ----------------------------------------------------------------------------------------- estimates
def estimate(**changed: object) -> Estimate:
    fields = {"value": 0.2, "low": 0.1, "high": 0.3, "n": 10, "n_eff": 8.0, "method": "m", "of": "o"}
    return Estimate.model_validate(fields | changed)


@given(seconds, seconds)
def test_an_interval_is_never_upside_down(low: float, high: float) -> None:
    if low <= high:
        assert estimate(value=None, low=low, high=high).low == low
    else:
        with pytest.raises(ValidationError, match="upside down"):
            estimate(value=None, low=low, high=high)


@pytest.mark.parametrize(
    "bad",
    [
        {"value": math.nan},
        {"value": math.inf},
        {"low": math.nan},
        {"high": math.inf},
        {"n": -1},
        {"n_eff": -0.1},
        {"n_eff": math.inf},
        {"method": ""},
        {"of": ""},
        {"level": 0},
        {"level": 1},
        {"surprise": 1},
    ],
)
def test_an_estimate_that_cannot_be_defended_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        estimate(**bad)


def test_an_estimate_survives_json() -> None:
    whole = estimate(inputs={"seed": 7, "design": {"kind": "pps"}, "log": 12})
    assert Estimate.model_validate_json(whole.model_dump_json()) == whole


# --------------------------------------------------------------------------------------- ids, digests
def test_later_ids_sort_after_earlier_ones_and_never_repeat() -> None:
    ids = [new_id() for _ in range(20_000)]
    assert ids == sorted(set(ids))
    assert {(len(one), one[14]) for one in ids} == {(36, "7")}


@given(json_values)
def test_canonical_json_says_the_same_and_is_a_fixed_point(value: object) -> None:
    data = canonical(value)  # type: ignore[arg-type]
    assert json.loads(data) == value
    assert canonical(json.loads(data)) == data


@given(st.dictionaries(st.text(), st.integers(), min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    backwards = dict(reversed(value.items()))
    assert canonical(value) == canonical(backwards)
    assert digest(value) == digest(backwards) == digest_bytes(canonical(value))


@given(json_values, json_values)
def test_different_values_have_different_digests(one: object, other: object) -> None:
    same_bytes = canonical(one) == canonical(other)  # type: ignore[arg-type]
    assert (digest(one) == digest(other)) == same_bytes  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, [1, math.nan], {"a": math.inf}])
def test_what_json_cannot_say_has_no_canonical_form(bad: object) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical(bad)  # type: ignore[arg-type]


def test_the_digest_is_sha256_of_the_bytes() -> None:
    assert digest_bytes(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


# ---------------------------------------------------------------------------------------------- time
instants = st.datetimes(
    min_value=datetime(1970, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC)
)


@given(instants, instants)
def test_times_as_text_come_back_and_sort_as_times_do(one: datetime, other: datetime) -> None:
    assert from_text(to_text(one)) == one
    assert len(to_text(one)) == 27
    assert (to_text(one) < to_text(other)) == (one < other)


def test_other_zones_become_utc_and_no_zone_is_refused() -> None:
    jakarta = datetime(2026, 3, 1, 7, tzinfo=timezone(timedelta(hours=7)))
    assert to_text(jakarta) == "2026-03-01T00:00:00.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        to_text(datetime(2026, 3, 1))


# --------------------------------------------------------------------------------------------- errors
def test_an_error_says_where_what_and_how_to_mend() -> None:
    error = Invalid("code-x", "it is wrong.", where="file:3", mend="Write it right.")
    assert str(error) == "file:3: it is wrong. Write it right."
    assert str(Invalid("code-x", "it is wrong.")) == "it is wrong."


def test_the_tree_of_errors_is_as_drawn() -> None:
    drawn = {"Invalid", "Refused", "Missing", "Conflict", "Unavailable"}
    assert {
        one.__name__ for one in TilikError.__subclasses__() if one.__module__ == "tilik.kernel.errors"
    } == drawn
