"""What is alike in every answer to a guideline that is taken over HTTP: keys, texts, marks, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection, insert, select

from tilik.guideline import Marks, Problem
from tilik.kernel import Invalid, digest_bytes
from tilik.media.registration import find_video
from tilik.privacy import refuse_personal
from tilik.store import Writing
from tilik.store.tables import note, video

Key = Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9-]+$")]
"""Made by the client, a UUID; it names a submission for ever."""
FreeText = Annotated[str, Field(max_length=10_000, pattern=r"^[^\x00]*$")]
"""What people write. SQLite would keep a NUL, PostgreSQL would not."""
MARK_SLACK = 0.05
"""Seconds by which a mark may pass the end: players round, and the last picture lasts a little."""


class AnswersRefused(Invalid):
    """The answers do not satisfy the guideline; ``problems`` says which and why, in both languages."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            "answers-incomplete",
            f"{len(problems)} of the answers need attention",
            where=problems[0].question,
            mend="Complete the questions named.",
        )
        self.problems = problems


def tidy(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts that say something, each on one line."""
    return {name: " ".join(text.split()) for name, text in texts.items() if text.strip()}


def digests(texts: Mapping[str, str]) -> dict[str, str]:
    """What the log holds of free texts."""
    return {name: digest_bytes(text.encode()) for name, text in texts.items()}


def keep_notes(writing: Writing, owner: str, texts: Mapping[str, str], *, impersonal: bool = False) -> None:
    """Keep free texts as erasable rows, each beside the digest that the log holds.

    Raises ``Invalid`` where one holds personal data; ``impersonal`` is as of ``refuse_personal``.
    """
    refuse_personal(writing, owner, texts, impersonal=impersonal)
    for question, text in texts.items():
        row = {"owner": owner, "question": question, "digest": digest_bytes(text.encode()), "text": text}
        writing.connection.execute(insert(note).values(**row))


def duration_of(connection: Connection, identity: str) -> float | None:
    """The length of a prepared video in seconds; ``None`` where it is not known."""
    row = connection.execute(select(video.c.id).where(video.c.id == identity)).first()
    return (find_video(connection, identity).record.duration or None) if row is not None else None


def refuse_marks_beyond(connection: Connection, video: str, marks: Marks) -> None:
    """Raise ``Invalid`` where a mark passes the end of the video."""
    length = duration_of(connection, video)
    for question, span in marks:
        if length is not None and span.end > length + MARK_SLACK:
            raise Invalid(
                "mark-beyond",
                f"a mark ends at {span.end:g} s, the video at {length:g} s",
                where=question,
                mend="Mark the span again.",
            )
