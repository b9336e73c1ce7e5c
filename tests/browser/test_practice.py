"""Practice in the browser: a burst by keyboard, with feedback after each item, in both languages."""

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

LABELS = ("label.SYN-MASS", "label.SYN-INCO", "label.SYN-DIST", "label.SYN-DECV")
MASS = {**CLEAN_ANSWERS, "family.SYN": True, **dict.fromkeys(LABELS, 0), "label.SYN-MASS": 3, "verdict": "Q4"}
REASON = "Templat yang sama diulang tanpa isi baru."


@pytest.fixture(scope="module")
def practised(place: Path) -> Iterator[Served]:
    """The server of a workspace where four of the drawn videos are for practice: two pass, two fail."""
    videos = drawn(place)
    lines = [{"video": videos[at], "answers": CLEAN_ANSWERS} for at in (3, 4)]
    for at in (5, 6):  # the bench has the first three in hand by the time of practice
        marks = [{"question": "label.SYN-MASS", "start": 0.5, "end": 2.5}]
        notes = {"label.SYN-MASS": REASON}
        lines.append({"video": videos[at], "answers": MASS, "marks": marks, "notes": notes})
    file = place / "latihan.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert len(tilik(place, "gold", "add", "--file", file, "--practice")["added"]) == 4
    with serving(place) as running:
        yield running


def test_a_burst_with_feedback_in_both_languages(desk: Desk, practised: Served) -> None:
    page, looker = desk.page, Looker(desk.page)
    desk.sign_in(practised.link)
    desk.command("latihan")
    desk.says("Video latihan yang baru bagi Anda: 4.")
    looker.look("practice")
    page.get_by_role("button", name="Mulai 4 video").click()
    verdicts = []
    for number in range(1, 5):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Latihan · video {number} dari 4")
        desk.ready()
        desk.judge(CLEAN)
        heading = page.get_by_role("region", name="Jawaban yang diketahui").get_by_role("heading", level=2)
        expect(heading).to_be_visible()
        verdicts.append(heading.inner_text())
        if "Terlewat" in verdicts[-1] and verdicts.count(verdicts[-1]) == 1:
            desk.says(REASON)
            expect(
                page.get_by_role("row").filter(has_text="Q4").or_(page.get_by_text("Rentang waktu"))
            ).not_to_have_count(0)
            looker.look("feedback")
            desk.switch_language()
            expect(page.get_by_role("heading", level=2)).to_have_text("Missed: this video fails.")
            desk.says("The rule that fired")
            desk.switch_language()
            page.get_by_role("button", name="Video berikutnya").or_(
                page.get_by_role("button", name="Lihat hasil")
            ).focus()
        button = page.get_by_role("button", name="Lihat hasil" if number == 4 else "Video berikutnya")
        expect(button).to_be_focused()
        desk.press("Enter")
    assert sorted(verdicts) == sorted(
        ["Penilaian akhir Anda benar."] * 2 + ["Terlewat: video ini tidak layak."] * 2
    )
    desk.says("2 dari 4 penilaian akhir benar dalam latihan ini.")
    looker.look("practice done")
    page.goto(f"{practised.url}/my-day")
    expect(page.get_by_role("region", name="Ketepatan saya dalam latihan")).to_contain_text("n = 2")
    looker.look("my day with accuracy")
    assert looker.found == []
    assert [said for said in looker.console if "401" not in said] == []
