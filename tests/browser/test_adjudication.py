"""A contradiction at level 3, a blind ruling, a dispute, somebody else who settles it, a precedent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from study.making import answers
from tilik.access import add_person, issue_link
from tilik.access.events import Role
from tilik.demo.clips import ClipWant, make_clips
from tilik.kernel import new_id
from tilik.review import Mark, Submission, lease_next, submit
from tilik.store import open_workspace
from tilik.store.adjudication_tables import dispute, ruling
from tilik.store.tables import judgement

from .conftest import Opener
from .desk import CLEAN
from .desk import Desk as Bench
from .looks import Looker
from .place import Film, Served, make_place, rows_of, serving

pytestmark = pytest.mark.browser
GAMBLING = "label.COM-GAMB"
PICTURES = os.environ.get("TILIK_PICTURES")
"""A folder for pictures of each state, for whoever wants to look."""

People = dict[str, tuple[str, str]]
"""Name → id and sign-in token."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scratch = tmp_path_factory.mktemp("bahan")
    (clip,) = make_clips(scratch / "dibuat", (ClipWant(labels=(("ATT-SENS", 2),), seconds=5),), seed=7)
    made = tmp_path_factory.mktemp("asal") / "ruang"
    make_place(made, [Film(clip.path, "Truk warna-warni")], scratch=scratch, overlap="0.2")
    return made


@pytest.fixture(scope="module")
def people(folder: Path) -> People:
    """Sari sees gambling at level 3, Budi nothing; Citra and Dewi adjudicate, Dewi is also of policy."""
    wanted: dict[str, tuple[Role, ...]] = {
        "Sari R": ("reviewer",),
        "Budi R": ("reviewer",),
        "Citra": ("adjudicator",),
        "Dewi": ("adjudicator", "policy"),
    }
    opened = open_workspace(folder)
    with opened.store.write() as writing:
        made = {name: add_person(writing, name=name, roles=roles).id for name, roles in wanted.items()}
        tokens = {name: issue_link(writing, person) for name, person in made.items()}
    guideline = ""
    for name, level in (("Sari R", 3), ("Budi R", 0)):
        with opened.store.write(made[name]) as writing:
            lease = lease_next(writing, made[name])
            assert lease is not None, "the second look waits for somebody else"
            guideline = str(writing.connection.exec_driver_sql("select guideline from study").scalar())
            chosen = {"family.COM": True, GAMBLING: level} if level else {}
            submit(
                writing,
                made[name],
                Submission(
                    key=new_id(),
                    task=lease.task,
                    lease=lease.id,
                    guideline=guideline,
                    answers=answers(chosen),
                    marks=(Mark(question=GAMBLING, start=0.5, end=1.5),) if level else (),
                    notes={GAMBLING: "Logo situs slot di pojok kanan."} if level else {},
                    active_seconds=20,
                    language="id",
                ),
            )
    opened.close()
    return {name: (made[name], tokens[name]) for name in made}


@pytest.fixture(scope="module")
def running(folder: Path, people: People) -> Iterator[Served]:
    with serving(folder) as served:
        yield served


def enter(opener: Opener, running: Served, people: People, name: str, path: str) -> Page:
    """This person at a screen, in a profile of their own."""
    page = opener().new_page()
    page.goto(f"{running.url}/sign-in#{people[name][1]}")
    expect(page.get_by_role("banner")).to_be_visible()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"{running.url}{path}")
    return page


@dataclass(frozen=True)
class Story:
    """Where it happens, and who."""

    opener: Opener
    running: Served
    folder: Path
    people: People


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.wait_for_timeout(500)
        page.screenshot(path=f"{PICTURES}/{name}.png")


def looked_at(page: Page, looker: Looker, name: str) -> None:
    """Both languages and themes before axe."""
    for language, theme in looker.wear():
        looker.ask_axe(f"{name}, {language}, {theme}")
        picture(page, f"{name}-{language}-{theme}")


def rule_blind(story: Story) -> list[str]:
    """A third person rules, not knowing on whom; what axe found."""
    page = enter(story.opener, story.running, story.people, "Citra", "/adjudication")
    looker = Looker(page)
    expect(page.get_by_role("heading", name="Mulai dari mana?")).to_be_visible()
    main = page.locator("main")
    expect(main.get_by_role("row").filter(has_text="Logo situs slot di pojok kanan.")).to_be_visible()
    for name in ("Sari", "Budi", "R01", "R02", "R03"):
        assert name not in main.inner_text().replace("R-", ""), "nobody's name"
    looked_at(page, looker, "begin")
    page.keyboard.press("3")
    bench = Bench(page)
    bench.walk(CLEAN)
    bench.at("submit")
    looked_at(page, looker, "form")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Apa yang keliru pada A?")).to_be_visible()
    looked_at(page, looker, "error")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Apa yang keliru pada B?")).to_be_visible()
    page.keyboard.press("Enter")
    field = page.get_by_label("Alasan putusan")
    expect(field).to_be_focused()
    page.keyboard.type("Itu logo kanal, bukan situs slot.")
    looked_at(page, looker, "reason")
    field.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Batal kirim")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_label("Alasan putusan")).to_have_value("Itu logo kanal, bukan situs slot.")
    page.get_by_label("Alasan putusan").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tidak ada yang perlu diputus")).to_be_visible()
    looked_at(page, looker, "nothing")
    (row,) = rows_of(story.folder, ruling)
    wrong = {row.a: row.error_a, row.b: row.error_b}
    by = {one.id: one.person for one in rows_of(story.folder, judgement)}
    assert {by[one]: error for one, error in wrong.items()} == {
        story.people["Sari R"][0]: "over-called",
        story.people["Budi R"][0]: "none",
    }
    return looker.found


def object_to_it(story: Story) -> list[str]:
    """Whoever was overturned objects, once."""
    page = enter(story.opener, story.running, story.people, "Sari R", "/rulings")
    mine = Looker(page)
    expect(page.get_by_text("Itu logo kanal, bukan situs slot.")).to_be_visible()
    page.get_by_role("button", name="Ajukan keberatan").click()
    looked_at(page, mine, "dispute")
    page.get_by_label("Mengapa putusan ini keliru?").fill("Alamat situsnya terbaca di 0:01.")
    page.get_by_role("button", name="Ajukan keberatan").click()
    expect(page.get_by_text("Keberatan menunggu putusan")).to_be_visible()
    expect(page.get_by_role("button", name="Ajukan keberatan")).to_have_count(0)
    return mine.found


def settle_the_dispute(story: Story) -> list[str]:
    """A fourth rules on the dispute, and marks the new ruling as a precedent."""
    page = enter(story.opener, story.running, story.people, "Dewi", "/adjudication")
    final = Looker(page)
    expect(page.get_by_text("Alamat situsnya terbaca di 0:01.")).to_be_visible()
    looked_at(page, final, "disputed")
    (first,) = rows_of(story.folder, ruling)
    with_gambling = page.get_by_role("columnheader").all_inner_texts()
    assert with_gambling[:4] == ["Pertanyaan", "A", "B", "Putusan"]
    sides = page.get_by_role("row").filter(has_text="Logo situs slot").get_by_role("cell").all_inner_texts()
    page.keyboard.press("2" if "Logo" in sides[0] else "3")
    Bench(page).at("submit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Apa yang keliru pada A?")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Apa yang keliru pada B?")).to_be_visible()
    page.keyboard.press("Backspace")
    expect(page.get_by_role("heading", name="Apa yang keliru pada A?")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Alasan putusan")).to_be_focused()
    page.keyboard.type("Alamatnya memang terbaca.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tidak ada yang perlu diputus")).to_be_visible()
    assert [one.state for one in rows_of(story.folder, dispute)] == ["overturned"]
    standing = {one.id: one.stands for one in rows_of(story.folder, ruling)}
    assert standing.pop(first.id) is False
    assert list(standing.values()) == [True]
    return mark_a_precedent(story, page, final)


def mark_a_precedent(story: Story, page: Page, final: Looker) -> list[str]:
    """From the list of all rulings."""
    page.goto(f"{story.running.url}/rulings")
    expect(page.get_by_label("Tampilkan di meja tinjau pada")).to_have_value(GAMBLING)
    looked_at(page, final, "all")
    page.get_by_role("button", name="Tampilkan", exact=True).click()
    expect(page.get_by_text("Tampil di meja tinjau")).to_be_visible()
    assert [(one.precedent, one.question) for one in rows_of(story.folder, ruling) if one.stands] == [
        (True, GAMBLING)
    ]
    return final.found


def test_the_story(open_context: Opener, running: Served, folder: Path, people: People) -> None:
    story = Story(open_context, running, folder, people)
    found = rule_blind(story)
    found += object_to_it(story)
    found += settle_the_dispute(story)
    assert found == []
