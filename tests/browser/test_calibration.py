"""A calibration session by keyboard: votes that stay blind, a reveal, talk, a ruling, votes again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from study.making import answers
from tilik.access import add_person, issue_link
from tilik.kernel import new_id
from tilik.review import Mark, Submission, lease_next, submit
from tilik.store import Workspace, open_workspace

from .conftest import Opener
from .looks import Looker
from .place import Served, serving, tilik

pytestmark = pytest.mark.browser
GAMBLING = "label.COM-GAMB"
PICTURES = os.environ.get("TILIK_PICTURES")
"""A folder for pictures of each state, for whoever wants to look."""


@dataclass(frozen=True)
class Team:
    """A running server with a lead, an adjudicator and two reviewers who differ on two videos."""

    place: Path
    running: Served
    people: dict[str, str]
    session: str

    def enter(self, opener: Opener, name: str) -> Page:
        page = opener().new_page()
        opened = open_workspace(self.place)
        with opened.store.write() as writing:
            token = issue_link(writing, self.people[name])
        opened.close()
        page.goto(f"{self.running.url}/sign-in#{token}")
        expect(page.get_by_role("banner")).to_be_visible()
        page.wait_for_url(lambda url: "sign-in" not in url)
        page.goto(f"{self.running.url}/calibration/{self.session}")
        return page


@pytest.fixture(scope="module")
def team(place: Path) -> Iterator[Team]:
    opened = open_workspace(place)
    with opened.store.write() as writing:
        roles = {"Rina": "lead", "Sari R": "reviewer", "Budi R": "reviewer", "Tono": "adjudicator"}
        made = {name: add_person(writing, name=name, roles=(role,)).id for name, role in roles.items()}
        guideline = str(writing.connection.exec_driver_sql("select guideline from study").scalar())
    for name, level in (("Sari R", 3), ("Budi R", 0)):
        for _ in range(2):
            judge(opened, made[name], guideline, level)
    opened.close()
    session = tilik(place, "calibration", "open", "maret")
    assert len(session["items"]) == 2
    with serving(place) as running:
        yield Team(place, running, made, session["id"])


def judge(opened: Workspace, person: str, guideline: str, level: int) -> None:
    with opened.store.write(person) as writing:
        lease = lease_next(writing, person)
        assert lease is not None
        sent = Submission(
            key=new_id(),
            task=lease.task,
            lease=lease.id,
            guideline=guideline,
            answers=answers({"family.COM": True, GAMBLING: level} if level else {}),
            marks=(Mark(question=GAMBLING, start=0.5, end=1.5),) if level else (),
            notes={GAMBLING: "Logo situs slot di pojok kanan."} if level else {},
            active_seconds=20,
            language="id",
        )
        submit(writing, person, sent)


def pressed(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, pressed=True)


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_votes_reveal_talk_ruling_and_votes_again(open_context: Opener, team: Team) -> None:
    sari, budi = team.enter(open_context, "Sari R"), team.enter(open_context, "Budi R")
    lead = team.enter(open_context, "Rina")
    looker = Looker(lead)
    for page, key, said in ((sari, "1", "1 Ya"), (budi, "2", "2 Tidak")):
        expect(page.get_by_role("heading", level=2).first).to_contain_text("?")
        page.keyboard.press(key)
        expect(pressed(page, said)).to_be_visible()
        expect(page.get_by_text("Suara orang lain baru terlihat")).to_be_visible()
        expect(page.get_by_text("Sebelum dibahas")).to_have_count(0)
    expect(lead.get_by_text("2 orang sudah memberi suara")).to_be_visible()
    looker.look("voting")
    picture(lead, "voting")
    lead.get_by_role("button", name="Buka suara").click()
    expect(lead.get_by_text("Ya 1 · Tidak 1")).to_be_visible()
    expect(sari.get_by_text("Ya 1 · Tidak 1")).to_be_visible()
    sari.get_by_label("Pendapat Anda").fill("Logonya terlihat di pojok.")
    sari.get_by_role("button", name="Kirim").click()
    expect(lead.get_by_text("Logonya terlihat di pojok.")).to_be_visible()
    lead.get_by_label("Alasan").fill("Logo situs judi terlihat jelas.")
    looker.look("talk")
    picture(lead, "talk")
    lead.get_by_role("button", name="Putuskan: ya").click()
    expect(lead.get_by_text("Putusan: Ya. Logo situs judi terlihat jelas.")).to_be_visible()
    for page in (sari, budi):
        expect(page.get_by_text("Putusan: Ya.")).to_be_visible()
        page.locator("h1").click()  # out of the text, back to the keys
        page.keyboard.press("1")
        expect(page.get_by_text("Setelah putusan").first).to_be_visible()
    expect(budi.get_by_text("Ya 2 · Tidak 0")).to_be_visible()
    lead.locator("h1").click()
    lead.keyboard.press("n")
    expect(lead.get_by_role("button", name="Video ke-2 memberi suara")).to_have_attribute(
        "aria-current", "step"
    )
    lead.get_by_role("button", name="Tutup sesi").click()
    expect(lead.get_by_text("Sesi ini sudah ditutup.")).to_be_visible()
    lead.keyboard.press("p")
    looker.look("closed")
    picture(lead, "closed")
    sari.goto(f"{team.running.url}/practice")
    expect(sari.get_by_role("region", name="Kalibrasi")).to_contain_text("1 dari 2")
    picture(sari, "list")
    assert looker.found == []
    assert [said for said in looker.console if "401" not in said] == []


def test_work_is_stopped_from_where_a_video_is_ruled_on(open_context: Opener, team: Team) -> None:
    """All of it goes at once; reported, it is gone for everybody, from the session too."""
    tono, sari = team.enter(open_context, "Tono"), team.enter(open_context, "Sari R")
    expect(sari.get_by_role("navigation", name="Video dalam sesi ini").get_by_role("button")).to_have_count(2)
    looker = Looker(tono)
    tono.goto(f"{team.running.url}/adjudication")
    expect(tono.locator("video")).to_be_visible()
    expect(tono.get_by_text("2 menunggu putusan")).to_be_visible()
    for _ in range(3):  # the third, in panic, brings nothing back
        tono.keyboard.press("Escape")
    expect(tono.get_by_role("heading", name="Kerja dihentikan")).to_be_visible()
    expect(tono.locator("video")).to_have_count(0)
    picture(tono, "stopped")
    tono.keyboard.press("1")
    looker.look("stopped", between=lambda: expect(tono.get_by_role("main")).to_be_visible())
    tono.keyboard.press("Enter")
    expect(tono.get_by_text("1 menunggu putusan")).to_be_visible()
    expect(tono.locator("video")).to_be_visible()
    sari.reload()
    expect(sari.get_by_role("navigation", name="Video dalam sesi ini").get_by_role("button")).to_have_count(1)
    assert looker.found == []
