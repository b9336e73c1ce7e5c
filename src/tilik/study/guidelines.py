"""Guideline versions of a workspace: brought in once, then found by their content hash."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from tilik.guideline import Guideline, content_hash, load
from tilik.kernel import Missing
from tilik.log import Blobs, Envelope, applies
from tilik.store import Writing
from tilik.store.tables import guideline as guideline_table
from tilik.study.events import GuidelineAdded
from tilik.study.life import state_on_arrival, take_up_again

_KEPT = 16
_PARSED: dict[str, Guideline] = {}
"""Guidelines by hash, the newest few: reading one takes half a second."""


def add_guideline(writing: Writing, text: str, *, name: str) -> str:
    """Bring in a guideline's YAML; returns its hash. The same guideline again changes nothing, but a retired
    draft that nobody judged by is a draft again.

    It begins in the state that its file says; active only where nothing is active yet, else as a draft.
    Raises ``Invalid`` with line numbers when the text is not a sound guideline, ``Conflict`` where its
    version number stands for other content.
    """
    document = load(text, name=name)
    identity = content_hash(document)
    if _known(writing.connection, identity):
        take_up_again(writing, document, identity)
    else:
        state = state_on_arrival(writing, document)
        source = writing.blobs.put(text.encode())
        writing.record(
            GuidelineAdded(
                hash=identity, name=document.id, version=document.version, source=source, state=state
            )
        )
    _keep(identity, document)
    return identity


def guideline_of(connection: Connection, blobs: Blobs, identity: str) -> Guideline:
    """The guideline with this hash. Raises ``Missing``."""
    query = select(guideline_table.c.source).where(guideline_table.c.hash == identity)
    source = connection.execute(query).scalar()
    if source is None:
        raise Missing("guideline-missing", "no guideline with this hash is here", where=identity)
    parsed = _PARSED.get(identity)
    if parsed is None:
        file = blobs.path(source)
        parsed = _keep(identity, load(file.read_text(encoding="utf-8"), name=file.name))
    return parsed


def _keep(identity: str, document: Guideline) -> Guideline:
    # The identity is the content's hash, so what was parsed once stays right.
    while len(_PARSED) >= _KEPT:
        del _PARSED[next(iter(_PARSED))]
    _PARSED[identity] = document
    return document


def _known(connection: Connection, identity: str) -> bool:
    query = select(guideline_table.c.hash).where(guideline_table.c.hash == identity)
    return connection.execute(query).first() is not None


@applies(GuidelineAdded)
def _added(connection: Connection, event: GuidelineAdded, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(guideline_table).values(
            hash=event.hash,
            name=event.name,
            version=event.version,
            source=event.source,
            state=event.state,
            added_at=envelope.at,
        )
    )
