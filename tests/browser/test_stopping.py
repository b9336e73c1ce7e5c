"""Work is stopped wherever a video plays, by two keys and at once: on its own page, and in a case."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from study.making import answers
from tilik.access import add_person, issue_link
from tilik.access.events import Role
from tilik.casebook import Filing, file_case
from tilik.casebook.act import see_again
from tilik.kernel import Span, new_id
from tilik.review import Submission, lease_next, submit
from tilik.store import Writing, open_workspace
from tilik.store.tables import escalation, study, video

from .conftest import Opener
from .desk import GUIDELINE, WATCH
from .looks import Looker
from .place import Served, rows_of, served, serving

pytestmark = pytest.mark.browser
SPAN = Span(start=0.5, end=1.0)
GONE = 200
"""Within which nothing is seen, played or held any more (ms). Two tries, for the machine may be busy."""
PICTURES = os.environ.get("TILIK_PICTURES")
PLAY = """async (number) => {
  const video = document.querySelectorAll('video')[number];
  video.muted = true;
  await video.play();
  while (video.currentTime < 0.2) await new Promise((on) => setTimeout(on, 20));
}"""


@dataclass(frozen=True)
class Team:
    """A running server, the people there, and the videos in the order of their tasks."""

    place: Path
    running: Served
    people: dict[str, str]
    videos: list[str]
    case: int

    def enter(self, opener: Opener, name: str) -> Page:
        page = opener().new_page()
        opened = open_workspace(self.place)
        with opened.store.write() as writing:
            token = issue_link(writing, self.people[name])
        opened.close()
        page.goto(f"{self.running.url}/sign-in#{token}")
        page.wait_for_url(lambda url: "sign-in" not in url)
        expect(page.get_by_role("banner")).to_be_visible()
        return page


@pytest.fixture(scope="module")
def team(place: Path) -> Iterator[Team]:
    opened = open_workspace(place)
    roles: dict[str, Role] = {"Rina": "lead", "Kiki": "policy", "Tuti": "reviewer"}
    with opened.store.write() as writing:
        made = {name: add_person(writing, name=name, roles=(role,)).id for name, role in roles.items()}
        guideline = str(writing.connection.execute(select(study.c.guideline)).scalar())
    with opened.store.write(made["Tuti"]) as writing:
        case = file_and_judge(writing, made["Tuti"], guideline)
    opened.close()
    with serving(place) as running:
        yield Team(place, running, made, served(place), case)


def file_and_judge(writing: Writing, person: str, guideline: str) -> int:
    """Files a case about the first video, sees the same in the second, and finds nothing else in both."""
    number, case = 0, ""
    for second in (False, True):
        lease = lease_next(writing, person)
        assert lease is not None
        if not second:
            body = {"key": new_id(), "task": lease.task, "type": "definition_silent", "said": "Iklan?"}
            filed = file_case(writing, person, Filing.model_validate(body | {"span": SPAN.model_dump()}))
            number, case = filed.number, filed.case
        sent = {"key": new_id(), "task": lease.task, "lease": lease.id, "guideline": guideline}
        sent |= {"answers": answers(), "active_seconds": 20, "language": "id"}
        receipt = submit(writing, person, Submission.model_validate(sent))
        if second:
            see_again(writing, person, case, receipt.id, SPAN)
    return number


def stop(page: Page, player: int) -> None:
    """Plays, presses Escape twice, and is back; twice, and the better of both counts."""
    took = []
    for _ in range(2):
        page.wait_for_selector("video")
        page.evaluate(PLAY, player)
        page.evaluate(WATCH, player)
        for _ in range(3):  # the third, in panic, brings nothing back
            page.keyboard.press("Escape")
        took.append(page.evaluate("window.gone"))
        expect(page.get_by_role("heading", name="Kerja dihentikan")).to_be_visible()
        expect(page.locator("video, img")).to_have_count(0)
        if len(took) < 2:
            expect(page.get_by_role("button", name="Esc")).to_be_visible()
            page.keyboard.press("Escape")
    print(page.url, took)
    assert min(took) <= GONE, took


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def locked(team: Team) -> list[str]:
    return sorted(row.id for row in rows_of(team.place, video) if row.locked)


def test_a_lead_stops_a_video_on_its_page(open_context: Opener, team: Team) -> None:
    page = team.enter(open_context, "Rina")
    looker = Looker(page)
    seen = team.videos[4]
    page.goto(f"{team.running.url}/videos/of/{seen}")
    title = next(row.title for row in rows_of(team.place, video) if row.id == seen)
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    stop(page, 0)
    expect(page.get_by_text(title, exact=True)).to_have_count(0)
    page.keyboard.press("1")
    looker.look("stopped")
    picture(page, "stopped-video")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Laporan Anda sudah dicatat")).to_be_visible()
    looker.look("reported")
    picture(page, "reported-video")
    assert locked(team) == [seen]
    (row,) = [one for one in rows_of(team.place, escalation) if one.video == seen]
    assert (row.task, row.code) == (None, GUIDELINE["escalations"][0]["code"])
    assert row.at_second >= 0.2
    page.goto(f"{team.running.url}/videos/of/{seen}")
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.locator("video").count() == 0
    assert looker.found == []


def test_who_keeps_cases_says_which_video_it_was(open_context: Opener, team: Team) -> None:
    page = team.enter(open_context, "Kiki")
    looker = Looker(page)
    page.goto(f"{team.running.url}/casebook/{team.case}")
    expect(page.locator("video")).to_have_count(2)
    stop(page, 1)
    which = page.get_by_role("group", name="Video yang mana?").get_by_role("radio")
    expect(which.nth(1)).to_be_checked()  # the one that was playing
    looker.look("which", between=lambda: expect(page.get_by_role("main")).to_be_visible())
    picture(page, "stopped-case")
    which.nth(1).focus()
    page.keyboard.press("ArrowUp")
    expect(which.nth(0)).to_be_checked()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Videonya dikunci setelah henti kerja")).to_be_visible()
    expect(page.locator("video")).to_have_count(1)
    assert team.videos[0] in locked(team)
    assert team.videos[1] not in locked(team)
    assert looker.found == []
