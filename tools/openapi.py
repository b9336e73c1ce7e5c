"""Writes ``web/openapi.json``, from which ``npm run types`` makes the web app's types, and the Python client
of it (``tools/client.py``)."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

from tilik.api.app import openapi

FILE = Path(__file__).resolve().parents[1] / "web" / "openapi.json"


def text() -> str:
    """The description as it is committed."""
    return json.dumps(openapi(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    runpy.run_path(str(Path(__file__).with_name("client.py")), run_name="__main__")
