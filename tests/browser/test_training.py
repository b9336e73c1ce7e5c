"""Training sets and baselines on their page: made at one press, listed with their figures, downloaded."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from learn.platform import SCORE, make_platform
from tilik.store import open_workspace

from .conftest import Opener
from .looks import Looker
from .place import serving, tilik

pytestmark = pytest.mark.browser


def test_a_set_and_a_baseline_at_one_press_each(tmp_path: Path, open_context: Opener) -> None:
    pytest.importorskip("sklearn", reason="the extra `learn` is not installed")
    folder = tmp_path / "ruang"
    tilik(folder, "init", "--admin", "Sari")
    opened = open_workspace(folder)
    platform = make_platform(opened)
    study = platform.study("maret", 200)
    platform.judge(study)
    opened.close()
    with serving(folder) as served:
        page = open_context().new_page()
        looker = Looker(page)
        page.goto(served.link)
        page.get_by_role("navigation", name="Halaman").get_by_role("link", name="Pembelajaran").click()
        page.get_by_role("link", name="Data latih").click()
        page.get_by_role("button", name="Buat data latih").press("Enter")
        versions = page.get_by_role("group", name="Versi")
        expect(versions.get_by_role("row")).to_have_count(2)
        with page.expect_download() as download:
            versions.get_by_role("button", name="Berkas ZIP").click()
        assert download.value.suggested_filename.endswith(".zip")
        looker.look("training sets")
        keep(page, "sets")
        page.get_by_role("link", name="Model dasar").click()
        page.get_by_role("button", name="Latih model dasar").press("Enter")
        row = page.get_by_role("row", name=f"Selisih AUC dengan {SCORE}")
        expect(row).to_be_visible(timeout=60_000)
        with page.expect_download() as download:
            page.get_by_role("button", name="Berkas model").click()
        assert download.value.suggested_filename.endswith(".json")
        looker.look("baseline")
        keep(page, "baseline")
        assert looker.found == []


def keep(page: Page, name: str) -> None:
    """A picture where ``TILIK_PICTURES`` names a folder."""
    if kept := os.environ.get("TILIK_PICTURES"):
        page.screenshot(path=Path(kept) / f"{name}.png", full_page=True)
