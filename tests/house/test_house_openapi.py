"""The web app's types come from the server's own description; the committed one must be today's."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_committed_description_is_the_servers() -> None:
    text = runpy.run_path(str(ROOT / "tools" / "openapi.py"))["text"]()
    committed = (ROOT / "web" / "openapi.json").read_text(encoding="utf-8")
    assert committed == text, "run `.venv/bin/python tools/openapi.py` and commit web/openapi.json"
