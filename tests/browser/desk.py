"""The bench as its reader meets it: keys go in, words and pictures come out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Locator, Page, expect

Language = Literal["id", "en"]
GUIDELINE = json.loads((Path(__file__).parents[1] / "vectors" / "keluarga-id.json").read_text("utf-8"))
FORM = {"id": "Penilaian", "en": "Judgement"}
ANSWERS = {"id": "Jawaban Anda", "en": "Your answers"}
SUBMIT = {"id": "Sudah lengkap. Kirim?", "en": "All there. Submit?"}
SPAN = {"id": "Di mana itu terjadi?", "en": "Where does it happen?"}
REASON = {"id": "Satu kalimat alasan", "en": "One sentence of reason"}
OVERRIDE = {"id": "Mengapa berbeda dari usulan?", "en": "Why does it differ from the proposal?"}
REVIEW = {"id": "Peninjauan", "en": "Review"}

AT_ONCE = 1_000
"""What counts as at once while the other tests run beside (ms); the promise itself is a fifth of a second."""
WATCH = """(number) => {
  const watched = document.querySelectorAll('video:not([hidden])')[number ?? 0];
  window.gone = new Promise((told) => {
    let escapes = 0;
    let begun = 0;
    const look = () => {
      const open = [...document.querySelectorAll('video')].some((one) => one.getClientRects().length > 0);
      const held = watched.getAttribute('src') || watched.buffered.length > 0;
      if (open || !watched.paused || held) return requestAnimationFrame(look);
      told(performance.now() - begun);
    };
    window.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || ++escapes !== 2) return;
      begun = performance.now();
      requestAnimationFrame(look);
    }, true);
  });
}"""
"""Times the second Escape until nothing of the video is on screen, plays, or is loaded."""

Answers = dict[str, Any]
Steps = Sequence[tuple[str, str]]
"""(question, keys): the question that must be on screen, and the keys then pressed, with spaces between."""

CLEAN: Steps = (
    ("assessable", "1"),
    ("audience.factors", "Enter"),
    ("audience", "4"),
    ("min_age", "2"),
    ("families", "0"),
    ("strength.HQ-CARE", "Enter"),
    ("verdict", "Enter"),
    ("confidence", "3"),
    ("edge_case", "Enter"),
)
"""A clean clip in nine presses; the tenth submits."""

NO_STRENGTHS: Answers = {f"strength.{one['code']}": 0 for one in GUIDELINE["high_quality"]}
NO_FAMILIES: Answers = {f"family.{one['code']}": False for one in GUIDELINE["families"]}
CLEAN_ANSWERS: Answers = {
    "assessable": "yes",
    "audience.factors": [],
    "audience": "AUD-GEN",
    "min_age": 3,
    **NO_FAMILIES,
    **NO_STRENGTHS,
    "verdict": "Q2",
    "confidence": 3,
    "edge_case": None,
}
"""What ``CLEAN`` answers."""


def question_text(question: str, language: Language) -> str:
    """The words under which the guideline asks a question."""
    if question == "submit":
        return SUBMIT[language]
    if question == "audience.factors":
        return str(GUIDELINE["audience"]["factors_question"][language])
    room, _, code = question.partition(".")
    entity = {"label": "labels", "strength": "high_quality"}.get(room)
    if entity:
        return next(str(one["name"][language]) for one in GUIDELINE[entity] if one["code"] == code)
    step = "quick_scan" if question == "families" else question
    return next(str(one["question"][language]) for one in GUIDELINE["flow"] if one["step"] == step)


class Desk:
    """One reader before one page. Only keys act on the bench; ``presses`` counts them."""

    def __init__(self, page: Page, language: Language = "id") -> None:
        self.page = page
        self.language: Language = language
        self.presses = 0

    # ------------------------------------------------------------------------------------- ways in
    def sign_in(self, link: str) -> None:
        """Follow a one-time link to the bench with an item on it."""
        self.page.goto(link)
        self.ready()

    def ready(self) -> None:
        """An item is on the bench and its first question can be answered."""
        expect(self.question).to_be_visible()

    # ---------------------------------------------------------------------------------------- keys
    def press(self, *keys: str) -> None:
        """Real key presses, one by one."""
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def type(self, text: str) -> None:
        """Type a sentence into the field that has the focus."""
        self.page.keyboard.type(text)
        self.presses += len(text)

    def walk(self, steps: Steps) -> None:
        """Answer questions in order; each must be on the screen before its keys are pressed."""
        for question, keys in steps:
            self.at(question)
            self.press(*keys.split())

    def judge(self, steps: Steps = CLEAN) -> None:
        """Answer everything, then submit."""
        self.walk(steps)
        self.submit()

    def submit(self) -> None:
        """Send what is complete."""
        self.at("submit")
        self.press("Enter")

    def switch_language(self) -> None:
        """The one key."""
        self.press("t")
        self.language = "en" if self.language == "id" else "id"

    def mark(self, frames: int = 12) -> tuple[float, float]:
        """Mark a span with I and O, some frames apart; returns where the player stood at both."""
        self.pause()
        while self.position() > 0.5 * float(self.page.evaluate(f"{LIVE}.duration")):
            self.press("j")
            self.until(f"!{LIVE}.seeking")
        start = self.position()
        self.press("i")
        for _ in range(frames):
            self._step_on()
        end = self.position()
        self.press("o")
        return start, end

    def _step_on(self) -> None:
        """One picture on."""
        before = self.position()
        self.press(".")
        self.until(f"{LIVE}.currentTime > {before} && !{LIVE}.seeking")

    def command(self, name: str) -> None:
        """Run a command by the palette."""
        self.press("?")
        expect(self.page.get_by_role("dialog")).to_be_visible()
        self.type(name)
        self.press("Enter")
        expect(self.page.get_by_role("dialog")).to_be_hidden()

    # ----------------------------------------------------------------------------- what is on screen
    @property
    def form(self) -> Locator:
        """Where the question in view is."""
        return self.page.get_by_role("region", name=FORM[self.language])

    @property
    def question(self) -> Locator:
        """The heading of the question in view."""
        return self.form.get_by_role("heading", level=2)

    @property
    def answers(self) -> Locator:
        """Everything said so far."""
        return self.form.get_by_role("navigation", name=ANSWERS[self.language])

    @property
    def title(self) -> Locator:
        """The title of the video on the bench."""
        return self.page.get_by_role("heading", level=1)

    def at(self, question: str) -> None:
        """Wait until this question is in view."""
        expect(self.question).to_have_text(question_text(question, self.language))

    def says(self, text: str) -> Locator:
        """Wait until the page shows this text."""
        found = self.page.get_by_text(text).first
        expect(found).to_be_visible()
        return found

    # ----------------------------------------------------------------------------------- the player
    def pause(self) -> None:
        """Stand still, whatever the player did before."""
        self.until(f"{LIVE}?.readyState >= 2")
        if not self.page.evaluate(f"{LIVE}.paused"):
            self.press("Space")
            self.until(f"{LIVE}.paused")

    def play(self) -> None:
        """Play; pressing Space only where the browser waited for it."""
        self.until(f"{LIVE}?.readyState >= 2")
        if self.page.evaluate(f"{LIVE}.paused"):
            self.press("Space")
        self.until(f"!{LIVE}.paused")

    def until(self, condition: str) -> None:
        """Wait for a JavaScript condition. The page forbids `eval`, which Playwright's own wait needs."""
        self.page.evaluate(UNTIL.replace("CONDITION", condition))

    def position(self) -> float:
        """Where the player stands, in seconds."""
        return float(self.page.evaluate(f"{LIVE}.currentTime"))


LIVE = "document.querySelector('video:not([hidden])')"
"""The video on the screen, as JavaScript; the one that loads behind it is hidden."""
UNTIL = """async () => {
  const patience = performance.now() + 30000;
  while (!(CONDITION)) {
    if (performance.now() > patience) throw new Error(`waited in vain: CONDITION`);
    await new Promise((go) => setTimeout(go, 10));
  }
}"""
