"""Rule 3: gold is invisible. Known items and live ones come to the same bench; nothing tells which is which.

What numbers could tell (sizes, times, order) is tried in ``tests/quality/gold/test_gold_hidden.py``.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tilik.store.gold_tables import gold

from .conftest import Opener
from .desk import CLEAN_ANSWERS, Desk, Language
from .place import Served, rows_of, serving, tilik
from .place import served as drawn
from .test_bench_rules import HELD, LANGUAGES

pytestmark = pytest.mark.browser

GIVEN_AWAY = ("gold", "known", "outcome", "plant", "emas", "practice")
PARTS = """() => [...document.querySelectorAll('main section, main nav, main h2, main section li button')]
  .map((one) => `${one.tagName} ${one.className} ${one.getAttribute('aria-label') ?? ''}`)
  .join('\\n')"""
"""The form and what surrounds the picture; not what was just sent, nor what was measured of this video."""


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    """Each language in turn."""
    chosen: Language = request.param
    return chosen


@pytest.fixture
def gilded(_ready_place: Path, tmp_path: Path) -> Iterator[tuple[Path, Served]]:
    """Half of what is served is known, from three of the drawn videos."""
    folder = Path(shutil.copytree(_ready_place, tmp_path / "ruang"))
    file = tmp_path / "emas.jsonl"
    lines = [json.dumps({"video": video, "answers": CLEAN_ANSWERS}) + "\n" for video in drawn(folder)[5:]]
    file.write_text("".join(lines), encoding="utf-8")
    assert len(tilik(folder, "gold", "add", "--file", file)["added"]) == len(lines) == 3
    assert tilik(folder, "gold", "rate", "0.5")["rate"] == 0.5
    with serving(folder) as running:
        yield folder, running


def test_rule_3_gold_is_invisible(
    gilded: tuple[Path, Served], open_context: Opener, language: Language
) -> None:
    folder, served = gilded
    known = {row.task for row in rows_of(folder, gold)}
    desk = Desk(open_context().new_page())
    heard: set[str] = set()
    desk.page.on("response", lambda answer: heard.add(answer.url.removeprefix(served.url).split("?")[0]))
    bodies: list[str] = []
    desk.sign_in(served.link)
    if language == "en":
        desk.switch_language()
    shapes: dict[bool, set[Any]] = {True: set(), False: set()}
    screens: dict[bool, set[str]] = {True: set(), False: set()}
    for _ in range(7):  # one in two is known, and three videos are
        desk.at("assessable")
        held = desk.page.evaluate(HELD)
        shown = next(task for task in held if task["title"] == desk.title.inner_text())
        bodies.append(json.dumps(held))
        for task in held:
            shapes[task["task"] in known].add(shape(task))
        screens[shown["task"] in known].add(desk.page.evaluate(PARTS))
        if screens[True] and screens[False]:
            break
        desk.press("2")
        desk.submit()
    assert shapes[True] and shapes[True] == shapes[False], "the same fields of the same kinds"
    assert screens[True] and screens[True] == screens[False], "the same parts on the screen"
    assert not [url for url in heard for word in GIVEN_AWAY if f"/api/{word}" in url]
    assert not [word for body in bodies for word in GIVEN_AWAY if f'"{word}' in body.lower()]


def shape(value: Any) -> Any:
    """Names and kinds of everything in it; how many of a list, and what is in a text, may differ."""
    if isinstance(value, dict):
        return tuple(sorted((name, shape(part)) for name, part in value.items() if name != "evidence"))
    return "list" if isinstance(value, list) else type(value).__name__.replace("int", "float")
