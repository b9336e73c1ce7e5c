"""What is found in free text and what is not: the cases that the browser's scanner is held to as well."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilik.privacy import is_nik, scan

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "personal-data.json"
CASES = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]

digits = st.text("0123456789", min_size=1)
births = st.dates(date(1930, 1, 1), date(2025, 12, 31))


def said(text: str) -> list[str]:
    return [f"{one.kind}:{one.text}" for one in scan(text)]


@pytest.mark.parametrize("case", CASES, ids=lambda one: one["name"])
def test_each_case_finds_what_it_says(case: dict[str, Any]) -> None:
    assert said(case["text"]) == case["found"]


def test_there_are_cases_of_every_kind_and_of_none() -> None:
    kinds = {one.partition(":")[0] for case in CASES for one in case["found"]}
    assert kinds == {"email", "nik", "phone"}
    assert sum(not case["found"] for case in CASES) >= 40


@given(st.text())
def test_what_is_found_stands_there_in_order_and_apart(text: str) -> None:
    found = scan(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(births, st.booleans(), st.integers(1, 9999), st.sampled_from(["1101", "3174", "3578", "9671"]))
def test_whoever_has_a_nik_is_found(born: date, woman: bool, running: int, place: str) -> None:
    day = born.day + (40 if woman else 0)
    nik = f"{place}01{day:02}{born:%m%y}{running:04}"
    assert is_nik(nik)
    assert said(f"NIK {nik}.") == [f"nik:{nik}"]


@given(st.integers(0, 10**12))
def test_counts_of_views_are_not_found(views: int) -> None:
    dotted = f"{views:,}".replace(",", ".")
    assert said(f"Ditonton {dotted} kali, {views:,} views, naik +{dotted} tayangan, {views} penonton") == []


@given(st.integers(0, 86_399), st.integers(0, 999))
def test_times_are_not_found(second: int, thousandth: int) -> None:
    hour, minute, rest = second // 3600, second // 60 % 60, second % 60
    assert said(f"{hour:02}:{minute:02}:{rest:02}.{thousandth:03} atau {hour:02}.{minute:02}") == []


@given(st.uuids(), st.integers(10**17, 10**19 - 1))
def test_ids_are_not_found(identity: object, video: int) -> None:
    assert said(f"{identity} dan https://www.tiktok.com/@akun/video/{video}") == []


@given(digits)
def test_a_hashtag_or_the_number_of_a_product_is_not_found(number: str) -> None:
    assert said(f"#{number}") == []
    assert [one for one in said(f"SKU {number}") if one.startswith("phone")] == []
