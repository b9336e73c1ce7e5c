"""Chromium itself says whether what we hand it plays and can be searched."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tilik.media import Item, Prepared, prepare_many

pytestmark = pytest.mark.browser

ODD = (
    "c2pa_c.mov",
    "decord_corrupted.mp4",
    "decord_pancake.mkv",
    "iris_gray.mp4",
    "mdn_rabbit.webm",
    "mma_test.avi",
    "moviepy_no_duration.webm",
    "moviepy_video_with_failing_audio.mp4",
    "psd_delayed_start.mp4",
    "psd_issue-134-rotate.mp4",
    "psd_issue-195-aspect-ratio.mp4",
    "psd_issue-236-split-copy.mkv",
    "tc_av1_video.mkv",
    "tc_h265_10bits.mp4",
)

PLAY = """async ([source, places]) => {
  const video = document.createElement('video');
  video.muted = true;
  document.body.append(video);
  const until = (name) => new Promise((ok, no) => {
    video.addEventListener(name, ok, {once: true});
    video.addEventListener('error', () => no(new Error(video.error.message)), {once: true});
    setTimeout(() => no(new Error('no ' + name)), 15000);
  });
  const ready = until('loadeddata');
  video.src = source;
  await ready;
  for (const place of places) {
    const there = until('seeked');
    video.currentTime = place * video.duration;
    await there;
  }
  const told = {seconds: video.duration, width: video.videoWidth, height: video.videoHeight};
  video.remove();
  return told;
}"""


@pytest.fixture(scope="module")
def prepared(videos: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Prepared], Path]:
    into = tmp_path_factory.mktemp("played")
    items = [Item(name, videos / name, into / name) for name in ODD]
    return {p.video: p for p in prepare_many(items)}, into


def played(page: Page, source: Path) -> dict[str, float]:
    told: dict[str, float] = page.evaluate(PLAY, [source.as_uri(), [0.6, 0.2, 0.45, 0.95]])
    return told


def test_every_odd_clip_plays_and_can_be_searched(
    prepared: tuple[dict[str, Prepared], Path], videos: Path, running_chromium: Browser, tmp_path: Path
) -> None:
    made, into = prepared
    blank = tmp_path / "blank.html"
    blank.write_text("<!doctype html><title>-</title>")
    page = running_chromium.new_page()
    page.goto(blank.as_uri())
    for name, found in made.items():
        assert found.playback is not None
        assert found.probe is not None
        copy = found.playback.file
        told = played(page, into / name / copy if copy else videos / name)
        assert told["seconds"] == pytest.approx(found.probe.seconds, abs=0.15), name
        shape = found.probe.width / found.probe.height
        assert told["width"] / told["height"] == pytest.approx(shape, rel=0.02), name
    page.close()
