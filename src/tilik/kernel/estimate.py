"""The only way a number leaves Tilik: with its interval, its sample size and its method."""

from __future__ import annotations

import math

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator


class Estimate(BaseModel):
    """A figure that can be defended.

    ``value``   the point estimate, or ``None`` where only a bound is honest;
    ``low``, ``high``  the interval's ends, at confidence ``level``;
    ``n``       units that entered; ``n_eff`` the effective sample size (n over the design effect);
    ``method``  estimator and interval, e.g. ``hajek+korn-graubard``;
    ``of``      what is estimated, e.g. ``impression share of verdict Q3 or Q4``;
    ``inputs``  what the figure is a function of: log position, guideline, design, seed, counts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float | None
    low: float = Field(allow_inf_nan=False)
    high: float = Field(allow_inf_nan=False)
    n: int = Field(ge=0)
    n_eff: float = Field(ge=0, allow_inf_nan=False)
    method: str = Field(min_length=1)
    of: str = Field(min_length=1)
    level: float = Field(default=0.95, gt=0, lt=1)
    inputs: dict[str, JsonValue] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _interval_holds_the_value(self) -> Estimate:
        if self.low > self.high:
            raise ValueError(f"interval [{self.low}, {self.high}] is upside down")
        if self.value is None:
            return self
        if not math.isfinite(self.value):
            raise ValueError("a value must be finite, or None where only a bound is known")
        slack = 1e-9 * max(1.0, abs(self.value))  # a bound at the value may round to its other side
        if not self.low - slack <= self.value <= self.high + slack:
            raise ValueError(f"the value {self.value} lies outside its interval [{self.low}, {self.high}]")
        return self
