"""Making items known: from what people agreed on, from a ruling, or brought in; and changing their state."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args
from uuid import UUID, uuid5

from sqlalchemy import Connection, Row, and_, insert, or_, select

from tilik.guideline import Guideline, check, hands_back
from tilik.kernel import Conflict, Invalid, Missing, Span, digest_bytes, new_id
from tilik.privacy import refuse_personal
from tilik.quality.gold.events import (
    GoldAdded,
    GoldRateSet,
    GoldStateChanged,
    GoldStudyOpened,
    KnownMark,
    Pool,
)
from tilik.quality.gold.score import OWN, fails, families_present
from tilik.quality.gold.view import GoldItem, find_gold
from tilik.store import Writing
from tilik.store.adjudication_tables import ruling
from tilik.store.store import SYSTEM
from tilik.store.tables import gold, judgement, note, study, task, video
from tilik.study import guideline_of
from tilik.study.known import GoldState, Voice, counted


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an item, before it is checked. ``notes`` are texts of its own, ``barred`` people who
    know the answer."""

    video: str
    guideline: str
    answers: Mapping[str, Any]
    marks: Sequence[tuple[str, Span]] = ()
    notes: Mapping[str, str] | None = None
    voices: tuple[Voice, ...] = ()
    state: GoldState = "known"
    source: str = "import"
    barred: tuple[str, ...] = ()


def add_known(writing: Writing, facts: Facts, pool: Pool, *, where: str = "") -> str:
    """Make an item known; returns its id. Raises ``Invalid`` for answers that its guideline does not take,
    ``Conflict`` where the item is there already, or is practised on and so known to people."""
    guideline = guideline_of(writing.connection, writing.blobs, facts.guideline)
    notes = {question: " ".join(text.split()) for question, text in (facts.notes or {}).items()}
    _refuse_unfit(guideline, facts, notes, where)
    row = writing.connection.execute(select(video).where(video.c.id == facts.video)).first()
    if row is not None and row.locked:
        raise Conflict("video-locked", "work on this video was stopped", where=where or facts.video)
    content = row.content if row is not None else ""
    _refuse_known(writing.connection, facts, content, pool, where)
    home = _home(writing, facts.guideline, guideline, pool)
    identity, by = new_id(), () if writing.actor == SYSTEM else (writing.actor,)
    writing.record(
        GoldAdded(
            gold=identity,
            task=str(uuid5(UUID(home), facts.video)),
            study=home,
            video=facts.video,
            content=content,
            guideline=facts.guideline,
            pool=pool,
            state=facts.state,
            fails=fails(guideline, facts.answers),
            answers=dict(facts.answers),
            voices=facts.voices,
            marks=tuple(KnownMark(question=one, start=s.start, end=s.end) for one, s in facts.marks),
            notes={question: digest_bytes(text.encode()) for question, text in notes.items() if text},
            source=facts.source,
            barred=tuple(sorted({*facts.barred, *by})),
        )
    )
    if facts.source == "import":  # what people wrote was scanned when they wrote it
        refuse_personal(writing, identity, notes)
    for question, text in notes.items():
        kept = {"owner": identity, "question": question, "digest": digest_bytes(text.encode()), "text": text}
        writing.connection.execute(insert(note).values(**kept))
    return identity


def add_from_task(writing: Writing, identity: str, pool: Pool, *, vouch: bool = False) -> str:
    """Make a settled task known, by the ruling that stands or by what its judgements agree on.

    One judgement alone is enough only where somebody vouches for it. Raises ``Missing``, ``Conflict``.
    """
    return add_known(writing, facts_of(writing, identity, vouch=vouch), pool, where=identity)


def facts_of(writing: Writing, identity: str, *, vouch: bool = False) -> Facts:
    """What people have found about a task. Raises ``Missing``, and ``Conflict`` where it is not settled, or
    they differ on the verdict or on a family of labels."""
    connection = writing.connection
    row = connection.execute(
        select(task.c.video, task.c.state, study.c.guideline)
        .join(study, study.c.id == task.c.study)
        .where(task.c.id == identity)
    ).first()
    if row is None:
        raise Missing("task-missing", "there is no such task", where=identity)
    if row.state != "settled":
        raise Conflict("gold-not-settled", f"this task is {row.state}, not settled", where=identity)
    ruled = connection.execute(
        select(ruling)
        .where(ruling.c.task == identity, ruling.c.stands.is_(True))
        .order_by(ruling.c.ruled_at.desc())
    ).first()
    if ruled is not None:
        return replace(_said(row, ruled, f"ruling:{ruled.id}"), barred=_rulers(connection, identity))
    guideline = guideline_of(connection, writing.blobs, row.guideline)
    return _agreed(guideline, row, _judged(connection, identity, guideline), identity, vouch=vouch)


def change_state(writing: Writing, name: str, state: GoldState) -> GoldItem:
    """Take an item to another state; to the one it is in changes nothing. Raises ``Missing``, ``Invalid``.

    A contested one keeps what people answered so far, as a distribution.
    """
    if state not in get_args(GoldState):
        known = ", ".join(get_args(GoldState))
        raise Invalid("gold-state", f"no state is called {state!r}", where="state", mend=f"Use {known}.")
    item = find_gold(writing.connection, name)
    if item.state != state:
        voices = _voices_now(writing.connection, item) if state == "contested" else item.voices
        writing.record(GoldStateChanged(gold=item.id, state=state, voices=voices))
    return find_gold(writing.connection, item.id)


def set_rate(writing: Writing, rate: float) -> None:
    """Plant gold at this rate from now on. Raises ``Invalid`` unless 0 ≤ rate ≤ 0.5."""
    if not 0 <= rate <= 0.5:
        raise Invalid("gold-rate", f"a rate of gold lies in 0..0.5, not {rate:g}", where="rate")
    writing.record(GoldRateSet(rate=rate))


def _agreed(
    guideline: Guideline, about: Row[str, str, str], judged: Sequence[Row[Any]], identity: str, *, vouch: bool
) -> Facts:
    if not judged:
        raise Conflict("gold-not-settled", "nobody could judge this task", where=identity)
    if len(judged) == 1 and not vouch:
        raise Conflict(
            "gold-one-judgement",
            "one person alone judged this task",
            where=identity,
            mend="Have it judged again, or vouch for the answers.",
        )
    every = [json.loads(one.answers) for one in judged]
    decided = {(fails(guideline, one), families_present(guideline, one)) for one in every}
    if len(decided) > 1:
        raise Conflict(
            "gold-differs",
            "the judgements of this task differ",
            where=identity,
            mend="Have it adjudicated first, or bring it in as contested.",
        )
    voices = _counted(every) if len(judged) > 1 else ()
    return replace(_said(about, judged[0], f"judgement:{judged[0].id}"), voices=voices)


def _said(about: Row[str, str, str], row: Row[Any], source: str) -> Facts:
    marks = [(one["question"], Span(start=one["start"], end=one["end"])) for one in json.loads(row.marks)]
    return Facts(about.video, about.guideline, json.loads(row.answers), marks, source=source)


def _judged(connection: Connection, identity: str, guideline: Guideline) -> list[Row[Any]]:
    rows = connection.execute(
        select(judgement)
        .where(judgement.c.task == identity)
        .order_by(judgement.c.submitted_at, judgement.c.id)
    )
    return [row for row in rows if not hands_back(guideline, json.loads(row.answers))]


def _rulers(connection: Connection, identity: str) -> tuple[str, ...]:
    return tuple(connection.execute(select(ruling.c.person).where(ruling.c.task == identity)).scalars())


def _voices_now(connection: Connection, item: GoldItem) -> tuple[Voice, ...]:
    """What people answered: those whose answers made it known, and everybody who was served it."""
    rows = connection.execute(
        select(judgement.c.answers).where(judgement.c.task == item.task).order_by(judgement.c.id)
    ).scalars()
    before = [voice.answers for voice in item.voices for _ in range(voice.count)] or [item.answers]
    return _counted([*before, *map(json.loads, rows)])


def _counted(every: Sequence[dict[str, Any]]) -> tuple[Voice, ...]:
    """What was said about the video; what people said about themselves is left out."""
    return counted({question: said for question, said in one.items() if question not in OWN} for one in every)


def _refuse_unfit(guideline: Guideline, facts: Facts, notes: Mapping[str, str], where: str) -> None:
    if facts.source != "import":
        return  # these answers were checked when they were given, and their reasons stay where they are
    problems = check(guideline, facts.answers, list(facts.marks), notes)
    if problems:
        first = problems[0]
        raise Invalid("gold-answers", f"{first.question}: {first.text.en}", where=where or facts.video)


def _refuse_known(connection: Connection, facts: Facts, content: str, pool: Pool, where: str) -> None:
    same = or_(gold.c.video == facts.video, and_(gold.c.content == content, gold.c.content != ""))
    rows = connection.execute(select(gold).where(same, gold.c.guideline == facts.guideline)).all()
    for row in rows:
        theirs = "practice" if row.practice else "gold"
        # What was practised on has shown its answers; what is planted must not be practised on.
        if theirs == pool or row.practice or row.state != "retired":
            raise Conflict(
                "gold-exists",
                f"the answers of this video are known already ({theirs}, {row.state})",
                where=where or facts.video,
                mend=f"`tilik gold list` shows it as {row.id[-8:]}.",
            )


def _home(writing: Writing, identity: str, guideline: Guideline, pool: Pool) -> str:
    """The study of this pool and guideline version; opened where there is none yet."""
    query = select(study.c.id).where(study.c.purpose == pool, study.c.guideline == identity)
    found = writing.connection.execute(query).scalar()
    if found is not None:
        return str(found)
    home = new_id()
    name = f"{pool} {guideline.id} {guideline.version} {identity[:12]}"
    writing.record(GoldStudyOpened(study=home, name=name, guideline=identity, purpose=pool))
    return home
