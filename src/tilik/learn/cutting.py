"""Columns as a few values each: numbers are cut at their quartiles, everything else is taken as it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tilik.kernel import Invalid
from tilik.learn.tables import FEW_VALUES, Plain

MOST_AS_THEY_ARE = 12
"""A column of numbers with no more different ones than this is not cut."""
NO_VALUE = "-"


def edges_of(table: Plain, name: str) -> tuple[float, ...]:
    """The quartiles of a column of many numbers; of any other, nothing. Raises ``Invalid`` on many values."""
    different = len(set(table.column(name)))
    if table.kind(name) != "number" or different <= MOST_AS_THEY_ARE:
        if different > FEW_VALUES:
            raise Invalid(
                "column-too-varied", f"column {name} has {different:,} values", mend="Group them first."
            )
        return ()
    values = table.numbers(name)
    return tuple(float(edge) for edge in np.unique(np.nanquantile(values, [0.25, 0.5, 0.75])))


def cut(table: Plain, name: str, edges: Sequence[float]) -> list[str]:
    """The column's values, numbers as the part between two edges that they lie in."""
    if not edges:
        return [cell or NO_VALUE for cell in table.column(name)]
    ends = [f"below {edges[0]:g}", *(f"{edge:g} and up" for edge in edges)]
    values = table.numbers(name)
    at = np.searchsorted(edges, np.nan_to_num(values), side="right")
    return [NO_VALUE if np.isnan(x) else ends[i] for x, i in zip(values.tolist(), at.tolist(), strict=True)]
