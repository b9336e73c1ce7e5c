"""What to judge next, on its page: looked at with its reasons, opened with the keyboard, what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from learn.platform import make_platform
from tilik.store import open_workspace
from tilik.store.tables import study

from .conftest import Opener
from .looks import Looker
from .place import serving, tilik
from .test_learning import REFUSED, judge_second, picture

pytestmark = pytest.mark.browser


def test_looked_at_then_opened_by_keys_then_told(tmp_path: Path, open_context: Opener) -> None:
    folder = tmp_path / "ruang"
    tilik(folder, "init", "--admin", "Sari")
    opened = open_workspace(folder)
    platform = make_platform(opened, robots=2)
    platform.judge(platform.study("maret", 300))
    with serving(folder) as served:
        page = open_context().new_page()
        looker = Looker(page)
        page.goto(served.link)
        page.get_by_role("navigation", name="Halaman").get_by_role("link", name="Pembelajaran").click()
        page.get_by_role("link", name="Nilai berikutnya").press("Enter")
        expect(page.get_by_text("50 dari 5.000 video yang belum ditarik")).to_be_visible()
        page.get_by_label("Banyak video").select_option("25")
        expect(page.get_by_text("25 dari 5.000 video yang belum ditarik")).to_be_visible()
        page.get_by_label("Dipilih menurut").select_option("Besarnya perubahan model")
        rows = page.get_by_role("group", name="Nilai berikutnya").first.get_by_role("row")
        expect(rows).to_have_count(11)
        page.get_by_text("15 video lainnya").click()
        looker.look("next")
        for language, theme in looker.wear():
            picture(page, f"next-{language}-{theme}")
        name = page.get_by_role("textbox", name="Nama studi")
        expect(name).to_have_value("maret, berikutnya")
        name.press("Enter")
        expect(page.get_by_text("25 video menunggu dinilai.")).to_be_visible()
        expect(page.get_by_text("0 dari 25 video selesai.")).to_be_visible()
        name.press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        judge_second(platform)
        page.reload()
        expect(page.get_by_text("25 dari 25 video selesai.")).to_be_visible()
        came = page.get_by_role("group", name="maret, berikutnya")
        expect(came.get_by_role("cell", name="25", exact=True)).to_be_visible()
        expect(page.get_by_text("tidak mengatakan apa pun tentang seluruh kerangka")).to_be_visible()
        looker.look("came")
        for language, theme in looker.wear():
            picture(page, f"came-{language}-{theme}")
    with opened.store.read() as connection:
        designs = connection.execute(select(study.c.design).where(study.c.name != "maret")).scalars().all()
    opened.close()
    assert len(designs) == 1, "the name in use opened nothing"
    assert looker.found == []
    assert [said for said in looker.console if REFUSED not in said and "409" not in said] == []
