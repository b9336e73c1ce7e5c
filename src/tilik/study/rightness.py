"""What right and wrong answers come to, of each person: rates that borrow strength from the others'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tilik.stats import People, pooled_rates


def rates_of(people: Sequence[str], right: Mapping[str, Sequence[bool]], of: str) -> People | None:
    """Each person's share right, in this order, by the pooled beta-binomial; ``None`` where nobody was asked.

    ``of`` is a phrase with ``{}`` for the person's number.
    """
    asked = [right.get(one, ()) for one in people]
    if not any(asked):
        return None
    return pooled_rates([sum(one) for one in asked], [len(one) for one in asked], of=of)
