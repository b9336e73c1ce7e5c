"""A page as PDF, printed by Chromium: the same engine that shows it on the screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tilik.kernel import Unavailable

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 120


def chromium() -> str:
    """The program: TILIK_CHROMIUM, or the machine's. Raises ``Unavailable``."""
    named = os.environ.get("TILIK_CHROMIUM", "")
    found = next(filter(None, map(shutil.which, (named,) if named else PROGRAMS)), None)
    if found is None:
        raise Unavailable(
            "chromium-missing",
            "a PDF is printed by Chromium, and there is none here",
            where=named,
            mend="Install it, name it in TILIK_CHROMIUM, or write --out FILE.html and print that.",
        )
    return found


def print_pdf(html: str, into: Path) -> None:
    """Print the page into a file, whole or not at all. Raises ``Unavailable`` where Chromium fails."""
    program = chromium()
    with tempfile.TemporaryDirectory(dir=into.parent) as folder:
        page, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, encoding="utf-8")
        command = [
            program,
            "--headless",
            "--no-sandbox",  # the page is our own, and has no script
            "--disable-gpu",
            "--no-first-run",
            "--no-pdf-header-footer",
            "--disable-extensions",
            "--disable-background-networking",
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={made}",
            page.as_uri(),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
            told = done.stderr.decode(errors="replace").strip().splitlines()
        except subprocess.TimeoutExpired:
            told = [f"no answer within {SECONDS} s"]
        if not made.is_file():
            raise Unavailable(
                "chromium-failed",
                f"Chromium printed nothing: {told[-1] if told else 'it gave no reason'}",
                where=program,
                mend="Write --out FILE.html and print that.",
            )
        made.replace(into)
