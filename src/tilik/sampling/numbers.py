"""The draw's own random number, made from the frame's permanent one.

``u = frac(m · prn + c)`` with an odd multiplier ``m < 2¹⁶`` and a shift ``c``, both from md5 of the seed.
The shift alone would be a Cranley-Patterson rotation (1976): every u uniform, but two videos whose
permanent numbers lie close would always be drawn together. The multiplier makes pairs independent too
(affine hashing: Carter & Wegman 1979), so draws with different seeds do not share a pattern. Only IEEE
multiplication, addition and floor are used: every engine gives the same bits.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import ibis.expr.types as ir
import numpy as np
from ibis import literal
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Rotation(NamedTuple):
    """``multiplier`` odd, 1..65535; ``shift`` in 0..1. ``Rotation(1, 0)`` leaves the number as it is."""

    multiplier: float
    shift: float


def rotation(seed: int | None) -> Rotation:
    """The rotation of a seed; without a seed the stored number itself is the draw's number."""
    if seed is None:
        return Rotation(1.0, 0.0)
    bits = int(hashlib.md5(f"draw:{seed}".encode(), usedforsecurity=False).hexdigest(), 16)
    return Rotation(float(2 * (bits & 0x7FFF) + 1), (bits >> (128 - 53)) / 2.0**53)


def draw_numbers(prn: Floats, seed: int | None) -> Floats:
    """``u`` for an array of permanent random numbers, each in 0..1."""
    multiplier, shift = rotation(seed)
    turned = prn * multiplier + shift
    return np.asarray(turned - np.floor(turned))


def draw_number_expression(prn: ir.FloatingColumn, seed: int | None) -> ir.FloatingColumn:
    """:func:`draw_numbers` as an Ibis expression, equal to the last bit."""
    multiplier, shift = (literal(part, "float64").cast("float64") for part in rotation(seed))
    turned = prn * multiplier + shift
    return turned - turned.floor().cast("float64")


def serving_number(video: str, seed: int | None) -> str:
    """What tasks are sorted by when served: unrelated to size and to the draw, and stable under top-up."""
    return hashlib.md5(f"serve:{seed}:{video}".encode(), usedforsecurity=False).hexdigest()
