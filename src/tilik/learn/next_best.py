"""What to look at next so that a model learns most. Such work is *assisted*: it can train, never measure.

``Assisted`` carries the purpose with the ranking, so that a list made here cannot be handed to an estimator
by mistake: it has no inclusion probabilities, and none can be made for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tilik.kernel import Invalid

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Purpose = Literal["uncertain", "targeted"]
By = Literal["entropy", "margin", "change"]


@dataclass(frozen=True, eq=False)
class Assisted:
    """Rows in the order to look at them, what each was worth when chosen, and why they were chosen.

    ``likeness`` is the largest cosine with a row chosen before, 0 to 1: ``worth`` has it taken off already.
    """

    order: Codes
    worth: Floats
    likeness: Floats
    purpose: Purpose
    assisted: Literal[True] = True


def uncertainty(probabilities: Floats, by: Literal["entropy", "margin"] = "entropy") -> Floats:
    """How unsure the model is of each row, 0..1 (Settles 2009): scaled entropy, or one less the margin."""
    p = _checked(probabilities)
    if by == "margin":
        top = np.sort(p, axis=1)[:, -2:]
        return np.asarray(1 - (top[:, 1] - top[:, 0]))
    logs = np.log(p, out=np.zeros_like(p), where=p > 0)
    return np.asarray(np.clip(-(p * logs).sum(axis=1) / np.log(p.shape[1]), 0, 1))


def expected_change(probabilities: Floats, features: csr_matrix) -> Floats:
    """The expected length of the gradient that a row's label would give a logistic regression.

    Settles, Craven & Ray (2008). For class k the gradient is ``(p - e_k) ⊗ x``; its expected length over the
    model's own probabilities is ``|x| Σ_k p_k |p - e_k|``, for two classes ``2√2 p(1-p)|x|``.
    """
    p = _checked(probabilities)
    _match(p, features)
    length = np.sqrt(np.asarray(features.multiply(features).sum(axis=1)).ravel())
    gap = np.sqrt(((p[:, None, :] - np.eye(p.shape[1])[None, :, :]) ** 2).sum(axis=2))
    return np.asarray((p * gap).sum(axis=1) * length)


def next_best(
    probabilities: Floats,
    count: int,
    *,
    features: csr_matrix | None = None,
    by: By = "entropy",
    alike: float = 0.5,
    families: Codes | None = None,
) -> Assisted:
    """The ``count`` rows to look at, most telling first.

    With ``features`` (rows of any length) each choice makes like rows worth less: worth times
    ``(1 - alike · largest cosine with a chosen row)``, as in maximal marginal relevance (Carbonell &
    Goldstein 1998); ``alike`` 0 ignores likeness. Of a family only one row is chosen. Equal worth goes by
    row number. Raises ``Invalid``.
    """
    worth = _worth(probabilities, features, by)
    if not 0 <= alike <= 1 or count < 0:
        raise Invalid("option-out-of-range", f"alike lies in 0..1 and count from 0, not {alike} and {count}")
    if families is not None and families.size != worth.size:
        raise Invalid("shapes-differ", f"{families.size} families for {worth.size} rows")
    unit = None if features is None else _unit(features)
    nearest, free = np.zeros(worth.size), np.ones(worth.size, dtype=bool)
    chosen: list[int] = []
    gained: list[float] = []
    alike_then: list[float] = []
    while len(chosen) < count and free.any():
        now = np.where(free, worth * (1 - alike * nearest), -np.inf)
        at = int(now.argmax())
        chosen.append(at)
        gained.append(float(now[at]))
        alike_then.append(float(nearest[at]))
        free &= (np.arange(worth.size) != at) if families is None else (families != families[at])
        if unit is not None:
            likeness = np.asarray((unit @ unit[at].T).todense()).ravel()
            nearest = np.maximum(nearest, np.clip(likeness, 0, 1))
    order = np.array(chosen, dtype=np.intp)
    return Assisted(order, np.array(gained), np.array(alike_then), "uncertain")


def _worth(probabilities: Floats, features: csr_matrix | None, by: By) -> Floats:
    if by != "change":
        return uncertainty(probabilities, by)
    if features is None:
        raise Invalid("features-missing", "expected change needs the rows' features")
    return expected_change(probabilities, features)


def _checked(probabilities: Floats) -> Floats:
    p = np.asarray(probabilities, dtype=float)
    if p.ndim != 2 or p.shape[1] < 2:
        raise Invalid("shapes-differ", f"probabilities are rows × classes, not of shape {p.shape}")
    if not np.all(np.isfinite(p)) or p.min(initial=0) < 0 or np.any(np.abs(p.sum(axis=1) - 1) > 1e-6):
        raise Invalid("probability-out-of-range", "the probabilities of every row must sum to 1")
    return p


def _match(p: Floats, features: csr_matrix) -> None:
    if features.shape[0] != p.shape[0]:
        raise Invalid(
            "shapes-differ", f"{features.shape[0]} rows of features for {p.shape[0]} of probabilities"
        )


def _unit(features: csr_matrix) -> csr_matrix:
    length = np.sqrt(np.asarray(features.multiply(features).sum(axis=1)).ravel())
    return csr_matrix(features.multiply((1 / np.where(length > 0, length, 1))[:, None]))
