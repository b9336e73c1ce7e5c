"""A study: what was drawn, from what, by which design and guideline; all of it in the log, or none of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import Table, func, select

from study.making import make_study
from tilik.frame.registration import bring_in_frame
from tilik.kernel import Conflict, Invalid, Missing
from tilik.log import log_entry
from tilik.review import open_study
from tilik.sampling import FamilyDesign, Part, PpsDesign, PurposesDesign
from tilik.store import Workspace, guideline_text, open_engine, rebuild
from tilik.store.engine import database_file
from tilik.store.tables import draw, study, task
from tilik.study import DRAWS, active_guideline, add_guideline, find_study, guideline_of, studies


@pytest.fixture
def framed(workspace: Workspace, tmp_path: Path) -> Workspace:
    """A workspace with a frame of 200 videos and a guideline."""
    numbers = range(200)
    rows = {
        "video": [f"v{n:03}" for n in numbers],
        "impressions": [10 * (n + 1) ** 2 for n in numbers],
        "family": [f"f{n // 4}" for n in numbers],
    }
    pq.write_table(pa.table(rows), tmp_path / "frame.parquet")
    bring_in_frame(workspace.store, tmp_path, tmp_path / "frame.parquet", name="2026-02", frame_seed="tilik")
    with workspace.store.write() as writing:
        add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
    return workspace


def open_one(framed: Workspace, tmp_path: Path, name: str = "february", **more: Any) -> str:
    options = {"frame": "2026-02", "design": PpsDesign(), "budget": 30, "seed": 7, **more}
    return open_study(framed.store, tmp_path, name=name, **options)[0]


def count(workspace: Workspace, table: Table) -> int:
    with workspace.store.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_study_opens_a_task_for_every_draw(framed: Workspace, tmp_path: Path) -> None:
    identity = open_one(framed, tmp_path, wants=2)
    with framed.store.read() as connection:
        one = connection.execute(select(study).where(study.c.id == identity)).one()
        tasks = connection.execute(select(task.c.video, task.c.wants, task.c.state)).all()
        drawn = connection.execute(select(draw.c.video)).scalars().all()
        assert one.guideline == active_guideline(connection)
    assert (one.name, one.budget, one.seed, one.wants, one.blind) == ("february", 30, 7, 2, True)
    assert len(drawn) == 30
    assert {tuple(row) for row in tasks} == {(video, 2, "open") for video in drawn}


def test_the_draws_in_the_tables_are_those_the_log_cites(framed: Workspace, tmp_path: Path) -> None:
    identity = open_one(framed, tmp_path)
    with framed.store.read() as connection:
        cited = connection.execute(select(study.c.draws).where(study.c.id == identity)).scalar_one()
        rows = connection.execute(select(draw).where(draw.c.study == identity)).all()
    table = pq.read_table(framed.store.blobs.path(cited))
    assert table.schema.equals(DRAWS)
    kept = {(row.video, row.stratum, row.pi, row.impressions) for row in rows}
    assert kept == {tuple(row.values()) for row in table.to_pylist()}
    assert all(0 < pi <= 1 for _, _, pi, _ in kept)


def test_draws_of_several_purposes_keep_the_probability_of_each(framed: Workspace, tmp_path: Path) -> None:
    parts = (Part(purpose="high-impression"), Part(purpose="random"))
    identity = open_one(framed, tmp_path, design=PurposesDesign(purposes=parts))
    with framed.store.read() as connection:
        assert connection.execute(select(study.c.purpose)).scalar_one() == "several"
        rows = connection.execute(select(draw).where(draw.c.study == identity)).all()
    for row in rows:
        own = json.loads(row.purposes)
        assert row.pi == own[row.purpose] == max(own.values())
    assert {row.purpose for row in rows} == {"high-impression", "random"}
    fresh = open_engine(database_file(tmp_path / "again.db"))
    assert all(match.equal for match in rebuild(framed.store, fresh))
    fresh.dispose()


def test_draws_of_families_keep_their_family(framed: Workspace, tmp_path: Path) -> None:
    identity = open_one(framed, tmp_path, design=FamilyDesign(judge="all"), budget=5)
    with framed.store.read() as connection:
        rows = connection.execute(select(draw).where(draw.c.study == identity)).all()
    assert len(rows) == 4 * len({row.family for row in rows}) == 20
    assert all(len({row.pi for row in rows if row.family == name}) == 1 for name in {r.family for r in rows})
    assert {row.purpose for row in rows} == {None}


def test_the_same_seed_draws_the_same_sample(framed: Workspace, tmp_path: Path) -> None:
    def sample(name: str, seed: int) -> set[tuple[str, float]]:
        identity = open_one(framed, tmp_path, name, seed=seed)
        with framed.store.read() as connection:
            query = select(draw.c.video, draw.c.pi).where(draw.c.study == identity)
            return {(row.video, row.pi) for row in connection.execute(query)}

    assert sample("one", 7) == sample("two", 7) != sample("three", 8)


def test_what_is_refused_leaves_nothing_behind(framed: Workspace, tmp_path: Path) -> None:
    open_one(framed, tmp_path)
    before = count(framed, log_entry)
    refusals: list[tuple[dict[str, Any], type[Exception], str]] = [
        ({}, Conflict, "name exists"),
        ({"name": ""}, Invalid, "1 to 128"),
        ({"name": "x" * 129}, Invalid, "1 to 128"),
        ({"name": "march", "frame": "2026-03"}, Missing, "2026-03"),
        ({"name": "march", "design": PpsDesign(size="likes")}, Invalid, "likes"),
    ]
    for change, kind, words in refusals:
        with pytest.raises(kind, match=words):
            open_one(framed, tmp_path, **change)
    assert (count(framed, log_entry), count(framed, study), count(framed, task)) == (before, 1, 30)


def test_the_log_folds_to_the_same_studies(framed: Workspace, tmp_path: Path) -> None:
    open_one(framed, tmp_path)
    fresh = open_engine(database_file(tmp_path / "again.db"))
    matches = {match.table: match for match in rebuild(framed.store, fresh)}
    fresh.dispose()
    assert [match for match in matches.values() if not match.equal] == []
    assert (matches["draw"].live, matches["task"].live, matches["study"].live) == (30, 30, 1)


def test_a_study_is_found_by_name_or_id_or_by_being_the_only_one(sqlite_workspace: Workspace) -> None:
    with sqlite_workspace.store.read() as connection, pytest.raises(Missing, match="tilik sample draw"):
        find_study(connection)
    one = make_study(sqlite_workspace, 1)
    with sqlite_workspace.store.read() as connection:
        assert find_study(connection) == find_study(connection, one.id) == one.id
        assert find_study(connection, f"study {one.id}") == one.id
    two = make_study(sqlite_workspace, 1)
    with sqlite_workspace.store.read() as connection:
        assert set(studies(connection)) == {one.id, two.id}
        with pytest.raises(Missing, match="there are 2 studies"):
            find_study(connection)
        with pytest.raises(Missing, match=f"study {one.id}"):
            find_study(connection, "none")


# ----------------------------------------------------------------------------------------- guidelines
def test_a_guideline_is_brought_in_once(workspace: Workspace) -> None:
    text = guideline_text("keluarga-id")
    with workspace.store.write() as writing:
        first = add_guideline(writing, text, name="keluarga-id.yaml")
        assert add_guideline(writing, text, name="again.yaml") == first
    assert count(workspace, log_entry) == 1
    with workspace.store.read() as connection:
        found = guideline_of(connection, workspace.store.blobs, first)
    assert found.id == "keluarga-id"


def test_a_workspace_without_that_guideline_says_so(workspace: Workspace) -> None:
    with workspace.store.read() as connection:
        with pytest.raises(Missing, match="no active guideline"):
            active_guideline(connection)
        with pytest.raises(Missing, match="no guideline"):
            guideline_of(connection, workspace.store.blobs, "0" * 64)


def test_an_unsound_guideline_is_refused_with_its_line(workspace: Workspace) -> None:
    with workspace.store.write() as writing, pytest.raises(Invalid, match=r"broken\.yaml:\d+"):
        add_guideline(writing, "id: x\nversion: [", name="broken.yaml")
    assert count(workspace, log_entry) == 0
