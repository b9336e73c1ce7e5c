"""The room of videos: odd files play or say why not, a search jumps to its second, copies are found."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Opener
from .place import Served, serving, tilik

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ODD = {
    "tc_h265_10bits.mp4": "hevc",
    "mma_test.avi": "avi",
    "moviepy_no_duration.webm": "webm",
    "tc_av1_video.mkv": "matroska",
}
"""Files of which the browser plays a copy, and what its page says the original is."""

PLAIN = (
    "decord_corrupted.mp4",
    "moviepy_video_with_failing_audio.mp4",
    "psd_issue-134-rotate.mp4",
    "psd_issue-195-aspect-ratio.mp4",
    "mdn_rabbit.mp4",
    "mdn_friday.mp4",
)

PLAYS = """async () => {
  const video = document.querySelector('video');
  video.muted = true;
  const until = (name) => new Promise((ok, no) => {
    video.addEventListener(name, ok, {once: true});
    video.addEventListener('error', () => no(new Error(video.error.message)), {once: true});
    setTimeout(() => no(new Error('no ' + name)), 30000);
  });
  if (video.readyState < 1) await until('loadedmetadata');
  const there = until('seeked');
  video.currentTime = 0.5 * video.duration;
  await there;
  const from = video.currentTime, moved = until('timeupdate');
  await video.play();
  await moved;
  while (video.currentTime <= from && !video.ended) await new Promise((ok) => setTimeout(ok, 50));
  video.pause();
  return [video.videoWidth, video.videoHeight];
}"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Served]:
    """A workspace of odd files, one broken beyond reading, and a copy of a clip."""
    folder, clips = tmp_path_factory.mktemp("room"), tmp_path_factory.mktemp("odd")
    for name in (*ODD, *PLAIN, "mdn_friday.vtt"):
        (clips / name).symlink_to(shared / "videos" / name)
    shutil.copy(shared / "videos" / "mdn_rabbit.webm", clips / "salinan.webm")
    (clips / "rusak.mp4").write_bytes(b"no film at all " * 400)
    tilik(folder, "init", "--admin", "Sari")
    tilik(folder, "media", "add", clips, "--unknown")
    tilik(folder, "media", "prepare")
    with serving(folder) as served:
        yield served


@pytest.fixture(scope="module")
def page(room: Served, open_context_for_module: Opener) -> Page:
    """Somebody who leads, signed in."""
    fresh = open_context_for_module().new_page()
    fresh.goto(room.link)
    expect(fresh.get_by_role("link", name="Video", exact=True)).to_be_visible()
    return fresh


def test_every_odd_file_plays_and_the_broken_one_says_why(room: Served, page: Page) -> None:
    for name in (*ODD, *PLAIN):
        page.goto(f"{room.url}/videos/of/{Path(name).stem}")
        page.wait_for_selector("video")
        width, height = page.evaluate(PLAYS)
        told = re.search(r"(\d+) × (\d+)", page.get_by_text(re.compile(r"^\d+ × \d+")).inner_text())
        assert told is not None, name
        assert width / height == pytest.approx(int(told[1]) / int(told[2]), rel=0.02), name
    for name, what in ODD.items():
        page.goto(f"{room.url}/videos/of/{Path(name).stem}")
        expect(page.get_by_text("Peramban memutar salinan")).to_contain_text(what)
    page.goto(f"{room.url}/videos/of/decord_corrupted")
    expect(page.get_by_text("Sebagian gambar dalam berkas ini rusak.")).to_be_visible()
    page.goto(f"{room.url}/videos/of/rusak")
    expect(page.get_by_text("Berkasnya rusak sehingga tidak dapat dibaca.")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text("The file is damaged and cannot be read.")).to_be_visible()
    page.get_by_role("button", name="Bahasa Indonesia").click()


def test_a_search_jumps_to_its_second(room: Served, page: Page) -> None:
    page.goto(f"{room.url}/videos")
    page.get_by_role("textbox").fill("lord -crown")
    page.get_by_role("button", name="Cari").click()
    hit = page.get_by_role("link", name="lord of the universe")
    expect(hit.locator("mark")).to_have_text("lord")
    hit.click()
    page.wait_for_selector("video")
    page.wait_for_function("document.querySelector('video').currentTime >= 0.5")
    expect(page.get_by_role("heading", name="mdn_friday")).to_be_visible()


def test_a_copy_stands_beside_its_original_and_lanes_go_by_keys(room: Served, page: Page) -> None:
    page.goto(f"{room.url}/videos/of/mdn_rabbit")
    expect(page.get_by_text("gambar sama, jarak")).to_be_visible()
    lanes = page.get_by_role("slider", name="Garis waktu")
    lanes.focus()
    lanes.press("ArrowRight")
    expect(page.get_by_role("status").filter(has_text="Adegan")).to_be_visible()
    page.get_by_role("article").filter(has_text="salinan").get_by_role("link").click()
    expect(page).to_have_url(f"{room.url}/videos/of/salinan")
