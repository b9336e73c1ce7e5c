"""A morning at the bench, played once: what was pressed and what was seen on the way."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, expect

from .desk import (
    CLEAN,
    CLEAN_ANSWERS,
    LIVE,
    OVERRIDE,
    REASON,
    SPAN,
    Answers,
    Desk,
    Steps,
)
from .place import Film

SYN: Answers = {f"label.SYN-{code}": 0 for code in ("MASS", "INCO", "DIST", "DECV")}
BEH: Answers = {f"label.BEH-{code}": 0 for code in ("PRANK", "RISK", "BULLY", "WASTE", "LANG", "NORM")}
BEFORE_FAMILIES: Steps = CLEAN[:4]
AFTER_LABELS: Steps = CLEAN[5:]

TITLES = {
    "mdn_flower.mp4": "Bunga mekar",
    "mdn_rabbit.webm": "Kelinci di kebun",
    "c2pa_video1.mp4": "Jalan sore (tegak)",
    "tc_h265_10bits.mp4": "Sekejap (HEVC)",
    "mma_test.avi": "Latihan (AVI)",
    "tfio_small.mp4": "Balok mainan",
    "mdn_friday.mp4": "Hari Jumat",
    "moviepy_big_buck_bunny_0_30.webm": "Kelinci besar",
    "mdn_monster.mp4": "Monster lucu",
    "decord_pancake.mkv": "Membuat panekuk",
    "mdn_frog.mp4": "Katak",
    "me_echo-hereweare.webm": "Di sini kita",
}
"""Real clips in the order in which they are served, some of which need a playback copy."""


@dataclass
class Keyed:
    """One judgement as it was keyed in."""

    answers: Answers
    language: str = "id"
    marks: list[tuple[str, float, float]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)


@dataclass
class Story:
    """What the tests ask about afterwards."""

    keyed: dict[str, Keyed] = field(default_factory=dict)
    stopped: str = ""
    stop_media: str = ""
    stop: dict[str, Any] = field(default_factory=dict)
    media_after_stop: int = 0
    seen_after_stop: list[str] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[list[str]]] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)


def films(videos: Any) -> list[Film]:
    """The morning's clips. ``videos`` is the folder of real ones."""
    return [Film(videos / name, title) for name, title in TITLES.items()]


def play(context: BrowserContext, link: str) -> Story:
    """The whole morning, by keyboard alone."""
    story = Story()
    page = context.new_page()
    page.on("console", lambda said: story.trouble.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: story.trouble.append(str(error)))
    desk = Desk(page)
    desk.sign_in(link)
    six_in_indonesian(desk, story)
    two_in_english(desk, story)
    stop_work(desk, story)
    look_at_measurement(desk, story)
    return story


# ------------------------------------------------------------------------------------- in Indonesian
def six_in_indonesian(desk: Desk, story: Story) -> None:
    """Clean, with a label, overridden, not judgeable, called back and changed, and one while offline."""
    clean(desk, story, "Bunga mekar")
    with_label(desk, story, "Kelinci di kebun")
    overridden(desk, story, "Jalan sore (tegak)")
    not_judgeable(desk, story, "Sekejap (HEVC)")
    called_back(desk, story, "Latihan (AVI)")
    while_offline(desk, story, "Balok mainan")


def clean(desk: Desk, story: Story, title: str) -> None:
    """Ten presses."""
    expect(desk.title).to_have_text(title)
    desk.judge()
    story.keyed[title] = Keyed(CLEAN_ANSWERS)


def with_label(desk: Desk, story: Story, title: str) -> None:
    """One family opened, one label at level 2 with its span and a typed reason."""
    expect(desk.title).to_have_text(title)
    desk.walk([*BEFORE_FAMILIES, ("families", "1 Enter"), ("label.SYN-MASS", "2")])
    desk.says(SPAN["id"])
    start, end = desk.mark()
    desk.press("Enter")
    expect(desk.page.get_by_label(REASON["id"])).to_be_focused()
    reason = "Hanya warnanya yang diganti, kata orang; 2 dari 3 sama."
    desk.type(reason)
    desk.press("Enter")
    desk.walk([("label.SYN-INCO", "0"), ("label.SYN-DIST", "0"), ("label.SYN-DECV", "0"), *AFTER_LABELS])
    desk.submit()
    answers = {**CLEAN_ANSWERS, "family.SYN": True, **SYN, "label.SYN-MASS": 2, "verdict": "Q3"}
    story.keyed[title] = Keyed(
        answers, marks=[("label.SYN-MASS", start, end)], notes={"label.SYN-MASS": reason}
    )


def overridden(desk: Desk, story: Story, title: str) -> None:
    """Two strengths and some signs ticked; another verdict than the proposed one, with the reason."""
    expect(desk.title).to_have_text(title)
    desk.walk([("assessable", "1"), ("audience.factors", "1 4 5 Enter"), ("audience", "Enter")])
    desk.walk([("min_age", "3"), ("families", "0"), ("strength.HQ-CARE", "2"), ("strength.HQ-LEARN", "1")])
    desk.walk([("strength.HQ-CREA", "Enter"), ("verdict", "1")])
    expect(desk.page.get_by_label(OVERRIDE["id"])).to_be_focused()
    reason = "Jarang ada yang sejelas ini."
    desk.type(reason)
    desk.press("Enter")
    desk.walk([("confidence", "2"), ("edge_case", "Enter")])
    desk.submit()
    answers = CLEAN_ANSWERS | {
        "audience.factors": ["AF1", "AF4", "AF5"],
        "audience": "AUD-KID",
        "min_age": 6,
        "strength.HQ-CARE": 2,
        "strength.HQ-LEARN": 1,
        "verdict": "Q1",
        "confidence": 2,
    }
    story.keyed[title] = Keyed(answers, notes={"verdict": reason})


def not_judgeable(desk: Desk, story: Story, title: str) -> None:
    """Nothing more is asked once it cannot be judged."""
    expect(desk.title).to_have_text(title)
    desk.judge([("assessable", "4")])
    story.keyed[title] = Keyed({"assessable": "NA-AUDIO"})


def called_back(desk: Desk, story: Story, title: str) -> None:
    """Submitted, called back within the hold with every answer, one answer changed, submitted again."""
    expect(desk.title).to_have_text(title)
    desk.judge()
    expect(desk.title).not_to_have_text(title)
    desk.press("z")
    expect(desk.title).to_have_text(title)
    desk.at("submit")
    story.pages["called back"] = desk.answers.inner_text()
    desk.press("Backspace", "Backspace")
    desk.walk([("confidence", "1")])
    desk.submit()
    story.keyed[title] = Keyed(CLEAN_ANSWERS | {"confidence": 1})


def while_offline(desk: Desk, story: Story, title: str) -> None:
    """The line is cut in the middle of an item; the work waits, and goes out when the line is back."""
    expect(desk.title).to_have_text(title)
    desk.walk(CLEAN[:3])
    desk.says("Hari ini 5 dinilai")
    desk.page.context.set_offline(True)
    desk.says("Tidak tersambung. Pekerjaan Anda aman di sini.")
    desk.walk(CLEAN[3:])
    desk.submit()
    desk.says("1 menunggu dikirim")
    story.pages["offline"] = desk.page.locator("main header").inner_text()
    desk.page.context.set_offline(False)
    desk.says("Hari ini 6 dinilai")
    expect(desk.page.get_by_text("menunggu dikirim")).to_be_hidden()
    expect(desk.page.get_by_text("Tidak tersambung")).to_be_hidden()
    story.keyed[title] = Keyed(CLEAN_ANSWERS)


# ---------------------------------------------------------------------------------------- in English
def two_in_english(desk: Desk, story: Story) -> None:
    """One key changes the language; the first item goes on after a reload in the middle."""
    desk.switch_language()
    after_reload(desk, story, "Hari Jumat")
    not_for_minors(desk, story, "Kelinci besar")


def after_reload(desk: Desk, story: Story, title: str) -> None:
    """Half an item, a reload, the other half."""
    expect(desk.title).to_have_text(title)
    desk.walk(CLEAN[:4])
    desk.at("families")
    before = desk.answers.inner_text()
    desk.page.reload()
    desk.at("families")
    expect(desk.title).to_have_text(title)
    story.pages["before reload"], story.pages["after reload"] = before, desk.answers.inner_text()
    desk.walk(CLEAN[4:])
    desk.submit()
    story.keyed[title] = Keyed(CLEAN_ANSWERS, "en")


def not_for_minors(desk: Desk, story: Story, title: str) -> None:
    """A label at level 3 makes the proposed verdict Q4."""
    expect(desk.title).to_have_text(title)
    desk.walk([*BEFORE_FAMILIES, ("families", "4 Enter"), ("label.BEH-PRANK", "0"), ("label.BEH-RISK", "3")])
    start, end = desk.mark()
    desk.press("Enter")
    expect(desk.page.get_by_label(REASON["en"])).to_be_focused()
    reason = "A child could copy the jump at once."
    desk.type(reason)
    desk.press("Enter")
    desk.walk([(f"label.BEH-{code}", "0") for code in ("BULLY", "WASTE", "LANG", "NORM")])
    desk.walk(AFTER_LABELS)
    desk.submit()
    answers = CLEAN_ANSWERS | BEH | {"family.BEH": True, "label.BEH-RISK": 3, "verdict": "Q4"}
    story.keyed[title] = Keyed(
        answers, "en", marks=[("label.BEH-RISK", start, end)], notes={"label.BEH-RISK": reason}
    )


# ------------------------------------------------------------------------------------------ stop-work
WATCH_STOP = """() => {
  const video = document.querySelector('video:not([hidden])');
  window.stopped = new Promise((told) => {
    let escapes = 0;
    let begun = 0;
    const look = () => {
      const open = [...document.querySelectorAll('video')].filter((one) => one.getClientRects().length > 0);
      const gone = open.length === 0 && video.paused && !video.getAttribute('src');
      if (!gone) return requestAnimationFrame(look);
      told({ms: performance.now() - begun, src: video.getAttribute('src'), paused: video.paused,
            current: video.currentSrc, buffered: video.buffered.length,
            boxes: video.getClientRects().length});
    };
    window.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || ++escapes !== 2) return;
      begun = performance.now();
      requestAnimationFrame(look);
    }, true);
  });
  return video.currentSrc;
}"""


def stop_work(desk: Desk, story: Story) -> None:
    """Esc Esc in the middle of playing, the second escalation, a rest, and then another item."""
    story.stopped = "Monster lucu"
    expect(desk.title).to_have_text(story.stopped)
    desk.play()
    story.stop_media = desk.page.evaluate(WATCH_STOP)
    desk.press("Escape", "Escape")
    story.stop = desk.page.evaluate("window.stopped")
    desk.says("Work stopped")
    story.pages["stop-work"] = desk.page.locator("main").inner_text()
    desk.press("2", "Enter")
    desk.says("Your report is recorded")
    desk.press("Enter")
    expect(desk.title).to_have_text("Membuat panekuk")
    desk.until(f"{LIVE}?.readyState >= 2")
    # The report is safe in the outbox first; on a busy machine the server has it a little later.
    asked = "{cache: 'reload', headers: {Range: 'bytes=0-'}}"
    desk.until(f"(await fetch({json.dumps(story.stop_media)}, {asked})).status !== 206")
    story.media_after_stop = desk.page.evaluate(
        f"async (url) => (await fetch(url, {asked})).status", story.stop_media
    )
    desk.page.reload()
    desk.ready()
    story.seen_after_stop.append(desk.title.inner_text())
    held = "async () => (await (await fetch('/api/tasks/held')).json()).tasks.map((one) => one.title)"
    story.seen_after_stop += desk.page.evaluate(held)


# ---------------------------------------------------------------------------------------- the answer
ROWS = "(table) => [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent))"


def look_at_measurement(desk: Desk, story: Story) -> None:
    """By the palette, in Indonesian again."""
    desk.switch_language()
    expect(desk.form).to_be_visible()
    desk.command("Pengukuran")
    expect(desk.page.get_by_test_id("estimate")).to_be_visible()
    story.pages["estimate"] = desk.page.get_by_test_id("estimate").inner_text()
    story.pages["measurement"] = desk.page.locator("main").inner_text()
    for name in ("verdicts", "labels"):
        heading = {"verdicts": "Menurut penilaian akhir", "labels": "Menurut label"}[name]
        table = desk.page.get_by_role("region", name=heading).locator("table")
        story.rows[name] = table.evaluate(ROWS)
