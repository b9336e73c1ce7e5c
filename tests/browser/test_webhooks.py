"""Webhooks on their page: added with a secret shown once, tested, and what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from exchange.receiver import receiving

from .conftest import Opener
from .looks import Looker
from .place import serving, tilik

pytestmark = pytest.mark.browser


def test_an_administrator_adds_tests_and_removes(tmp_path: Path, open_context: Opener) -> None:
    folder = tmp_path / "ruang"
    tilik(folder, "init", "--admin", "Sari")
    with receiving() as receiver:
        kinds = ("--kind", "escalation.raised", "--kind", "study.done", "--private")
        secret = tilik(folder, "webhooks", "add", receiver.url, *kinds)["secret"]
        receiver.answers = [500]
        with serving(folder) as served:
            page = open_context().new_page()
            looker = Looker(page)
            page.goto(served.link)
            expect(page.get_by_role("navigation", name="Halaman")).to_be_visible()
            page.goto(f"{served.url}/people")
            page.get_by_role("link", name="Webhook untuk program lain").click()
            host = receiver.url.removesuffix("/in/secret-path")
            page.get_by_role("button", name=f"Kirim uji coba ke {host}").click()
            expect(page.get_by_role("group", name="Pesan").get_by_text("Sampai")).to_be_visible()
            assert [got.fits(secret) for got in receiver.got] == [True, True]

            page.get_by_label("Alamat").fill("https://hooks.example.org/tilik")
            page.get_by_label("Studi selesai").check()
            page.get_by_role("button", name="Tambah dan buat rahasia").click()
            shown = page.get_by_role("status").filter(has_text="Rahasia untuk https://hooks.example.org")
            expect(shown.locator("code")).to_contain_text("whsec_")
            looker.look("webhooks with a secret")
            page.get_by_role("button", name="Selesai").click()
            page.get_by_role("button", name="Hapus https://hooks.example.org").click()
            expect(page.get_by_role("group", name="Penerima").get_by_text("Dihapus")).to_be_visible()
            page.get_by_label("Alamat").fill("https://10.0.0.1/")
            page.get_by_role("button", name="Tambah dan buat rahasia").click()
            expect(page.get_by_role("alert")).to_contain_text("jaringan sendiri")
    assert looker.found == []
