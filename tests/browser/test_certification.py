"""A test in the browser: from the bench that asks for a certificate to the first video that it opens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .desk import CLEAN, CLEAN_ANSWERS, Desk
from .looks import Looker
from .place import Served, serving, tilik
from .place import served as drawn

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tested(place: Path) -> Iterator[Served]:
    """A workspace that asks for a certificate: two clean videos are gold, two right answers pass."""
    lines = [{"video": video, "answers": CLEAN_ANSWERS} for video in drawn(place)[3:5]]
    file = place / "emas.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert len(tilik(place, "gold", "add", "--file", file)["added"]) == 2
    chances = ("--alpha", "0.2", "--beta", "0.2", "--most", "6")
    told = tilik(place, "certification", "rule", "--need", "--ask", "verdict=0.9:0.4", *chances)
    assert told["fewest"] == 2
    with serving(place) as running:
        yield running


def test_from_no_certificate_to_the_first_video(desk: Desk, tested: Served) -> None:
    page, looker = desk.page, Looker(desk.page)
    page.goto(tested.link)
    desk.says("Sertifikat dulu")
    looker.look("no certificate on the bench")
    desk.press("Enter")
    desk.says("Belum punya")
    looker.look("certificate to be had")
    page.get_by_role("button", name="Mulai ujian").click()
    for number in (1, 2):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Ujian · video {number}, paling banyak 2")
        desk.ready()
        desk.judge(CLEAN)
    expect(page.get_by_role("heading", level=1)).to_have_text("Lulus")
    desk.says("penilaian akhir benar 100")
    looker.look("passed")
    page.get_by_role("button", name="Kembali ke latihan").click()
    desk.says("Berlaku sejak")
    page.goto(f"{tested.url}/quality")
    team = page.get_by_role("region", name="Sertifikat dan bahasa")
    expect(team).to_contain_text("Setiap tugas terbuka dapat diberikan")
    team.get_by_role("button", name="Atur R01").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Bahasa video").fill("jv su")
    desk.press("Enter")
    expect(team.get_by_role("row").filter(has_text="R01")).to_contain_text("jv su")
    dialog.get_by_label("Alasan").fill("Pindah tim.")
    expect(dialog.get_by_role("button", name="Cabut sertifikat")).to_be_enabled()
    desk.press("Escape")
    team.get_by_text("Yang terjadi dengan aturan ini").click()
    looker.look("team")
    page.goto(tested.url)
    desk.ready()
    assert looker.found == []
    assert [said for said in looker.console if "401" not in said] == []
