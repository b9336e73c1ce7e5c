"""Do the rates of raters cover? Pps draws from a long-tailed population, contested outcomes partly ruled."""

from __future__ import annotations

from typing import Literal

import numpy as np

from simulations.tallies import Tally
from tilik.exchange.raters.rates import Beside, sides
from tilik.sampling.poisson import inclusion_probabilities

VIDEOS, BUDGET, JUDGES = 20_000, 600, 3
Case = Literal["machine", "people"]


def tally(case: Case, *, draws: int, positives: float = 0.15, seed: int = 1) -> dict[str, Tally]:
    """Coverage of both rates. A machine answers once a video and a fifth of the outcomes are contested, of
    which six in ten are ruled on; three people answer each video, all worse at the same hard ones."""
    random = np.random.default_rng(seed)
    size = random.lognormal(0, 1.5, VIDEOS)
    true = (random.random(VIDEOS) < positives).astype(float)
    hard = random.random(VIDEOS) < 0.25
    chance = np.where(true == 1, np.where(hard, 0.5, 0.9), np.where(hard, 0.25, 0.05))
    answers = (random.random((VIDEOS, JUDGES)) < chance[:, None]).astype(float)
    contested = random.random(VIDEOS) < np.where(hard, 0.6, 0.07)
    of = answers[:, 0] if case == "machine" else chance
    truths = [
        float((size * on * rate).sum() / (size * on).sum()) for on, rate in ((true, of), (1 - true, 1 - of))
    ]
    found = {"sensitivity": Tally(), "specificity": Tally()}
    pi = inclusion_probabilities(size, BUDGET)
    for one in range(draws):
        drawn = np.flatnonzero(random.random(VIDEOS) < pi)
        rows = (
            _machine(drawn, true, answers, contested, size, pi, random)
            if case == "machine"
            else _people(drawn, true, answers, size, pi)
        )
        both = sides(rows, of=f"{{}} in draw {one}")
        found["sensitivity"].add(both.sensitivity, truths[0])
        found["specificity"].add(both.specificity, truths[1])
    return found


def _machine(
    drawn: np.ndarray,
    true: np.ndarray,
    answers: np.ndarray,
    contested: np.ndarray,
    size: np.ndarray,
    pi: np.ndarray,
    random: np.random.Generator,
) -> Beside:
    ruled = contested[drawn] & (random.random(drawn.size) < 0.6)
    share = ruled.sum() / contested[drawn].sum()
    on = drawn[~contested[drawn] | ruled]
    return Beside(
        true[on],
        answers[on, 0],
        size[on],
        pi[on] * np.where(contested[on], share, 1.0),
        np.full(on.size, "all"),
        on.astype(str),
    )


def _people(
    drawn: np.ndarray, true: np.ndarray, answers: np.ndarray, size: np.ndarray, pi: np.ndarray
) -> Beside:
    on = np.repeat(drawn, JUDGES)
    return Beside(
        true[on],
        answers[drawn].reshape(-1),
        size[on] / JUDGES,
        pi[on],
        np.full(on.size, "all"),
        on.astype(str),
    )


if __name__ == "__main__":
    for case in ("machine", "people"):
        for name, found in tally(case, draws=2000).items():
            print(f"{case:8} {name:12} coverage {found.coverage:.3f} bias {found.bias:+.2f} %")
