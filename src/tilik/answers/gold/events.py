"""What can happen to gold among machine answers: it gets a set, answers are known, and change their state."""

from __future__ import annotations

from pydantic import JsonValue

from tilik.log import Event
from tilik.study.known import GoldState, Voice


class AnswerGoldOpened(Event, type="answer-gold-opened"):
    """The gold answers of a guideline version have a set of their own, which nobody imports or reports."""

    set: str
    guideline: str


class AnswerGoldAdded(Event, type="answer-gold-added"):
    """What is to be said of an answer is known (``a``), or of two side by side (``a`` and ``b``).

    Answers are named by their content, whose JSON lines are the blob ``items``. ``answers`` is what is known,
    by question; ``fails`` whether there is a critical fail; ``voices``, ``source`` and ``barred`` as for
    videos.
    """

    gold: str
    task: str
    set: str
    items: str
    a: str
    b: str | None
    guideline: str
    state: GoldState
    fails: bool
    answers: dict[str, JsonValue]
    voices: tuple[Voice, ...]
    source: str
    barred: tuple[str, ...]


class AnswerGoldStateChanged(Event, type="answer-gold-state-changed"):
    """A gold answer is known, contested or retired from now on; ``voices`` as they are then."""

    gold: str
    state: GoldState
    voices: tuple[Voice, ...]
