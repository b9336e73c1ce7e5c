"""From a coefficient to an ``Estimate``: its value, its interval, and what both rest on."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from tilik.kernel import Estimate
from tilik.stats.agreement.codes import Floats
from tilik.stats.agreement.ends import (
    Asked,
    Ends,
    bca_ends,
    bootstrap,
    effective_units,
    perfect_ends,
    root_ends,
    standard_error,
    t_ends,
)
from tilik.stats.agreement.parts import NOTHING, Coefficient, Parts, influence, point

Inputs = Mapping[str, JsonValue]
UNDEFINED = "chance alone would leave no disagreement: everybody chose the same category everywhere"


def assess(
    found: Coefficient, asked: Asked, *, say: Floats, floor: float, method: str, of: str, inputs: Inputs
) -> Estimate:
    """The coefficient with its interval; ``say`` is the weight of each unit that counts, ``floor`` the least.

    Undefined coefficients give no value, the whole range, and the reason in ``inputs["undefined"]``.
    """
    parts = point(found)
    value = parts.coefficient
    n_eff = effective_units(say)
    told: dict[str, JsonValue] = {
        **inputs,
        "observed_disagreement": parts.observed,
        "expected_disagreement": parts.expected,
    }
    if value is None:
        ends, ended = (floor, 1.0), "undefined"
        told["undefined"] = UNDEFINED
    else:
        ends, ended = _ends(found, parts, value, asked, n_eff, told)
    return Estimate(
        value=value,
        low=max(floor, min(ends[0], 1.0 if value is None else value)),
        high=min(1.0, max(ends[1], floor if value is None else value)),
        n=say.size,
        n_eff=n_eff,
        method=f"{method}+{ended}",
        of=of,
        level=asked.level,
        inputs=told,
    )


def _ends(
    found: Coefficient, parts: Parts, value: float, asked: Asked, n_eff: float, told: dict[str, JsonValue]
) -> tuple[Ends, str]:
    pull = influence(found, parts)
    if asked.variance == "gwet":
        pull = found.published(pull, parts)
    error = standard_error(found.weight, pull)
    told.update(standard_error=error, variance=asked.variance)
    if parts.observed <= NOTHING:
        return perfect_ends(parts.expected, n_eff, asked.level), "perfect-agreement-bound"
    if asked.how == "bootstrap":
        values = bootstrap(found, asked.draws, asked.seed)
        told.update(draws=asked.draws, draws_defined=int(values.size), seed=asked.seed)
        return bca_ends(values, value, found.weight * pull, asked.level), "bca-bootstrap"
    ends = t_ends if asked.how == "t" else root_ends
    return ends(value, error, max(n_eff - 1, 1.0), asked.level), asked.how
