"""Chromium, a built web app, and small workspaces for everything that is tried in the browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tilik.demo.clips import ClipWant, make_clips
from tilik.store import web_folder

from .desk import Desk
from .place import Film, Served, make_place, serving

WAIT = 30_000
"""Generous, because the machine may be busy; what must be quick is measured, not awaited (ms)."""
expect.set_options(timeout=WAIT)

WANTS = (
    ClipWant(seconds=45, variant=0),
    ClipWant(labels=(("SYN-MASS", 2),), seconds=5),
    ClipWant(labels=(("ATT-SENS", 2),), seconds=5),
    ClipWant(seconds=4, variant=1),
    ClipWant(seconds=4, variant=2),
    ClipWant(seconds=4, variant=3),
    ClipWant(seconds=4, variant=4),
    ClipWant(seconds=4, variant=5),
)


@pytest.fixture(scope="session")
def browser(running_chromium: Browser) -> Browser:
    """One Chromium for all; autoplay and everything else as people have it."""
    if web_folder() is None:
        pytest.fail("the web app is not built: run `make setup`")
    return running_chromium


Opener = Callable[..., BrowserContext]


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Opener]:
    """Opens fresh browser profiles: nobody signed in, nothing stored."""
    yield from _opener(browser)


@pytest.fixture(scope="module")
def open_context_for_module(browser: Browser) -> Iterator[Opener]:
    """The same, for what a module's tests look at together."""
    yield from _opener(browser)


def _opener(browser: Browser) -> Iterator[Opener]:
    opened: list[BrowserContext] = []

    def open_one(width: int = 1366, height: int = 768) -> BrowserContext:
        context = new_context(browser, width, height)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        # A request that is still on its way must not fail in whatever test comes next.
        context.unroute_all(behavior="ignoreErrors")
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()


def new_context(browser: Browser, width: int = 1366, height: int = 768) -> BrowserContext:
    """A profile with generous patience."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="id-ID")
    context.set_default_timeout(WAIT)
    return context


@pytest.fixture
def desk(open_context: Opener, served: Served) -> Desk:
    """A fresh profile's page, not signed in yet."""
    return Desk(open_context().new_page())


@pytest.fixture(scope="session")
def _ready_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scratch = tmp_path_factory.mktemp("bahan")
    clips = make_clips(scratch / "dibuat", WANTS, seed=7)
    folder = tmp_path_factory.mktemp("asal") / "ruang"
    make_place(folder, [Film(clip.path, clip.title) for clip in clips], scratch=scratch, wants=2)
    return folder


@pytest.fixture(scope="module")
def place(_ready_place: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of eight generated clips, the first of them 45 seconds long and clean, the second one not.

    Each wants two judgements. A module's tests share it.
    """
    return Path(shutil.copytree(_ready_place, tmp_path_factory.mktemp("salinan") / "ruang"))


@pytest.fixture(scope="module")
def served(place: Path) -> Iterator[Served]:
    """The server of ``place``."""
    with serving(place) as running:
        yield running
