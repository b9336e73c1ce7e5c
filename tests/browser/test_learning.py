"""What judgements teach, on its page: a blind spot is suspected, a second sample drawn, it is confirmed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from learn.platform import SCORE, Platform, make_platform
from tilik.store import open_workspace
from tilik.store.tables import draw, study

from .conftest import Opener
from .looks import Looker
from .place import serving, tilik

pytestmark = pytest.mark.browser
REFUSED = "401 (Unauthorized)"
"""Nobody is signed in when the page is first opened; the console shows it."""


def picture(page: Page, name: str) -> None:
    """Keep a picture where ``TILIK_PICTURES`` names a folder: for whoever changes the page."""
    folder = os.environ.get("TILIK_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def judge_second(platform: Platform) -> None:
    """Robots judge the study that the page opened."""
    with platform.workspace.store.read() as connection:
        query = select(study.c.id).where(study.c.name != "maret")
        second = str(connection.execute(query).scalar_one())
    platform.judge(second)


def some_wrong(platform: Platform, first: str) -> list[str]:
    """Every twentieth video of a study."""
    with platform.workspace.store.read() as connection:
        query = select(draw.c.video).where(draw.c.study == first).order_by(draw.c.video)
        return list(connection.execute(query).scalars())[::20]


def test_suspected_then_drawn_then_judged_then_confirmed(tmp_path: Path, open_context: Opener) -> None:
    folder = tmp_path / "ruang"
    tilik(folder, "init", "--admin", "Sari")
    opened = open_workspace(folder)
    platform = make_platform(opened)
    platform.judge(platform.study("maret", 500))
    with serving(folder) as served:
        page = open_context().new_page()
        looker = Looker(page)
        page.goto(served.link)
        page.get_by_role("navigation", name="Halaman").get_by_role("link", name="Pembelajaran").click()
        page.get_by_label("Yang dicari").select_option(f"Tidak layak, tetapi lolos dari {SCORE}")
        spots = page.get_by_role("group", name="Titik buta")
        row = spots.get_by_role("row", name="language: jv topic: prank")
        expect(row).to_contain_text("Diduga")
        page.get_by_label("Banyak video").fill("300")
        looker.look("suspected")
        for language, theme in looker.wear():
            picture(page, f"suspected-{language}-{theme}")
        page.get_by_role("button", name="Tarik sampel kedua").click()
        expect(page.get_by_role("status").filter(has_text="300 video ditarik")).to_be_visible()
        second = page.get_by_role("group", name="maret, pemeriksaan")
        expect(second.get_by_role("row", name="language: jv topic: prank")).to_contain_text("Diduga")
        expect(page.get_by_text("300 dari 300 video menunggu")).to_be_visible()
        judge_second(platform)
        page.reload()
        row = second.get_by_role("row", name="language: jv topic: prank")
        expect(row).to_contain_text("Pasti")
        expect(page.get_by_text("Semua 300 video sudah selesai")).to_be_visible()
        looker.look("confirmed")
        for language, theme in looker.wear():
            picture(page, f"confirmed-{language}-{theme}")
    opened.close()
    assert looker.found == []
    assert [said for said in looker.console if REFUSED not in said] == []


def test_doubted_then_judged_again_with_a_control(tmp_path: Path, open_context: Opener) -> None:
    folder = tmp_path / "ruang"
    tilik(folder, "init", "--admin", "Sari")
    opened = open_workspace(folder)
    platform = make_platform(opened, robots=2)
    first = platform.study("maret", 400)
    platform.judge(first, but=some_wrong(platform, first))
    with serving(folder) as served:
        page = open_context().new_page()
        looker = Looker(page)
        page.goto(served.link)
        page.get_by_role("navigation", name="Halaman").get_by_role("link", name="Pembelajaran").click()
        page.get_by_role("link", name="Penilaian meragukan").click()
        expect(page.get_by_text("dari 400 penilaian mungkin keliru")).to_be_visible()
        page.get_by_text("200 teratas").click()
        looker.look("doubted")
        page.get_by_text("200 teratas").click()
        page.get_by_role("textbox", name="Paling diragukan").fill("30")
        page.get_by_role("button", name="Buka penilaian ulang").click()
        expect(page.get_by_text("60 video menunggu dinilai ulang")).to_be_visible()
        judge_second(platform)
        page.reload()
        hits = page.get_by_role("group", name="maret, nilai ulang")
        expect(hits.get_by_role("row", name="Selisih (poin)")).to_be_visible()
        looker.look("judged again")
        for language, theme in looker.wear():
            picture(page, f"doubts-{language}-{theme}")
    opened.close()
    assert looker.found == []
    assert [said for said in looker.console if REFUSED not in said] == []
