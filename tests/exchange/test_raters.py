"""People, classifiers and machine judges beside outcomes: rates by hand, and what never mixes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from sqlalchemy import func, select, update
from sqlalchemy.engine import create_engine

from api.conftest import app, enter  # noqa: F401  fixtures
from api.visitor import Visitor
from measure.survey import CLEAN, GAMBLING, GONE, STOPPED, Say, Survey, Unit, hire, judge, survey
from tilik.exchange.raters import Rater, Raters, compare_raters, judges_of, keep_verdicts
from tilik.frame.registration import bring_in_frame
from tilik.kernel import Conflict, Invalid, TilikError
from tilik.learn.dataset import training_set
from tilik.log import log_entry
from tilik.measure import export_judgements, measure
from tilik.quality.adjudication import outcomes
from tilik.review import open_study
from tilik.sampling import SimpleRandomDesign
from tilik.store import Workspace, guideline_text, rebuild
from tilik.store.tables import study, video
from tilik.study import add_guideline

DRAWN = {"v00", "v01", "v02"}


def line(video: str = "v00", **more: Any) -> str:
    return json.dumps({"video": video, "fails": True, **more})


def studied(workspace: Workspace, says: Sequence[tuple[Say, ...]], *, clip: int = -1, **more: Any) -> Survey:
    """A study of equal draws, judged until nobody has more to say; one video may have a clip."""
    units = [Unit(f"v{at:02}", 0.01, 10.0, says=said, clip=at == clip) for at, said in enumerate(says)]
    made = survey(workspace, units, {"all": 1000.0 * len(says)}, **more)
    people = hire(workspace, "Sari", "Budi", simulated=False)
    judge(workspace, made, [*hire(workspace, *"ABCDE", simulated=True), *people])
    return made


def keep(workspace: Workspace, made: Survey, verdicts: Sequence[str], name: str = "gpt-judge") -> None:
    with workspace.store.write() as writing:
        keep_verdicts(writing, made.id, name, verdicts, "verdicts.jsonl")


def compared(workspace: Workspace, made: Survey, of: str = "verdict", **more: bool) -> Raters:
    with workspace.store.read() as connection:
        return compare_raters(connection, workspace.store.blobs, made.id, of, **more)


def row(found: Raters, kind: str, name: str = "", against: str = "") -> Rater:
    (one,) = [
        rater
        for rater in found.raters
        if rater.kind == kind and rater.name == name and against in ("", rater.against)
    ]
    return one


# --------------------------------------------------------------------------------------------- verdicts
@pytest.mark.parametrize(
    ("lines", "code", "place"),
    [
        ([line(), "{"], "verdict-json", "f:2"),
        (["", line(), "[1]"], "verdict-shape", "f:3"),
        (["NaN"], "verdict-json", "f:1"),
        ([json.dumps({"video": "v00"})], "verdict-shape", "f:1"),
        ([line(fails="yes")], "verdict-shape", "f:1"),
        ([line(fails=1)], "verdict-shape", "f:1"),
        ([line(familes=["COM"])], "verdict-shape", "f:1"),
        ([line(score=1.5)], "verdict-shape", "f:1"),
        ([line(families="COM")], "verdict-shape", "f:1"),
        ([line(families=["COM", "XYZ"])], "verdict-family", "f:1"),
        ([line("elsewhere")], "verdict-video", "f:1"),
        ([line(), line("v01"), line()], "verdict-twice", "f:3"),
        (["", " "], "verdicts-empty", "f"),
        (["[" * 100_000], "verdict-json", "f:1"),
    ],
)
def test_what_is_no_verdict_is_refused_with_its_line_and_leaves_nothing(
    sqlite_workspace: Workspace, lines: list[str], code: str, place: str
) -> None:
    made = studied(sqlite_workspace, [(CLEAN,)] * 3)
    before = everything(sqlite_workspace)
    with pytest.raises(Invalid) as refused, sqlite_workspace.store.write() as writing:
        keep_verdicts(writing, made.id, "m", lines, "f")
    assert (refused.value.code, refused.value.where) == (code, place)
    assert everything(sqlite_workspace) == before


def everything(workspace: Workspace) -> tuple[int, list[str]]:
    """Log entries and files."""
    with workspace.store.read() as connection:
        entries = connection.execute(select(func.count()).select_from(log_entry)).scalar_one()
    return entries, sorted(str(file) for file in workspace.folder.rglob("*") if "/blobs/" in str(file))


def test_a_judge_is_kept_once_under_its_name_and_without_its_reasons(sqlite_workspace: Workspace) -> None:
    made = studied(sqlite_workspace, [(CLEAN,)] * 3)
    keep(sqlite_workspace, made, [line(reason="Nama anaknya Ibu Sari.", families=["SYN", "COM", "COM"])])
    with pytest.raises(Conflict):
        keep(sqlite_workspace, made, [line("v01")])
    with pytest.raises(Invalid):
        keep(sqlite_workspace, made, [line("v01")], name=" ")
    with sqlite_workspace.store.read() as connection:
        (kept,) = judges_of(connection, made.id)
    stored = sqlite_workspace.store.blobs.path(kept.rows).read_text()
    assert json.loads(stored) == {"video": "v00", "fails": True, "families": ["COM", "SYN"], "score": None}
    fresh = create_engine("sqlite://")
    assert all(table.equal for table in rebuild(sqlite_workspace.store, fresh))


# ------------------------------------------------------------------------------------------------ rates
def test_a_machine_beside_what_people_agreed_on(sqlite_workspace: Workspace) -> None:
    """Ten fail, of which it finds seven; ten pass, of which it flags two; one it cannot say, one it skips."""
    says: list[tuple[Say, ...]] = [(GAMBLING, GAMBLING)] * 10 + [(CLEAN, CLEAN)] * 12
    made = studied(sqlite_workspace, says, wants=2)
    flagged = {*range(7), 10, 11}
    verdicts = [line(f"v{at:02}", fails=at in flagged) for at in range(20)]
    keep(sqlite_workspace, made, [*verdicts, json.dumps({"video": "v20", "fails": None})])
    found = compared(sqlite_workspace, made)
    one = row(found, "machine", "gpt-judge")
    assert one.sensitivity.value == pytest.approx(0.7)
    assert one.specificity.value == pytest.approx(0.8)
    assert (one.sensitivity.n, one.specificity.n, one.answers, one.silent) == (10, 10, 20, 2)
    assert one.sensitivity.low < 0.7 < one.sensitivity.high
    assert one.sensitivity.method == "hajek+half-positive+at-least", "few cases stand behind it"
    assert (found.outcomes.agreed, found.outcomes.single) == (22, 0)
    people = row(found, "people", against="others")
    assert people.sensitivity.value is None
    assert people.why is not None and "three people" in people.why.en, "their own vote made each outcome"


def test_a_machine_on_a_family_of_labels(sqlite_workspace: Workspace) -> None:
    made = studied(sqlite_workspace, [(GAMBLING, GAMBLING)] * 8 + [(CLEAN, CLEAN)] * 8, wants=2)
    told = [line(f"v{at:02}", families=["COM"] if at < 6 else []) for at in range(15)]
    keep(sqlite_workspace, made, [*told, line("v15")])
    one = row(compared(sqlite_workspace, made, "COM"), "machine", "gpt-judge")
    assert one.sensitivity.value == pytest.approx(0.75)
    assert one.specificity.value == pytest.approx(1)
    assert (one.answers, one.silent) == (15, 1), "of one it says nothing of families"
    with pytest.raises(Invalid, match="XYZ"):
        compared(sqlite_workspace, made, "XYZ")


def test_people_are_held_against_the_others_alone(sqlite_workspace: Workspace) -> None:
    """In ten videos one of three misses what two find; his vote is not in what he is held against, and of
    the two nothing is known there: the others of each differ, and nobody ruled."""
    says: list[tuple[Say, ...]] = [(GAMBLING, GAMBLING, CLEAN)] * 10
    says += [(GAMBLING,) * 3] * 10
    made = studied(sqlite_workspace, [*says, *[(CLEAN,) * 3] * 10], wants=3)
    found = compared(sqlite_workspace, made, by_person=True)
    people = row(found, "people", against="others")
    assert people.answers == 10 + 30 + 30
    assert people.sensitivity.value == pytest.approx(0.5), "by video: ten missed whole, ten found by all"
    assert people.specificity.value == pytest.approx(1)
    assert people.sensitivity.inputs["families"] == 20, "three judgements of a video are one cluster"
    named = [one for one in found.raters if one.kind == "person"]
    assert [one.name for one in named] == sorted(one.name for one in named)
    assert sum(one.answers for one in named) == people.answers
    assert found.outcomes.contested == 10


def test_gold_stands_in_a_row_of_its_own(sqlite_workspace: Workspace) -> None:
    made = studied(sqlite_workspace, [(CLEAN,)] * 3)
    gold = row(compared(sqlite_workspace, made), "people", against="gold")
    assert gold.answers == 0
    assert gold.why is not None


def test_stopped_and_locked_videos_are_not_compared(sqlite_workspace: Workspace) -> None:
    says: list[tuple[Say, ...]] = [(GAMBLING,)] * 10 + [(CLEAN,)] * 10 + [(STOPPED,), (GONE,)]
    made = studied(sqlite_workspace, says, clip=3)
    keep(sqlite_workspace, made, [line(f"v{at:02}", fails=at != 3) for at in range(22)])
    assert row(compared(sqlite_workspace, made), "machine", "gpt-judge").answers == 20
    with sqlite_workspace.store.write() as writing:
        locked = writing.connection.execute(update(video).where(video.c.id == "v03").values(locked=True))
    assert locked.rowcount == 1
    one = row(compared(sqlite_workspace, made), "machine", "gpt-judge")
    assert (one.answers, one.sensitivity.value) == (19, 1)


def test_with_second_looks_only_what_was_seen_twice_counts(sqlite_workspace: Workspace) -> None:
    says: list[tuple[Say, ...]] = [(GAMBLING, GAMBLING)] * 10 + [(CLEAN, CLEAN)] * 30
    made = studied(sqlite_workspace, says, overlap=0.5)
    keep(sqlite_workspace, made, [line(f"v{at:02}", fails=at % 2 == 0) for at in range(40)])
    one = row(compared(sqlite_workspace, made), "machine", "gpt-judge")
    assert one.sensitivity.value == pytest.approx(0.5)
    assert one.sensitivity.n == 10
    assert 5 < one.specificity.n < 25, "about half of thirty"


def test_a_study_that_is_not_blind_is_not_compared(sqlite_workspace: Workspace) -> None:
    made = studied(sqlite_workspace, [(CLEAN,)] * 3)
    with sqlite_workspace.store.write() as writing:
        writing.connection.execute(update(study).values(blind=False))
    with pytest.raises(TilikError) as refused:
        compared(sqlite_workspace, made)
    assert refused.value.code == "study-assisted"


# ------------------------------------------------------------------------------------------ never mixed
def test_verdicts_change_no_outcome_no_figure_and_no_training_set(
    sqlite_workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "march.csv").write_text(
        "video,impressions\n" + "".join(f"v{at:02},{1000 + at}\n" for at in range(16))
    )
    with sqlite_workspace.store.write() as writing:
        guideline = add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
    bring_in_frame(
        sqlite_workspace.store,
        sqlite_workspace.scratch,
        tmp_path / "march.csv",
        name="march",
        frame_seed="x",
    )
    identity, _ = open_study(
        sqlite_workspace.store,
        sqlite_workspace.scratch,
        name="s1",
        frame="march",
        design=SimpleRandomDesign(),
        budget=16,
        seed=1,
        wants=2,
    )
    says: list[tuple[Say, ...]] = [(GAMBLING, GAMBLING)] * 6 + [(GAMBLING, CLEAN)] * 2 + [(CLEAN, CLEAN)] * 8
    units = tuple(Unit(f"v{at:02}", 1, 1, says=said) for at, said in enumerate(says))
    made = Survey(identity, units, {}, guideline)
    judge(sqlite_workspace, made, hire(sqlite_workspace, "A", "B", simulated=True))

    def all_of_it(name: str) -> tuple[Any, ...]:
        with sqlite_workspace.store.read() as connection:
            blobs = sqlite_workspace.store.blobs
            figures = measure(connection, blobs, made.id)
            export_judgements(connection, blobs, made.id, tmp_path / name)
            return (
                [
                    (one.estimate.value, one.estimate.low, one.estimate.high)
                    for one in (figures.overall, *figures.verdicts, *figures.labels)
                ],
                figures.study,
                outcomes(connection, blobs, made.id),
                training_set(connection, blobs, made.id).content,
                pq.read_table(tmp_path / name).to_pylist(),
            )

    before = all_of_it("before.parquet")
    keep(sqlite_workspace, made, [line(f"v{at:02}", fails=False, families=["COM"]) for at in range(16)])
    one = row(compared(sqlite_workspace, made), "machine", "gpt-judge")
    assert one.why is not None and "contested" in one.why.en, "two videos wait for a ruling, none has one"
    assert all_of_it("after.parquet") == before


# ------------------------------------------------------------------------------------------------- API
def test_leads_see_people_and_machine_learners_do_not(
    sqlite_workspace: Workspace,
    enter: Callable[..., Visitor],  # noqa: F811
) -> None:
    made = studied(sqlite_workspace, [(GAMBLING,) * 3] * 6 + [(CLEAN,) * 3] * 6, wants=3)
    keep(sqlite_workspace, made, [line(f"v{at:02}", fails=at < 6) for at in range(12)])
    where = f"/api/studies/{made.id}/raters"
    assert {one["kind"] for one in enter("lead").get(where).json()["raters"]} == {
        "people",
        "person",
        "machine",
    }
    seen = enter("ml").get(where).json()["raters"]
    assert {one["kind"] for one in seen} == {"people", "machine"}
    assert enter("ml").get(where, params={"of": "NIX"}).json()["code"] == "raters-family"
    for role in ("reviewer", "adjudicator", "policy", "privacy", "child-safety"):
        assert enter(role).get(where).status_code == 403
