"""Two people talk about a case and a video: one calls on the other and hands over an errand."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from casebook.conftest import Room
from study.making import people
from tilik.access import Person, issue_link
from tilik.store import create, open_workspace

from .conftest import Opener
from .looks import RUN_AXE, Looker
from .place import serving

pytestmark = pytest.mark.browser


def enter(page: Page, url: str, token: str) -> None:
    page.goto(f"{url}/sign-in#{token}")
    expect(page.get_by_role("navigation", name="Halaman")).to_be_visible()


def call_and_hand_over(page: Page, name: str) -> None:
    """Call on this person, by keyboard once their name stands there, and give them what is long due."""
    talk = page.get_by_role("region", name="Percakapan")
    talk.get_by_label("Komentar").fill("Menurut @")
    talk.get_by_role("button", name=f"@{name}").click()
    page.keyboard.type("ini iklan?")
    page.keyboard.press("Control+Enter")
    expect(talk.get_by_role("article")).to_contain_text(f"Menurut @{name} ini iklan?")
    talk.get_by_text("Titipkan tugas").click()
    talk.get_by_label("Kepada").select_option(name)
    talk.get_by_label("Yang perlu dikerjakan").fill("Bandingkan dengan K-1")
    talk.get_by_label("Paling lambat").fill("2020-01-31")
    talk.get_by_role("button", name="Titipkan", exact=True).click()
    expect(talk.get_by_role("list", name="Titipan")).to_contain_text("Lewat waktu")


def test_one_calls_and_hands_over_and_the_other_answers(tmp_path: Path, open_context: Opener) -> None:
    create(tmp_path / "ruang")
    workspace = open_workspace(tmp_path / "ruang")
    room = Room(workspace)
    (filed,) = room.filed(["Ini iklan?"])
    people(workspace, "Sinta", roles=("admin",))
    lead = people(workspace, "Lela", roles=("lead",))[0]

    def link(person: Person) -> str:
        with workspace.store.write() as writing:
            return issue_link(writing, person.id)

    with serving(tmp_path / "ruang") as served:
        url = served.url
        one, other = open_context().new_page(), open_context().new_page()
        enter(one, url, link(lead))
        one.goto(f"{url}/casebook/{filed.number}")
        call_and_hand_over(one, room.tia.pseudonym)

        looker = Looker(other)
        enter(other, url, link(room.tia))
        places = other.get_by_role("navigation", name="Halaman")
        expect(places.get_by_role("img", name="2 menunggu Anda")).to_be_visible()
        places.get_by_role("link", name="Percakapan").click()
        expect(other.get_by_role("article")).to_contain_text("ini iklan?")
        looker.look("talk of one's own")
        other.get_by_role("button", name="Tandai sudah dibaca").click()
        expect(places.get_by_role("img", name="1 menunggu Anda")).to_be_visible()
        other.get_by_role("button", name="Terima: Bandingkan dengan K-1").click()
        expect(other.get_by_role("list", name="Titipan untuk saya")).to_contain_text("Dikerjakan")
        other.get_by_role("button", name="Kembalikan: Bandingkan dengan K-1").click()
        other.get_by_label("Alasan dikembalikan").fill("Itu K-1 sendiri")
        other.keyboard.press("Enter")
        expect(other.get_by_role("list", name="Titipan untuk saya")).to_contain_text("Dikembalikan")
        expect(places.get_by_role("img")).to_have_count(0)
        other.get_by_role("link", name=f"K-{filed.number}").click()
        expect(other.get_by_role("list", name="Titipan")).to_contain_text("Itu K-1 sendiri")
        assert other.evaluate(RUN_AXE) == []
        other.get_by_label("Komentar").fill("Bukan, itu @R99")
        other.keyboard.press("Control+Enter")
        expect(other.get_by_role("alert")).to_contain_text("tidak dapat disebut")

        one.goto(f"{url}/talk")
        expect(one.get_by_role("list", name="Titipan dari saya")).to_contain_text("Itu K-1 sendiri")
        one.goto(f"{url}/videos/of/{room.study.videos[0]}")
        one.get_by_label("Komentar").fill("Suaranya pecah")
        one.get_by_role("button", name="Kirim").click()
        expect(one.get_by_role("article")).to_contain_text("Suaranya pecah")
    workspace.close()
    assert looker.found == []
