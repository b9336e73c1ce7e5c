"""What earlier outcomes say of a score: the chance of a positive as a rising line through a few points."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tilik.kernel import Invalid
from tilik.sampling.poisson import Floats

MOST_POINTS = 8
POSITIVES_BEHIND = 5


def calibration_points(score: ArrayLike, y: ArrayLike, weight: ArrayLike) -> tuple[tuple[float, float], ...]:
    """Points (score, chance) for ``Target.calibration`` from judged units.

    ``score`` 0..1, ``y`` 0/1, ``weight`` what each unit stands for (w/π). Units in order of score are cut
    into groups of equal numbers of positives, at least five each and at most eight groups; their shares are
    made to rise by pooling adjacent violators (Ayer et al. 1955). Raises ``Invalid`` on too few positives.
    """
    s, hit, g = (np.asarray(array, dtype=float) for array in (score, y, weight))
    if not s.shape == hit.shape == g.shape or s.ndim != 1:
        raise Invalid("shapes-differ", "score, y and weight must be of one length")
    positives = int(hit.sum())
    groups = min(MOST_POINTS, positives // POSITIVES_BEHIND)
    if groups < 1:
        what = (
            f"{positives} positives are too few to tell what a score is worth; {POSITIVES_BEHIND} are needed"
        )
        raise Invalid("earlier-too-few", what)
    order = np.argsort(s, kind="stable")
    s, hit, g = s[order], hit[order], g[order]
    group = np.minimum((np.cumsum(hit) - hit) * groups // positives, groups - 1).astype(int)
    total = np.bincount(group, weights=g, minlength=groups).astype(float)
    middle = np.bincount(group, weights=g * s, minlength=groups) / total
    chance = _rising(np.bincount(group, weights=g * hit, minlength=groups) / total, total)
    inner = [(float(a), float(b)) for a, b in zip(middle, chance, strict=True) if 0 < a < 1]
    points = [(0.0, inner[0][1]), *inner, (1.0, inner[-1][1])]
    return tuple(point for at, point in enumerate(points) if at == 0 or point[0] > points[at - 1][0])


def _rising(value: Floats, weight: Floats) -> Floats:
    """The least squares rising fit."""
    blocks: list[tuple[float, float, int]] = []
    for one, w in zip(value.tolist(), weight.tolist(), strict=True):
        blocks.append((one, w, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, wa, na), (b, wb, nb) = blocks[-2:]
            blocks[-2:] = [((a * wa + b * wb) / (wa + wb), wa + wb, na + nb)]
    return np.repeat([block[0] for block in blocks], [block[2] for block in blocks])
