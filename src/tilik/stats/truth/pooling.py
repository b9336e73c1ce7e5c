"""Dirichlet priors shared by all workers, learned from them: partial pooling.

With expected counts ``n_j`` of worker j and a prior ``b``, the evidence lower bound depends on ``b`` by
``Σ_j log DirichletMultinomial(n_j | b)``; Minka's fixed point (2000, "Estimating a Dirichlet distribution",
eq. 55) raises it in each step. A Gamma hyperprior worth one worker holds ``b`` near its anchor when there
are few workers, and keeps it finite when they are all alike.
"""

from __future__ import annotations

import numpy as np
from scipy.special import digamma, gammaln

from tilik.stats.truth.table import Floats

HYPER = 1.0


class Pooled:
    """Posterior Dirichlets of many workers under one learned prior.

    ``anchor`` is the prior at the start, shape (..., categories); counts have one axis more, given by
    ``workers_axis``. Learning waits for ``patience`` rounds, until the posterior has left the majority.
    """

    def __init__(self, anchor: Floats, *, workers_axis: int, patience: int = 3) -> None:
        self.anchor = anchor
        self.prior = anchor.copy()
        self._axis = workers_axis
        self._wait = patience
        self._posterior = np.expand_dims(anchor, workers_axis)

    def expected_log(self, counts: Floats) -> Floats:
        """``E log θ`` given the counts; the prior learns from them for the next round."""
        if self._wait <= 0:
            self._learn(counts)
        self._wait -= 1
        self._posterior = counts + np.expand_dims(self.prior, self._axis)
        return np.asarray(digamma(self._posterior) - digamma(self._posterior.sum(axis=-1, keepdims=True)))

    def divergence(self) -> float:
        """KL divergence of the workers' posteriors from the prior, summed, less the log hyperprior."""
        gap = _divergence(self._posterior, np.expand_dims(self.prior, self._axis))
        hyper = HYPER * (np.log(self.prior / self.anchor) - self.prior / self.anchor).sum()
        return float(gap.sum() - hyper)

    def _learn(self, counts: Floats) -> None:
        prior = np.expand_dims(self.prior, self._axis)
        total = prior.sum(axis=-1, keepdims=True)
        up = (digamma(counts + prior) - digamma(prior)).sum(axis=self._axis)
        down = (digamma(counts.sum(axis=-1, keepdims=True) + total) - digamma(total)).sum(axis=self._axis)
        self.prior = (self.prior * up + HYPER) / (down + HYPER / self.anchor)


class ClassShares:
    """The shares of the true classes, under a Dirichlet prior worth as many tasks as there are.

    Its centre are the shares of the votes (the "empirical prior" of Li, Rubinstein & Cohn 2019, Exploiting
    worker correlation for label aggregation in crowdsourcing, ICML, in their code). Left free, the shares of
    thinly labelled tasks drift until one class explains everything.
    """

    def __init__(self, votes: Floats) -> None:
        self._prior = 1 + votes
        self._posterior = self._prior

    def expected_log(self, posterior: Floats) -> Floats:
        """``E log`` of the shares, as a column (classes, 1), given the tasks' posterior."""
        self._posterior = self._prior + posterior.sum(axis=1)
        return np.asarray(digamma(self._posterior) - digamma(self._posterior.sum()))[:, None]

    def divergence(self) -> float:
        """KL divergence of the posterior of the shares from their prior."""
        return float(_divergence(self._posterior, self._prior))


def _divergence(found: Floats, prior: Floats) -> Floats:
    """KL divergence of Dirichlet(found) from Dirichlet(prior), over the last axis."""
    expected = digamma(found) - digamma(found.sum(axis=-1, keepdims=True))
    return np.asarray(_log_norm(prior) - _log_norm(found) + ((found - prior) * expected).sum(axis=-1))


def _log_norm(a: Floats) -> Floats:
    """Log of the Dirichlet normaliser ``Π Γ(a) / Γ(Σ a)`` over the last axis."""
    return np.asarray(gammaln(a).sum(axis=-1) - gammaln(a.sum(axis=-1)))
