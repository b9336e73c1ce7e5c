"""Videos that stand upright get the height of the screen, and nothing has to be scrolled for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from .conftest import Opener
from .desk import LIVE, Desk
from .looks import OVERFLOW, SCREENS
from .place import Film, Served, make_place, serving

pytestmark = pytest.mark.browser

UPRIGHT, LYING = (360, 640), (640, 360)
PICTURE = f"""() => {{
  const video = {LIVE};
  const {{width, height}} = video.getBoundingClientRect();
  const shown = Math.min(width / video.videoWidth, height / video.videoHeight);
  return [shown * video.videoWidth, shown * video.videoHeight];
}}"""
"""Width and height of the picture itself, without the black beside it."""
INSIDE = """() => [...document.querySelectorAll('main section')].every((one) => {
  const {left, top, right, bottom} = one.getBoundingClientRect();
  return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
})"""


def film(file: Path, size: tuple[int, int], seconds: int = 3) -> Path:
    """A moving square on grey."""
    width, height = size
    with av.open(str(file), "w") as out:
        stream = out.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for at in range(25 * seconds):
            picture = np.full((height, width, 3), 90, dtype=np.uint8)
            picture[100:160, 2 * at : 2 * at + 60] = 240
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = at
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    return file


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An upright video, and one that lies behind it."""
    scratch = tmp_path_factory.mktemp("tegak")
    films = [
        Film(film(scratch / "tegak.mp4", UPRIGHT), "Tegak"),
        Film(film(scratch / "lebar.mp4", LYING), "Lebar"),
    ]
    folder = tmp_path_factory.mktemp("berdiri") / "ruang"
    make_place(folder, films, scratch=scratch)
    with serving(folder) as running:
        yield running


def test_an_upright_video_fills_the_height_and_a_lying_one_the_width(
    open_context: Opener, served: Served
) -> None:
    desk = Desk(open_context().new_page())
    desk.sign_in(served.link)
    for size in (UPRIGHT, LYING):
        desk.until(f"{LIVE}?.readyState >= 2 && {LIVE}.videoWidth === {size[0]}")
        for screen in SCREENS:
            desk.page.set_viewport_size({"width": screen[0], "height": screen[1]})
            wide, high = desk.page.evaluate(PICTURE)
            assert max(desk.page.evaluate(OVERFLOW)) <= 0, screen
            assert desk.page.evaluate(INSIDE), screen
            if size == UPRIGHT:
                assert high >= 0.75 * screen[1], (screen, wide, high)
            else:
                assert wide >= 0.5 * screen[0], (screen, wide, high)
        desk.page.set_viewport_size({"width": SCREENS[0][0], "height": SCREENS[0][1]})
        if size == UPRIGHT:
            desk.press("2")
            desk.submit()
