"""The seven rules of the bench that never bend, each by its number, in both languages."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tilik.store.tables import judgement, video
from tilik.study.shown import BLIND_KINDS

from .conftest import Opener
from .desk import AT_ONCE, CLEAN, CLEAN_ANSWERS, GUIDELINE, WATCH, Desk, Language, question_text
from .place import Served, rows_of

pytestmark = pytest.mark.browser

LANGUAGES: tuple[Language, ...] = ("id", "en")
BADGE = {"id": "Tanpa petunjuk", "en": "Blind"}
STOPPED = {"id": "Kerja dihentikan", "en": "Work stopped"}
RESTED = {"id": "Laporan Anda sudah dicatat", "en": "Your report is recorded"}
HELD = "async () => (await (await fetch('/api/tasks/held')).json()).tasks"
SENT = {"id": "Hari ini {n} dinilai", "en": "{n} judged today"}
WRITTEN = """async () => {
  const asked = indexedDB.open('tilik-outbox');
  const box = await new Promise((done) => asked.addEventListener('success', () => done(asked.result)));
  const patience = performance.now() + 10000;
  let kept = 0;
  while (kept === 0 && performance.now() < patience) {
    const counted = box.transaction('entries').objectStore('entries').count();
    kept = await new Promise((done) => counted.addEventListener('success', () => done(counted.result)));
  }
  box.close();
  return kept > 0;
}"""
"""Waits until the outbox on disk holds something. Before that, a reload brings the draft back instead."""


@pytest.fixture(scope="module")
def at_work(open_context_for_module: Opener, served: Served) -> Iterator[Desk]:
    """Somebody signed in, who goes from test to test."""
    desk = Desk(open_context_for_module().new_page())
    desk.sign_in(served.link)
    desk.play()
    yield desk


@pytest.fixture(params=LANGUAGES)
def desk(request: pytest.FixtureRequest, at_work: Desk) -> Desk:
    """The same desk, in each language."""
    if at_work.language != request.param:
        at_work.switch_language()
    at_work.at("assessable")
    return at_work


def judged(place: Path) -> int:
    """How many judgements the server holds."""
    return len(rows_of(place, judgement))


def soon(holds: Callable[[], bool]) -> bool:
    """Whether it comes true: what leaves the outbox reaches the server a little later on a busy machine."""
    until = time.monotonic() + 20
    while not holds() and time.monotonic() < until:
        time.sleep(0.1)
    return holds()


def submit_and_wait(desk: Desk, place: Path) -> None:
    """Submit, and wait until the server has it."""
    n = judged(place) + 1
    desk.submit()
    desk.says(SENT[desk.language].format(n=n))


def test_rule_1_three_axes_and_never_one_score(desk: Desk, place: Path) -> None:
    for axis in ("audience", "min_age", "verdict"):
        assert question_text(axis, desk.language)
    desk.walk(CLEAN)
    submit_and_wait(desk, place)
    row = max(rows_of(place, judgement), key=lambda one: one.submitted_at)
    answers = json.loads(row.answers)
    assert answers == CLEAN_ANSWERS, "answers are stored, in codes that are the same in both languages"
    assert isinstance(answers["min_age"], int), "years, not a band"
    assert row.language == desk.language
    assert not [name for name in row._fields if "score" in name]


def test_rule_2_blind_where_we_measure(desk: Desk) -> None:
    expect(desk.page.locator("main header").get_by_text(BADGE[desk.language])).to_be_visible()
    for task in desk.page.evaluate(HELD):
        assert task["blind"] is True
        assert {item["kind"] for item in task["evidence"]} <= BLIND_KINDS


def test_rule_3_every_task_has_the_same_shape(desk: Desk) -> None:
    tasks = desk.page.evaluate(HELD)
    assert len(tasks) >= 3, "one on screen and two behind it"
    assert len({tuple(sorted(task)) for task in tasks}) == 1
    assert not {"gold", "outcome", "wants", "judged", "state"} & set(tasks[0])


def test_rule_4_no_answer_needs_a_modifier_and_digits_never_seek(desk: Desk) -> None:
    desk.pause()
    before = desk.position()
    desk.press("1")
    assert desk.position() == before
    assert not [keys for _, keys in CLEAN if "+" in keys]
    desk.press("Backspace")
    desk.at("assessable")


def test_rule_5_a_reload_while_held_loses_nothing_and_sends_once(desk: Desk, place: Path) -> None:
    n = judged(place)
    title = desk.title.inner_text()
    desk.walk([("assessable", "4")])
    desk.page.reload()
    desk.at("submit")
    expect(desk.title).to_have_text(title)
    desk.submit()
    expect(desk.title).not_to_have_text(title)
    assert desk.page.evaluate(WRITTEN) or judged(place) == n + 1
    desk.page.reload()
    desk.says(SENT[desk.language].format(n=n + 1))
    desk.at("assessable")
    assert soon(lambda: judged(place) == n + 1)


def test_rule_6_stop_work_takes_the_picture_away_at_once(desk: Desk, place: Path) -> None:
    desk.play()
    stopped = desk.title.inner_text()
    desk.page.evaluate(WATCH)
    desk.press("Escape", "Escape")
    assert desk.page.evaluate("window.gone") <= AT_ONCE
    desk.says(STOPPED[desk.language])
    choices = desk.page.get_by_role("group", name=STOPPED[desk.language]).get_by_role("button")
    expect(choices).to_have_count(len(GUIDELINE["escalations"]))
    desk.press("1", "Enter")
    desk.says(RESTED[desk.language])
    desk.press("Enter")
    desk.at("assessable")
    assert soon(lambda: stopped not in [task["title"] for task in desk.page.evaluate(HELD)])
    assert soon(lambda: stopped in {row.title for row in rows_of(place, video) if row.locked})


def test_rule_7_one_key_changes_the_language_and_nothing_else(desk: Desk) -> None:
    title, position = desk.title.inner_text(), desk.page.evaluate(HELD)[0]["task"]
    before = desk.language
    desk.switch_language()
    desk.at("assessable")
    assert desk.page.evaluate("document.documentElement.lang") == desk.language != before
    assert (desk.title.inner_text(), desk.page.evaluate(HELD)[0]["task"]) == (title, position)
    desk.switch_language()
    desk.at("assessable")
