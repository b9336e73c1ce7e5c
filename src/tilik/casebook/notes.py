"""Free text of the casebook: erasable rows, whose digests the log holds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import Connection, delete, insert, select

from tilik.kernel import Invalid, digest_bytes
from tilik.privacy import refuse_personal
from tilik.store import Writing
from tilik.store.casebook_tables import case_note

Part = Literal["said", "next", "remark", "id", "en"]
LONGEST = 2000
FreeText = Annotated[str, Field(max_length=LONGEST, pattern=r"^[^\x00]*$")]
"""What people write. SQLite would keep a NUL, PostgreSQL would not."""


def tidy(text: str, where: str) -> str:
    """One line without needless space. Raises ``Invalid`` where nothing or too much is left."""
    plain = " ".join(text.split())
    if not 1 <= len(plain) <= LONGEST:
        raise Invalid("case-text", f"a text needs 1 to {LONGEST} characters", where=where)
    return plain


def digest_of(text: str) -> str:
    """What the log holds of a text."""
    return digest_bytes(text.encode())


def keep(writing: Writing, owner: str, part: Part, text: str, *, impersonal: bool = False) -> None:
    """Keep a text in place of the one before; its digest must be in an event of the same transaction.

    Raises ``Invalid`` where it holds personal data; ``impersonal`` is as of ``refuse_personal``.
    """
    refuse_personal(writing, owner, {part: text}, impersonal=impersonal)
    where = (case_note.c.owner == owner, case_note.c.part == part)
    writing.connection.execute(delete(case_note).where(*where))
    if text:
        row = {"owner": owner, "part": part, "digest": digest_of(text), "text": text}
        writing.connection.execute(insert(case_note).values(**row))


def texts_of(connection: Connection, owners: set[str]) -> dict[tuple[str, str], str]:
    """``(owner, part)`` → text, of these owners; what was erased is not there."""
    query = select(case_note.c.owner, case_note.c.part, case_note.c.text)
    rows = connection.execute(query.where(case_note.c.owner.in_(owners)))
    return {(row.owner, row.part): row.text for row in rows}
