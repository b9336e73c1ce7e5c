"""What every room's tests may ask for: a workspace on each database, a clock to move, Chromium.

PostgreSQL is looked for at 127.0.0.1:5432 as ``postgres``; ``TILIK_TEST_POSTGRES`` names another
server. Where there is none the tests skip and say so; under ``CI=true`` such a skip is a failure.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.engine import URL, make_url

from moving_clock import MovingClock
from tilik.store import Workspace, create, open_workspace

POSTGRES = os.environ.get("TILIK_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
pytest_plugins = ("second_try", "pytester")
NEVER_SKIPPED_IN_CI = ("browser", "postgres")


# ------------------------------------------------------------------------------------------ databases
@lru_cache(maxsize=1)
def postgres_trouble() -> str:
    """Why PostgreSQL cannot be used here, or ``""``."""
    try:
        with psycopg.connect(POSTGRES, connect_timeout=3, autocommit=True):
            return ""
    except psycopg.OperationalError as error:
        first = (str(error).splitlines() or ["no answer"])[0]
        return f"no PostgreSQL at {make_url(POSTGRES).render_as_string()}: {first}"


def _postgres_database() -> Iterator[str]:
    if trouble := postgres_trouble():
        pytest.skip(trouble)
    name = f"tilik_test_{uuid.uuid4().hex}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    try:
        yield _with_database(name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[arg-type]


def _with_database(name: str) -> URL:
    return make_url(POSTGRES).set(database=name)


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A fresh PostgreSQL database of this test alone."""
    yield from _postgres_database()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, empty database: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'facts.db'}"
    else:
        yield from _postgres_database()


@pytest.fixture
def clock() -> MovingClock:
    """Stands at 2026-03-01 08:00 UTC until moved."""
    return MovingClock()


@pytest.fixture
def workspace(store_url: str, tmp_path: Path, clock: MovingClock) -> Iterator[Workspace]:
    """A fresh open workspace on each database, with the moving clock."""
    create(tmp_path / "workspace", database=store_url)
    opened = open_workspace(tmp_path / "workspace", clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_workspace(tmp_path: Path, clock: MovingClock) -> Iterator[Workspace]:
    """A fresh open workspace with everything inside its folder, for tests that need one database only."""
    create(tmp_path / "workspace")
    opened = open_workspace(tmp_path / "workspace", clock=clock)
    yield opened
    opened.close()


# ------------------------------------------------------------------------------------------- machine
@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ``shared`` beside the repository: real clips, the domain's texts."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("no folder `shared` beside the repository")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program that browser tests drive: TILIK_CHROMIUM, the machine's, or Playwright's own."""
    named = os.environ.get("TILIK_CHROMIUM", "")
    found = next(filter(None, map(shutil.which, (named, *CHROMIUMS) if named else CHROMIUMS)), None)
    if found is None:
        found = _playwrights_own()
    if found is None:
        pytest.skip("no Chromium on this machine; `make test` says how to get one")
    return found


@pytest.fixture(scope="session")
def running_chromium(chromium: str) -> Iterator[Browser]:
    """The one browser of a run: Playwright allows a single loop in a thread, so nothing starts a second."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield running
        running.close()


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        program = playwright.chromium.executable_path
    return program if Path(program).is_file() else None


# ----------------------------------------------------------------------------------------- the suite
@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under ``CI=true`` a browser or PostgreSQL test that skips has not done its work: it fails."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        marked = [name for name in NEVER_SKIPPED_IN_CI if item.get_closest_marker(name)]
        if marked:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
            report.outcome = "failed"
            report.longrepr = f"CI=true allows no skip of a {marked[0]} test. {reason}"
    return report
