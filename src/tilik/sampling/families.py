"""Families of near-duplicates as the units of a draw: gathered before it, spread out to videos after it.

A family has the sum of its members' sizes and the random number of the member whose id comes first: a
permanent number too, and the same on every engine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tilik.sampling.designs import FamilyDesign
from tilik.sampling.poisson import Floats, Index


class Families(NamedTuple):
    """``first`` the position of each family's first member, ``code`` the family of each video."""

    first: Index
    code: NDArray[np.intp]
    names: NDArray[np.str_]


def gathered(table: ir.Table, design: FamilyDesign) -> ir.Table:
    """One row per family: ``family``, ``video`` and ``prn`` of its first member, and its total size."""
    named = _named(table, design)
    total = named.group_by("family").aggregate(
        video=lambda t: t["video"].min(), **{design.size: lambda t: t[design.size].cast("float64").sum()}
    )
    numbers = table.select(first="video", prn=table["prn"])
    return total.join(numbers, total["video"] == numbers["first"]).select(
        "family", "video", "prn", design.size
    )


def members(table: ir.Table, families: Sequence[str], design: FamilyDesign) -> pa.Table:
    """``family``, ``video`` and ``size`` of every video in these families, in order of family and id."""
    named = _named(table, design)
    held = named.select("family", "video", size=named[design.size].cast("float64"))
    found = held.filter(held["family"].isin(list(families))).to_pyarrow()
    return found.sort_by([("family", "ascending"), ("video", "ascending")])


def families_of(family: Sequence[str | None], video: Sequence[str]) -> Families:
    """Families of videos given in order of id; one without a name is its own."""
    named = np.array([own if name is None else str(name) for name, own in zip(family, video, strict=True)])
    names, first, code = np.unique(named, return_index=True, return_inverse=True)
    return Families(first.astype(np.intp), code.reshape(-1).astype(np.intp), names)


def chosen_member(sizes: Floats, family: str, seed: int | None) -> int:
    """Which member stands for the family, by a chance proportional to size; the same for every budget."""
    digits = hashlib.md5(f"member:{seed}:{family}".encode(), usedforsecurity=False).hexdigest()
    reach = np.cumsum(sizes)
    at = int(np.searchsorted(reach, (int(digits, 16) >> (128 - 53)) / 2.0**53 * reach[-1], side="right"))
    return min(at, int(np.flatnonzero(sizes > 0)[-1]))


def spread_out(drawn: pa.Table, held: pa.Table, design: FamilyDesign, seed: int | None) -> pa.Table:
    """The videos to judge of the drawn families: all of each, or the one that stands for it; π is theirs."""
    of = {name: at for at, name in enumerate(drawn["family"].to_pylist())}
    code = np.array([of.get(name, -1) for name in held["family"].to_pylist()], dtype=np.intp)
    keep = np.flatnonzero(code >= 0)
    held, code = held.take(keep), code[keep]
    sizes, share = held["size"].to_numpy(), np.ones(code.size)
    if design.judge == "one":
        taken, share = stand_ins(code, sizes, drawn["family"].to_pylist(), seed)
        held, code = held.take(taken), code[taken]
    spread = drawn.take(code).drop_columns(["video", "size", "pi", "family"])
    pi = drawn["pi"].to_numpy()[code] * share
    for name, column in (("pi", pa.array(pi)), *((c, held[c]) for c in ("video", "size", "family"))):
        spread = spread.append_column(name, column)
    return spread


def stand_ins(
    code: NDArray[np.intp], sizes: Floats, names: Sequence[str], seed: int | None
) -> tuple[Index, Floats]:
    """For each family the position of the member taken, and its share of the family's size.

    ``code`` is the family of each member, whose order within a family is that of their ids.
    """
    order = np.argsort(code, kind="stable")
    edges = np.searchsorted(code[order], np.arange(len(names) + 1))
    taken, share = [], []
    for at, name in enumerate(names):
        own = order[edges[at] : edges[at + 1]]
        chosen = own[chosen_member(sizes[own], name, seed)]
        taken.append(chosen)
        share.append(sizes[chosen] / sizes[own].sum())
    return np.array(taken, dtype=np.intp), np.array(share)


def _named(table: ir.Table, design: FamilyDesign) -> ir.Table:
    own = table[design.family].cast("string").fill_null(table["video"])
    return table.select("video", table[design.size], family=own)
