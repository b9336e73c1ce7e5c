"""When an interval is wider than its level says, and says so: ``+at-least`` in the method.

Two things make it so, and both are seen in the data in hand. Behind the figure stand few units of one kind:
counts are discrete, and an interval that never falls short of 95 % must mostly exceed it (Agresti & Coull
1998). Or much of the variance is not estimated but allowed for: half a positive that was not drawn, strata in
which all that was judged agrees, smoothed chances. Where the limits lie was settled by simulation
(docs/simulations.md).
"""

from __future__ import annotations

from tilik.kernel import Estimate

FEWEST_FOR_LEVEL = 10.0
"""What the rarer of positives and negatives must be worth for an interval to be taken at its level."""
MOST_ALLOWED = 0.2
"""The part of the variance that may be allowance before it is told."""
AT_LEAST = "at_least"


def at_least(estimate: Estimate, *, p: float, n_eff: float, shown: float, used: float) -> Estimate:
    """The estimate, with the reason in ``inputs["at_least"]`` where its interval exceeds its level.

    ``p`` of ``n_eff`` is the share that the interval was laid on, ``used`` the variance under it, ``shown``
    the part of that which the judged units show. Nothing is said of what is known for certain.
    """
    if estimate.value is None or estimate.low == estimate.high:
        return estimate
    rarer = n_eff * min(p, 1 - p)
    why = ""
    if rarer < FEWEST_FOR_LEVEL:
        held = min(rarer, FEWEST_FOR_LEVEL - 0.01)  # 9.997 must not read like the 10 that are needed
        why = f"of the rarer kind what was judged is worth {held:.3g}, fewer than {FEWEST_FOR_LEVEL:g}"
    elif used > 0 and 1 - shown / used > MOST_ALLOWED:
        why = f"{1 - shown / used:.0%} of its variance allows for what was not seen"
    if not why:
        return estimate
    told = {**estimate.inputs, AT_LEAST: why}
    return estimate.model_copy(update={"method": f"{estimate.method}+at-least", "inputs": told})
