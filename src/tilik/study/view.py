"""Which studies there are. Gold and practice lie in studies of their own, which nobody draws or measures."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, or_, select

from tilik.kernel import Missing
from tilik.store.tables import study

KNOWN = ("gold", "practice")
"""The purposes of studies whose outcomes are known beforehand: they measure people, never the population."""


def is_drawn() -> ColumnElement[bool]:
    """The studies that were drawn from a frame: for queries that go over more than one study."""
    return study.c.purpose.not_in(KNOWN)


def studies(connection: Connection) -> list[str]:
    """The ids of every drawn study, the newest first."""
    query = select(study.c.id).where(is_drawn()).order_by(study.c.drawn_at.desc(), study.c.id.desc())
    return [str(identity) for identity in connection.execute(query).scalars()]


def find_study(connection: Connection, name: str = "") -> str:
    """The id of the drawn study with this name or id; without a name, the only one there is.

    Raises ``Missing``.
    """
    query = select(study.c.id, study.c.name).where(is_drawn()).order_by(study.c.drawn_at)
    if name:
        query = query.where(or_(study.c.id == name, study.c.name == name))
    rows = connection.execute(query).all()
    if len(rows) == 1:
        return str(rows[0].id)
    there = ", ".join(row.name for row in connection.execute(select(study.c.name).where(is_drawn())))
    mend = f"There are: {there}." if there else "Draw one with `tilik sample draw`."
    what = f"no study is called {name!r}" if name else f"there are {len(rows)} studies; say which"
    raise Missing("study-missing", what, mend=mend)
