"""Coverage against a reckoning by hand; what is thin is drawn more of; searches without results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from study.making import answers
from tilik.access import add_person
from tilik.casebook import cases, file_gap
from tilik.casebook.coverage import coverage, thin_floors
from tilik.casebook.searches import search_gaps
from tilik.frame.registration import bring_in_frame
from tilik.kernel import Invalid, canonical, new_id
from tilik.review import open_study
from tilik.sampling import ColumnDesign, PpsDesign
from tilik.store import Workspace, guideline_text
from tilik.store.tables import judgement, study, task
from tilik.study import add_guideline

LANGUAGES, TOPICS = ("id", "jv"), ("belajar", "gim")


def made_frame() -> list[dict[str, Any]]:
    """160 videos; all Javanese games but every fourth fail, of the others every eighth."""
    found = []
    for at in range(160):
        language, topic = LANGUAGES[at % 10 >= 8], TOPICS[at // 2 % 2]
        hard = (language, topic) == ("jv", "gim")
        good = at % 4 == 0 if hard else at % 8 != 1
        row = {"video": f"v{at:03}", "impressions": 100 + 7 * at, "language": language, "topic": topic}
        found.append({**row, "good": good})
    return found


ROWS = made_frame()


def judged(workspace: Workspace, tmp_path: Path, *, budget: int, leave: int = 0) -> str:
    """A study whose draws are judged as the frame says, but for the first ``leave``."""
    file = tmp_path / "frame.csv"
    names = ("video", "impressions", "language", "topic")
    file.write_text("\n".join([",".join(names), *(",".join(str(row[n]) for n in names) for row in ROWS)]))
    bring_in_frame(workspace.store, workspace.scratch, file, name="march", frame_seed="seed")
    with workspace.store.write() as writing:
        add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
        person = add_person(writing, name="Sari", roles=("reviewer",)).id
    identity, _ = open_study(
        workspace.store,
        workspace.scratch,
        name="s1",
        frame="march",
        design=PpsDesign(),
        budget=budget,
        seed=3,
    )
    good = {row["video"]: row["good"] for row in ROWS}
    with workspace.store.write() as writing:
        guideline = writing.connection.execute(select(study.c.guideline)).scalar_one()
        rows = list(writing.connection.execute(select(task).order_by(task.c.video)))[leave:]
        writing.connection.execute(
            insert(judgement), [judgement_row(one, person, guideline, good[one.video]) for one in rows]
        )
        settled = task.c.id.in_([one.id for one in rows])
        writing.connection.execute(task.update().where(settled).values(state="settled", judged=1))
    return identity


def judgement_row(one: Any, person: str, guideline: str, good: bool) -> dict[str, Any]:
    said = answers({"verdict": "Q2" if good else "Q3"})
    return {
        "id": new_id(),
        "key": new_id(),
        "request": "0" * 64,
        "task": one.id,
        "person": person,
        "guideline": guideline,
        "answers": canonical(said).decode(),
        **dict.fromkeys(("marks", "trace"), "[]"),
        "notes": "{}",
        "active_seconds": 9.0,
        "language": "id",
        "submitted_at": "2026-03-01T08:00:00.000000Z",
    }


def of(language: str, topic: str) -> list[dict[str, Any]]:
    return [row for row in ROWS if (row["language"], row["topic"]) == (language, topic)]


def test_a_census_gives_the_very_shares(workspace: Workspace, tmp_path: Path) -> None:
    name = judged(workspace, tmp_path, budget=len(ROWS))
    with workspace.store.read() as connection:
        found = coverage(connection, workspace.store.blobs, name)
    assert (found.by, found.good) == (("language", "topic"), ("Q1", "Q2"))
    assert len(found.cells) == 4
    whole = sum(row["impressions"] for row in ROWS)
    for cell in found.cells:
        rows = of(cell.levels["language"], cell.levels["topic"])
        views = sum(row["impressions"] for row in rows)
        assert (cell.views, cell.videos, cell.judged) == (views, len(rows), len(rows))
        assert cell.share == pytest.approx(views / whole)
        assert cell.good is not None
        share = sum(row["impressions"] for row in rows if row["good"]) / views
        assert [cell.good.value, cell.good.low, cell.good.high] == pytest.approx([share] * 3)
        assert cell.thin == (len(rows) < found.fewest)
    assert [cell.views for cell in found.cells] == sorted((cell.views for cell in found.cells), reverse=True)


def test_a_part_gives_intervals_and_names_what_is_thin(sqlite_workspace: Workspace, tmp_path: Path) -> None:
    name = judged(sqlite_workspace, tmp_path, budget=100, leave=4)
    with sqlite_workspace.store.read() as connection:
        found = coverage(connection, sqlite_workspace.store.blobs, name, ["language"])
    by = {cell.levels["language"]: cell for cell in found.cells}
    assert by["id"].good is not None and by["jv"].good is not None
    assert by["id"].good.low < (by["id"].good.value or 0) < by["id"].good.high
    assert (by["id"].thin, by["jv"].thin) == (False, True)
    assert by["id"].judged + by["jv"].judged == 96
    assert by["jv"].more >= found.fewest - by["jv"].judged
    floors = dict(thin_floors(found, 100))
    assert floors == {"jv": min(by["jv"].more, by["jv"].videos, 50)}
    assert dict(thin_floors(found, 10)) == {"jv": 5}, "half of the budget stays with the whole"
    raised = ColumnDesign(column="language", least=tuple(floors.items()), minimum=2)
    _, drawn = open_study(
        sqlite_workspace.store,
        sqlite_workspace.scratch,
        name="s2",
        frame="march",
        design=raised,
        budget=100,
        seed=4,
    )
    assert {one.name: one.drawn for one in drawn.summary.strata}["jv"] >= floors["jv"]
    pi = drawn.table["pi"].to_pylist()
    assert all(0 < one <= 1 for one in pi)


def test_domains_that_cannot_be_asked_by_are_refused(sqlite_workspace: Workspace, tmp_path: Path) -> None:
    name = judged(sqlite_workspace, tmp_path, budget=10)
    with sqlite_workspace.store.read() as connection, pytest.raises(Invalid, match="no domain 'mood'"):
        coverage(connection, sqlite_workspace.store.blobs, name, ["mood"])


def test_a_gap_is_a_case_once(sqlite_workspace: Workspace, tmp_path: Path) -> None:
    judged(sqlite_workspace, tmp_path, budget=10)
    cell = {"language": "jv", "topic": "belajar"}
    with sqlite_workspace.store.write() as writing:
        lead = add_person(writing, name="Tia", roles=("policy",)).id
        first = file_gap(writing, lead, case_type="topic_uncovered", cell=cell, said="Hampir kosong")
        again = file_gap(writing, lead, case_type="topic_uncovered", cell=cell, said="Masih kosong")
        assert (again.case, again.repeated) == (first.case, True)
        with pytest.raises(Invalid, match="not a content gap"):
            file_gap(writing, lead, case_type="new_format", cell=cell, said="Salah jenis")
    with sqlite_workspace.store.read() as connection:
        (found,) = cases(connection)
    assert (found.kind, found.cell, found.said, found.seen) == ("content-gap", cell, "Hampir kosong", ())


SEARCHES = """query,count,results
dongeng sunda,420,1
lagu anak,9000,50
dongeng madura,77,0
ani 0812-3456-7890,30,0
sekali saja,3,0
surel a@b.id,40,0
"""


def test_searches_that_find_too_little_are_listed_and_personal_ones_left_out() -> None:
    found = search_gaps(SEARCHES)
    assert [(one.query, one.count) for one in found.gaps] == [("dongeng sunda", 420), ("dongeng madura", 77)]
    assert (found.searches, found.lacking, found.left_out) == (9497, 497, 3)
    assert search_gaps(SEARCHES, few=1).lacking == 77


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("query,count\na,1\n", "no column results"),
        ("query,count,results\na,b,1\n", "list:2.*whole numbers"),
        ("query,count,results\n ,4,1\n", "list:2.*words"),
    ],
)
def test_a_list_that_cannot_be_read_says_where(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        search_gaps(text, name="list")
