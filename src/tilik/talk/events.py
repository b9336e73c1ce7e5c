"""What can happen when people talk: a comment, its reading, an errand handed over and what becomes of it.

Texts are erasable rows; the log holds their digests.
"""

from __future__ import annotations

from typing import Literal

from tilik.log import Event

About = Literal["case", "video"]
State = Literal["given", "taken", "done", "returned"]
"""Handed over; taken on; done; given back undone, with a reason."""


class CommentWritten(Event, type="comment-written"):
    """Somebody said something about a video; ``mentions`` are the people it calls on."""

    comment: str
    video: str
    person: str
    said: str
    mentions: tuple[str, ...]


class MentionsRead(Event, type="mentions-read"):
    """Somebody has read the comments that called on them."""

    person: str
    comments: tuple[str, ...]


class ErrandGiven(Event, type="errand-given"):
    """Somebody hands over what is to be done about a case or a video: to whom, and until which day."""

    errand: str
    about: About
    subject_id: str
    giver: str
    owner: str
    what: str
    due: str


class ErrandMoved(Event, type="errand-moved"):
    """Its owner took an errand on, did it, or gave it back; ``why`` is the digest of the reason for that."""

    errand: str
    state: State
    why: str | None
