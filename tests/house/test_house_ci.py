"""A test that needs PostgreSQL or Chromium skips where there is none, and fails there under ``CI=true``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDS_POSTGRESQL = "tests/store/test_store_durability.py::test_postgresql_commits_wait_for_the_disk"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ci", "code", "summary"), [("", 0, "1 skipped"), ("true", 1, "1 failed")], ids=["here", "in CI"]
)
def test_a_missing_server_is_told(ci: str, code: int, summary: str) -> None:
    nowhere = {"TILIK_TEST_POSTGRES": "postgresql://postgres@127.0.0.1:1/postgres", "CI": ci}
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", NEEDS_POSTGRESQL],
        cwd=ROOT,
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == code, ended.stdout
    assert summary in ended.stdout
    assert "no PostgreSQL at postgresql://postgres@127.0.0.1:1/postgres" in ended.stdout
