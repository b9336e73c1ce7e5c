"""Agreement between people as an ``Estimate``: any coefficient, any metric, with weights and intervals."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from pydantic import JsonValue

from tilik.kernel import Estimate, Invalid
from tilik.stats.agreement.alpha import alpha
from tilik.stats.agreement.assess import Inputs, assess
from tilik.stats.agreement.byrater import cohen, conger
from tilik.stats.agreement.ends import Asked, How, Variance
from tilik.stats.agreement.parts import Coefficient, point
from tilik.stats.agreement.pooled import pooled
from tilik.stats.agreement.ratings import Ratings
from tilik.stats.agreement.scales import METRICS, Metric

Name = Literal["alpha", "gwet", "fleiss", "brennan-prediger", "conger", "cohen", "raw"]
NAMES: tuple[Name, ...] = get_args(Name)
BY_SHARES: tuple[Name, ...] = ("alpha", "fleiss", "conger", "cohen")
FEW = 5
RARE = 100


def agreement(
    ratings: Ratings,
    name: Name = "alpha",
    *,
    metric: Metric = "nominal",
    of: str,
    how: How = "root",
    variance: Variance = "linearised",
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
    refuse: bool = True,
    inputs: Inputs | None = None,
) -> Estimate:
    """One coefficient with its interval over units, which are taken as drawn independently.

    ``name``: ``alpha`` is Krippendorff's; ``gwet`` is AC1, with another metric than nominal AC2; ``raw`` is
    plain (weighted) agreement. ``how``: ``root`` or ``t`` by the linearised variance, or ``bootstrap`` (BCa,
    by unit). ``variance="gwet"`` reproduces irrCAC's. ``n`` counts the units with two labels or more,
    ``n_eff`` is Kish's. Where everybody chose one category, agreement beyond chance is undefined: the value
    is None, and ``inputs["undefined"]`` says why. Fewer than 5 units with two labels give an interval but no
    value, and ``inputs["refused"]`` says so. Raises ``Invalid`` on fewer than two units with two
    labels, on a metric that does not fit the values, and on Cohen for other than two people.

    ``inputs["thin"]`` warns where people agreed on another label than the most common one in fewer than 5
    units: a coefficient by shares of labels then rests on those few, and its interval misses too often. Where
    also fewer than 100 units have another label at all, neither value nor interval is given, only the whole
    range. ``refuse=False`` reproduces published tables of a few units.
    """
    asked = Asked(how, variance, level, draws, seed)
    _check(ratings, name, metric)
    found = assess(
        coefficient(ratings, name, metric),
        asked,
        say=ratings.pairable.weight,
        floor=0.0 if name == "raw" else -1.0,
        method=_called(name, metric),
        of=of,
        inputs={**(inputs or {}), **_counts(ratings, metric), **_thin(ratings, name, metric)},
    )
    return _refused(found, ratings) if refuse and found.value is not None else found


def agreements(
    ratings: Ratings,
    *,
    metric: Metric = "nominal",
    of: str,
    how: How = "root",
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
) -> dict[Name, Estimate]:
    """Every coefficient that these ratings allow: Conger where people are known, Cohen where they are two.

    ``of`` is a phrase with ``{}`` for the coefficient's name. Raises as :func:`agreement`.
    """
    known = ratings.raters >= 2
    fits = [n for n in NAMES if (n != "conger" or known) and (n != "cohen" or ratings.raters == 2)]
    return {
        name: agreement(
            ratings, name, metric=metric, of=of.format(name), how=how, level=level, draws=draws, seed=seed
        )
        for name in fits
    }


def agreement_value(ratings: Ratings, name: Name = "alpha", metric: Metric = "nominal") -> float | None:
    """Only the figure, for use inside a computation, None where undefined; people get :func:`agreement`."""
    _check(ratings, name, metric)
    return point(coefficient(ratings, name, metric)).coefficient


def coefficient(ratings: Ratings, name: Name, metric: Metric) -> Coefficient:
    """The coefficient of that name over these ratings, as a function of the units' weights."""
    if name == "alpha":
        return alpha(ratings, metric)
    if name == "cohen":
        return cohen(ratings, metric)
    if name == "conger":
        return conger(ratings, metric)
    return pooled(ratings, metric, name)


def _check(ratings: Ratings, name: Name, metric: Metric) -> None:
    if name not in NAMES:
        raise Invalid("coefficient-unknown", f"{name} is not a coefficient", mend=f"use {', '.join(NAMES)}")
    if metric not in METRICS:
        raise Invalid("metric-unknown", f"{metric} is not a metric", mend=f"use {', '.join(METRICS)}")
    judged = int((ratings.pairable.weight > 0).sum())
    if judged < 2:
        raise Invalid(
            "agreement-too-few-units",
            f"{judged} of {ratings.units} units have labels of two people; agreement needs at least 2",
            mend="have more units judged twice",
        )


def _called(name: Name, metric: Metric) -> str:
    if name == "gwet":
        return "gwet-ac1" if metric == "nominal" else f"gwet-ac2-{metric}"
    return name if metric == "nominal" else f"{name}-{metric}"


def _counts(ratings: Ratings, metric: Metric) -> dict[str, JsonValue]:
    return {
        "metric": metric,
        "units": ratings.units,
        "labels": int(ratings.unit.size),
        "people": ratings.raters or None,
        "categories": ratings.categories,
        "weighted": bool(np.ptp(ratings.weight) > 0),
    }


def _refused(found: Estimate, ratings: Ratings) -> Estimate:
    """Without its value where too little stands behind it; without interval where not even that holds."""
    if "thin" in found.inputs:
        entries = ratings.pairable.entries
        others = np.unique(entries.unit[entries.value != _common(ratings)]).size
        if others < RARE:
            why = f"only {others} units have another label than the most common one, and in fewer than {FEW} "
            return _without(found, why + "of them people agreed on it", low=-1.0, high=1.0)
    if found.n < FEW:
        return _without(found, f"{found.n} units have labels of two people, and a value needs {FEW}")
    return found


def _without(found: Estimate, why: str, **ends: float) -> Estimate:
    told = {**found.inputs, "refused": why}
    method = f"{found.method}+too-thin"
    return found.model_copy(update={"value": None, "method": method, "inputs": told, **ends})


def _common(ratings: Ratings) -> int:
    found = ratings.pairable.entries
    return int(np.argmax(np.bincount(found.value, found.times)))


def _thin(ratings: Ratings, name: Name, metric: Metric) -> dict[str, JsonValue]:
    if metric != "nominal" or name not in BY_SHARES:
        return {}
    found, common = ratings.pairable.entries, _common(ratings)
    shared = np.unique(found.unit[(found.times >= 2) & (found.value != common)]).size
    if shared >= FEW:
        return {}
    return {
        "thin": f"people agreed on another label than {ratings.names[common]} in {shared} units only; "
        "the interval may be too narrow"
    }
