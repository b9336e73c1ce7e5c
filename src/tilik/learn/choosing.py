"""Which columns are learned from: those that were named, or all that do not give the label away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tilik.kernel import Invalid
from tilik.learn.folds import grouped_folds, joined
from tilik.learn.leaks import Leak, Looked, find_leaks
from tilik.learn.tables import Cells, Floats, Plain

Codes = NDArray[np.intp]
LONG_TEXT = 25
REST = "the rest"
OWN_WORDS = 0.8
"""Equal texts of this length mark near-duplicates, in columns where most rows have words of their own."""


@dataclass(frozen=True)
class Asked:
    """What to learn and from what; empty ``features`` and ``texts`` mean all columns that do not leak.

    ``judge_on`` names a column of true and false: figures rest on the rows where it is true, say those of the
    last weeks; the others are only learned from.
    """

    label: str
    features: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    group: str = ""
    weight: str = ""
    leave_out: tuple[str, ...] = ()
    folds: int = 5
    seed: int = 0
    judge_on: str = ""


@dataclass(frozen=True, eq=False)
class Problem:
    """Rows to learn from: class codes into ``classes``, weights, groups and folds; the columns to use.

    ``judged`` marks the rows that figures rest on.
    """

    table: Plain
    classes: tuple[str, ...]
    labels: Codes
    weights: Floats
    groups: Codes
    folds: Codes
    features: tuple[str, ...]
    texts: tuple[str, ...]
    leaks: tuple[Leak, ...]
    alone: dict[str, float]
    judged: NDArray[np.bool_]


def pose(table: Plain, asked: Asked, positive: str = "") -> Problem:
    """Check what is asked and choose the columns. ``positive`` becomes code 1, whatever else code 0.

    Rows with the same channel, or with the same long text, are one group. Raises ``Invalid``.
    """
    classes, labels = _classes(table, asked.label, positive)
    weights = _weights(table, asked.weight)
    spoken = asked.texts or _texts(table, asked)
    keys = [key for name in spoken if (key := _copies(table.column(name)))]
    groups = joined(table.rows, *([table.column(asked.group)] if asked.group else []), *keys)
    folds = grouped_folds(groups, labels, asked.folds, asked.seed)
    looked = _look(table, asked, labels, weights, folds, classes)
    named = bool(asked.features or asked.texts)
    features = asked.features if named else tuple(c for c in looked.alone if table.kind(c) != "text")
    texts = asked.texts if named else tuple(c for c in looked.alone if table.kind(c) == "text")
    judged = _judged(table, asked.judge_on, labels)
    return Problem(
        table, classes, labels, weights, groups, folds, features, texts, looked.leaks, looked.alone, judged
    )


def labelled(table: Plain, label: str) -> Plain:
    """The rows that have a label. Raises ``Invalid`` where there is none."""
    rows = [at for at, cell in enumerate(table.raw(label)) if cell is not None]
    if not rows:
        raise Invalid("nothing-to-learn", f"no row has a value in column {label}")
    return table if len(rows) == table.rows else table.where(rows)


def _copies(cells: Cells) -> list[str | None]:
    """The long texts, by which copies of a row are known; nothing where texts repeat as a rule."""
    held = [cell if cell and len(cell) >= LONG_TEXT else None for cell in cells]
    there = [cell for cell in held if cell]
    return held if len(set(there)) >= OWN_WORDS * max(len(there), 1) else []


def _classes(table: Plain, label: str, positive: str) -> tuple[tuple[str, ...], Codes]:
    cells = table.raw(label)
    if None in cells:
        row = cells.index(None) + 1
        raise Invalid("column-has-gaps", f"column {label} has no value, first in row {row:,}")
    names = sorted({cell for cell in cells if cell is not None})
    if len(names) < 2:
        raise Invalid("one-class", f"column {label} holds one class only", mend="Name another with --label.")
    if len(names) > len(cells) / 4:
        raise Invalid("too-many-classes", f"column {label} holds {len(names):,} different values")
    if positive:
        if positive not in names:
            raise Invalid("class-unknown", f"{positive!r} is not in column {label}: {', '.join(names[:9])}")
        other = REST if len(names) > 2 else next(name for name in names if name != positive)
        return (other, positive), np.array([cell == positive for cell in cells], dtype=np.intp)
    code = {name: at for at, name in enumerate(names)}
    return tuple(names), np.array([code[str(cell)] for cell in cells], dtype=np.intp)


def _weights(table: Plain, name: str) -> Floats:
    if not name:
        return np.ones(table.rows)
    weights = table.numbers(name)
    if not np.all(np.isfinite(weights) & (weights > 0)):
        raise Invalid("weight-out-of-range", f"every weight in column {name} must be a number above 0")
    return weights


def _judged(table: Plain, name: str, labels: Codes) -> NDArray[np.bool_]:
    if not name:
        return np.ones(table.rows, dtype=bool)
    on = table.numbers(name)
    if not np.isin(on, (0, 1)).all():
        raise Invalid("judge-on-unclear", f"column {name} must hold true or false in every row")
    if np.unique(labels[on == 1]).size < np.unique(labels).size:
        raise Invalid("one-class", f"the rows where {name} is true do not hold all classes")
    return np.asarray(on == 1)


def _others(table: Plain, asked: Asked) -> list[str]:
    kept = {asked.label, asked.group, asked.weight, asked.judge_on, *asked.leave_out}
    return [name for name in table.columns if name not in kept]


def _texts(table: Plain, asked: Asked) -> Sequence[str]:
    return [] if asked.features else [name for name in _others(table, asked) if table.kind(name) == "text"]


def _look(
    table: Plain, asked: Asked, labels: Codes, weights: Floats, folds: Codes, classes: tuple[str, ...]
) -> Looked:
    named = [*asked.features, *asked.texts]
    if len(classes) == 2:
        columns = named or _others(table, asked)
        return find_leaks(table, columns, labels.astype(float), weights, folds, (classes[0], classes[1]))
    if not named:
        raise Invalid(
            "columns-not-named",
            f"with {len(classes)} classes the columns to learn from must be named",
            mend="Give --features or --text.",
        )
    return Looked((), {})
