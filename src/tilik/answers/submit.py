"""Keeping what a person says of machine answers: checked, written once, however often it is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Row, insert, select

from tilik.answers.events import AnswerJudged
from tilik.answers.items import Turn
from tilik.answers.queue import Lease, find_lease, others_hold
from tilik.answers.rubric import Comparison, Rating, check_comparison, check_rating
from tilik.answers.view import swapped
from tilik.kernel import Conflict, Invalid, Json, Missing, digest, digest_bytes, new_id, to_text
from tilik.privacy import Impersonal, refuse_personal
from tilik.store import Writing
from tilik.store.tables import answer_item, answer_judgement, answer_set, answer_task, note
from tilik.study import guideline_of

Key = Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9-]+$")]
SWAP = {"A_much_better": "B_much_better", "A_better": "B_better"}
SWAP |= {second: first for first, second in SWAP.items()}


class AnswerSubmission(BaseModel):
    """What the screen sends. ``key`` is made by the client and names this submission for ever."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    key: Key
    task: str
    lease: str
    guideline: str
    said: Annotated[Rating | Comparison, Field(discriminator="kind")]
    active_seconds: float = Field(ge=0, le=86_400)
    language: Literal["id", "en"]
    impersonal: Impersonal = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """The acknowledgement: ``repeated`` when this very submission had been accepted before."""

    id: str
    repeated: bool


def submit(writing: Writing, person: str, sent: AnswerSubmission) -> Receipt:
    """Keep a judgement for good. Sending the same one again gives the same receipt.

    Raises ``Invalid`` for ``answer-incomplete``; ``Conflict`` for ``key-reused``, ``task-settled``,
    ``task-stopped``, ``already-judged``, ``lease-expired``; ``Missing``; ``Refused`` for another's lease.
    """
    request = digest(sent.model_dump(mode="json"))
    table = answer_judgement.c
    before = writing.connection.execute(select(answer_judgement).where(table.key == sent.key)).first()
    if before is not None:
        if (before.request, before.person) != (request, person):
            raise Conflict("key-reused", "this key was used for another judgement", where=sent.key)
        return Receipt(before.id, repeated=True)
    row = _task(writing, sent, person)
    _check(writing, row, sent)
    body, texts = _parts(sent, person)
    identity = new_id()
    writing.record(
        AnswerJudged(
            judgement=identity,
            key=sent.key,
            request=request,
            task=sent.task,
            lease=sent.lease,
            person=person,
            guideline=sent.guideline,
            body=body,
            notes={name: digest_bytes(text.encode()) for name, text in texts.items()},
            active_seconds=sent.active_seconds,
            language=sent.language,
        )
    )
    refuse_personal(writing, identity, texts, impersonal=sent.impersonal)
    for name, text in texts.items():
        kept = {"owner": identity, "question": name, "digest": digest_bytes(text.encode()), "text": text}
        writing.connection.execute(insert(note).values(**kept))
    return Receipt(identity, repeated=False)


def _task(writing: Writing, sent: AnswerSubmission, person: str) -> Row[tuple[object, ...]]:
    row = writing.connection.execute(
        select(answer_task, answer_set.c.guideline)
        .join(answer_set, answer_set.c.id == answer_task.c.set)
        .where(answer_task.c.id == sent.task)
    ).first()
    if row is None:
        raise Missing("task-missing", "there is no such task", where=sent.task)
    held, ended = find_lease(writing.connection, person, sent.lease)
    if held.task != sent.task:
        raise Conflict("lease-other-task", "the lease is for another task", where=sent.lease)
    table = answer_judgement.c
    mine = select(table.id).where(table.task == sent.task, table.person == person)
    if writing.connection.execute(mine).first() is not None:
        raise Conflict("already-judged", "you have judged this task already", where=sent.task)
    if row.state == "stopped":
        raise Conflict("task-stopped", "work on this task was stopped", where=sent.task)
    if row.state == "settled":
        raise Conflict("task-settled", "this task has all the judgements it wants", where=sent.task)
    _refuse_lost(writing, held, ended, row, person)
    return row


def _refuse_lost(
    writing: Writing, held: Lease, ended: str | None, row: Row[tuple[object, ...]], person: str
) -> None:
    now = to_text(writing.clock())
    if ended is None and held.until > now:
        return
    # A late judgement is still good work: it is kept as long as nobody else has the task by now.
    if row.judged + others_hold(writing.connection, held.task, person, now) >= row.wants:
        raise Conflict("lease-expired", "the lease ended and somebody else has the task", where=held.task)


def _check(writing: Writing, row: Row[tuple[object, ...]], sent: AnswerSubmission) -> None:
    if row.guideline != sent.guideline:
        raise Invalid(
            "guideline-other", "the answers were given to another guideline", where=sent.guideline[:12],
            mend="Reload the page.",
        )  # fmt: skip
    if sent.said.kind != row.kind:
        raise Invalid("answer-incomplete", f"this task is a {row.kind}", where="kind")
    yardstick = guideline_of(writing.connection, writing.blobs, sent.guideline).ai_response
    if isinstance(sent.said, Comparison):
        check_comparison(yardstick, sent.said)
        return
    item = answer_item.c
    text = writing.connection.execute(
        select(item.turns).where(item.set == row.set, item.id == row.a)
    ).scalar_one()
    check_rating(yardstick, sent.said, [Turn.model_validate(turn) for turn in json.loads(text)])


def _parts(sent: AnswerSubmission, person: str) -> tuple[dict[str, Json], dict[str, str]]:
    """What the log holds, and the texts it does not. A comparison is turned to the task's own a and b."""
    body = sent.said.model_dump(mode="json", exclude={"better", "reason"})
    if isinstance(sent.said, Rating):
        return body, {"better": text} if (text := sent.said.better.strip()) else {}
    turned = swapped(sent.task, person)
    choice = SWAP.get(sent.said.choice, sent.said.choice) if turned else sent.said.choice
    text = " ".join(sent.said.reason.split())
    return {**body, "choice": choice, "swapped": turned}, {"reason": text} if text else {}
