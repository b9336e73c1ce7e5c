"""The queue of answers and what people say of them: hidden models, random order, nothing lost or doubled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from sqlalchemy import create_engine, select

from answers.made import DIMENSIONS, item, make_set, person, rating, send, submission, take
from study.making import prepare
from tilik.answers import Turn
from tilik.answers.export import export_answers
from tilik.answers.queue import Lease, held, release
from tilik.answers.view import swapped, view_task
from tilik.kernel import TilikError
from tilik.log import log_entry
from tilik.review.apply import lock_video
from tilik.store import Workspace
from tilik.store.rebuild import rebuild
from tilik.store.tables import answer_item, answer_judgement, answer_set, answer_task, note


def guideline(workspace: Workspace) -> str:
    with workspace.store.read() as connection:
        return str(connection.execute(select(answer_set.c.guideline)).scalar_one())


def must_take(workspace: Workspace, who: Any) -> Lease:
    lease = take(workspace, who)
    assert lease is not None
    return lease


def test_a_rating_is_kept_for_good_and_once(workspace: Workspace) -> None:
    make_set(workspace, [item("p", "a")])
    sari = person(workspace)
    lease = must_take(workspace, sari)
    marks = [{"turn": 1, "start": 0, "end": 7, "tag": "good_phrase"}]
    said = rating(4, ("CF1",), highlights=marks, better="Jawaban yang lebih baik.\n\nDua alinea.")
    sent = submission(lease, guideline(workspace), said)
    first = send(workspace, sari, sent)
    assert send(workspace, sari, sent).repeated
    assert send(workspace, sari, sent).id == first.id
    with workspace.store.read() as connection:
        row = connection.execute(select(answer_judgement)).one()
        text = connection.execute(select(note.c.text)).scalar_one()
        state = connection.execute(select(answer_task.c.state)).scalar_one()
        logged = connection.execute(
            select(log_entry.c.body).where(log_entry.c.type == "answer-judged")
        ).scalar_one()
    assert json.loads(row.body)["turns"][0]["fails"] == ["CF1"]
    assert (text, state) == ("Jawaban yang lebih baik.\n\nDua alinea.", "settled")
    assert "alinea" not in logged
    assert take(workspace, sari) is None


@pytest.mark.parametrize(
    ("said", "part"),
    [
        (rating(turns=(0,)), "every answer of the dialogue"),
        (rating(turns=()), "at least 1 item"),
        (rating(fails=("CF99",)), "no such critical fail"),
        (rating(6), "less than or equal to 5"),
        ({**rating(), "turns": [{**rating()["turns"][0], "kind": "song"}]}, "no such kind of response"),
        (
            {**rating(), "turns": [{**rating()["turns"][0], "scores": {"DEV": 3}}]},
            "each dimension has one score",
        ),
        (rating(highlights=[{"turn": 1, "start": 0, "end": 99, "tag": "good_phrase"}]), "outside the text"),
        (
            rating(highlights=[{"turn": 0, "start": 0, "end": 1, "tag": "good_phrase"}]),
            "answer of the machine",
        ),
        (rating(highlights=[{"turn": 1, "start": 0, "end": 1, "tag": "nice"}]), "no such tag"),
        ({"kind": "pair", "choice": "same"}, "this task is a rating"),
    ],
)
def test_what_is_incomplete_is_refused(sqlite_workspace: Workspace, said: Any, part: str) -> None:
    make_set(sqlite_workspace, [item("p", "a")])
    sari = person(sqlite_workspace)
    lease = must_take(sqlite_workspace, sari)
    with pytest.raises((TilikError, ValueError), match=part):
        send(sqlite_workspace, sari, submission(lease, guideline(sqlite_workspace), said))


def test_every_answer_of_a_dialogue_is_rated(sqlite_workspace: Workspace) -> None:
    turns = tuple(Turn(role=role, text="Halo.") for role in ("user", "assistant", "user", "assistant"))
    make_set(sqlite_workspace, [item("p", "a", turns=turns)])
    sari = person(sqlite_workspace)
    lease = must_take(sqlite_workspace, sari)
    with pytest.raises(TilikError, match="every answer of the dialogue"):
        send(sqlite_workspace, sari, submission(lease, guideline(sqlite_workspace), rating(turns=(3,))))
    assert not send(
        sqlite_workspace, sari, submission(lease, guideline(sqlite_workspace), rating(turns=(1, 3)))
    ).repeated


def test_a_comparison_is_turned_back_to_its_own_order(sqlite_workspace: Workspace) -> None:
    items = [item(f"p{at}", model, f"{model} {at}") for at in range(30) for model in ("a", "b")]
    make_set(sqlite_workspace, items, pairs=30)
    sari = person(sqlite_workspace)
    with sqlite_workspace.store.read() as connection:
        pairs = connection.execute(select(answer_task).where(answer_task.c.kind == "pair")).all()
        texts = {row.id: row.turns for row in connection.execute(select(answer_item))}
    flags = [swapped(row.id, sari.id) for row in pairs]
    assert 4 < sum(flags) < 26
    done = 0
    while (lease := take(sqlite_workspace, sari)) is not None:
        with sqlite_workspace.store.read() as connection:
            view = view_task(connection, lease)
        if view.kind == "rating":
            send(sqlite_workspace, sari, submission(lease, view.guideline, rating()))
            continue
        row = next(one for one in pairs if one.id == lease.task)
        first = row.b if swapped(row.id, sari.id) else row.a
        assert view.first[-1].text == json.loads(texts[first])[-1]["text"]
        said = {"kind": "pair", "choice": "A_much_better", "dimension": "SAF"}
        identity = send(sqlite_workspace, sari, submission(lease, view.guideline, said)).id
        with sqlite_workspace.store.read() as connection:
            body = json.loads(
                connection.execute(
                    select(answer_judgement.c.body).where(answer_judgement.c.id == identity)
                ).scalar_one()
            )
        assert body["choice"] == ("B_much_better" if body["swapped"] else "A_much_better")
        assert body["swapped"] is swapped(row.id, sari.id)
        done += 1
    assert done == 30


def test_a_preference_names_the_dimension_that_decided(sqlite_workspace: Workspace) -> None:
    make_set(sqlite_workspace, [item("p", "a"), item("p", "b")], pairs=1)
    sari = person(sqlite_workspace)
    leases = [must_take(sqlite_workspace, sari) for _ in range(2)]
    identity = guideline(sqlite_workspace)
    with sqlite_workspace.store.read() as connection:
        views = [view_task(connection, lease) for lease in leases]
    for lease, view in zip(leases, views, strict=True):
        if view.kind == "rating":
            send(sqlite_workspace, sari, submission(lease, identity, rating()))
    pair = next((x for x, v in zip(leases, views, strict=True) if v.kind == "pair"), None)
    pair = pair or must_take(sqlite_workspace, sari)
    for said, part in (
        ({"kind": "pair", "choice": "A_better"}, "which dimension"),
        ({"kind": "pair", "choice": "C", "dimension": "SAF"}, "no such choice"),
        ({"kind": "pair", "choice": "same", "dimension": "XXX"}, "no such dimension"),
    ):
        with pytest.raises(TilikError, match=part):
            send(sqlite_workspace, sari, submission(pair, identity, said))
    assert not send(
        sqlite_workspace, sari, submission(pair, identity, {"kind": "pair", "choice": "both_bad"})
    ).repeated


def test_the_places_of_a_task_are_for_different_people(workspace: Workspace, clock: Any) -> None:
    make_set(workspace, [item("p", "a")], wants=2)
    sari, budi, tono = (person(workspace, name) for name in ("Sari", "Budi", "Tono"))
    mine = must_take(workspace, sari)
    assert take(workspace, sari) is None
    yours = must_take(workspace, budi)
    assert take(workspace, tono) is None
    with workspace.store.write(budi.id) as writing:
        release(writing, budi.id, yours.id)
        release(writing, budi.id, yours.id)
    assert take(workspace, budi) is None
    other = must_take(workspace, tono)
    clock.move(minutes=31)
    send(
        workspace, sari, submission(mine, guideline(workspace), rating())
    )  # late, and nobody else has its place
    send(workspace, tono, submission(other, guideline(workspace), rating()))
    matches = rebuild(workspace.store, create_engine("sqlite://"))
    assert [one.table for one in matches if not one.equal] == []
    assert set(DIMENSIONS) == set(rating()["turns"][0]["scores"])


def test_nobody_reads_on_about_a_locked_video(workspace: Workspace, tmp_path: Path) -> None:
    identity = make_set(workspace, [item("p", "a", video="v1"), item("q", "a", video="v2"), item("r", "a")])
    sari, budi = person(workspace), person(workspace, "Budi")
    with workspace.store.write() as writing:
        for video in ("v1", "v2"):
            prepare(writing, video, tmp_path)
    held_now = [must_take(workspace, sari), must_take(workspace, sari)]
    send(workspace, sari, submission(held_now[0], guideline(workspace), rating()))
    with workspace.store.write() as writing:
        for video in ("v1", "v2"):
            lock_video(writing.connection, video)
    with workspace.store.read() as connection:
        shown = [
            view_task(connection, one).video for one in held(connection, sari.id, "2026-03-01T08:00:00Z")
        ]
    assert set(shown) <= {None}
    taken = [take(workspace, who) for who in (sari, budi)]
    with workspace.store.read() as connection:
        assert {view_task(connection, one).video for one in taken if one is not None} <= {None}
        export_answers(connection, identity, tmp_path / "out")
    assert {row["video"] for row in pq.read_table(tmp_path / "out" / "ratings.parquet").to_pylist()} <= {None}
