"""Every screen in both languages and both themes: nothing for axe to find, nothing to scroll while judging,
nothing in the console, nothing against the security policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import Opener
from .desk import CLEAN, OVERRIDE, REASON, SPAN, Desk
from .looks import Looker
from .people import add_reviewer
from .place import Served

pytestmark = pytest.mark.browser

REFUSED = ("401 (Unauthorized)", "403 (Forbidden)")
"""Nobody is signed in yet, and a spent link opens nothing: the console shows both as failed requests."""


def test_signing_in(desk: Desk, served: Served) -> None:
    looker = Looker(desk.page)
    desk.page.goto(f"{served.url}/sign-in")
    desk.says("Buka tautan masuk Anda")
    looker.look("sign-in", fits=True)
    desk.page.goto(f"{served.url}/sign-in#spent")
    desk.says("Tautan ini sudah tidak berlaku")
    looker.look("spent link", fits=True)
    assert looker.found == []
    assert [said for said in looker.console if not any(one in said for one in REFUSED)] == []


def test_everything_behind_the_sign_in(desk: Desk, served: Served, open_context: Opener) -> None:
    looker = Looker(desk.page)
    desk.sign_in(served.link)
    desk.play()
    look_at_a_clean_item(desk, looker)
    look_at_a_label(desk, looker)
    look_at_stop_work(desk, looker)
    look_at_an_empty_queue(desk, looker)
    look_at_the_other_pages(desk, looker, served)
    assert looker.found == []
    assert [said for said in looker.console if REFUSED[0] not in said] == []


def look_at_a_clean_item(desk: Desk, looker: Looker) -> None:
    """Each kind of question, the palette above one, and the end."""
    looker.look("assessable", fits=True)
    desk.press("1")
    desk.at("audience.factors")
    desk.press("1", "2")
    looker.look("signs", fits=True)
    desk.press("Enter", "Enter")
    desk.walk([("min_age", "2")])
    desk.at("families")
    looker.look("families", fits=True)
    for language, theme in looker.wear():
        desk.press("?")
        expect(desk.page.get_by_role("dialog")).to_be_visible()
        looker.ask_axe(f"palette, {language}, {theme}")
        desk.press("Escape")
        expect(desk.page.get_by_role("dialog")).to_be_hidden()
    desk.press("0")
    desk.at("strength.HQ-CARE")
    looker.look("strengths", fits=True)
    desk.press("Enter")
    desk.at("verdict")
    looker.look("verdict", fits=True)
    desk.walk([("verdict", "4")])
    expect(desk.page.get_by_label(OVERRIDE["id"])).to_be_focused()
    looker.look("override", fits=True)
    desk.page.get_by_label(OVERRIDE["id"]).press_sequentially("Coba.")
    desk.press("Enter")
    desk.walk(CLEAN[7:])
    desk.at("submit")
    looker.look("submit", fits=True)
    desk.submit()
    looker.look("held", fits=True)


def look_at_a_label(desk: Desk, looker: Looker) -> None:
    """The fullest step there is: level, span, reason."""
    desk.walk([*CLEAN[:4], ("families", "1 2 3 4 5 6 7 Enter")])
    desk.at("label.SYN-MASS")
    looker.look("label", fits=True)
    desk.press("2")
    desk.says(SPAN["id"])
    desk.mark()
    looker.look("span", fits=True)
    desk.press("Enter")
    field = desk.page.get_by_label(REASON["id"])
    expect(field).to_be_focused()
    field.press_sequentially("Alasan yang cukup panjang untuk satu baris penuh, lalu sedikit lagi.")
    looker.look("reason", fits=True)
    desk.press("Enter")
    desk.at("label.SYN-INCO")


def look_at_stop_work(desk: Desk, looker: Looker) -> None:
    """The choice, a choice made, and the rest after it."""
    desk.press("Escape", "Escape")
    desk.says("Kerja dihentikan")
    looker.look("stop-work", fits=True)
    desk.press("3")
    looker.look("stop-work chosen", fits=True)
    desk.page.locator("main").get_by_role("button", name="Laporkan").click()
    desk.says("Laporan Anda sudah dicatat")
    looker.look("rest", fits=True)
    desk.press("Enter")


def look_at_an_empty_queue(desk: Desk, looker: Looker) -> None:
    """After the last item."""
    for _ in range(6):
        desk.walk([("assessable", "2"), ("submit", "Enter")])
    desk.says("Antrean kosong")
    looker.look("empty queue", fits=True)


def look_at_the_other_pages(desk: Desk, looker: Looker, served: Served) -> None:
    """Measurement with everything opened, quality, people with a link to give, audit, an unknown address."""
    page = desk.page
    page.goto(f"{served.url}/measurement")
    expect(page.get_by_test_id("estimate")).to_be_visible()
    for summary in page.locator("summary").all():
        summary.click()
    looker.look("measurement")
    page.goto(f"{served.url}/quality")
    expect(page.get_by_role("group").first).to_be_visible()
    looker.look("quality")
    add_reviewer(page, served.url, "Budi")
    looker.look("people")
    page.goto(f"{served.url}/audit")
    expect(page.get_by_role("table")).to_be_visible()
    looker.look("audit")
    page.goto(f"{served.url}/nowhere")
    desk.says("Halaman ini tidak ada")
    looker.look("not found")
