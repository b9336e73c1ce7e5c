"""Saying something, calling on people, handing over errands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection, select

from tilik.access import find_person
from tilik.casebook.act import remark
from tilik.kernel import Conflict, Invalid, Missing, digest_bytes, new_id
from tilik.store import Writing
from tilik.store.talk_tables import talk_errand
from tilik.study.accepting import keep_notes
from tilik.talk.events import About, CommentWritten, ErrandGiven, ErrandMoved, MentionsRead, State
from tilik.talk.place import Place, find_place, hearers, may_hear, place_for
from tilik.talk.view import Errand, find_errand, unread

COMMENT, WHAT, WHY = "comment", "what", "why"
LONGEST = 2000
FreeText = Annotated[str, Field(max_length=LONGEST, pattern=r"^[^\x00]*$")]
MENTION = re.compile(r"@([A-Za-z]\d{2,})\b")
NEXT: dict[State, tuple[State, ...]] = {"given": ("taken", "done", "returned"), "taken": ("done", "returned")}
"""What an errand can become."""


def say(
    writing: Writing, person: str, about: About, name: str, text: str, *, impersonal: bool = False
) -> str:
    """Say something about a case or a video; ``@R07`` calls on that person. Returns its id.

    Raises ``Missing``; ``Invalid`` without text, with personal data, or where somebody is called on who may
    not hear it.
    """
    place = place_for(writing.connection, find_person(writing.connection, person), about, name)
    plain = _tidy(text, "text")
    called = _called(writing.connection, place, plain)
    if about == "case":
        return remark(writing, person, place.id, plain, impersonal=impersonal)
    identity, said = new_id(), _digest(plain)
    writing.record(
        CommentWritten(comment=identity, video=place.id, person=person, said=said, mentions=called)
    )
    keep_notes(writing, identity, {COMMENT: plain}, impersonal=impersonal)
    return identity


def read_mentions(writing: Writing, person: str, comments: Sequence[str]) -> None:
    """Say that somebody has read these; what did not call on them, or was read, changes nothing."""
    waiting = {one.id for one in unread(writing.connection, find_person(writing.connection, person))}
    seen = tuple(one for one in dict.fromkeys(comments) if one in waiting)
    if seen:
        writing.record(MentionsRead(person=person, comments=seen))


def hand_over(
    writing: Writing,
    person: str,
    about: About,
    name: str,
    *,
    owner: str,
    what: str,
    due: str,
    impersonal: bool = False,
) -> str:
    """Hand an errand to somebody who may hear what is said there, until a day (``2026-03-31``).

    Returns its id. Raises ``Missing``; ``Invalid`` for the owner, the day or the text.
    """
    place = place_for(writing.connection, find_person(writing.connection, person), about, name)
    if owner not in {one.id for one in hearers(writing.connection, place)}:
        raise Invalid("talk-owner", "it cannot be handed to this person", where="owner")
    _refuse_no_day(due)
    plain, identity = _tidy(what, "what"), new_id()
    writing.record(
        ErrandGiven(
            errand=identity,
            about=about,
            subject_id=place.id,
            giver=person,
            owner=owner,
            what=_digest(plain),
            due=due,
        )
    )
    keep_notes(writing, identity, {WHAT: plain}, impersonal=impersonal)
    return identity


def move(
    writing: Writing, person: str, errand: str, state: State, why: str = "", *, impersonal: bool = False
) -> None:
    """Take an errand on, say that it is done, or give it back with a reason; its owner alone does.

    Raises ``Missing`` also for whoever may not hear of it, ``Conflict`` where it cannot become this,
    ``Invalid`` for giving it back without a reason.
    """
    found = _own(writing.connection, person, errand)
    if state not in NEXT.get(found.state, ()):
        raise Conflict("errand-state", f"an errand that is {found.state} cannot become {state}", where=errand)
    plain = _tidy(why, "why") if state == "returned" else ""
    writing.record(ErrandMoved(errand=errand, state=state, why=_digest(plain) if plain else None))
    keep_notes(writing, errand, {WHY: plain} if plain else {}, impersonal=impersonal)


def _own(connection: Connection, person: str, errand: str) -> Errand:
    row = connection.execute(select(talk_errand).where(talk_errand.c.id == errand)).first()
    reader = find_person(connection, person)
    if (
        row is None
        or row.owner != person
        or not may_hear(connection, reader, find_place(connection, row.about, row.subject))
    ):
        raise Missing("errand-missing", "you have no such errand", where=errand)
    return find_errand(connection, errand)


def _called(connection: Connection, place: Place, text: str) -> tuple[str, ...]:
    names = [name.upper() for name in MENTION.findall(text)]
    known = {one.pseudonym: one.id for one in hearers(connection, place)} if names else {}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Invalid("talk-mention", f"{unknown[0]} cannot be called on here", where=f"@{unknown[0]}")
    return tuple(dict.fromkeys(known[name] for name in names))


def _tidy(text: str, where: str) -> str:
    plain = " ".join(text.split())
    if not 1 <= len(plain) <= LONGEST:
        raise Invalid("talk-text", f"a text needs 1 to {LONGEST} characters", where=where)
    return plain


def _digest(text: str) -> str:
    return digest_bytes(text.encode())


def _refuse_no_day(due: str) -> None:
    try:
        fits = date.fromisoformat(due).isoformat() == due
    except ValueError:
        fits = False
    if not fits:
        raise Invalid("talk-due", "a day is written 2026-03-31", where="due")
