"""What can happen to studies: a guideline is brought in and lives, a sample is drawn."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from tilik.log import Event

Purpose = Literal[
    "high-impression",
    "high-impact",
    "synthetic-suspect",
    "uncertain",
    "random",
    "targeted",
    "several",
]
"""Why a unit was drawn; ``several`` of a study whose draws each have their own."""


State = Literal["draft", "trial", "active", "retired"]
"""Where a guideline version stands in its life."""


class GuidelineAdded(Event, type="guideline-added"):
    """A guideline version is known here; ``source`` names its YAML among the blobs."""

    hash: str
    name: str
    version: str
    source: str
    state: State


class GuidelineMoved(Event, type="guideline-moved"):
    """A guideline version goes on in its life. New studies take the active one."""

    hash: str
    state: State


class StudyDrawn(Event, type="study-drawn"):
    """A study exists and its sample is drawn; ``draws`` names the Parquet of draws among the blobs.

    ``totals`` holds the frame's impressions in each stratum, which the estimates are held to. ``overlap`` is
    the chance of a blind second look where nothing was found; None: nobody looks a second time.
    """

    study: str
    name: str
    frame: str
    guideline: str
    purpose: Purpose
    blind: bool
    design: dict[str, JsonValue]
    budget: int
    seed: int
    wants: int
    totals: dict[str, float]
    draws: str
    overlap: float | None = None
