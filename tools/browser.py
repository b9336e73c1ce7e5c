"""Sees to it that browser tests have a Chromium: the machine's, else Debian's, else Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-dejavu-core")
PATIENCE = 900  # seconds that a download may take


def main() -> None:
    """Find or get a Chromium; where there is none to be had, say loudly what will be skipped."""
    if found() or from_debian() or from_playwright():
        return
    print(
        "\n*** NO CHROMIUM: every browser test will be SKIPPED (and fails under CI=true). ***\n"
        "*** Install `chromium`, or name a program by TILIK_CHROMIUM, and run again.     ***\n",
        flush=True,
    )


def found() -> bool:
    """A program that answers to its name."""
    named = os.environ.get("TILIK_CHROMIUM")
    return any(answers(name) for name in ([named] if named else NAMES))


def answers(name: str) -> bool:
    """Whether this program is there and starts."""
    program = shutil.which(name)
    return program is not None and ran([program, "--version"], quiet=True)


def from_debian() -> bool:
    """Install Debian's package, where that is allowed and possible."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    print("browser: installing Debian's chromium", flush=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *PACKAGES]
    return ran(["apt-get", "update", "-qq"], env=env) and ran(install, env=env) and found()


def from_playwright() -> bool:
    """Playwright's own Chromium, fetched once."""
    if own_of_playwright():
        return True
    print("browser: fetching Playwright's own Chromium", flush=True)
    return ran([sys.executable, "-m", "playwright", "install", "chromium"]) and own_of_playwright()


def own_of_playwright() -> bool:
    """Whether Playwright's own Chromium is there."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (the machine's needs no Playwright here)

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).is_file()


def ran(command: list[str], *, env: dict[str, str] | None = None, quiet: bool = False) -> bool:
    """Whether the command ended well and in time."""
    try:
        output = subprocess.DEVNULL if quiet else None
        ended = subprocess.run(command, check=False, env=env, stdout=output, stderr=output, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


if __name__ == "__main__":
    main()
