"""Generated frames with a known truth, for simulations of the estimators.

Impressions are lognormal (σ 2.2) or Pareto (shape 1.2), and 1.4 times as many for positives: with that,
samples by impressions alone have the half-widths that the earlier trial states for them. A latent value is
standard normal for negatives and normal with standard deviation 1.25 for positives, set apart so that the AUC
is as asked; the score is a logistic function of it with a slope of 0.8 and a shift, so it is neither
calibrated nor of the right shape.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit
from scipy.stats import norm

SPREAD = 1.25
PULL = 1.4


class Case(NamedTuple):
    """Prevalence among videos, AUC, and the share of impressions at or above the threshold."""

    prevalence: float
    auc: float
    flagged: float


@dataclass(frozen=True)
class Generated:
    """A frame: impressions, truth, score, permanent random numbers; and what is to be estimated."""

    w: np.ndarray
    y: np.ndarray
    score: np.ndarray
    prn: np.ndarray
    threshold: float

    @property
    def truth(self) -> dict[str, float]:
        acts, wy = self.score >= self.threshold, self.w * self.y
        return {
            "prevalence": wy.sum() / self.w.sum(),
            "precision": wy[acts].sum() / self.w[acts].sum(),
            "recall": wy[acts].sum() / wy.sum(),
            "specificity": (self.w - wy)[~acts].sum() / (self.w - wy).sum(),
        }


def generate(case: Case, seed: int, rows: int = 1_000_000, impressions: str = "lognormal") -> Generated:
    """One frame."""
    rng = np.random.default_rng([seed, rows])
    w = np.exp(2.2 * rng.standard_normal(rows)) if impressions == "lognormal" else 1 + rng.pareto(1.2, rows)
    y = rng.random(rows) < case.prevalence
    w = w * np.where(y, PULL, 1.0)
    apart = np.sqrt(1 + SPREAD**2) * norm.ppf(case.auc)
    latent = rng.standard_normal(rows) * np.where(y, SPREAD, 1.0) + apart * y
    slope = apart / SPREAD**2 * 1.3
    score = expit(0.5 + 0.8 * (logit(case.prevalence) + slope * latent - slope * apart / 2))
    order = np.argsort(-score)
    reached = np.cumsum(w[order])
    at = int(np.searchsorted(reached, case.flagged * reached[-1]))
    return Generated(w, y.astype(float), score, rng.random(rows), float(score[order[at]]))
