"""How quick the bench feels in Chromium: key to painted answer, submit to the next first frame, first load,
and stop-work.

    python bench/ui.py                       makes a demo workspace in a temporary folder
    python bench/ui.py --workspace FOLDER    uses one with some ten clips waiting, and judges them

A press is counted from the browser's own time stamp of the key to the frame after the one that draws its
answer. The next picture is counted from Enter to the frame that draws it: what was loaded behind has its
first picture decoded, so it is there as soon as the element is (the browser counts it as presented before).
Beside it stands the time until the picture after that (requestVideoFrameCallback), which holds starting to
play and one frame of the clip. Each once when the next video had time to load, as behind a person at work,
and once key after key without a pause, when only loading two videos ahead helps. Stop-work is counted from
the second Escape to the first frame in which no picture is left: paused, its source gone. It stops one video.
"""

from __future__ import annotations

import argparse
import gzip
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from tilik.store import web_folder

TILIK = Path(sys.executable).parent / "tilik"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
CLEAN = ("1", "Enter", "4", "2", "0", "Enter", "Enter", "3", "Enter")
AT_WORK, HURRIED, LOADS = 5, 4, 5
Pictures = list[tuple[float, float]]
Measured = tuple[list[float], Pictures, Pictures, list[float], float, float]

SET_UP = """
window.painted = [];
window.afterPaint = (then) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => then(performance.now());
  channel.port2.postMessage(null);
});
window.live = () => document.querySelector('video:not([hidden])');
window.addEventListener('keydown', (event) => {
  const begun = event.timeStamp;
  afterPaint((now) => window.painted.push(now - begun));
}, true);
window.firstFrame = (old) => new Promise((told) => {
  const look = () => {
    const video = window.live();
    if (!video || video === old || video.readyState < 2) return requestAnimationFrame(look);
    let shown = 0;
    afterPaint((now) => { shown = now; });
    video.requestVideoFrameCallback((now) => told([shown || now, now]));
  };
  look();
});
"""
UNTIL = """async () => {
  while (!(CONDITION)) await new Promise((go) => setTimeout(go, 5));
}"""
PICTURE = """() => {
  const old = window.live();
  window.picture = new Promise((told) => {
    window.addEventListener('keydown', ({timeStamp}) => {
      window.firstFrame(old).then((times) => told(times.map((now) => now - timeStamp)));
    }, {capture: true, once: true});
  });
}"""
LOADED = "[...document.querySelectorAll('video[hidden]')].some((video) => video.readyState >= 3)"
STOP = """() => {
  const watched = window.live();
  let escapes = 0;
  window.gone = new Promise((told) => {
    window.addEventListener('keydown', ({key, timeStamp}) => {
      if (key !== 'Escape' || ++escapes !== 2) return;
      const look = () => afterPaint((now) => {
        const seen = [...document.querySelectorAll('video')].some((one) => one.getClientRects().length > 0);
        if (seen || !watched.paused || watched.getAttribute('src')) return look();
        told(now - timeStamp);
      });
      look();
    }, true);
  });
}"""
SCRIPTS = """performance.getEntriesByType('resource').map((one) => one.name)
  .filter((one) => one.endsWith('.js'))"""


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--workspace", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.workspace or _demo(Path(scratch) / "demo")
        with _served(folder) as link, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            _print(*_measure(browser, link))
            browser.close()


def _measure(browser: Browser, link: str) -> Measured:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.add_init_script(SET_UP)
    page.goto(link)
    _until(page, "window.live()?.readyState >= 2")
    page.keyboard.press("Space")
    waited = [_judge(page, loaded=True) for _ in range(AT_WORK)]
    hurried = [_judge(page, loaded=False) for _ in range(HURRIED)]
    presses = page.evaluate("window.painted")
    loads = [_load(page) for _ in range(LOADS)]
    size = _kilobytes(page.evaluate(SCRIPTS))
    return presses, waited, hurried, loads, _stop(page), size


def _judge(page: Page, *, loaded: bool) -> tuple[float, float]:
    """One clean item; milliseconds from its submitting key to the next item's picture, and until it moves."""
    for key in CLEAN:
        before = page.evaluate("window.painted.length")
        page.keyboard.press(key)
        _until(page, f"window.painted.length > {before}")
    if loaded:
        _until(page, LOADED)
    page.evaluate(PICTURE)
    page.keyboard.press("Enter")
    shown, moving = page.evaluate("window.picture")
    return float(shown), float(moving)


def _load(page: Page) -> float:
    """Milliseconds from a fresh load to an item that can be judged, its picture there."""
    page.reload()
    _until(page, "window.live()?.readyState >= 2")
    return float(page.evaluate("performance.now()"))


def _stop(page: Page) -> float:
    """Milliseconds from the second Escape until nothing of the video is left on the screen."""
    page.keyboard.press("Space")
    page.evaluate(STOP)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    return float(page.evaluate("window.gone"))


def _until(page: Page, condition: str) -> None:
    page.evaluate(UNTIL.replace("CONDITION", condition))


def _kilobytes(addresses: Sequence[str]) -> float:
    """Compressed size of the scripts that the page loaded."""
    built = web_folder()
    if built is None:
        sys.exit("the web app is not built: run `make setup`")
    files = [Path(str(built)) / urlsplit(address).path.lstrip("/") for address in set(addresses)]
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) / 1000


def _print(
    presses: list[float],
    waited: Pictures,
    hurried: Pictures,
    loads: list[float],
    stop: float,
    kilobytes: float,
) -> None:
    def row(what: str, times: list[float]) -> tuple[str, ...]:
        high = statistics.quantiles(times, n=20)[-1] if len(times) >= 20 else max(times)
        return what, f"{statistics.median(times):.0f}", f"{high:.0f}", str(len(times))

    table = Table("what", "median", "p95 or max", "n", title="The bench in Chromium, milliseconds")
    table.add_row(*row("key to painted answer", presses))
    for name, pictures in (("after a look", waited), ("in a hurry", hurried)):
        shown, moving = zip(*pictures, strict=True)
        table.add_row(*row(f"submit to next picture, {name}", list(shown)))
        table.add_row(*row(f"submit to its second frame, {name}", list(moving)))
    table.add_row(*row("load to first item with its picture", loads))
    table.add_row(*row("second Escape to nothing left of the video", [stop]))
    console = Console()
    console.print(table)
    console.print(f"JavaScript on the bench, gzipped: {kilobytes:.0f} kB")


def _demo(folder: Path) -> Path:
    subprocess.run([TILIK, "-w", folder, "demo", "--no-serve"], check=True, stdout=subprocess.DEVNULL)
    return folder


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The one-time link that ``tilik serve`` prints; the server ends with the block."""
    command = [TILIK, "-w", folder, "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        found = next(filter(None, (re.search(r"http://\S+/sign-in#\S+", line) for line in process.stdout)))
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield found[0]
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    main()
