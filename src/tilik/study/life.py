"""The life of a guideline version: draft → trial → active → retired. One is active; new studies take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Row, Select, func, select, update

from tilik.guideline import Guideline
from tilik.kernel import Conflict, Missing
from tilik.log import Blobs, Envelope, applies
from tilik.store import Writing
from tilik.store.tables import guideline as guideline_table
from tilik.store.tables import study
from tilik.study.events import GuidelineMoved, State
from tilik.study.view import is_drawn

MOVES: dict[State, tuple[State, ...]] = {
    "draft": ("trial", "active", "retired"),
    "trial": ("draft", "active", "retired"),
    "active": (),
    "retired": ("trial", "active"),
}
"""Where a version may go. The active one leaves only by another taking its place; going back to a retired
one is how a change is undone."""
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Version:
    """A guideline version of a workspace; ``studies`` counts those judged by it."""

    hash: str
    name: str
    version: str
    state: State
    added_at: str
    studies: int

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def versions(connection: Connection) -> list[Version]:
    """Every version, in the order in which they came."""
    return [_version(row) for row in connection.execute(_query().order_by(guideline_table.c.added_at))]


def find_version(connection: Connection, name: str) -> Version:
    """The version with this number, name and number (``keluarga-id 0.2.0``), or beginning of its hash.

    Raises ``Missing`` where none or several fit.
    """
    every = versions(connection)
    fitting = [one for one in every if name in {one.version, str(one), one.hash}]
    if not fitting and len(name) >= SHORTEST:
        fitting = [one for one in every if one.hash.startswith(name)]
    live = [one for one in fitting if one.state != "retired"]  # a draft's earlier try may bear its number
    found = live if len(live) == 1 else fitting
    if len(found) != 1:
        there = ", ".join(f"{one} ({one.hash[:8]})" for one in every)
        what = "no version" if not found else f"{len(found)} versions"
        raise Missing("guideline-missing", f"{what} of a guideline fit {name!r}", mend=f"There are: {there}.")
    return found[0]


def active_guideline(connection: Connection) -> str:
    """The hash of the version that new studies take. Raises ``Missing`` where none is active."""
    query = select(guideline_table.c.hash).where(guideline_table.c.state == "active")
    identity = connection.execute(query).scalars().first()
    if identity is None:
        raise Missing(
            "guideline-missing",
            "this workspace has no active guideline",
            mend="Make one with `tilik init`, or activate one with `tilik guideline activate`.",
        )
    return str(identity)


def source_of(connection: Connection, blobs: Blobs, identity: str) -> bytes:
    """The file as it was brought in, byte for byte. Raises ``Missing``."""
    query = select(guideline_table.c.source).where(guideline_table.c.hash == identity)
    source = connection.execute(query).scalar()
    if source is None:
        raise Missing("guideline-missing", "no guideline with this hash is here", where=identity)
    return blobs.path(source).read_bytes()


def move(writing: Writing, identity: str, state: State) -> None:
    """Take a version to another state of its life. To where it stands already changes nothing.

    Activating one retires the one that was active. Raises ``Missing``, or ``Conflict`` where its state does
    not lead there.
    """
    here = _state(writing.connection, identity)
    if here == state:
        return
    if state not in MOVES[here]:
        mend = "Activate another version; that retires this one." if here == "active" else ""
        what = f"a version that is {here} cannot become {state}"
        raise Conflict("guideline-state", what, where=identity[:12], mend=mend)
    if state == "active":
        _retire_active(writing)
    writing.record(GuidelineMoved(hash=identity, state=state))


def state_on_arrival(writing: Writing, document: Guideline) -> State:
    """Where a version begins: as its file says, but active only where nothing is active yet.

    A draft with the same number that nobody has judged by makes room. Raises ``Conflict`` where the number
    is taken: a version, once used or past its draft, never changes under its number.
    """
    for one in versions(writing.connection):
        if (one.name, one.version) == (document.id, document.version) and one.state != "retired":
            if one.state != "draft" or one.studies:
                raise Conflict(
                    "guideline-version",
                    f"{one} is here already with other content",
                    where="version",
                    mend="Give the change a new version.",
                )
            writing.record(GuidelineMoved(hash=one.hash, state="retired"))
    taken = any(one.state == "active" for one in versions(writing.connection))
    return "draft" if document.status == "active" and taken else document.status


def take_up_again(writing: Writing, document: Guideline, identity: str) -> None:
    """A draft that was replaced by another of its number is the draft again. Anything else changes nothing.

    Raises ``Conflict`` where the number is taken by now.
    """
    here = next(one for one in versions(writing.connection) if one.hash == identity)
    if here.state == "retired" and not here.studies and document.status == "draft":
        state = state_on_arrival(writing, document)
        writing.record(GuidelineMoved(hash=identity, state=state))


def _retire_active(writing: Writing) -> None:
    query = select(guideline_table.c.hash).where(guideline_table.c.state == "active")
    for before in writing.connection.execute(query).scalars().all():
        writing.record(GuidelineMoved(hash=before, state="retired"))


def _state(connection: Connection, identity: str) -> State:
    query = select(guideline_table.c.state).where(guideline_table.c.hash == identity)
    found = connection.execute(query).scalar()
    if found is None:
        raise Missing("guideline-missing", "no guideline with this hash is here", where=identity)
    return cast(State, found)


def _query() -> Select[Any]:
    table = guideline_table.c
    used = select(func.count()).where(study.c.guideline == table.hash, is_drawn()).scalar_subquery()
    return select(table.hash, table.name, table.version, table.state, table.added_at, used.label("studies"))


def _version(row: Row[Any]) -> Version:
    return Version(row.hash, row.name, row.version, cast(State, row.state), row.added_at, row.studies)


@applies(GuidelineMoved)
def _moved(connection: Connection, event: GuidelineMoved, _envelope: Envelope, _blobs: Blobs) -> None:
    table = guideline_table
    connection.execute(update(table).where(table.c.hash == event.hash).values(state=event.state))
