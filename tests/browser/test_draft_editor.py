"""A draft is written on the screen, walked as reviewers would, kept and weighed; the file is the truth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tilik.store import guideline_text

from .conftest import Opener
from .looks import Looker
from .place import Served, serving, tilik

pytestmark = pytest.mark.browser

OLD = "Judge what is on screen and in the sound, not the creator's reputation or intent you cannot see."
NEW = 'Weigh what is on screen and in the sound, not "big names" or intent you cannot see.'
RULE = "    - code: VR2\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("rancangan") / "ruang"
    tilik(made, "init", "--admin", "Sari")
    return made


@pytest.fixture(scope="module")
def served_draft(folder: Path) -> Iterator[Served]:
    with serving(folder) as served:
        yield served


@pytest.fixture(scope="module")
def page(open_context_for_module: Opener, served_draft: Served) -> Page:
    page = open_context_for_module().new_page()
    page.goto(served_draft.link)
    expect(page.locator("header nav")).to_be_visible()
    return page


def text_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Teks pedoman (YAML)")


def write(page: Page, text: str) -> None:
    """Replace the whole text, as pasting does."""
    text_of(page).evaluate(
        "(field, text) => { field.focus(); field.select(); field.setRangeText(text); "
        "field.dispatchEvent(new Event('input', {bubbles: true})); }",
        text,
    )


def cursor_to(page: Page, words: str) -> None:
    """Put the cursor into these words, then move it by a key as a writer would."""
    text_of(page).evaluate(
        "(field, words) => { field.focus(); const at = field.value.indexOf(words); "
        "field.setSelectionRange(at, at); }",
        words,
    )
    page.keyboard.press("ArrowRight")


def versions(folder: Path) -> list[tuple[str, str]]:
    return [(one["version"], one["state"]) for one in tilik(folder, "guideline", "list")]


def test_a_fault_is_told_with_its_line_and_nothing_is_kept(
    page: Page, served_draft: Served, folder: Path
) -> None:
    page.goto(f"{served_draft.url}/guideline")
    page.get_by_role("link", name="Buat rancangan dari 0.1.0").click()
    field = text_of(page)
    expect(field).to_have_value(
        guideline_text("keluarga-id")
        .replace('version: "0.1.0"', 'version: "0.2.0"')
        .replace("status: active ", "status: draft ")
    )
    whole = field.input_value()
    write(page, whole.replace("code: PR3,", "code: PR2,"))
    line = whole[: whole.index("code: PR3,")].count("\n") + 1
    page.get_by_role("button", name=f"Baris {line}").click()
    expect(field).to_be_focused()
    first = whole[: whole.index("code: PR2,")].count("\n") + 1
    expect(page.get_by_text(f"Kode PR2 sudah dipakai di baris {first}.")).to_be_visible()
    page.get_by_role("button", name="English", exact=True).click()
    expect(page.get_by_text(f"code PR2 is already used on line {first}.")).to_be_visible()
    page.get_by_role("button", name="Bahasa Indonesia", exact=True).click()
    page.get_by_role("button", name=f"Baris {line}").click()
    assert field.evaluate("(field) => field.value.slice(0, field.selectionStart).split('\\n').length") == line
    expect(page.get_by_role("button", name="Simpan rancangan")).to_be_disabled()
    write(page, whole)
    expect(page.get_by_role("button", name="Simpan rancangan")).to_be_enabled()
    assert versions(folder) == [("0.1.0", "active")]


def test_both_languages_stand_side_by_side_and_only_that_text_changes(page: Page) -> None:
    before = text_of(page).input_value()
    cursor_to(page, OLD)
    english = page.get_by_label("Inggris", exact=True)
    expect(english).to_have_value(OLD)
    expect(page.get_by_label("Bahasa Indonesia", exact=True)).to_have_value(
        "Nilai yang terlihat dan terdengar, bukan nama besar kreator atau niat yang tidak tampak."
    )
    english.fill(NEW)
    expect(text_of(page)).to_have_value(before.replace(OLD, NEW.replace('"', '\\"')))


def test_the_preview_is_the_reviewers_form_over_what_is_written(page: Page) -> None:
    field = text_of(page)
    asked = "Bisakah video ini Anda nilai?"
    other = "Dapatkah video ini Anda nilai sekarang?"
    assert field.input_value().count(asked) == 1
    page.get_by_role("button", name="Pratinjau", exact=True).click()
    form = page.get_by_role("region", name="Penilaian")
    heading = form.get_by_role("heading", level=2)
    expect(heading).to_have_text(asked)
    write(page, field.input_value().replace(asked, other))
    expect(heading).to_have_text(other)
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(heading).to_have_text("Tanda apa saja yang Anda lihat atau dengar?")
    for key in ("Enter", "4", "2", "0", "Enter", "Enter", "3", "Enter"):
        page.keyboard.press(key)
    expect(heading).to_have_text("Sudah lengkap. Kirim?")
    page.keyboard.press("Enter")
    expect(heading).to_have_text(other)


def test_unsaved_text_survives_a_reload(page: Page) -> None:
    write(page, text_of(page).input_value() + "# sampai sini dulu")
    before = text_of(page).input_value()
    page.reload()
    expect(text_of(page)).to_have_value(before)
    expect(page.get_by_text("Tulisan Anda yang belum tersimpan dikembalikan.")).to_be_visible()


def test_what_is_kept_is_what_was_written_and_the_active_version_stays(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    written = text_of(page).input_value()
    page.get_by_role("button", name="Simpan rancangan").click()
    expect(page.get_by_text("Tersimpan sebagai versi 0.2.0.")).to_be_visible()
    assert versions(folder) == [("0.1.0", "active"), ("0.2.0", "draft")]
    out = tmp_path / "keluar.yaml"
    tilik(folder, "guideline", "export", "0.2.0", out)
    assert out.read_bytes() == written.encode()
    tilik(folder, "guideline", "add", out)
    assert versions(folder) == [("0.1.0", "active"), ("0.2.0", "draft")]
    page.get_by_role("button", name="Perubahan", exact=True).click()
    expect(page.get_by_role("cell", name="principles.PR1.text.en")).to_be_visible()
    page.get_by_role("link", name="Lihat dampaknya pada yang sudah dinilai").click()
    expect(page.get_by_role("heading", name="Hanya mengubah kalimat")).to_be_visible()


def test_the_editor_holds_for_everybody(page: Page, served_draft: Served) -> None:
    page.goto(f"{served_draft.url}/guideline")
    page.get_by_role("link", name="Sunting 0.2.0").click()
    looker = Looker(page)
    expect(page.get_by_text("Tidak ada yang mencurigakan.")).to_be_visible()
    looker.look("writing a draft", fits=True)
    page.get_by_role("button", name="Pratinjau", exact=True).click()
    expect(page.get_by_role("region", name="Penilaian")).to_be_visible()
    looker.look("a draft's preview", fits=True)
    assert looker.found == []
    assert [one for one in looker.console if "401" not in one] == []
