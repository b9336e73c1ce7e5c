"""Columns that give the answer away: found before anything is learned, named, and left out.

A column leaks where it could not be known, or would not be so telling, before the label was given:
``target-copy``  it alone puts rows in order almost without error (out-of-fold AUC of one column);
``named-for-the-outcome``  its name holds the name of a class, as in ``disturbingCount``;
``says-the-outcome``  its cells hold the name of a class, as in a dump of labelled videos;
``one-sided``  one of its values is found in many rows of one class and in none of the other;
``id``  it names or numbers the rows, so that it can only be learned by heart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tilik.learn.judging import auc
from tilik.learn.tables import Cells, Floats, Plain

Why = Literal["target-copy", "named-for-the-outcome", "says-the-outcome", "one-sided", "id"]
Codes = NDArray[np.intp]
COPY = 0.97
SAYS = 0.6
SHARE_OF_CLASS = 0.1
CHANCE = 1e-6
SHORTEST_NAME = 4
BINS = 20
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Leak:
    """A column, why it is taken for a leak, and what was seen. ``auc`` is None for an id."""

    column: str
    why: tuple[Why, ...]
    auc: float | None
    seen: str


@dataclass(frozen=True)
class Looked:
    """What was found in all columns: those that leak, and every other column's own AUC."""

    leaks: tuple[Leak, ...]
    alone: dict[str, float]


def find_leaks(
    table: Plain, columns: Sequence[str], y: Floats, weights: Floats, folds: Codes, classes: tuple[str, str]
) -> Looked:
    """Look at each column alone. ``y`` 1 for ``classes[1]``; ``folds`` keep groups whole."""
    leaks, alone = [], {}
    for name in columns:
        kind = table.kind(name)
        if kind == "id":
            leaks.append(Leak(name, ("id",), None, "a value of its own in every row"))
            continue
        if kind == "constant":
            continue
        cells = _cells(table, name)
        value = auc(_rates(cells, y, weights, folds), y, weights)
        found = _reasons(name, cells, value, y, classes)
        if found:
            leaks.append(
                Leak(
                    name, tuple(dict.fromkeys(why for why, _ in found)), value, "; ".join(s for _, s in found)
                )
            )
        else:
            alone[name] = value
    return Looked(tuple(leaks), alone)


def _reasons(
    name: str, cells: list[list[str]], value: float, y: Floats, classes: tuple[str, str]
) -> list[tuple[Why, str]]:
    found: list[tuple[Why, str]] = []
    if value >= COPY:
        found.append(("target-copy", f"alone it reaches AUC {value:.3f} out of fold"))
    words = [c.lower() for c in classes if len(c) >= SHORTEST_NAME]
    if called := [c for c in words if c in name.lower()]:
        found.append(("named-for-the-outcome", f"its name holds {called[0]!r}"))
    for word in words:
        has = np.array([word in held for held in cells])
        if has.any() and not has.all() and max(own := auc(has.astype(float), y), 1 - own) >= SAYS:
            found.append(("says-the-outcome", f"its cells hold {word!r} in {int(has.sum()):,} rows"))
    if one := _one_sided(cells, y):
        found.append(one)
    return found


def _one_sided(cells: list[list[str]], y: Floats) -> tuple[Why, str] | None:
    """A value seen only with one class, too often for chance. Columns of words have rare honest ones."""
    if any(len(held) > 1 for held in cells):
        return None
    values, code = np.unique([held[0] for held in cells], return_inverse=True)
    ones, all_of = np.bincount(code, y), np.bincount(code)
    for side, share in ((ones, y.mean()), (all_of - ones, 1 - y.mean())):
        pure = np.flatnonzero((side == all_of) & (side >= SHARE_OF_CLASS * share * y.size))
        likely = [at for at in pure.tolist() if share ** all_of[at] * values.size < CHANCE]
        if likely:
            at = max(likely, key=lambda one: all_of[one])
            return "one-sided", f"{str(values[at])!r} stands in {all_of[at]:,} rows, all of one class"
    return None


def _cells(table: Plain, name: str) -> list[list[str]]:
    """What a cell says: a number's value or bin, a category's value, a text's words."""
    kind, held = table.kind(name), table.column(name)
    if kind == "number":
        return _number_cells(table.numbers(name))
    if kind == "category":
        return [["missing" if cell is None else cell] for cell in held]
    return _word_cells(held)


def _number_cells(x: Floats) -> list[list[str]]:
    values, more = np.unique(x[~np.isnan(x)]), ""
    if values.size > BINS:
        values, more = np.unique(np.quantile(x[~np.isnan(x)], np.linspace(0, 1, BINS + 1)[:-1])), " or more"
    at = np.searchsorted(values, x, side="right") - 1
    return [
        ["missing"] if np.isnan(one) else [f"{values[max(i, 0)]:g}{more}"]
        for one, i in zip(x.tolist(), at.tolist(), strict=True)
    ]


def _word_cells(cells: Cells) -> list[list[str]]:
    return [sorted(set(WORD.findall(cell.lower()))) or ["missing"] if cell else ["missing"] for cell in cells]


def _rates(cells: list[list[str]], y: Floats, weights: Floats, folds: Codes) -> Floats:
    """Each row's log-odds by naive Bayes on the rows of other folds, with half a row of smoothing."""
    names: dict[str, int] = {}
    code = np.array([names.setdefault(word, len(names)) for held in cells for word in held], dtype=np.intp)
    row = np.repeat(np.arange(len(cells)), [len(held) for held in cells])
    w = weights / weights.mean()
    scores = np.zeros(len(cells))
    for fold in range(int(folds.max()) + 1):
        known = folds[row] != fold
        ones, all_of = (np.bincount(code[known], mass[row[known]], len(names)) for mass in (w * y, w))
        totals = float((w * y)[folds != fold].sum()), float((w * (1 - y))[folds != fold].sum())
        odds = np.log((ones + 0.5) / (totals[0] + 1)) - np.log((all_of - ones + 0.5) / (totals[1] + 1))
        odds[all_of == 0] = 0
        scores += np.where(folds == fold, np.bincount(row, odds[code], len(cells)), 0)
    return scores
