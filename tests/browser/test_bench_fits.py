"""The bench's own states for an assistive program, at 200 % zoom, and for who wants no motion."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from .conftest import Opener
from .desk import CLEAN, Desk
from .looks import Looker
from .place import Served

pytestmark = pytest.mark.browser

ZOOMED = (683, 384)
"""What 1366×768 leaves at 200 %, in CSS pixels."""
ACROSS = "() => document.scrollingElement.scrollWidth - window.innerWidth"
MOVING = """() => document.getAnimations().filter((one) => one.effect.getTiming().duration > 1).length"""
REACHED = """(name) => {
  const found = [...document.querySelectorAll('main button')].find((one) => one.textContent.includes(name));
  found.scrollIntoView({block: 'center'});
  const {left, top, right, bottom} = found.getBoundingClientRect();
  const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return found.contains(at) && left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight;
}"""


@pytest.fixture(scope="module")
def desk(open_context_for_module: Opener, served: Served) -> Iterator[Desk]:
    """One reader for all."""
    desk = Desk(open_context_for_module().new_page())
    desk.sign_in(served.link)
    yield desk


def test_no_state_has_anything_for_axe_to_find(desk: Desk, served: Served) -> None:
    looker = Looker(desk.page)
    desk.judge([("assessable", "4")])
    desk.says("Hari ini 1 dinilai")
    desk.press("p")
    looker.look("break", fits=True)
    desk.press("Enter")
    desk.press("w")
    looker.look("put away", fits=True)
    desk.press("z")
    for language, theme in looker.wear():
        desk.press("r")
        expect(desk.page.get_by_role("dialog").get_by_role("listitem")).to_have_count(1)
        looker.ask_axe(f"last ten, {language}, {theme}")
        desk.press("Escape")
        expect(desk.page.get_by_role("dialog")).to_be_hidden()
    desk.press("r")
    expect(desk.page.get_by_role("dialog").get_by_role("listitem")).to_have_count(1)
    desk.press("1")
    looker.look("looking again", fits=True)
    desk.command("Atur tombol saya")
    looker.ask_axe("own keys")
    desk.press("Escape")
    desk.page.goto(f"{served.url}/my-day")
    desk.says("Kenyamanan")
    looker.look("my day")
    assert looker.found == []


def test_at_200_percent_everything_can_be_reached(desk: Desk, served: Served) -> None:
    page = desk.page
    page.set_viewport_size({"width": ZOOMED[0], "height": ZOOMED[1]})
    for room, ready in (("my-day", "Kenyamanan"), ("", "Bisakah video ini Anda nilai?")):
        page.goto(f"{served.url}/{room}")
        desk.says(ready)
        assert page.evaluate(ACROSS) <= 0, room
    desk.at("assessable")
    for name in ("Ya, bisa dinilai", "Saya memilih tidak menonton", "lanjut", "Bisa dinilai", "Bisu"):
        assert page.evaluate(REACHED, name), name
    desk.walk(CLEAN)
    desk.at("submit")
    assert page.evaluate(REACHED, "Kirim")


def test_who_wants_no_motion_gets_none(desk: Desk) -> None:
    desk.page.emulate_media(reduced_motion="reduce")
    desk.submit()
    desk.at("assessable")
    assert desk.page.evaluate(MOVING) == 0


def test_after_ten_minutes_without_anybody_the_screen_is_covered(desk: Desk) -> None:
    page = desk.page
    desk.walk([("assessable", "1")])
    desk.at("audience.factors")
    page.clock.install()
    page.reload()
    desk.at("audience.factors")
    desk.pause()
    page.clock.fast_forward("09:00")
    desk.at("audience.factors")
    page.clock.fast_forward("01:10")
    desk.says("Layar ditutup karena lama tidak dipakai")
    assert page.evaluate("document.querySelectorAll('video:not([hidden])').length") == 0
    desk.press("Enter")
    desk.at("audience.factors")
