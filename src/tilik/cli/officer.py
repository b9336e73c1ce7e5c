"""Who acts for data protection in a terminal: somebody with the role privacy."""

from __future__ import annotations

from typing import Annotated

import typer

from tilik.access import list_people
from tilik.kernel import Conflict
from tilik.store import Workspace

By = Annotated[str, typer.Option(help="Who does it: a pseudonym with the role privacy.")]


def officer(opened: Workspace, name: str) -> str:
    """The id of whoever has the role privacy, by pseudonym where there are several. Raises ``Conflict``."""
    with opened.store.read() as connection:
        able = [one for one in list_people(connection) if one.active and "privacy" in one.roles]
    fitting = [one for one in able if not name or one.pseudonym == name.upper()]
    if len(fitting) != 1:
        there = ", ".join(one.pseudonym for one in able) or "none"
        raise Conflict("privacy-who", "say who does it", where="--by", mend=f"There are: {there}.")
    return fitting[0].id
