"""A study goes to Label Studio and what was judged there comes back, into a place that no figure reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from review.desk import Desk, submission
from study.making import Made, answers, make_study, people, shipped
from tilik.exchange import find_imported, judged_outside, keep_outside
from tilik.exchange.judged import judged_videos
from tilik.exchange.label_studio.tasks import Origin, Read, read_tasks, tasks_again, tasks_of
from tilik.kernel import Conflict, Invalid, digest_bytes
from tilik.log import log_entry
from tilik.review.events import Mark
from tilik.store import Workspace, rebuild
from tilik.store.exchange_tables import outside_judgement, outside_name, outside_rater
from tilik.store.tables import draw, judgement, person, study, task

SOURCE = Path(__file__).resolve().parents[2] / "src" / "tilik"
FAMILY = shipped().families[0].code
LABEL = next(one.code for one in shipped().labels if one.family == FAMILY)


def judged_study(workspace: Workspace) -> Made:
    """Three videos, two judged by two people each: one of them with a label, spans and a reason."""
    made = make_study(workspace, 3, wants=2)
    desk = Desk(workspace)
    found = answers({f"family.{FAMILY}": True, f"label.{LABEL}": 2, "audience.factors": []})
    for reviewer in people(workspace, "Sari", "Budi"):
        for body in (
            {},
            {
                "answers": found,
                "marks": (
                    Mark(question=f"label.{LABEL}", start=0.123456789, end=2.5),
                    Mark(question=f"label.{LABEL}", start=3.0, end=3.0),
                ),
                "notes": {f"label.{LABEL}": "Suara teriakan berulang."},
            },
        ):
            lease = desk.take(reviewer)
            desk.send(reviewer, submission(lease, made, **body))
    return made


def origin(workspace: Workspace, made: Made, **more: Any) -> Origin:
    return Origin(shipped(), made.guideline, workspace.settings.id, **more)


def sent(workspace: Workspace, made: Made, **more: Any) -> list[dict[str, Any]]:
    with workspace.store.read() as connection:
        videos = judged_videos(connection, workspace.store.blobs, made.id)
        return json.loads(json.dumps(list(tasks_of(origin(workspace, made, **more), videos))))


def kept(workspace: Workspace, made: Made, read: Read, name: str = "there") -> str:
    with workspace.store.write() as writing:
        return keep_outside(writing, read.judged, name=name, guideline=made.guideline, document=shipped())


def test_every_judgement_comes_back_elsewhere_the_same(workspace: Workspace) -> None:
    made = judged_study(workspace)
    tasks = sent(workspace, made, address="https://clips.example.org/{video}.mp4")
    assert [task["data"]["tilik"]["video"] for task in tasks] == sorted(made.videos)
    assert tasks[0]["data"]["video"] == f"https://clips.example.org/{sorted(made.videos)[0]}.mp4"
    elsewhere = Origin(shipped(), made.guideline, "another workspace")
    first = read_tasks(elsewhere, tasks)
    assert first.left_out == {}
    ours = Desk(workspace).rows(judgement)
    people_there = [one for one in first.judged if one.kind == "person"]
    assert len(people_there) == len(ours) == 4
    assert {json.dumps(one.said.answers, sort_keys=True) for one in people_there} == {
        json.dumps(json.loads(row.answers), sort_keys=True) for row in ours
    }
    assert {one.active_seconds for one in people_there} == {12.5}
    kept(workspace, made, first)
    with workspace.store.read() as connection:
        found = find_imported(connection, "there")
        assert (found.videos, found.people, found.machines, found.judgements) == (3, 2, 1, 4 + 3)
        assert found.complete == 4
        again = list(tasks_again(elsewhere, judged_outside(connection, found.id)))
    second = read_tasks(Origin(shipped(), made.guideline, "a third"), json.loads(json.dumps(again)))
    bare = [(one.video, one.kind, one.rater, one.said, one.at) for one in second.judged]
    assert sorted(bare, key=repr) == sorted(
        [(one.video, one.kind, one.rater, one.said, one.at) for one in first.judged], key=repr
    )


def test_what_comes_home_unchanged_is_left_out_and_what_was_changed_is_the_others(
    sqlite_workspace: Workspace,
) -> None:
    made = judged_study(sqlite_workspace)
    tasks = sent(sqlite_workspace, made)
    home = origin(sqlite_workspace, made)
    read = read_tasks(home, tasks)
    assert read.judged == []
    assert read.left_out == {
        "judgements of this workspace, unchanged": 4,
        "evidence of this workspace, unchanged": 3,
    }
    with pytest.raises(Invalid, match="no judgement"):
        kept(sqlite_workspace, made, read)
    touched = next(one for task in tasks for one in task["annotations"] if len(one["result"]) > 10)
    confidence = next(one for one in touched["result"] if one["from_name"] == "confidence")
    confidence["value"] = {"choices": ["level-2"]}
    touched["completed_by"] = {"id": 7, "email": "ani@example.org"}
    (changed,) = read_tasks(home, tasks).judged
    assert (changed.kind, changed.rater) == ("person", "ani@example.org")


def test_nothing_of_the_sampling_leaves(sqlite_workspace: Workspace) -> None:
    made = judged_study(sqlite_workspace)
    text = json.dumps(sent(sqlite_workspace, made))
    for told in ("stratum", '"pi"', "weight", "impressions", "score", "Sari", "Budi"):
        assert told not in text
    assert "evidence.shot" in text
    assert "evidence.lexicon" not in text  # not for the eyes of a blind study
    blank = sent(sqlite_workspace, made, blank=True)
    assert [(task["annotations"], task["predictions"]) for task in blank] == [([], [])] * 3
    assert "Sari" not in json.dumps(blank)


def test_a_stopped_video_stays_here(sqlite_workspace: Workspace) -> None:
    made = make_study(sqlite_workspace, 2)
    desk, (sari,) = Desk(sqlite_workspace), people(sqlite_workspace, "Sari")
    desk.stop(sari, desk.take(sari))
    assert len(sent(sqlite_workspace, made)) == 1


def test_an_imported_study_is_in_no_figure_and_has_no_probability(sqlite_workspace: Workspace) -> None:
    made = judged_study(sqlite_workspace)
    desk = Desk(sqlite_workspace)
    counted = (study, draw, task, judgement, person)
    before = [desk.rows(table) for table in counted]
    read = read_tasks(Origin(shipped(), made.guideline, "elsewhere"), sent(sqlite_workspace, made))
    kept(sqlite_workspace, made, read)
    assert [desk.rows(table) for table in counted] == before
    assert {column.name for column in outside_judgement.columns}.isdisjoint({"pi", "weight", "stratum"})
    readers = {
        file.relative_to(SOURCE).parts[0]
        for file in SOURCE.rglob("*.py")
        if "exchange_tables" in file.read_text(encoding="utf-8")
    }
    assert readers == {"exchange", "retention", "store"}, "retention forgets it, nobody measures it"


def test_the_log_folds_to_the_same_tables_and_holds_no_name(workspace: Workspace) -> None:
    made = judged_study(workspace)
    tasks = sent(workspace, made)
    for made_task in tasks:
        made_task["data"]["tilik"]["judgements"] = []
        for one in made_task["annotations"]:
            one["completed_by"] = {"email": "ani@example.org"}
    read = read_tasks(Origin(shipped(), made.guideline, "elsewhere"), tasks)
    kept(workspace, made, read)
    engine = create_engine("sqlite://")
    assert all(match.equal for match in rebuild(workspace.store, engine))
    desk = Desk(workspace)
    bodies = "".join(row.body for row in desk.rows(log_entry))
    assert "ani@example.org" not in bodies
    assert digest_bytes(b"ani@example.org") not in bodies, "a name that is guessed is not confirmed"
    assert "Suara teriakan" not in bodies
    assert "ani@example.org" in {row.name for row in desk.rows(outside_name)}
    machine = next(row for row in desk.rows(outside_rater) if row.kind == "machine")
    assert machine.name == "shots/1"
    with workspace.store.write() as writing:
        writing.connection.execute(outside_name.delete())
    with workspace.store.read() as connection:
        identity = find_imported(connection, "there").id
        names = {one.rater for _, one in judged_outside(connection, identity) if one.kind == "person"}
    assert all(name.startswith("outside-") for name in names)


def test_a_prediction_with_answers_is_a_machines_and_never_a_persons(sqlite_workspace: Workspace) -> None:
    made = make_study(sqlite_workspace, 1)
    (one_task,) = sent(sqlite_workspace, made)
    chosen = {"from_name": "verdict", "to_name": "video", "type": "choices"}
    verdict = shipped().verdict.values[0].code
    result = [chosen | {"value": {"choices": [verdict]}}]
    one_task["predictions"] = [
        {"model_version": "gajah-2", "score": 0.81, "result": result},
        {"result": result},
        17,
        {"model_version": "nihil", "result": []},
    ]
    read = read_tasks(origin(sqlite_workspace, made), [one_task])
    assert [(one.kind, one.rater, one.score) for one in read.judged] == [
        ("machine", "gajah-2", 0.81),
        ("machine", "unnamed", None),
    ]
    assert read.left_out == {"predictions given by number alone": 1, "empty predictions": 1}
    kept(sqlite_workspace, made, read)
    with sqlite_workspace.store.read() as connection:
        found = find_imported(connection, "there")
        assert (found.people, found.machines, found.complete) == (0, 2, 0)
        assert connection.execute(select(judgement.c.id)).all() == []


def foreign(**annotation: Any) -> list[dict[str, Any]]:
    return [{"data": {"video": "x.mp4", "id": "v9"}, "annotations": [{"result": [], **annotation}]}]


def test_tasks_that_are_not_ours(sqlite_workspace: Workspace) -> None:
    made = make_study(sqlite_workspace, 1)
    home = origin(sqlite_workspace, made)
    span = {
        "from_name": "spans",
        "to_name": "video",
        "type": "timelinelabels",
        "value": {"ranges": [{"start": 25, "end": 48}], "timelinelabels": ["verdict", "evidence.flash"]},
    }
    read = read_tasks(home, foreign(result=[span], completed_by=4, lead_time=8.5), video_key="id")
    (one,) = read.judged
    assert (one.video, one.rater, one.fps, one.active_seconds) == ("v9", "user 4", 24.0, 8.5)
    assert one.said.marks[0][1].model_dump() == {"start": 1.0, "end": 2.0}
    assert read.left_out == {"machine spans in annotations": 1}
    assert read_tasks(home, foreign(was_cancelled=True), video_key="id").left_out == {
        "skipped annotations": 1
    }
    for tasks, code in (
        (foreign(), "video-unnamed"),
        ([{"annotations": []}], "label-studio-shape"),
        ({"tasks": []}, "label-studio-shape"),
        ([{"data": {"tilik": {"video": "v", "guideline": "f" * 64}}}], "guideline-other"),
        ([{"data": {"fps": 0, "tilik": {"video": "v"}}}], "fps"),
    ):
        with pytest.raises(Invalid) as ended:
            read_tasks(home, tasks)
        assert ended.value.code == code


def test_a_name_is_taken_once(sqlite_workspace: Workspace) -> None:
    made = judged_study(sqlite_workspace)
    read = read_tasks(Origin(shipped(), made.guideline, "elsewhere"), sent(sqlite_workspace, made))
    kept(sqlite_workspace, made, read)
    for name in ("there", f"study {made.id}"):
        with pytest.raises(Conflict, match="exists"):
            kept(sqlite_workspace, made, read, name)
