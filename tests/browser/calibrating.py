"""A team with a calibration session that is open, and a server on which they meet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from study.making import answers
from tilik.access import add_person, issue_link
from tilik.kernel import new_id
from tilik.review import Mark, Submission, lease_next, submit
from tilik.store import Workspace, open_workspace

from .conftest import Opener
from .place import Served, serving, tilik

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


@contextmanager
def working(place: Path) -> Iterator[Team]:
    """A study whose two videos are judged apart, and a session that is open on them."""
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
