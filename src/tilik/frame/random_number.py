"""The permanent random number of a video: the same on every machine and engine, for ever.

``u`` is the top 53 bits of ``md5(id‖seed)`` over 2⁵³, so a double holds it exactly. It is computed once,
at import, and stored; a draw reads it and never hashes. Engines' own hash functions change between
versions and are not used.
"""

from __future__ import annotations

import hashlib

import ibis.expr.types as ir
from ibis import greatest, literal

HEX_DIGITS = 14
SPARE_BITS = 4 * HEX_DIGITS - 53


def permanent_random_number(video: str, seed: str) -> float:
    """The number of ``video`` under the frame's ``seed``, above 0 and below 1."""
    digits = hashlib.md5((video + seed).encode(), usedforsecurity=False).hexdigest()[:HEX_DIGITS]
    return max(int(digits, 16) >> SPARE_BITS, 1) / 2.0**53


def random_number_expression(video: ir.StringColumn, seed: str) -> ir.FloatingColumn:
    """:func:`permanent_random_number` as an Ibis expression, equal to the last bit."""
    digits = video.concat(seed).hexdigest("md5").substr(0, HEX_DIGITS)
    bits = literal("0x").concat(digits).cast("int64") >> SPARE_BITS
    return greatest(bits, literal(1, "int64")).cast("float64") / literal(2.0**53, "float64").cast("float64")
