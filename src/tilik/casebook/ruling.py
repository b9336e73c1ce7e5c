"""Ruling a group of near cases: what was decided, in both languages, and whether the bench shows it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, select

from tilik.casebook.act import find_row, group_of
from tilik.casebook.codes import RULED, known_question, known_state
from tilik.casebook.events import CaseRuled, PrecedentWithdrawn, Stands
from tilik.casebook.notes import FreeText, digest_of, keep, tidy
from tilik.kernel import Conflict, Missing, new_id
from tilik.privacy import Impersonal
from tilik.store import Writing
from tilik.store.casebook_tables import case_ruling
from tilik.study import guideline_of


class Said(BaseModel):
    """What a person rules: where it stands, in their words, in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str | None = None
    stands: Stands = "note"
    id: FreeText
    en: FreeText
    precedent: bool = True
    impersonal: Impersonal = False


def rule(writing: Writing, person: str, case: str, said: Said) -> str:
    """Settle a case and all near ones that were confirmed with it; returns the ruling's id.

    An earlier ruling of any of them no longer holds. Raises ``Missing``; ``Invalid`` where a text lacks or
    the question is none of the guideline's; ``Conflict`` for content gaps, which are closed and not ruled.
    """
    row = find_row(writing.connection, case)
    if row.kind != "edge-case":
        raise Conflict("case-no-ruling", "a content gap is filled, not ruled", where=case)
    guideline = guideline_of(writing.connection, writing.blobs, row.guideline)
    texts = {"id": tidy(said.id, "id"), "en": tidy(said.en, "en")}
    identity = new_id()
    event = CaseRuled(
        ruling=identity,
        cases=tuple(one.id for one in group_of(writing.connection, row)),
        guideline=row.guideline,
        state=known_state(guideline, RULED),
        question=known_question(guideline, said.question or row.question),
        stands=said.stands,
        precedent=said.precedent,
        says={"id": digest_of(texts["id"]), "en": digest_of(texts["en"])},
        person=person,
    )
    writing.record(event)
    keep(writing, identity, "id", texts["id"], impersonal=said.impersonal)
    keep(writing, identity, "en", texts["en"], impersonal=said.impersonal)
    return identity


def withdraw(writing: Writing, ruling: str) -> None:
    """Show a ruling on the bench no longer. Raises ``Missing``."""
    if refuse_missing(writing.connection, ruling):
        writing.record(PrecedentWithdrawn(ruling=ruling))


def refuse_missing(connection: Connection, ruling: str) -> bool:
    """Whether this ruling is shown as a precedent. Raises ``Missing`` where there is no such ruling."""
    found = connection.execute(select(case_ruling.c.precedent).where(case_ruling.c.id == ruling)).scalar()
    if found is None:
        raise Missing("ruling-missing", "there is no such ruling", where=ruling)
    return bool(found)
