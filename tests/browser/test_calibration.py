"""A calibration session by keyboard: votes that stay blind, a reveal, talk, a ruling, votes again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .calibrating import Team, picture, pressed, working
from .conftest import Opener
from .desk import AT_ONCE, WATCH
from .looks import Looker

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def team(place: Path) -> Iterator[Team]:
    with working(place) as found:
        yield found


def test_votes_reveal_talk_ruling_and_votes_again(open_context: Opener, team: Team) -> None:
    sari, budi = team.enter(open_context, "Sari R"), team.enter(open_context, "Budi R")
    lead = team.enter(open_context, "Rina")
    looker = Looker(lead)
    for page, key, said in ((sari, "1", "1 Ya"), (budi, "2", "2 Tidak")):
        expect(page.get_by_role("heading", level=2).first).to_contain_text("?")
        page.keyboard.press(key)
        expect(pressed(page, said)).to_be_visible()
        expect(page.get_by_text("Suara orang lain baru terlihat")).to_be_visible()
        expect(page.get_by_text("Sebelum dibahas")).to_have_count(0)
    expect(lead.get_by_text("2 orang sudah memberi suara")).to_be_visible()
    looker.look("voting")
    picture(lead, "voting")
    lead.get_by_role("button", name="Buka suara").click()
    expect(lead.get_by_text("Ya 1 · Tidak 1")).to_be_visible()
    expect(sari.get_by_text("Ya 1 · Tidak 1")).to_be_visible()
    sari.get_by_label("Pendapat Anda").fill("Logonya terlihat di pojok.")
    sari.get_by_role("button", name="Kirim").click()
    expect(lead.get_by_text("Logonya terlihat di pojok.")).to_be_visible()
    lead.get_by_label("Alasan").fill("Logo situs judi terlihat jelas.")
    looker.look("talk")
    picture(lead, "talk")
    lead.get_by_role("button", name="Putuskan: ya").click()
    expect(lead.get_by_text("Putusan: Ya. Logo situs judi terlihat jelas.")).to_be_visible()
    for page in (sari, budi):
        expect(page.get_by_text("Putusan: Ya.")).to_be_visible()
        page.locator("h1").click()  # out of the text, back to the keys
        page.keyboard.press("1")
        expect(page.get_by_text("Setelah putusan").first).to_be_visible()
    expect(budi.get_by_text("Ya 2 · Tidak 0")).to_be_visible()
    lead.locator("h1").click()
    lead.keyboard.press("n")
    expect(lead.get_by_role("button", name="Video ke-2 memberi suara")).to_have_attribute(
        "aria-current", "step"
    )
    lead.get_by_role("button", name="Tutup sesi").click()
    expect(lead.get_by_text("Sesi ini sudah ditutup.")).to_be_visible()
    lead.keyboard.press("p")
    looker.look("closed")
    picture(lead, "closed")
    sari.goto(f"{team.running.url}/practice")
    expect(sari.get_by_role("region", name="Kalibrasi")).to_contain_text("1 dari 2")
    picture(sari, "list")
    assert looker.found == []
    assert [said for said in looker.console if "401" not in said] == []


def test_work_is_stopped_from_where_a_video_is_ruled_on(open_context: Opener, team: Team) -> None:
    """All of it goes at once; reported, it is gone for everybody, from the session too."""
    tono, sari = team.enter(open_context, "Tono"), team.enter(open_context, "Sari R")
    expect(sari.get_by_role("navigation", name="Video dalam sesi ini").get_by_role("button")).to_have_count(2)
    sari.wait_for_selector("video")
    sari.evaluate(WATCH)
    sari.keyboard.press("Escape")
    sari.keyboard.press("Escape")
    assert sari.evaluate("window.gone") <= AT_ONCE
    looker = Looker(tono)
    tono.goto(f"{team.running.url}/adjudication")
    expect(tono.locator("video")).to_be_visible()
    expect(tono.get_by_text("2 menunggu putusan")).to_be_visible()
    tono.evaluate(WATCH)
    for _ in range(3):  # the third, in panic, brings nothing back
        tono.keyboard.press("Escape")
    assert tono.evaluate("window.gone") <= AT_ONCE
    expect(tono.get_by_role("heading", name="Kerja dihentikan")).to_be_visible()
    expect(tono.locator("video")).to_have_count(0)
    picture(tono, "stopped")
    tono.keyboard.press("1")
    looker.look("stopped", between=lambda: expect(tono.get_by_role("main")).to_be_visible())
    tono.keyboard.press("Enter")
    expect(tono.get_by_text("1 menunggu putusan")).to_be_visible()
    expect(tono.locator("video")).to_be_visible()
    sari.reload()
    expect(sari.get_by_role("navigation", name="Video dalam sesi ini").get_by_role("button")).to_have_count(1)
    assert looker.found == []
