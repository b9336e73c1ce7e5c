"""The bench fits its reader: own keys, one's last ten, rests, frame steps, a day that nobody else sees."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from playwright.sync_api import expect

from tilik.store import open_workspace
from tilik.store.tables import judgement, past_judgement, video

from .conftest import Opener
from .desk import LIVE, Desk
from .people import add_reviewer
from .place import Served, rows_of

pytestmark = pytest.mark.browser

FOLLOW_SHOWN = f"""() => {{
  const video = {LIVE};
  const follow = (now, frame) => {{
    window.shown = frame.mediaTime;
    video.requestVideoFrameCallback(follow);
  }};
  video.requestVideoFrameCallback(follow);
}}"""
STILL = """async () => {
  const before = window.shown;
  for (let n = 0; n < 20; n += 1) {
    await new Promise((go) => requestAnimationFrame(go));
    if (window.shown !== before) throw new Error(`went on from ${before} to ${window.shown}`);
  }
}"""
"""Twenty frames of the screen in which the picture stays the same."""


@pytest.fixture(scope="module")
def desk(open_context_for_module: Opener, served: Served) -> Iterator[Desk]:
    """One reader for all."""
    desk = Desk(open_context_for_module().new_page())
    desk.sign_in(served.link)
    desk.play()
    yield desk


def stamps(place: Path, title: str) -> list[float]:
    """The time stamps of the pictures of the copy that is played, read by FFmpeg."""
    opened = open_workspace(place)
    (row,) = [row for row in rows_of(place, video) if row.title == title]
    file = opened.store.blobs.path(json.loads(row.prepared)["playback"]["content"])
    opened.close()
    with av.open(str(file)) as container:
        times = [float(frame.time) for frame in container.decode(video=0) if frame.time is not None]
    return sorted(times)


def test_a_frame_step_is_one_picture_by_its_own_time_stamp(desk: Desk, place: Path) -> None:
    known = stamps(place, desk.title.inner_text())
    desk.pause()
    while desk.position() > 0:
        desk.press("j")
        desk.until(f"!{LIVE}.seeking")
    desk.page.evaluate(FOLLOW_SHOWN)
    for key, frame in zip("......,,,", (1, 2, 3, 4, 5, 6, 5, 4, 3), strict=True):
        desk.press(key)
        early, late = (known[frame - 1] + known[frame]) / 2, (known[frame] + known[frame + 1]) / 2
        desk.until(f"!{LIVE}.seeking && window.shown > {early} && window.shown < {late}")
        assert float(desk.page.evaluate("window.shown")) == pytest.approx(known[frame], abs=0.002)


def test_so_many_presses_are_so_many_frames_however_fast(desk: Desk, place: Path) -> None:
    known = stamps(place, desk.title.inner_text())
    desk.pause()
    while desk.position() > 0:
        desk.press("j")
        desk.until(f"!{LIVE}.seeking")
    desk.page.evaluate(FOLLOW_SHOWN)
    for keys, frame in (("." * 20, 20), ("," * 8, 12), ("..,." * 3, 18)):
        desk.press(*keys)
        middle = (known[frame] + known[frame + 1]) / 2
        early = (known[frame - 1] + known[frame]) / 2
        desk.until(f"!{LIVE}.seeking && window.shown > {early} && window.shown < {middle}")
        desk.page.evaluate(STILL)
        assert float(desk.page.evaluate("window.shown")) == pytest.approx(known[frame], abs=0.002)


def test_a_key_of_ones_own_works_and_a_taken_one_is_refused(desk: Desk) -> None:
    page = desk.page
    desk.command("Atur tombol saya")
    page.get_by_role("button", name="Ganti tombol: Jadikan kelabu").click()
    desk.press("z")
    expect(page.get_by_role("alert").filter(has_text="Z sudah dipakai")).to_be_visible()
    desk.press("q")
    expect(page.get_by_role("listitem").filter(has_text="Jadikan kelabu")).to_contain_text("Q")
    page.get_by_role("button", name="Tutup", exact=True).click()
    grey = page.get_by_role("button", name="Kelabu")
    desk.press("g")
    expect(grey).to_have_attribute("aria-pressed", "false")
    desk.press("q")
    expect(grey).to_have_attribute("aria-pressed", "true")
    desk.press("q")
    page.reload()
    desk.ready()
    expect(grey).to_have_attribute("aria-keyshortcuts", "Q")


def test_single_keys_can_be_switched_off_and_stopping_stays(desk: Desk) -> None:
    page = desk.page
    desk.press("?")
    page.get_by_label("Matikan tombol tunggal").check()
    desk.press("Escape")
    desk.at("assessable")
    desk.press("1")
    desk.at("assessable")
    desk.press("Escape", "Escape")
    desk.says("Kerja dihentikan")
    page.wait_for_timeout(1300)
    desk.press("Escape")
    desk.at("assessable")
    page.get_by_role("button", name="Perintah").click()
    page.get_by_label("Matikan tombol tunggal").uncheck()
    desk.press("Escape")


def test_ones_last_judgement_is_said_anew(desk: Desk, place: Path) -> None:
    title = desk.title.inner_text()
    desk.judge([("assessable", "4")])
    desk.says("Hari ini 1 dinilai")
    desk.press("r")
    dialog = desk.page.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    desk.press("1")
    expect(desk.title).to_have_text(title)
    desk.at("submit")
    desk.press("Backspace")
    desk.judge([("assessable", "2")])
    desk.until("!document.querySelector('main header').textContent.includes('Dikirim')")
    expect(desk.page.get_by_text("menunggu dikirim")).to_be_hidden()
    desk.press("r")
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    desk.press("Escape")
    (stands,) = rows_of(place, judgement)
    (was,) = rows_of(place, past_judgement)
    assert (json.loads(stands.answers), json.loads(was.answers)) == (
        {"assessable": "NA-GONE"},
        {"assessable": "NA-AUDIO"},
    )


def test_looking_again_can_be_left_as_it_was(desk: Desk, place: Path) -> None:
    title = desk.title.inner_text()
    desk.press("r")
    expect(desk.page.get_by_role("dialog").get_by_role("listitem")).to_have_count(1)
    desk.press("1")
    desk.says("Ditinjau lagi")
    desk.press("r")
    expect(desk.title).to_have_text(title)
    assert len(rows_of(place, judgement)) == 1


def test_a_break_shows_nothing_and_gives_everything_back(desk: Desk) -> None:
    desk.press("1")
    desk.at("audience.factors")
    desk.press("p")
    desk.says("Anda sedang beristirahat")
    assert desk.page.evaluate("document.querySelectorAll('video:not([hidden])').length") == 0
    desk.press("2")
    desk.press("Enter")
    desk.at("audience.factors")
    desk.press("Backspace")


def test_too_much_puts_the_picture_away_and_counts_against_nothing(desk: Desk) -> None:
    desk.press("w")
    desk.at("submit")
    desk.says("Video ini disingkirkan")
    assert desk.page.evaluate("document.querySelectorAll('video:not([hidden])').length") == 0
    desk.says("Pilihan ini tidak mengurangi apa pun")
    desk.press("z")
    desk.at("assessable")


def test_a_day_is_seen_by_its_owner_alone(desk: Desk, served: Served, open_context: Opener) -> None:
    page = desk.page
    page.goto(f"{served.url}/my-day")
    desk.says("Hari saya")
    target = page.get_by_label("Target saya sehari")
    target.fill("40")
    desk.says("Kurang 39 lagi")
    family = page.get_by_role("checkbox", name="Sintetis dan produksi massal")
    family.check()
    page.reload()
    expect(family).to_be_checked()
    family.uncheck()
    other = Desk(open_context().new_page())
    other.sign_in(add_reviewer(page, served.url, "Budi"))
    other.page.goto(f"{served.url}/my-day")
    other.says("Belum ada penilaian hari ini.")
    assert page.evaluate("async () => (await fetch('/api/people')).status") == 200
    assert "active_seconds" not in page.evaluate("async () => (await (await fetch('/api/people')).text())")
