"""Real answers judged in the browser by keyboard alone; the guideline read and its change weighed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guideline.versions import edit, with_rule
from policy.replica import filled
from tilik.store import open_workspace

from .conftest import Opener
from .looks import Looker
from .place import Served, serving, tilik
from .test_bench_rules import soon

pytestmark = pytest.mark.browser
JUDGED = 10
DRAFT = with_rule("SYN-MASS", 1, "Q3").replace('version: "0.1.0"', 'version: "0.2.0"')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """200 real answers and 20 pairs that wait, 300 judgements of videos, and a stricter draft."""
    files = sorted((shared / "data" / "child_ai" / "responses").glob("*.json"))
    if not files:
        pytest.skip("no answers of real models beside the repository")
    made = tmp_path_factory.mktemp("jawaban") / "ruang"
    tilik(made, "init", "--admin", "Sari")
    options = ("--name", "nyata", "--limit", "200", "--pairs", "20", "--band", "AB3", "--seed", "1")
    assert tilik(made, "answers", "import", *files, *options)["answers"] == 200
    opened = open_workspace(made)
    filled(opened, 300)
    opened.close()
    draft = made.parent / "draft.yaml"
    draft.write_text(edit('en: "High"', 'en: "Very good"', DRAFT), encoding="utf-8")
    tilik(made, "guideline", "add", draft)
    return made


@pytest.fixture(scope="module")
def served_answers(folder: Path) -> Iterator[Served]:
    with serving(folder) as served:
        yield served


def enter(open_context: Opener, folder: Path, served: Served, place: str) -> Page:
    page = open_context().new_page()
    page.goto(tilik(folder, "link", "Sari", "--url", served.url)["link"])
    expect(page.locator("header nav")).to_be_visible()
    page.goto(f"{served.url}{place}")
    return page


def test_ten_real_answers_are_judged_by_keyboard(
    open_context: Opener, folder: Path, served_answers: Served
) -> None:
    page = enter(open_context, folder, served_answers, "/answers")
    bodies: list[str] = []
    marked = ""
    page.on("response", lambda r: bodies.append(r.text()) if r.url.endswith("/api/answers/next") else None)
    for at in range(JUDGED):
        step = page.locator("[aria-current=step]")
        expect(step).to_be_visible()
        pair = page.get_by_text("Jawaban B", exact=True).count() > 0
        if not pair and not marked:
            marked = mark_first_word(page)
        keys = "22" if pair else f"1>{1 + at % 5}{'4' * 6}"
        for key in keys:
            page.keyboard.press({">": "Enter"}.get(key, key))
        button = page.get_by_role("button", name="Kirim dan lanjut")
        expect(button).to_be_enabled()
        with page.expect_response(lambda r: r.url.endswith("/api/answers/next")):
            page.keyboard.press("Enter")
    expect(page.locator("[aria-current=step]")).to_be_visible()
    # The last one is held for four seconds before it leaves.
    assert soon(lambda: tilik(folder, "answers", "report")["judgements"] == JUDGED)
    report = tilik(folder, "answers", "report")
    assert report["judgements"] == JUDGED
    assert any(one["estimate"] for one in report["scores"])
    counts = tilik(folder, "answers", "export", folder.parent / "keluar")
    assert counts["spans.jsonl"] == 1
    span = json.loads((folder.parent / "keluar" / "spans.jsonl").read_text(encoding="utf-8"))
    assert (span["text"], span["tag"]) == (marked, "false_feelings")
    assert bodies
    for model in ("DeepSeek", "Gemma", "Llama", "Qwen"):
        assert not any(f'"{model}' in body for body in bodies)


def test_what_was_said_of_an_answer_survives_a_reload_and_so_does_stopping(
    open_context: Opener, folder: Path, served_answers: Served
) -> None:
    page = enter(open_context, folder, served_answers, "/answers")
    heading = page.locator("[aria-current=step]").get_by_role("heading")
    expect(heading).to_be_visible()
    pass_pairs(page)
    asked = page.locator("p[data-turn]").first.inner_text()
    for key in ("1", "Enter", "3"):
        page.keyboard.press(key)
    page.get_by_label("Jawaban yang lebih baik").fill("Tanya dulu kepada orang tuamu.")
    marked = mark_first_word(page)
    page.keyboard.press("Escape")
    at = heading.inner_text()
    page.reload()
    expect(page.get_by_label("Jawaban yang lebih baik")).to_have_value("Tanya dulu kepada orang tuamu.")
    expect(page.locator("p[data-turn]").first).to_have_text(asked)
    expect(heading).to_have_text(at)
    expect(page.get_by_role("button", name="Hapus tanda Mengaku punya perasaan")).to_be_visible()
    assert marked
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Kerja dihentikan")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Kerja dihentikan")).to_be_visible()
    expect(page.locator("p[data-turn]")).to_have_count(0)
    expect(page.get_by_role("button", name="Esc")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Jawaban yang lebih baik")).to_have_value("Tanya dulu kepada orang tuamu.")
    expect(heading).to_have_text(at)


def pass_pairs(page: Page) -> None:
    """One answer in eleven is beside another, and has no sentence that would be better: judge those away."""
    while page.get_by_text("Jawaban B", exact=True).count() > 0:
        for key in "22":
            page.keyboard.press(key)
        expect(page.get_by_role("button", name="Kirim dan lanjut")).to_be_enabled()
        with page.expect_response(lambda r: r.url.endswith("/api/answers/next")):
            page.keyboard.press("Enter")
        expect(page.locator("[aria-current=step]")).to_be_visible()


def mark_first_word(page: Page) -> str:
    """Select what stands before the first space of the answer and tag it; returns those words."""
    said = page.locator("p[data-turn]")
    words = said.evaluate(
        """(p) => {
          const node = p.firstChild, range = document.createRange();
          range.setStart(node, 0);
          range.setEnd(node, node.textContent.search(/ /));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          return range.toString();
        }"""
    )
    page.get_by_role("button", name="Mengaku punya perasaan", exact=True).click()
    expect(page.get_by_role("button", name="Hapus tanda Mengaku punya perasaan")).to_be_visible()
    return str(words)


def test_the_pages_hold_for_everybody(open_context: Opener, folder: Path, served_answers: Served) -> None:
    page = enter(open_context, folder, served_answers, "/answers")
    looker = Looker(page)
    expect(page.locator("[aria-current=step]")).to_be_visible()
    looker.look("machine answers")
    page.goto(f"{served_answers.url}/guideline")
    expect(page.get_by_role("heading", name="Prinsip")).to_be_visible()
    looker.look("the guideline")
    page.get_by_role("link", name="Perubahan 0.2.0").click()
    expect(page.get_by_role("heading", name="Mengubah keputusan")).to_be_visible()
    expect(page.get_by_text("verdict.rules.VR1B")).to_be_visible()
    expect(page.get_by_role("heading", name="march")).to_be_visible()
    looker.look("what a draft changes")
    assert looker.found == []
    assert [one for one in looker.console if "401" not in one] == []


def test_a_draft_is_weighed_queued_and_activated(
    open_context: Opener, folder: Path, served_answers: Served
) -> None:
    page = enter(open_context, folder, served_answers, "/guideline")
    page.get_by_role("link", name="Perubahan 0.2.0").click()
    page.get_by_role("button", name="Buka antrean nilai ulang").click()
    expect(page.get_by_text("menunggu dinilai ulang")).to_be_visible()
    page.get_by_role("button", name="Aktifkan versi ini").click()
    expect(page.get_by_role("row", name="keluarga-id 0.2.0 aktif")).to_be_visible()
    states = {one["version"]: one["state"] for one in tilik(folder, "guideline", "list")}
    assert states == {"0.1.0": "retired", "0.2.0": "active"}
