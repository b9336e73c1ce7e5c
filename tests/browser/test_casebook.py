"""A reviewer files edge cases from the bench, they are grouped and ruled, and another reviewer meets the
ruling at that question, in both languages; on the very video it was made about, nobody does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tilik.store.casebook_tables import case_member, case_ruling, casebook
from tilik.store.tables import task, video

from .conftest import Opener
from .desk import GUIDELINE, Desk
from .looks import Looker
from .people import add_reviewer
from .place import Served, rows_of, tilik

pytestmark = pytest.mark.browser

FAMILY = "COM"
DIGIT = str([one["code"] for one in GUIDELINE["families"]].index(FAMILY) + 1)
LABEL = "label." + next(one["code"] for one in GUIDELINE["labels"] if one["family"] == FAMILY)
TO_LABEL = (
    ("assessable", "1"),
    ("audience.factors", "Enter"),
    ("audience", "4"),
    ("min_age", "2"),
    ("families", f"{DIGIT} Enter"),
)
SAID = ("Bagi-bagi hp gratis asal subscribe, iklan?", "bagi2 hp kalo subscribe, apa iklan")
RULED = {"id": "Termasuk bila hadiahnya syarat menonton.", "en": "It counts when the prize is for watching."}


@dataclass
class Told:
    """What the story left to look at."""

    span: tuple[float, float] = (0, 0)
    precedents: list[str] = field(default_factory=list)
    on_the_same_video: int = -1
    found: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def told(place: Path, served: Served, open_context_for_module: Opener) -> Iterator[Told]:
    told = Told()
    sari = Desk(open_context_for_module().new_page())
    sari.sign_in(served.link)
    file_two(sari, told)
    rule(sari, served, told)
    budi = Desk(open_context_for_module().new_page())
    budi.page.on(
        "response",
        lambda answer: told.precedents.append(answer.text()) if "/precedents" in answer.url else None,
    )
    meet(budi, add_reviewer(sari.page, served.url, "Budi"), told)
    yield told


def file_two(desk: Desk, told: Told) -> None:
    """By keys alone, from the label in view, with the span marked there; the draft stays as it was."""
    desk.walk(TO_LABEL)
    desk.at(LABEL)
    told.span = desk.mark()
    for number, (digit, text) in enumerate(zip("13", SAID, strict=True), start=1):
        desk.press("f")
        expect(desk.page.get_by_role("dialog")).to_be_visible()
        desk.press(digit)
        expect(desk.page.get_by_role("dialog").get_by_role("textbox")).to_be_focused()
        desk.type(text)
        desk.press("Enter")
        desk.says(f"Kasus K-{number} tercatat.")
        expect(desk.page.get_by_role("dialog")).to_be_hidden()
    desk.at(LABEL)


def rule(desk: Desk, served: Served, told: Told) -> None:
    """The proposal is confirmed, and one ruling settles both."""
    page = desk.page
    looker = Looker(page)
    page.goto(f"{served.url}/casebook")
    expect(page.get_by_role("link", name="K-2").first).to_be_visible()
    looker.look("the casebook")
    page.get_by_role("button", name="Satukan 2 kasus").click()
    expect(page.get_by_text("kelompok berisi 2").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Dalam bahasa Indonesia")).to_be_visible()
    page.get_by_label("Yang terlihat itu").select_option("counts")
    page.get_by_label("Dalam bahasa Indonesia").fill(RULED["id"])
    page.get_by_label("Dalam bahasa Inggris").fill(RULED["en"])
    page.get_by_role("button", name="Putuskan 2 kasus").click()
    expect(page.get_by_text("Tampil di meja tinjau sebagai putusan terdahulu.")).to_be_visible()
    page.get_by_role("button", name="Jadikan contoh dalam pedoman").click()
    expect(page.get_by_label("Perubahan pedoman")).to_contain_text("(K-1, K-2)")
    looker.look("a case", between=lambda: expect(page.get_by_role("main")).to_be_visible())
    told.found, told.trouble = looker.found, looker.console


def meet(desk: Desk, link: str, told: Told) -> None:
    """The first video is the one the ruling was made about; the next one is not."""
    desk.sign_in(link)
    desk.walk(TO_LABEL)
    desk.at(LABEL)
    desk.until("performance.getEntriesByType('resource').some((one) => one.name.includes('/precedents'))")
    told.on_the_same_video = desk.page.get_by_text("putusan terdahulu").count()
    first = desk.title.inner_text()
    desk.press("w", "Enter")
    expect(desk.title).not_to_have_text(first)
    desk.walk(TO_LABEL)
    desk.at(LABEL)
    desk.says("1 putusan terdahulu")
    desk.press("d")
    expect(desk.form.get_by_text(RULED["id"])).to_be_visible()
    expect(desk.form.get_by_text("dari kasus K-1, K-2")).to_be_visible()
    desk.switch_language()
    expect(desk.form.get_by_text(RULED["en"])).to_be_visible()
    desk.press("d")
    expect(desk.form.get_by_text(RULED["en"])).to_be_hidden()
    desk.at(LABEL)


def test_what_was_keyed_is_what_was_filed(told: Told, place: Path) -> None:
    filed = sorted(rows_of(place, casebook), key=lambda row: row.number)
    assert [(row.type, row.question, row.state) for row in filed] == [
        ("two_labels_compete", LABEL, "ruled"),
        ("definition_silent", LABEL, "ruled"),
    ]
    for row in rows_of(place, case_member):
        assert (row.start, row.end) == pytest.approx(told.span, abs=0.01)


def test_one_ruling_settled_the_group(told: Told, place: Path) -> None:
    (ruling,) = rows_of(place, case_ruling)
    assert {row.ruling for row in rows_of(place, casebook)} == {ruling.id}
    assert (ruling.stands, ruling.precedent) == ("counts", True)


def test_the_video_it_was_made_about_is_judged_without_it(told: Told) -> None:
    assert told.on_the_same_video == 0
    assert told.precedents[0] == "[]"


def test_a_precedent_says_nothing_of_videos_and_draws(told: Told, place: Path) -> None:
    sent = " ".join(told.precedents)
    assert RULED["id"] in sent
    hidden = [row.id for row in rows_of(place, video)] + [row.id for row in rows_of(place, task)]
    assert [one for one in hidden if one in sent] == []
    assert not re.search("impressions|stratum|study|video|task|score", sent)


def test_the_pages_are_accessible_and_quiet(told: Told) -> None:
    assert told.found == []
    assert told.trouble == []


def test_the_log_makes_the_same_casebook_again(told: Told, place: Path) -> None:
    assert all(table["equal"] for table in tilik(place, "log", "rebuild"))
