"""Ways in as people use them: a password and an authenticator of one's own, the lock, the way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tilik.store.workspace import SETTINGS

from .conftest import Opener
from .looks import Looker
from .place import Served, serving, tilik

pytestmark = pytest.mark.browser

SECRET = "kuda hijau makan awan"
FAILED = ("401 (Unauthorized)", "403 (Forbidden)", "422 (Unprocessable")
"""The console shows a refusal as a failed request."""


def make(folder: Path, **access: Any) -> Path:
    """A workspace without videos and with these settings."""
    tilik(folder, "init", "--admin", "Sari")
    file = folder / SETTINGS
    file.write_text(json.dumps({**json.loads(file.read_text()), "access": access}))
    return folder


@pytest.fixture(scope="module")
def quiet_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workspace without videos that an identity provider is named for."""
    oidc = {"issuer": "https://masuk.contoh.id", "client_id": "x", "name": "Akun Kantor"}
    with serving(make(tmp_path_factory.mktemp("masuk") / "ruang", oidc=oidc)) as running:
        yield running


@pytest.fixture
def page(open_context: Opener) -> Page:
    return open_context().new_page()


def set_password(page: Page) -> pyotp.TOTP:
    page.get_by_label("Kata sandi baru").fill(SECRET)
    page.get_by_role("button", name="Simpan kata sandi").click()
    expect(page.get_by_text("Tersimpan.")).to_be_visible()
    page.get_by_role("button", name="Pasang autentikator").click()
    expect(page.get_by_alt_text("Kode QR")).to_be_visible()
    return pyotp.TOTP(page.locator("form code").inner_text())


def test_a_person_makes_their_own_way_in(page: Page, quiet_place: Served) -> None:
    looker = Looker(page)
    page.goto(f"{quiet_place.url}/sign-in")
    expect(page.get_by_role("button", name="Masuk lewat Akun Kantor")).to_be_visible()
    looker.look("sign-in with a provider", fits=True)
    page.goto(quiet_place.link.replace("/sign-in#", "/sign-in?to=account#"))
    expect(page.get_by_role("heading", name="Akun saya")).to_be_visible()
    app = set_password(page)
    looker.look("account with a picture to scan")
    page.get_by_label("Enam angka", exact=True).fill(app.now())
    page.get_by_role("button", name="Selesai memasang").click()
    expect(page.get_by_text("Simpan kode cadangan ini sekarang")).to_be_visible()
    looker.look("recovery codes")
    (code, *_) = page.locator("ol code").all_inner_texts()

    page.goto(f"{quiet_place.url}/people")
    page.get_by_role("button", name="Kelola Sari").click()
    expect(page.get_by_text("Punya kata sandi dan autentikator.")).to_be_visible()
    looker.ask_axe("managing a person")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keluar").click()

    page.get_by_label("Surel atau nama samaran").fill("R01")
    page.get_by_label("Kata sandi", exact=True).fill(SECRET)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Kode autentikator")).to_be_focused()
    looker.look("sign-in with a code", fits=True)
    page.get_by_label("Kode autentikator").fill(code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()
    assert looker.found == []
    assert [said for said in looker.console if not any(one in said for one in FAILED)] == []


@pytest.mark.slow
def test_the_page_locks_and_leads_back(page: Page, tmp_path: Path) -> None:
    folder = make(tmp_path / "ruang", idle_minutes=0.5)
    with serving(folder) as running:
        page.goto(running.link)
        expect(page.get_by_role("button", name="Keluar")).to_be_visible()
        page.goto(f"{running.url}/audit")
        expect(page.get_by_role("heading", name="Jejak audit")).to_be_visible()
        expect(page.get_by_text("Sesi Anda dikunci")).to_be_visible(timeout=120_000)
        page.goto(tilik(folder, "link", "R01", "--url", running.url)["link"])
        expect(page).to_have_url(f"{running.url}/audit")
