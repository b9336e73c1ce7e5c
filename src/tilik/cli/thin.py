"""``--raise-thin``: a design that takes more of what a study could tell too little about."""

from __future__ import annotations

from typing import Annotated

import typer

from tilik.casebook.coverage import coverage, stratum_names, thin_floors
from tilik.cli.designs import Asked
from tilik.frame.registration import RegisteredFrame
from tilik.kernel import Invalid
from tilik.sampling import AnyDesign, ColumnDesign
from tilik.store import Store

RaiseThin = Annotated[
    str,
    typer.Option(
        "--raise-thin",
        metavar="STUDY",
        help="Take more of the cells too thin in this study, by --column and each --domain.",
    ),
]
LEAST = 2
"""Units of each other cell: what a variance needs."""
USUAL = 2
"""How many of the usual domains are crossed where none is named."""


def raised(
    store: Store, asked: Asked, kind: str, study: str, frame: RegisteredFrame, budget: int
) -> AnyDesign:
    """A stratum for each cell of coverage; thin ones get at least what they lack, up to half of the budget.

    Raises ``Invalid`` beside another design, and as ``coverage`` does.
    """
    if kind not in {"pps", "column"}:
        raise Invalid("design", "thin cells are raised in the design column", where=f"--design {kind}")
    named = [*filter(None, [asked.column]), *asked.domains]
    with store.read() as connection:
        found = coverage(connection, store.blobs, study, named)
        if not named and len(found.by) > USUAL:
            found = coverage(connection, store.blobs, study, found.by[:USUAL])
    there = stratum_names(store.blobs, frame.snapshot, found.by)
    least = [(name, units) for name, units in thin_floors(found, budget) if name in there]
    return ColumnDesign.model_validate(
        {
            "column": found.by[0],
            "across": found.by[1:],
            "least": least,
            "minimum": LEAST,
            **({"allocation": asked.allocation} if asked.allocation else {}),
        }
    )
