"""Survey data with published figures, where they lie beside the repository."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

SURVEY = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "survey"
needs_survey = pytest.mark.skipif(not SURVEY.is_dir(), reason="no survey data beside the repository")

DISTRICTS = (61, 135, 178, 197, 255, 406, 413, 437, 448, 510, 568, 637, 716, 778, 815)
"""The fifteen districts of R's ``apiclus1``, which holds every school of ``apipop`` in them."""


@lru_cache(maxsize=2)
def _rows(name: str) -> list[dict[str, str]]:
    with (SURVEY / f"r_survey_{name}.csv").open() as file:
        return list(csv.DictReader(file))


def column(table: str, name: str) -> np.ndarray:
    """A column of ``apistrat``, ``apipop`` or ``apiclus1``, as text."""
    if table == "apiclus1":
        return np.array([row[name] for row in _rows("apipop") if int(row["dnum"]) in DISTRICTS])
    return np.array([row[name] for row in _rows(table)])
