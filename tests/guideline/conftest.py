"""The shipped guideline, as text and loaded, and small pieces to judge with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tilik.guideline import Guideline, load

SHIPPED = Path(__file__).resolve().parents[2] / "guidelines" / "keluarga-id.yaml"


@pytest.fixture(scope="session")
def text() -> str:
    return SHIPPED.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def guideline(text: str) -> Guideline:
    return load(text, name=SHIPPED.name)


@pytest.fixture
def clean(guideline: Guideline) -> dict[str, Any]:
    """Complete answers about a harmless video with nothing special about it."""
    answers: dict[str, Any] = {"assessable": "yes", "audience.factors": ["AF1", "AF2"], "audience": "AUD-KID"}
    answers |= {"min_age": 3} | {f"family.{one.code}": False for one in guideline.families}
    answers |= {f"strength.{one.code}": 1 for one in guideline.high_quality}
    return answers | {"verdict": "Q2", "confidence": 3, "edge_case": None}
