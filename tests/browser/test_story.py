"""Eight real clips judged by keyboard, in two languages, through undo, a cut line, a reload and a stop-work;
then the measured page says what those judgements imply, reckoned here by other code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tilik.store.tables import escalation, judgement, note, task, video

from .conftest import new_context
from .desk import AT_ONCE
from .place import draws, make_place, rows_of, serving, tilik
from .reckoning import printed, reckon
from .story import Story, films, play

pytestmark = pytest.mark.browser

FAILING = ("Q3", "Q4")
VERDICTS = ("Q1", "Q2", "Q3", "Q4")


@dataclass(frozen=True)
class Played:
    """The story, the workspace it left behind, and the link it came in by."""

    story: Story
    folder: Path
    second_use: str

    def by_title(self) -> dict[str, Any]:
        """Title → its judgement's row."""
        videos = {row.id: row.title for row in rows_of(self.folder, video)}
        tasks = {row.id: videos[row.video] for row in rows_of(self.folder, task)}
        return {tasks[row.task]: row for row in rows_of(self.folder, judgement)}

    def assessed(self) -> dict[str, dict[str, Any]]:
        """Video id → the answers in the database, where the video could be judged."""
        videos = {row.title: row.id for row in rows_of(self.folder, video)}
        answers = {videos[title]: json.loads(row.answers) for title, row in self.by_title().items()}
        return {name: found for name, found in answers.items() if found["assessable"] == "yes"}


@pytest.fixture(scope="module")
def played(browser: Browser, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    videos = shared / "videos"
    if not videos.is_dir():
        pytest.skip("no real clips: the folder `shared/videos` beside the repository is missing")
    folder = tmp_path_factory.mktemp("kisah") / "ruang"
    make_place(folder, films(videos), scratch=tmp_path_factory.mktemp("bahan"))
    with serving(folder) as running:
        context = new_context(browser)
        story = play(context, running.link)
        context.close()
        stranger = new_context(browser)
        page = stranger.new_page()
        page.goto(running.link)
        expect(page.get_by_role("heading", level=2)).to_be_visible()
        second_use = page.locator("main").inner_text()
        stranger.close()
    yield Played(story, folder, second_use)


def test_a_sign_in_link_works_once(played: Played) -> None:
    assert "Tautan ini sudah tidak berlaku" in played.second_use


def test_rows_are_what_was_keyed(played: Played) -> None:
    found = played.by_title()
    assert set(found) == set(played.story.keyed)
    for title, keyed in played.story.keyed.items():
        row = found[title]
        assert json.loads(row.answers) == keyed.answers, title
        assert row.language == keyed.language, title
        assert row.active_seconds > 0, title
        marks = [(mark["question"], mark["start"], mark["end"]) for mark in json.loads(row.marks)]
        assert [question for question, *_ in marks] == [question for question, *_ in keyed.marks]
        for (_, *found_at), (_, *keyed_at) in zip(marks, keyed.marks, strict=True):
            assert found_at == pytest.approx(keyed_at, abs=0.01)


def test_reasons_are_kept_word_for_word(played: Played) -> None:
    titles = {row.id: title for title, row in played.by_title().items()}
    found: dict[str, dict[str, str]] = {title: {} for title in titles.values()}
    for row in rows_of(played.folder, note):
        found[titles[row.owner]][row.question] = row.text
    assert found == {title: keyed.notes for title, keyed in played.story.keyed.items()}


def test_each_task_is_judged_once(played: Played) -> None:
    judged = [row.task for row in rows_of(played.folder, judgement)]
    assert len(judged) == len(set(judged)) == len(played.story.keyed) == 8


def test_an_undone_judgement_comes_back_with_its_answers(played: Played) -> None:
    shown = played.story.pages["called back"]
    for said in ("Ya, bisa dinilai", "Umum", "Prasekolah", "Cukup"):
        assert said in shown


def test_a_reload_keeps_the_draft(played: Played) -> None:
    assert "General" in played.story.pages["before reload"]
    assert played.story.pages["after reload"] == played.story.pages["before reload"]


def test_a_cut_line_is_said_calmly(played: Played) -> None:
    assert "1 menunggu dikirim" in played.story.pages["offline"]
    assert "Pekerjaan Anda aman di sini" in played.story.pages["offline"]


def test_stop_work_takes_all_away_at_once(played: Played) -> None:
    stop = played.story.stop
    assert stop["ms"] <= AT_ONCE
    assert stop["paused"] is True
    assert stop["src"] is None
    assert (stop["buffered"], stop["boxes"]) == (0, 0)
    assert played.story.stopped not in played.story.pages["stop-work"]


def test_a_stopped_item_is_locked_and_never_comes_back(played: Played) -> None:
    assert "/media/" in played.story.stop_media
    assert played.story.media_after_stop == 404
    assert played.story.stopped not in played.story.seen_after_stop
    (raised,) = rows_of(played.folder, escalation)
    (stopped,) = [row for row in rows_of(played.folder, video) if row.title == played.story.stopped]
    assert (raised.code, raised.video, stopped.locked) == ("ESC-GROOM", stopped.id, True)
    assert raised.at_second >= 0
    assert {row.state for row in rows_of(played.folder, task) if row.video == stopped.id} == {"stopped"}


def test_the_page_says_what_the_judgements_imply(played: Played) -> None:
    share = reckon(draws(played.folder), played.assessed(), lambda answers: answers["verdict"] in FAILING)
    page = played.story.pages
    assert 0 < share.value < 1
    text = page["measurement"].replace("\u00a0", " ")
    ends = f"{printed(share.low, 'id', 1)}–{printed(share.high, 'id', 1)} %"
    assert f"Dari video yang dinilai saja: {printed(share.value, 'id')} % ({ends})" in text
    assert page["estimate"].replace("\u00a0", " ").endswith(" %"), "the figure that the score helps"
    assert "7" in text


def test_the_tables_say_what_the_judgements_imply(played: Played) -> None:
    drawn, judged = draws(played.folder), played.assessed()
    holds = {code: (lambda answers, code=code: answers["verdict"] == code) for code in VERDICTS}
    label = "label.SYN-MASS", "label.BEH-RISK"
    holds |= {q.removeprefix("label."): (lambda answers, q=q: answers.get(q, 0) >= 2) for q in label}
    rows = {row[0]: row[2:] for table in played.story.rows.values() for row in table}
    for code, hold in holds.items():
        share = reckon(drawn, judged, hold)
        wanted = [f"{printed(end, 'id')}\u00a0%" for end in (share.value, share.low, share.high)]
        assert rows[code][:3] == wanted, code
        assert rows[code][3:5] == [str(share.n), f"{share.n_eff:.1f}".replace(".", ",")], code


def test_the_log_verifies_and_rebuilds_the_same_tables(played: Played) -> None:
    assert tilik(played.folder, "log", "verify")["breaks"] == []
    assert all(table["equal"] for table in tilik(played.folder, "log", "rebuild"))


def test_nothing_went_wrong_in_the_console(played: Played) -> None:
    # Asked before signing in; the line was cut on purpose; a locked video was asked for once.
    expected = ("401 (Unauthorized)", "ERR_INTERNET_DISCONNECTED", "404 (Not Found)")
    assert [said for said in played.story.trouble if not any(one in said for one in expected)] == []
