"""Whoever rules finds the calibration sessions that wait for them, by keys alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .calibrating import Team, picture, pressed, working
from .conftest import Opener
from .looks import Looker

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def team(place: Path) -> Iterator[Team]:
    with working(place) as found:
        yield found


def test_who_rules_finds_the_session_that_waits_by_keys_alone(open_context: Opener, team: Team) -> None:
    tono = team.enter(open_context, "Tono")
    tono.goto(f"{team.running.url}/")
    link = tono.get_by_role("navigation", name="Halaman").get_by_role("link", name="Kalibrasi")
    expect(link.get_by_role("img", name="1 menunggu Anda")).to_be_visible()
    link.focus()
    tono.keyboard.press("Enter")
    expect(tono.get_by_role("heading", level=1, name="Kalibrasi")).to_be_visible()
    expect(tono.get_by_role("row").filter(has_text="2 suara ditunggu")).to_be_visible()
    looker = Looker(tono)
    looker.look("sessions")
    picture(tono, "sessions")
    tono.locator("h1").click()
    tono.keyboard.press("Enter")
    expect(tono).to_have_url(re.compile("/calibration/.+"))
    for place in (1, 2):
        tono.wait_for_selector("video")
        tono.keyboard.press("1")
        expect(pressed(tono, "1 Ya")).to_be_visible()
        if place == 1:
            tono.keyboard.press("n")
            expect(pressed(tono, "1 Ya")).to_have_count(0)
    expect(link.get_by_role("img")).to_have_count(0)
    tono.get_by_role("link", name="Semua sesi").click()
    expect(tono.get_by_role("row").filter(has_text="suara ditunggu")).to_have_count(0)
    assert looker.found == []
