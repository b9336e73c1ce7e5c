"""Who acts in a terminal where only one role may: data protection, child safety."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from tilik.access import list_people
from tilik.kernel import Conflict
from tilik.store import Workspace

By = Annotated[str, typer.Option(help="Who does it: a pseudonym with the role privacy.")]
BySafety = Annotated[str, typer.Option("--by", help="Who does it: a pseudonym with the role child-safety.")]


def officer(opened: Workspace, name: str, role: Literal["privacy", "child-safety"] = "privacy") -> str:
    """The id of whoever has the role, by pseudonym where there are several. Raises ``Conflict``."""
    with opened.store.read() as connection:
        able = [one for one in list_people(connection) if one.active and role in one.roles]
    fitting = [one for one in able if not name or one.pseudonym == name.upper()]
    if len(fitting) != 1:
        there = ", ".join(one.pseudonym for one in able) or "none"
        code = "privacy-who" if role == "privacy" else "safety-who"
        raise Conflict(code, "say who does it", where="--by", mend=f"There are: {there}.")
    return fitting[0].id
