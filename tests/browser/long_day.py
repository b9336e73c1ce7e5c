"""Two hundred videos in a row, keyed as a person in a hurry keys them, and what was meant to be stored."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from playwright.sync_api import CDPSession

from .desk import CLEAN, CLEAN_ANSWERS, LIVE, Answers, Desk, Steps, question_text
from .story import BEH, SYN

MEASURED_EVERY = 20
STOPPED = {"id": "Kerja dihentikan", "en": "Work stopped"}
RESTED = {"id": "Laporan Anda sudah dicatat", "en": "Your report is recorded"}
REASONS = {
    "id": ("Adegannya diulang-ulang, kata “seru” ada 9 kali.", "Anak bisa langsung meniru lompatan ini."),
    "en": ("The same scene over and over; “fun” is said 9 times.", "A child could copy this jump at once."),
}


@dataclass(frozen=True)
class Kept:
    """What the database must hold of one video: its answers, the notes by question, and how many marks."""

    answers: Answers
    language: str
    notes: dict[str, str] = field(default_factory=dict)
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Weight:
    """What the page weighs after so many items, garbage collected: nodes, also those cut off the page."""

    items: int
    nodes: int
    listeners: int
    heap: int
    shown: int
    videos: int


@dataclass
class LongDay:
    """One morning of ``len(kept) + len(stopped)`` videos."""

    kept: dict[str, Kept] = field(default_factory=dict)
    stopped: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    presses: list[int] = field(default_factory=list)
    weighed: list[Weight] = field(default_factory=list)
    most_videos: int = 0


def kinds(count: int, stops: int, seed: int) -> list[str]:
    """What befalls each video: mostly clean, some failing, some called back, ``stops`` of them stopped."""
    rest = count - stops
    many = {"labelled": 16, "severe": 12, "overridden": 8, "unfit": 16, "called back": 10, "slip": 10}
    every = [kind for kind, n in many.items() for _ in range(n * rest // 190)]
    every += ["clean"] * (rest - len(every)) + ["stopped"] * stops
    random.Random(seed).shuffle(every)
    return every


def play(desk: Desk, titles: list[str], plan: list[str], weigh: CDPSession) -> LongDay:
    """Judge every video in the order in which it comes; the language changes every 25."""
    day = LongDay()
    for at, (title, kind) in enumerate(zip(titles, plan, strict=True)):
        _shows(desk, "main h1", title)
        if at % 25 == 24:
            desk.switch_language()
        if at % MEASURED_EVERY == 0:
            day.weighed.append(_weigh(desk, weigh, at))
        begun, before = time.perf_counter(), desk.presses
        if kind == "stopped":
            _stop(desk)
            day.stopped.append(title)
        else:
            day.kept[title] = HANDS[kind](desk)
        day.seconds.append(time.perf_counter() - begun)
        day.presses.append(desk.presses - before)
        day.most_videos = max(
            day.most_videos, desk.page.evaluate("document.querySelectorAll('video').length")
        )
    return day


# ------------------------------------------------------------------------------------------ one video each
def _clean(desk: Desk) -> Kept:
    _keys(desk, *_of(CLEAN))
    _submit(desk)
    return Kept(CLEAN_ANSWERS, desk.language)


def _unfit(desk: Desk) -> Kept:
    """Its sound is missing, so nothing else is asked."""
    _keys(desk, "4")
    _submit(desk)
    return Kept({"assessable": "NA-AUDIO"}, desk.language)


def _slip(desk: Desk) -> Kept:
    """A wrong age, undone at once."""
    _keys(desk, *_of(CLEAN[:3]), "5", "z", *_of(CLEAN[3:]))
    _submit(desk)
    return Kept(CLEAN_ANSWERS, desk.language)


def _called_back(desk: Desk) -> Kept:
    """Submitted, taken back while held, less sure of it after all."""
    title = desk.title.inner_text()
    _keys(desk, *_of(CLEAN))
    _submit(desk)
    desk.until(f"document.querySelector('main h1')?.textContent !== {json.dumps(title)}")
    _keys(desk, "z")
    _shows(desk, "main h1", title)
    _keys(desk, "Backspace", "Backspace", "1")
    _submit(desk)
    return Kept(CLEAN_ANSWERS | {"confidence": 1}, desk.language)


def _labelled(desk: Desk) -> Kept:
    """Mass-produced at level 2: a span, a sentence, and the rule says Q3."""
    _keys(desk, *_of(CLEAN[:4]), "1", "Enter", "2")
    reason = _span_and_reason(desk, 0)
    _keys(desk, "0", "0", "0", *_of(CLEAN[5:]))
    _submit(desk)
    answers = {**CLEAN_ANSWERS, "family.SYN": True, **SYN, "label.SYN-MASS": 2, "verdict": "Q3"}
    return Kept(answers, desk.language, {"label.SYN-MASS": reason}, ("label.SYN-MASS",))


def _severe(desk: Desk) -> Kept:
    """Dangerous to copy, level 3: not for minors."""
    _keys(desk, *_of(CLEAN[:4]), "4", "Enter", "0", "3")
    reason = _span_and_reason(desk, 1)
    _keys(desk, "0", "0", "0", "0", *_of(CLEAN[5:]))
    _submit(desk)
    answers = CLEAN_ANSWERS | BEH | {"family.BEH": True, "label.BEH-RISK": 3, "verdict": "Q4"}
    return Kept(answers, desk.language, {"label.BEH-RISK": reason}, ("label.BEH-RISK",))


def _overridden(desk: Desk) -> Kept:
    """Another verdict than the rule's, and why."""
    _keys(desk, *_of(CLEAN[:6]), "3")
    reason = _write(desk, 0)
    _keys(desk, *_of(CLEAN[7:]))
    _submit(desk)
    return Kept(CLEAN_ANSWERS | {"verdict": "Q3"}, desk.language, {"verdict": reason})


HANDS: dict[str, Callable[[Desk], Kept]] = {
    "clean": _clean,
    "unfit": _unfit,
    "slip": _slip,
    "called back": _called_back,
    "labelled": _labelled,
    "severe": _severe,
    "overridden": _overridden,
}


def _stop(desk: Desk) -> None:
    _keys(desk, "Escape", "Escape")
    _shows(desk, "main h2", STOPPED[desk.language])
    _keys(desk, "2", "Enter")
    _shows(desk, "main h2", RESTED[desk.language])
    _keys(desk, "Enter")


# --------------------------------------------------------------------------------------------------- keys
def _of(steps: Steps) -> Iterator[str]:
    for _, keys in steps:
        yield from keys.split()


def _keys(desk: Desk, *keys: str) -> None:
    """One after the other without looking, as practised hands do."""
    desk.press(*keys)


def _submit(desk: Desk) -> None:
    """Nobody submits blindly: the last question must say that all is there."""
    _shows(desk, "main h2", question_text("submit", desk.language))
    desk.press("Enter")


def _span_and_reason(desk: Desk, which: int) -> str:
    desk.pause()
    start = desk.position()
    _keys(desk, "i", ".", ".", ".")
    desk.until(f"{LIVE}.currentTime > {start} && !{LIVE}.seeking")
    _keys(desk, "o", "Enter")
    return _write(desk, which)


def _write(desk: Desk, which: int) -> str:
    reason = REASONS[desk.language][which]
    desk.until("document.activeElement?.matches('textarea, input')")
    desk.type(reason)
    desk.press("Enter")
    return reason


def _shows(desk: Desk, selector: str, text: str) -> None:
    found = f"[...document.querySelectorAll({json.dumps(selector)})].some((one) => one.textContent === "
    desk.until(f"{found}{json.dumps(text)})")


def _weigh(desk: Desk, weigh: CDPSession, items: int) -> Weight:
    weigh.send("HeapProfiler.collectGarbage")
    counts = {one["name"]: one["value"] for one in weigh.send("Performance.getMetrics")["metrics"]}
    return Weight(
        items=items,
        nodes=int(counts["Nodes"]),
        listeners=int(counts["JSEventListeners"]),
        heap=int(counts["JSHeapUsedSize"]),
        shown=int(desk.page.evaluate("document.querySelectorAll('*').length")),
        videos=int(desk.page.evaluate("document.querySelectorAll('video').length")),
    )
