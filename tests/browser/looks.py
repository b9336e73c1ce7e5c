"""Looking at a page as an assistive program, a small screen and the browser's console do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = ((1366, 768), (1920, 1080))
SWITCHES = {
    "id": {"language": "English", "dark": "Tampilan gelap", "light": "Tampilan terang"},
    "en": {"language": "Bahasa Indonesia", "dark": "Dark theme", "light": "Light theme"},
}

RUN_AXE = """async () => (await axe.run()).violations.map(
  ({id, nodes}) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`)"""
# What lies in a closed <details> is not painted: its transitions never tell that they have ended.
SETTLE = """async () => {
  const ended = Promise.allSettled(document.getAnimations().map((one) => one.finished));
  await Promise.race([ended, new Promise((late) => setTimeout(late, 2000))]);
}"""
OVERFLOW = """() => {
  const page = document.scrollingElement;
  return [page.scrollHeight - window.innerHeight, page.scrollWidth - window.innerWidth];
}"""


class Looker:
    """Collects whatever is wrong with the states of one page, so that all of it is told at once."""

    def __init__(self, page: Page) -> None:
        if not AXE.is_file():
            pytest.fail("axe is not installed: run `make setup`")
        self.page = page
        self.found: list[str] = []
        self.console: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.console.append(str(error)))

    def _note(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.console.append(f"{said.text} {said.location.get('url', '')}")

    def look(self, name: str, *, fits: bool = False, between: Callable[[], None] | None = None) -> None:
        """Look at this state in both languages and both themes; ``fits``: it must not scroll.

        ``between`` brings the state back where switching language or theme leaves it.
        """
        for language, theme in self.wear():
            if between is not None:
                between()
            self.ask_axe(f"{name}, {language}, {theme}")
            if fits and theme == "dark":
                self._measure(f"{name}, {language}")

    def wear(self) -> Iterator[tuple[str, str]]:
        """Indonesian and English, dark and light, by the buttons that every page has; ends as it began."""
        for language in ("id", "en"):
            words = SWITCHES[language]
            yield language, "dark"
            self._switch(words["light"])
            yield language, "light"
            self._switch(words["dark"])
            self._switch(words["language"])

    def _switch(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def ask_axe(self, name: str) -> None:
        """Let axe look at the page as it stands."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text("utf-8"))
        self.page.evaluate(SETTLE)
        self.found += [f"{name}: {fault}" for fault in self.page.evaluate(RUN_AXE)]

    def _measure(self, name: str) -> None:
        for width, height in SCREENS:
            self.page.set_viewport_size({"width": width, "height": height})
            down, across = self.page.evaluate(OVERFLOW)
            if down > 0 or across > 0:
                self.found.append(f"{name}: {width}×{height} scrolls by {down} down, {across} across")
        width, height = SCREENS[0]
        self.page.set_viewport_size({"width": width, "height": height})
