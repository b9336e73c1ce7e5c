"""Erasing who a person is (UU 27/2022, article 8; GDPR, article 17). The pseudonym and the judgements stay,
so no figure changes; nothing here joins them to somebody any more."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from tilik.access import email_of, find_person
from tilik.access.erasing import erase_identity
from tilik.kernel import Conflict, Invalid, digest_bytes, new_id
from tilik.log import Blobs
from tilik.retention.erasing import erase
from tilik.retention.events import Erased
from tilik.retention.holds import Holds, holds, holds_now
from tilik.retention.items import (
    Item,
    case_texts,
    escalation_texts,
    judgement_texts,
    naming_pattern,
    outside,
    ruling_texts,
    texts_naming,
)
from tilik.retention.quality_texts import quality_texts
from tilik.store import Writing
from tilik.store.access_tables import person_identity
from tilik.store.tables import session
from tilik.study.accepting import keep_notes

GROUND = "ground"
"""The part under which the ground of an erasure is kept."""
LONGEST = 1000
AUTHORED = (judgement_texts, ruling_texts, quality_texts, case_texts)
"""Texts that their author can have erased. Those of escalations are records that others may ask for."""


@dataclass(frozen=True, slots=True)
class PersonDue:
    """What is known of a person that can be erased, and what would stay.

    ``texts``: texts that they wrote; ``naming``: texts of whomever in which they are named; ``held_texts``:
    of both, those under a legal hold. ``held_by``: escalations under a legal hold that they raised or
    answered, which keep who they are.
    """

    pseudonym: str
    erased: bool
    email: bool
    identities: int
    sessions: int
    texts: int
    naming: int
    held_texts: int
    held_by: tuple[str, ...]


def person_due(connection: Connection, blobs: Blobs, identity: str) -> PersonDue:
    """What would be erased of a person. Raises ``Missing``."""
    found, held = find_person(connection, identity), holds(connection, blobs)
    own, naming = _own(connection, held, identity), _naming(connection, held, identity)
    kept = {(one.table.name, one.key) for one in (*own, *naming) if _is_held(one, held)}
    return PersonDue(
        pseudonym=found.pseudonym,
        erased=found.erased,
        email=bool(email_of(connection, identity)),
        identities=_count(connection, person_identity, identity),
        sessions=_count(connection, session, identity),
        texts=len(own),
        naming=len(naming),
        held_texts=len(kept),
        held_by=_held_by(held, identity),
    )


def erase_person(
    writing: Writing,
    identity: str,
    ground: str,
    *,
    texts: bool = False,
    naming: bool = False,
    by_rule: bool = False,
) -> str:
    """Erase who a person is, for good, and, if asked, what they wrote (``texts``) and every text in which
    they are named (``naming``); returns the erasure's id. ``by_rule``: the ground is a rule's own.

    Raises ``Missing``; ``Invalid`` without a ground, for personal data in it or a ground that names them;
    ``Conflict`` for whoever was erased, is the last who can manage people, or is kept by a legal hold.
    """
    found, held = find_person(writing.connection, identity), holds_now(writing)
    if by := _held_by(held, identity):
        raise Conflict(
            "person-held",
            "a legal hold keeps who this person is",
            where=", ".join(by),
            mend="Ask whoever answers for child safety whether the hold can be lifted.",
        )
    erasure, said = new_id(), _ground(ground)
    if not by_rule:
        _refuse_names(writing.connection, identity, said)
    _erase_texts(writing, erasure, "own-texts", _own(writing.connection, held, identity) if texts else [])
    named = _naming(writing.connection, held, identity) if naming else []
    _erase_texts(writing, erasure, "naming-texts", named)
    erase_identity(writing, found.id, erasure=erasure, ground=digest_bytes(said.encode()))
    keep_notes(writing, erasure, {GROUND: said})
    return erasure


def _erase_texts(writing: Writing, erasure: str, kind: Erased, items: list[Item]) -> None:
    held = holds_now(writing)
    erase(writing, erasure, kind, [one for one in items if not _is_held(one, held)])


def _own(connection: Connection, held: Holds, identity: str) -> list[Item]:
    return [one for find in AUTHORED for one in find(connection, held) if one.by == identity]


def _naming(connection: Connection, held: Holds, identity: str) -> list[Item]:
    names = [find_person(connection, identity).name, email_of(connection, identity)]
    finds = (*AUTHORED, escalation_texts, outside)
    known = {(one.table.name, one.key): one for find in finds for one in find(connection, held)}
    # What another text is about is not known here: while anything is under a legal hold, it stays.
    unknown = frozenset(one.id for one in held.raised if one.hold)
    found = texts_naming(connection, names)
    return [known.get((table.name, key)) or Item(table, key, "", unknown) for table, key in found]


def _is_held(item: Item, held: Holds) -> bool:
    reason = held.of(item.about)
    return reason is not None and reason[0] == "legal-hold"


def _held_by(held: Holds, identity: str) -> tuple[str, ...]:
    """Escalations under a legal hold that this person raised or answered."""
    return tuple(
        one.id
        for one in held.raised
        if one.hold and identity in {one.person, *(step.person for step in one.steps)}
    )


def _count(connection: Connection, table: Table, identity: str) -> int:
    query = select(func.count()).select_from(table).where(table.c.person == identity)
    return int(connection.execute(query).scalar_one())


def _ground(ground: str) -> str:
    text = " ".join(ground.split())
    if not 1 <= len(text) <= LONGEST:
        raise Invalid("erasure-ground", f"a ground needs 1 to {LONGEST} characters", where="ground")
    return text


def _refuse_names(connection: Connection, identity: str, ground: str) -> None:
    names = [find_person(connection, identity).name, email_of(connection, identity)]
    if naming_pattern(names).search(ground.casefold()):
        raise Invalid("erasure-names", "the ground names the person", where="ground", mend="Leave it out.")
