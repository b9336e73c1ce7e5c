"""Precedents: a rule in words beside its question, and nothing that a blind reviewer may not know."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from casebook.conftest import Room
from tilik.casebook import Said, group, precedents_for, rule, withdraw
from tilik.casebook.drafting import PLACES, adopt, draft_of, edited, ruling_of
from tilik.casebook.view import Ruling
from tilik.guideline import diff, load
from tilik.kernel import Conflict
from tilik.store import guideline_text
from tilik.store.tables import task
from tilik.study import find_version

COUNTS = Said(id="Termasuk bila ada tautan.", en="It counts with a link.", stands="counts")


def ruled(room: Room, said: Said = COUNTS) -> tuple[str, str]:
    """A case about some video, ruled; the ruling, and the task the video was met in."""
    lease = room.desk.take(room.sari)
    filed = room.file(room.sari, lease)
    room.judge(room.sari, lease, {})
    return room.act(rule, room.tia.id, filed.case, said), lease.task


def others(room: Room, own: str) -> list[str]:
    return [row.id for row in room.desk.rows(task) if row.id != own]


def test_another_task_is_shown_the_rule_in_both_languages(room: Room) -> None:
    ruling, own = ruled(room)
    (found,) = room.read(precedents_for, others(room, own)[0])
    assert (found.id, found.numbers, found.question) == (ruling, (1,), "label.COM-PROMO")
    assert found.text == {"id": COUNTS.id, "en": COUNTS.en}
    assert (found.stands, found.ruled_on) == ("counts", "2026-03-01")


def test_a_precedent_says_nothing_of_videos_people_or_draws(room: Room) -> None:
    _, own = ruled(room)
    sent = json.dumps([asdict(one) for one in room.read(precedents_for, others(room, own)[0])])
    for hidden in (*room.study.videos, room.study.id, own, room.sari.id, room.sari.pseudonym, room.tia.id):
        assert hidden not in sent


def test_the_video_a_ruling_was_made_about_is_judged_without_it(room: Room) -> None:
    _, own = ruled(room)
    assert room.read(precedents_for, own) == []


def test_one_that_is_withdrawn_superseded_or_not_meant_to_be_shown_is_not(one_room: Room) -> None:
    ruling, own = ruled(one_room)
    elsewhere = others(one_room, own)[0]
    late = one_room.act(rule, one_room.tia.id, "1", COUNTS)
    assert [one.id for one in one_room.read(precedents_for, elsewhere)] == [late] != [ruling]
    one_room.act(withdraw, late)
    one_room.act(withdraw, late)
    assert one_room.read(precedents_for, elsewhere) == []
    one_room.act(rule, one_room.tia.id, "1", COUNTS.model_copy(update={"precedent": False}))
    assert one_room.read(precedents_for, elsewhere) == []


def test_of_a_locked_video_no_precedent_is_left(one_room: Room) -> None:
    _, own = ruled(one_room)
    lease = one_room.desk.take(one_room.budi)
    while lease.task != own:
        one_room.desk.release(one_room.budi, lease)
        lease = one_room.desk.take(one_room.budi)
    one_room.desk.stop(one_room.budi, lease, "ESC-CSAM")
    assert one_room.read(precedents_for, others(one_room, own)[0]) == []


# ------------------------------------------------------------------------------------------- the draft
def made(stands: str, code: str) -> Ruling:
    return Ruling(
        id="r",
        cases=(),
        question=f"label.{code}",
        stands=stands,
        text={"id": COUNTS.id, "en": COUNTS.en},
        precedent=True,
        current=True,
        draft=None,
        guideline="",
        by="R01",
        ruled_at="",
    )


@pytest.mark.parametrize("stands", ["counts", "does-not-count", "note"])
@pytest.mark.parametrize("code", ["COM-PROMO", "SYN-MASS", "CHI-CONT"])
def test_the_draft_changes_the_example_and_nothing_else(stands: str, code: str) -> None:
    text = guideline_text("keluarga-id")
    old = load(text)
    at = [one.code for one in old.labels].index(code)
    new = load(edited(text, at, made(stands, code), (1, 4)))
    place = PLACES[stands]
    after, before = (getattr(one.labels[at], place) for one in (new, old))
    assert after.id == f"{before.id} Termasuk bila ada tautan (K-1, K-4)."
    assert after.en == f"{before.en} It counts with a link (K-1, K-4)."
    changed = {f"labels.{code}.{place}.id", f"labels.{code}.{place}.en", "version", "status"}
    assert {one.where for one in diff(old, new)} == changed
    assert (new.version, new.status) == ("0.2.0", "draft")


@pytest.mark.parametrize("flow", [False, True])
def test_a_label_without_such_an_example_gets_one(flow: bool) -> None:
    text = guideline_text("keluarga-id")
    code = "CHI-CONT"
    at = [one.code for one in load(text).labels].index(code)
    start = text.index("    edge_case:", text.index(f"- code: {code}"))
    end = text.index("    signals:", start)
    instead = '    edge_case: {id: "Lama.", en: "Old."}\n' if flow else ""
    new = load(edited(text[:start] + instead + text[end:], at, made("note", code), (7,))).labels[at]
    assert new.edge_case is not None
    assert new.edge_case.en == ("Old. " if flow else "") + "It counts with a link (K-7)."


def test_the_patch_is_short_and_the_draft_comes_in_with_its_cases(one_room: Room) -> None:
    room = one_room
    ruling, own = ruled(room)
    draft = room.read(draft_of, room.workspace.store.blobs, ruling)
    changed = [
        line for line in draft.patch.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert 3 <= len(changed) <= 10
    assert any("(K-1)" in line for line in changed)
    identity = room.act(adopt, ruling)
    version = room.read(find_version, identity)
    assert (version.version, version.state) == ("0.2.0", "draft")
    assert room.read(ruling_of, ruling).draft == identity
    assert {one.id for one in room.read(precedents_for, others(room, own)[0])} == {ruling}


def test_a_ruling_on_no_label_has_no_place_in_the_guideline(one_room: Room) -> None:
    ruling, _ = ruled(one_room, COUNTS.model_copy(update={"question": "verdict"}))
    with pytest.raises(Conflict, match="no label"):
        one_room.read(draft_of, one_room.workspace.store.blobs, ruling)


def test_the_draft_names_every_case_of_the_group(one_room: Room) -> None:
    first, second, third = one_room.filed(["Satu", "Dua", "Tiga"])
    one_room.act(group, first.case, [second.case, third.case])
    ruling = one_room.act(rule, one_room.tia.id, second.case, COUNTS)
    draft = one_room.read(draft_of, one_room.workspace.store.blobs, ruling)
    assert "(K-1, K-2, K-3)" in draft.patch
