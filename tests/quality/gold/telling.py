"""A classifier that tries to tell gold from live by what a browser could note down."""

from __future__ import annotations

import hashlib
import math
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

WHOLE = 5000
"""As many tasks as the whole trial serves; with fewer the bounds are wider."""
BLURS = 4.0
"""How many standard errors of a guess without knowledge an area may be above one half, in the short trial."""


def refuse_telling(table: np.ndarray, is_gold: np.ndarray, pair: np.ndarray, sizes: tuple[int, int]) -> None:
    """Fail where a classifier tells gold from live better than it may.

    ``table`` has the features of each task served, ``pair`` the number of the pair it is of, ``sizes`` how
    many distinct gold and live items there were.
    """
    blur = error_of(0.5, *sizes)
    most = (0.52, 0.55) if len(table) >= WHOLE else (0.5 + BLURS * blur, 0.5 + (BLURS + 3.6) * blur)
    for guess in (
        HistGradientBoostingClassifier(max_iter=60, max_depth=4, random_state=0),
        make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)),
    ):
        said = cross_val_predict(
            guess, table, is_gold, groups=pair, cv=GroupKFold(5), method="predict_proba"
        )[:, 1]
        area = float(roc_auc_score(is_gold, said))
        upper = area + 1.96 * error_of(area, *sizes)
        print(f"{type(guess).__name__}: AUC {area:.3f}, at most {upper:.3f}, of {len(table)} tasks")
        assert area <= most[0]
        assert upper <= most[1]


def error_of(area: float, gold: int, live: int) -> float:
    """The standard error of an AUC (Hanley & McNeil 1982)."""
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    parts = area * (1 - area) + (gold - 1) * (q1 - area**2) + (live - 1) * (q2 - area**2)
    return math.sqrt(parts / (gold * live))


def mark(names: list[str]) -> int:
    """A number for a list of names in their order."""
    return int.from_bytes(hashlib.sha256("\n".join(names).encode()).digest()[:4], "big")


def keys_of(value: Any) -> list[str]:
    """Every key of a JSON value in the order in which it came, lists told only once."""
    if isinstance(value, dict):
        return [*value, *(key for one in value.values() for key in keys_of(one))]
    return keys_of(value[0]) if isinstance(value, list) and value else []
