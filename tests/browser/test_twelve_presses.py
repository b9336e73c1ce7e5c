"""Speed of hand: a clean clip in at most twelve presses, and the next picture within a second."""

from __future__ import annotations

import statistics

import pytest

from .desk import Desk
from .place import Served

pytestmark = pytest.mark.browser

COUNT = """
window.presses = 0;
window.addEventListener('keydown', (event) => { if (event.isTrusted) window.presses += 1; }, true);
"""

NEXT_PICTURE = """() => {
  const old = document.querySelector('video:not([hidden])');
  window.nextPicture = new Promise((told) => {
    let begun = 0;
    const look = () => {
      const video = document.querySelector('video:not([hidden])');
      if (!video || video === old || video.readyState < 2 || video.getClientRects().length === 0)
        return requestAnimationFrame(look);
      video.requestVideoFrameCallback((now) => told(now - begun));
    };
    window.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || begun > 0) return;
      begun = performance.now();
      look();
    }, true);
  });
}"""


def test_a_clean_clip_takes_twelve_presses_and_the_next_is_there(desk: Desk, served: Served) -> None:
    desk.page.add_init_script(COUNT)
    desk.sign_in(served.link)
    desk.play()
    assert desk.page.evaluate("document.querySelector('video:not([hidden])').duration") >= 44.9
    desk.judge()
    assert desk.page.evaluate("window.presses") == desk.presses <= 12

    waited = [_next_picture(desk) for _ in range(5)]
    assert statistics.median(waited) <= 1000, waited


def _next_picture(desk: Desk) -> float:
    """Milliseconds from the submitting key to the first frame of the next video on the screen."""
    desk.at("assessable")
    desk.press("2")
    desk.at("submit")
    desk.page.evaluate(NEXT_PICTURE)
    desk.press("Enter")
    return float(desk.page.evaluate("window.nextPicture"))
