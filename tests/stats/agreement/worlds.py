"""Imagined people who judge imagined videos, for simulations."""

import numpy as np

from tilik.stats.agreement.codes import Floats


def judged(
    random: np.random.Generator, chance: Floats, people: int, se: float, sp: float, missing: float = 0.0
) -> Floats:
    """0/1 labels, units × people, of units that deserve 1 with the given chance; NaN where not judged."""
    truth = random.random(chance.size) < chance
    draw = random.random((chance.size, people))
    said = np.where(truth[:, np.newaxis], draw < se, draw >= sp).astype(float)
    said[random.random(said.shape) < missing] = np.nan
    return said[~np.isnan(said).all(axis=1)]
