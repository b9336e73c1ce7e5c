"""What can happen to what is asked of people: a lead sets the targets."""

from __future__ import annotations

from tilik.log import Event


class TargetsSet(Event, type="quality-targets-set"):
    """From now on this is asked of everybody, or in one ``study`` (its id) instead; None where nothing is.

    ``sensitivity`` the share of failing videos found and ``specificity`` of passing ones left alone, both 0
    to 1; ``daily`` judgements a day.
    """

    sensitivity: float | None
    specificity: float | None
    daily: int | None
    study: str = ""
