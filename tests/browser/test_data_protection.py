"""The page of data protection: a rule, what is due, erasing it, the proof, and a person erased."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from moving_clock import MovingClock
from quality.bench import GAMBLING, found
from review.desk import Desk
from study.making import make_study, people
from tilik.access import Person, issue_link
from tilik.kernel import utc_now
from tilik.review.events import Mark
from tilik.store import open_workspace

from .conftest import Opener
from .looks import Looker
from .place import serving, tilik

pytestmark = pytest.mark.browser
YEARS_AGO = timedelta(days=3 * 366)


def long_ago(folder: Path) -> tuple[Person, str]:
    """A reason that Budi wrote years ago; Budi, and a way in for whoever keeps data protection."""
    clock = MovingClock()
    clock.now = utc_now() - YEARS_AGO
    opened = open_workspace(folder, clock=clock)
    study = make_study(opened, 2)
    (budi,) = people(opened, "Budi Penilai")
    desk = Desk(opened)
    more = {"marks": (Mark(question=GAMBLING, start=0.5, end=1),), "notes": {GAMBLING: "Ada tautan slot."}}
    desk.judge(budi, desk.take(budi), study, answers=found(3), **more)
    (dewi,) = people(opened, "Dewi", roles=("privacy",))
    clock.now = utc_now()
    with opened.store.write() as writing:
        token = issue_link(writing, dewi.id)
    opened.close()
    return budi, token


def test_an_officer_erases_what_is_due_and_a_person(tmp_path: Path, open_context: Opener) -> None:
    folder = tmp_path / "ruang"
    tilik(folder, "init", "--admin", "Sari")
    budi, token = long_ago(folder)
    with serving(folder) as served:
        page = open_context().new_page()
        looker = Looker(page)
        page.goto(f"{served.url}/sign-in#{token}")
        page.get_by_role("link", name="Pelindungan data").click()
        rules = page.get_by_role("group", name="Masa simpan")
        expect(rules.get_by_role("row", name="Alasan dan catatan")).to_contain_text("730")
        expect(page.get_by_text("1 butir dapat dihapus sekarang.")).to_be_visible()
        change_a_rule(page)
        looker.look("data protection")
        page.screenshot(path=str(tmp_path / "data-protection.png"), full_page=True)

        page.get_by_role("button", name="Hapus yang jatuh tempo").press("Enter")
        expect(page.get_by_role("dialog")).to_contain_text("Alasan dan catatan dalam penilaian: 1")
        page.get_by_role("button", name="Ya, hapus").press("Enter")
        expect(page.get_by_text("Tidak ada yang perlu dihapus sekarang.")).to_be_visible()
        page.get_by_role("button", name="Buktikan sekarang").press("Enter")
        expect(page.get_by_text("Terbukti: rantai utuh")).to_be_visible()

        erase(page, budi.pseudonym)
        page.screenshot(path=str(tmp_path / "erased.png"), full_page=True)
        page.get_by_role("link", name="Orang", exact=True).click()
        expect(page.get_by_role("row", name=budi.pseudonym)).to_contain_text("Identitas dihapus")
        expect(page.get_by_text("Budi Penilai")).to_have_count(0)
    assert looker.found == []


def change_a_rule(page: Page) -> None:
    page.get_by_role("button", name="Ubah masa simpan: Sesi dan tautan masuk").press("Enter")
    page.get_by_label("Berapa hari disimpan").fill("30")
    page.get_by_label("Alasan, dalam bahasa Indonesia").fill("Tanya dewi@contoh.id.")
    expect(page.get_by_role("button", name="Simpan aturan")).to_be_disabled()
    page.get_by_label("Alasan, dalam bahasa Indonesia").fill("Cukup tiga puluh hari.")
    page.get_by_label("Alasan, dalam bahasa Inggris").fill("Thirty days do.")
    page.get_by_role("button", name="Simpan aturan").press("Enter")
    row = page.get_by_role("group", name="Masa simpan").get_by_role("row", name="Sesi dan tautan masuk")
    expect(row).to_contain_text("Cukup tiga puluh hari.")


def erase(page: Page, pseudonym: str) -> None:
    page.get_by_label("Nama samaran").select_option(label=pseudonym)
    button = page.get_by_role("button", name=f"Hapus identitas {pseudonym}")
    page.get_by_label("Alasan, tanpa nama dan surel").fill("Permintaan tertulis.")
    expect(button).to_be_disabled()
    page.get_by_label(f"Ketik {pseudonym} untuk memastikan").fill(pseudonym.lower())
    button.press("Enter")
    expect(page.get_by_text(f"Tidak ada lagi yang tahu siapa {pseudonym}.")).to_be_visible()
