"""Making answers known: from what people agreed on, or brought in; and changing their state."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from sqlalchemy import Connection, select

from tilik.answers.apply import task_id
from tilik.answers.gold.events import AnswerGoldAdded, AnswerGoldOpened, AnswerGoldStateChanged
from tilik.answers.gold.score import answers_of, decided, fails_in
from tilik.answers.gold.view import AnswerGold, find_gold
from tilik.answers.importing import lines_of
from tilik.answers.items import Item
from tilik.kernel import Conflict, Invalid, Missing, new_id
from tilik.store import Writing
from tilik.store.store import SYSTEM
from tilik.store.tables import answer_gold, answer_item, answer_judgement, answer_set, answer_task
from tilik.study.known import GoldState, Voice, counted


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one answer, or of two side by side: the second may be missing."""

    items: tuple[Item, ...]
    guideline: str
    answers: Mapping[str, Any]
    voices: tuple[Voice, ...] = ()
    state: GoldState = "known"
    source: str = "import"


def add_known(writing: Writing, facts: Facts, *, where: str = "") -> str:
    """Make an answer known; returns its id. Raises ``Conflict`` where it is already."""
    names = [item.id for item in facts.items]
    a, b = names[0], names[1] if len(names) > 1 else None
    known = answer_gold.c
    there = select(known.id, known.state).where(
        known.guideline == facts.guideline, known.a == a, known.b == b
    )
    row = writing.connection.execute(there).first()
    if row is not None:
        raise Conflict(
            "answer-known",
            f"what to say of this is known already ({row.state})",
            where=where or a[:12],
            mend=f"`tilik answers gold list` shows it as {row.id[-8:]}.",
        )
    home, identity = _home(writing, facts.guideline), new_id()
    writing.record(
        AnswerGoldAdded(
            gold=identity,
            task=task_id(home, a, b),
            set=home,
            items=writing.blobs.put(lines_of([item.model_dump(mode="json") for item in facts.items])),
            a=a,
            b=b,
            guideline=facts.guideline,
            state=facts.state,
            fails=bool(fails_in(facts.answers)),
            answers=dict(facts.answers),
            voices=facts.voices,
            source=facts.source,
            barred=() if writing.actor == SYSTEM else (writing.actor,),
        )
    )
    return identity


def add_from_task(writing: Writing, identity: str, *, vouch: bool = False) -> str:
    """Make a settled task known by what its judgements agree on: the critical fails, or the preference.

    Questions on which people differ are left out of scoring. One judgement alone is enough only where
    somebody vouches for it. Raises ``Missing``, ``Conflict``.
    """
    connection = writing.connection
    query = select(answer_task, answer_set.c.guideline, answer_set.c.gold)
    joined = query.join(answer_set, answer_set.c.id == answer_task.c.set)
    row = connection.execute(joined.where(answer_task.c.id == identity)).first()
    if row is None or row.gold:
        raise Missing("task-missing", "there is no such task", where=identity)
    if row.state != "settled":
        raise Conflict("gold-not-settled", f"this task is {row.state}, not settled", where=identity)
    heard = connection.execute(
        select(answer_judgement.c.id, answer_judgement.c.body)
        .where(answer_judgement.c.task == identity)
        .order_by(answer_judgement.c.submitted_at, answer_judgement.c.id)
    ).all()
    every = [answers_of(row.kind, json.loads(one.body)) for one in heard]
    _refuse_unsure(every, identity, vouch=vouch)
    items = tuple(_answer(connection, row.set, one) for one in (row.a, row.b) if one is not None)
    voices = counted(every) if len(every) > 1 else ()
    facts = Facts(items, row.guideline, every[0], voices, source=f"judgement:{heard[0].id}")
    return add_known(writing, facts, where=identity)


def add_from_set(
    writing: Writing, identity: str, *, most: int, vouch: bool = False
) -> tuple[list[str], dict[str, int]]:
    """Make up to ``most`` settled tasks of a set known, in the order of serving, which is random.

    Gives the ids, and how many tasks were passed over for which reason (an error's code).
    """
    task = answer_task.c
    query = select(task.id).where(task.set == identity, task.state == "settled").order_by(task.position)
    made: list[str] = []
    why: Counter[str] = Counter()
    for one in writing.connection.execute(query).scalars().all():
        if len(made) == most:
            break
        try:
            made.append(add_from_task(writing, one, vouch=vouch))
        except Conflict as error:
            why[error.code] += 1
    return made, dict(why)


def change_state(writing: Writing, name: str, state: GoldState) -> AnswerGold:
    """Take one to another state; to the one it is in changes nothing. Raises ``Missing``, ``Invalid``.

    A contested one keeps what people answered so far, as a distribution.
    """
    if state not in get_args(GoldState):
        known = ", ".join(get_args(GoldState))
        raise Invalid("gold-state", f"no state is called {state!r}", where="state", mend=f"Use {known}.")
    item = find_gold(writing.connection, name)
    if item.state != state:
        voices = _voices_now(writing.connection, item) if state == "contested" else item.voices
        writing.record(AnswerGoldStateChanged(gold=item.id, state=state, voices=voices))
    return find_gold(writing.connection, item.id)


def _refuse_unsure(every: Sequence[Mapping[str, Any]], identity: str, *, vouch: bool) -> None:
    if len(every) == 1 and not vouch:
        raise Conflict(
            "gold-one-judgement",
            "one person alone judged this task",
            where=identity,
            mend="Have it judged by two (`tilik answers import --wants 2`), or vouch for it.",
        )
    if len({decided(one) for one in every}) > 1:
        raise Conflict("gold-differs", "the judgements of this task differ", where=identity)


def _answer(connection: Connection, of: str, name: str) -> Item:
    item = answer_item.c
    row = connection.execute(select(answer_item).where(item.set == of, item.id == name)).one()
    plain = {one: getattr(row, one) for one in Item.model_fields if one != "turns"}
    return Item.model_validate({**plain, "turns": json.loads(row.turns)})


def _voices_now(connection: Connection, item: AnswerGold) -> tuple[Voice, ...]:
    """What people answered: those whose answers made it known, and everybody who was served it."""
    said = answer_judgement.c
    rows = connection.execute(select(said.body).where(said.task == item.task).order_by(said.id)).scalars()
    before = [voice.answers for voice in item.voices for _ in range(voice.count)] or [item.answers]
    return counted([*before, *(answers_of(item.kind, json.loads(row)) for row in rows)])


def _home(writing: Writing, guideline: str) -> str:
    """The set of this guideline version's gold; opened where there is none yet."""
    query = select(answer_set.c.id).where(answer_set.c.gold.is_(True), answer_set.c.guideline == guideline)
    found = writing.connection.execute(query).scalar()
    if found is not None:
        return str(found)
    home = new_id()
    writing.record(AnswerGoldOpened(set=home, guideline=guideline))
    return home
