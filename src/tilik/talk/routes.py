"""The HTTP face of talk: one shape for cases and videos. What somebody may not hear is not there for them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from tilik.access.guard import RoleGuard, StoreHere
from tilik.access.sessions import Session
from tilik.privacy import Impersonal
from tilik.store import Store
from tilik.talk.act import FreeText, hand_over, move, read_mentions, say
from tilik.talk.events import About, State
from tilik.talk.place import hearers, is_closed_case, place_for
from tilik.talk.view import Comment, Errand, comments_at, errands_at, errands_of, unread

router = APIRouter(prefix="/api/talk")
JAKARTA = ZoneInfo("Asia/Jakarta")
Talker = Annotated[Session, Depends(RoleGuard("policy", "ml", "lead", "admin"))]
"""Talks about cases and videos; of each only who may know it."""
Name = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]


class Body(BaseModel):
    """What is talked about."""

    model_config = ConfigDict(extra="forbid")

    about: About
    name: Name
    impersonal: Impersonal = False


class SayBody(Body):
    """Something to say; ``@R07`` calls on somebody."""

    text: FreeText


class GiveBody(Body):
    """To whom (by id), what is to be done, until which day."""

    owner: str
    what: FreeText
    due: str


class ErrandStateBody(BaseModel):
    """What becomes of an errand; giving it back needs a reason."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["taken", "done", "returned"]
    why: FreeText = ""
    impersonal: Impersonal = False


class ReadBody(BaseModel):
    """Comments that were read, by id."""

    model_config = ConfigDict(extra="forbid")

    comments: list[str] = Field(max_length=500)


class CommentView(BaseModel):
    """Something that was said, by pseudonym; ``name`` is what people call the place by."""

    id: str
    about: About
    place: str
    name: str
    by: str
    text: str
    said_at: str


class ErrandView(BaseModel):
    """What somebody was asked to do. ``mine``: the reader is to do it; ``given``: the reader asked for it."""

    id: str
    about: About
    place: str
    name: str
    giver: str
    owner: str
    what: str
    why: str
    due: str
    state: State
    given_at: str
    changed_at: str
    mine: bool
    given: bool
    overdue: bool


class HearerView(BaseModel):
    """Somebody who may be called on or handed an errand there."""

    id: str
    pseudonym: str


class ThreadView(BaseModel):
    """What was said about a case or a video, its errands, and who may hear of it.

    A case that the reader may see is ``closed`` to their ears while they may still judge one of its videos.
    """

    closed: bool
    comments: list[CommentView]
    errands: list[ErrandView]
    people: list[HearerView]


class MineView(BaseModel):
    """What calls on the reader unread, and the errands that concern them or are overdue."""

    mentions: list[CommentView]
    errands: list[ErrandView]


class CountView(BaseModel):
    """How many unread mentions and open errands wait for the reader."""

    waiting: int


@router.get("/thread")
def get_thread(about: About, name: Name, session: Talker, store: StoreHere) -> ThreadView:
    """What was said about a case or a video. By query, for an id may hold any sign."""
    with store.read() as connection:
        closed = about == "case" and is_closed_case(connection, session.person, name)
    if closed:
        return ThreadView(closed=True, comments=[], errands=[], people=[])
    return _thread(store, session, about, name)


@router.post("/comments")
def post_comment(body: SayBody, session: Talker, store: StoreHere) -> ThreadView:
    """Say something about a case or a video."""
    with store.write(session.person.id) as writing:
        say(writing, session.person.id, body.about, body.name, body.text, impersonal=body.impersonal)
    return _thread(store, session, body.about, body.name)


@router.post("/errands")
def post_errand(body: GiveBody, session: Talker, store: StoreHere) -> ThreadView:
    """Hand somebody what is to be done about a case or a video."""
    with store.write(session.person.id) as writing:
        hand_over(
            writing,
            session.person.id,
            body.about,
            body.name,
            owner=body.owner,
            what=body.what,
            due=body.due,
            impersonal=body.impersonal,
        )
    return _thread(store, session, body.about, body.name)


@router.post("/errands/{errand}")
def post_errand_state(errand: str, body: ErrandStateBody, session: Talker, store: StoreHere) -> MineView:
    """Take one's own errand on, say that it is done, or give it back."""
    with store.write(session.person.id) as writing:
        move(writing, session.person.id, errand, body.state, body.why, impersonal=body.impersonal)
    return _mine(store, session)


@router.post("/read")
def post_read(body: ReadBody, session: Talker, store: StoreHere) -> CountView:
    """Say that one has read what called on one."""
    with store.write(session.person.id) as writing:
        read_mentions(writing, session.person.id, body.comments)
    return _count(store, session)


@router.get("/mine")
def get_mine(session: Talker, store: StoreHere) -> MineView:
    """What calls on the reader, what they have to do or asked for, and all that is overdue."""
    return _mine(store, session)


@router.get("/count")
def get_count(session: Talker, store: StoreHere) -> CountView:
    """How much waits for the reader."""
    return _count(store, session)


def _thread(store: Store, session: Session, about: About, name: str) -> ThreadView:
    today = _today(store)
    with store.read() as connection:
        place = place_for(connection, session.person, about, name)
        return ThreadView(
            closed=False,
            comments=[_comment(one) for one in comments_at(connection, place)],
            errands=[_errand(one, session, today) for one in errands_at(connection, place)],
            people=[HearerView(id=one.id, pseudonym=one.pseudonym) for one in hearers(connection, place)],
        )


def _mine(store: Store, session: Session) -> MineView:
    today = _today(store)
    with store.read() as connection:
        return MineView(
            mentions=[_comment(one) for one in unread(connection, session.person)],
            errands=[_errand(one, session, today) for one in errands_of(connection, session.person, today)],
        )


def _count(store: Store, session: Session) -> CountView:
    mine = _mine(store, session)
    waiting = [one for one in mine.errands if one.mine and one.state in ("given", "taken")]
    return CountView(waiting=len(mine.mentions) + len(waiting))


def _comment(one: Comment) -> CommentView:
    return CommentView.model_validate(asdict(one))


def _errand(one: Errand, session: Session, today: str) -> ErrandView:
    me = session.person.id
    more = {"mine": one.owner_id == me, "given": one.giver_id == me, "overdue": one.overdue(today)}
    kept = {name: value for name, value in asdict(one).items() if name in ErrandView.model_fields}
    return ErrandView.model_validate(kept | more)


def _today(store: Store) -> str:
    return store.clock().astimezone(JAKARTA).date().isoformat()
