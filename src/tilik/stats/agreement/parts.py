"""What all coefficients share: one minus observed over expected disagreement, and what a unit adds to it."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from tilik.stats.agreement.codes import Floats

NOTHING = 1e-12


class Parts(NamedTuple):
    """Observed disagreement and the one expected by chance, both 0..1 in the metric's own unit."""

    observed: float
    expected: float

    @property
    def coefficient(self) -> float | None:
        """``1 - observed/expected``; None where chance leaves nothing to disagree about."""
        return None if self.expected <= NOTHING else 1 - self.observed / self.expected


class Coefficient(Protocol):
    """One coefficient over fixed units, as a function of their weights."""

    @property
    def weight(self) -> Floats:
        """The units' design weights."""
        ...

    def parts(self, weight: Floats, square: Floats) -> Parts:
        """The figure under these weights; ``square`` their squares, summed where a unit was drawn twice."""
        ...

    def slopes(self, weight: Floats, square: Floats) -> tuple[Floats, Floats]:
        """What each unit adds to observed and expected disagreement: derivatives by its share of weight."""
        ...

    def published(self, influence: Floats, parts: Parts) -> Floats:
        """The influence as Gwet's irrCAC has it, where that differs."""
        ...


def point(coefficient: Coefficient) -> Parts:
    """The parts under the design weights themselves."""
    weight = coefficient.weight
    return coefficient.parts(weight, weight**2)


def influence(coefficient: Coefficient, parts: Parts) -> Floats:
    """Linearised contribution of each unit, of weighted mean 0: ``κ̂ - κ ≈ Σwz/Σw``. Needs a defined κ."""
    weight = coefficient.weight
    observed, expected = coefficient.slopes(weight, weight**2)
    return np.asarray(-(observed - parts.observed / parts.expected * expected) / parts.expected)
