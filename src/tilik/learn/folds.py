"""Who goes with whom, and which fold they are in: rows that belong together are never parted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from tilik.kernel import Invalid

Codes = NDArray[np.intp]


def joined(rows: int, *keys: Sequence[str | None]) -> Codes:
    """A code per row; rows that share any key, directly or through others, share the code.

    Each of ``keys`` has one name per row (a channel, a family, a text); ``None`` and ``""`` bind nobody.
    Codes are numbered by each group's first row.
    """
    ends: list[Codes] = []
    count = rows
    for key in keys:
        if len(key) != rows:
            raise Invalid("shapes-differ", f"{len(key)} keys for {rows} rows")
        names: dict[str, int] = {}
        pairs = [(row, count + names.setdefault(name, len(names))) for row, name in enumerate(key) if name]
        ends.append(np.array(pairs, dtype=np.intp).reshape(-1, 2))
        count += len(names)
    edges = np.concatenate(ends) if ends else np.empty((0, 2), dtype=np.intp)
    graph = coo_array((np.ones(len(edges), dtype=np.int8), (edges[:, 0], edges[:, 1])), shape=(count, count))
    parts = connected_components(graph, directed=False)[1][:rows]
    _, first, codes = np.unique(parts, return_index=True, return_inverse=True)
    rank = np.empty(first.size, dtype=np.intp)
    rank[np.argsort(first)] = np.arange(first.size)
    return rank[codes]


def grouped_folds(groups: ArrayLike, classes: ArrayLike, folds: int = 5, seed: int = 0) -> Codes:
    """A fold 0..folds-1 per row: groups stay whole, and each class is spread as evenly as they allow.

    Large groups are placed first, each where the classes are then most even. Raises ``Invalid`` where
    there are fewer groups than folds.
    """
    _, group = np.unique(np.asarray(groups), return_inverse=True)
    names, code = np.unique(np.asarray(classes), return_inverse=True)
    if group.size == 0 or group.max() + 1 < folds or folds < 2:
        raise Invalid(
            "groups-too-few",
            f"{group.max() + 1 if group.size else 0} groups cannot fill {folds} folds",
            mend="Give fewer folds (two at least) or a finer group.",
        )
    held = np.zeros((group.max() + 1, names.size))
    np.add.at(held, (group, code), 1)
    rare = 1 / held.sum(axis=0)
    order = np.random.default_rng(seed).permutation(len(held))
    order = order[np.argsort(-held[order].sum(axis=1), kind="stable")]
    full, fold = np.zeros((folds, names.size)), np.empty(len(held), dtype=np.intp)
    for one in order.tolist():
        # What the sum of squares of every class's share grows by if the group goes there.
        growth = ((2 * full + held[one]) * held[one] * rare**2).sum(axis=1)
        fold[one] = growth.argmin() if growth.max() > 0 else full.sum(axis=1).argmin()
        full[fold[one]] += held[one]
    return fold[group]
