"""One draw for several purposes: each unit knows for which it was drawn, with π for each and the joint π.

A purpose is a size measure ``x_k`` and a share of the sample. The draw is one sequential Poisson sample with
``x = max_k a_k·x_k``, ``a_k = share_k / Σx_k``, on one random number: with the threshold τ a unit is drawn
for purpose k where ``u < a_k·x_k·τ``, with its own ``π_k = min(1, a_k·x_k·τ)``, and drawn at all with the
joint ``π = max_k π_k``. So the purposes overlap as much as they can (Ohlsson 1995, permanent random numbers),
no unit is judged twice, each purpose alone is a Poisson sample by its own size, and the budget is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field, field_validator, model_validator

from tilik.sampling.columns import Columns, Value
from tilik.sampling.frozen import Frozen

PartPurpose = Literal["high-impression", "high-impact", "synthetic-suspect", "uncertain", "random"]
WITHOUT_SCORES = ("high-impression", "random")


class Risk(Frozen):
    """A score that a purpose looks at. ``severity`` weighs it; below ``threshold`` it counts as no risk."""

    score: str
    severity: float = Field(default=1.0, gt=0)
    threshold: float = Field(default=0.0, ge=0, lt=1)


class Part(Frozen):
    """A purpose and the ``share`` of the sample that it asks for, relative to the others' shares.

    Its size measure, with w the impressions and p a score: ``high-impression`` w; ``high-impact``
    w·Σ severity·p; ``synthetic-suspect`` w·p, from the threshold on; ``uncertain`` w·p·(1-p); ``random`` 1,
    so that videos without impressions have a chance too. With several risks the terms are added up.
    """

    purpose: PartPurpose
    share: float = Field(default=1.0, gt=0)
    risks: tuple[Risk, ...] = ()

    @model_validator(mode="after")
    def _has_what_it_looks_at(self) -> Part:
        if (self.purpose in WITHOUT_SCORES) == bool(self.risks):
            wants = "takes no score" if self.risks else "needs a score"
            raise ValueError(f"the purpose {self.purpose} {wants}")
        return self

    def size(self, w: Value, columns: Columns) -> Value:
        """``x_k`` of every row; 0 where the purpose would never draw it."""
        if self.purpose == "random":
            return columns.constant(1.0)
        if self.purpose == "high-impression":
            return w
        total = columns.constant(0.0)
        for risk in self.risks:
            p = columns.number(risk.score)
            counts = columns.choose([(p >= risk.threshold, risk.severity)], 0.0)
            total = total + (p * (1 - p) if self.purpose == "uncertain" else p) * counts
        return w * total


class PurposesDesign(Frozen):
    """Several purposes in one draw; ``purposes`` with their shares. Estimates use the joint π."""

    kind: Literal["purposes"] = "purposes"
    size: str = "impressions"
    purposes: tuple[Part, ...] = Field(min_length=1)

    @field_validator("purposes")
    @classmethod
    def _each_once(cls, purposes: tuple[Part, ...]) -> tuple[Part, ...]:
        names = [part.purpose for part in purposes]
        if len(set(names)) < len(names):
            raise ValueError("each purpose may be named once")
        return purposes

    @property
    def names(self) -> tuple[str, ...]:
        """The purposes, in order."""
        return tuple(part.purpose for part in self.purposes)


def part_sizes(design: PurposesDesign, columns: Columns) -> list[Value]:
    """``x_k`` of every row, for each purpose."""
    w = columns.number(design.size)
    return [part.size(w, columns) for part in design.purposes]


def scales(design: PurposesDesign, totals: Mapping[str, float]) -> list[float]:
    """``a_k``: the share over the total of the size measure; 0 for a purpose that nothing answers to."""
    whole = sum(part.share for part in design.purposes)
    found = [totals.get(name, 0.0) for name in design.names]
    return [
        part.share / whole / total if total > 0 else 0.0
        for part, total in zip(design.purposes, found, strict=True)
    ]


def drawn_for(names: Sequence[str], own: Sequence[float], u: float, tau: float) -> dict[str, float]:
    """The purposes that drew a unit of sizes ``own`` (``a_k·x_k``) and number ``u``, each with its own π."""
    return {name: min(1.0, x * tau) for name, x in zip(names, own, strict=True) if x > 0 and u / x < tau}
