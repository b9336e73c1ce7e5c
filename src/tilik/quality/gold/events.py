"""What can happen to gold: its tasks get a study, items are known, change their state; the rate is set."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from tilik.kernel import Span
from tilik.log import Event
from tilik.study.known import GoldState, Voice

Pool = Literal["gold", "practice"]
"""Planted among the live, or practised on with feedback: never both."""


class KnownMark(Span):
    """A span that is known to be the reason for an answer."""

    question: str


class GoldStudyOpened(Event, type="gold-study-opened"):
    """The gold (or practice) tasks of a guideline version have a study of their own: blind, never drawn."""

    study: str
    name: str
    guideline: str
    purpose: Pool


class GoldAdded(Event, type="gold-added"):
    """The answers to an item are known: of this file (``content``) by this guideline.

    ``fails`` is its known verdict; ``voices`` is what several people answered; ``notes`` holds digests of
    reasons; ``source`` names the judgement or ruling that they come from; ``barred`` people know the answers.
    """

    gold: str
    task: str
    study: str
    video: str
    content: str
    guideline: str
    pool: Pool
    state: GoldState
    fails: bool
    answers: dict[str, JsonValue]
    voices: tuple[Voice, ...]
    marks: tuple[KnownMark, ...]
    notes: dict[str, str]
    source: str
    barred: tuple[str, ...]


class GoldStateChanged(Event, type="gold-state-changed"):
    """A gold item is known, contested or retired from now on; ``voices`` as they are then."""

    gold: str
    state: GoldState
    voices: tuple[Voice, ...]


class GoldRateSet(Event, type="gold-rate-set"):
    """This share of requests is answered by a gold task from now on."""

    rate: float
