"""What is asked of everybody, or in one study: how right to be, and how many judgements a day."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from tilik.kernel import Invalid
from tilik.quality.people.apply import NAMES, setting
from tilik.quality.people.events import TargetsSet
from tilik.store import Writing
from tilik.store.tables import quality_setting

LEAST, MOST, MOST_DAILY = 0.5, 0.999, 2000


class Targets(NamedTuple):
    """Shares of failing videos found and of passing ones left alone, 0 to 1, and judgements a day.

    None where nothing is asked.
    """

    sensitivity: float | None = None
    specificity: float | None = None
    daily: int | None = None


def targets_of(connection: Connection, study: str = "") -> Targets:
    """What is asked now; nothing until a lead sets it. In a study (its id) its own targets come before those
    of everybody, each by itself."""
    own, everybody = asked_in(connection, study), asked_in(connection, "")
    return Targets(
        own.sensitivity if own.sensitivity is not None else everybody.sensitivity,
        own.specificity if own.specificity is not None else everybody.specificity,
        own.daily if own.daily is not None else everybody.daily,
    )


def asked_in(connection: Connection, study: str) -> Targets:
    """What was set for this study alone, or for everybody (``""``)."""
    names = {setting(name, study): name for name in NAMES}
    rows = connection.execute(select(quality_setting).where(quality_setting.c.name.in_(names)))
    found = {names[row.name]: row.value for row in rows}
    daily = found.get("daily")
    return Targets(
        found.get("sensitivity"), found.get("specificity"), None if daily is None else round(daily)
    )


def set_targets(writing: Writing, targets: Targets, study: str = "") -> None:
    """Ask this of everybody from now on, or in one study (its id). Raises ``Invalid`` for a share outside 0.5
    to 0.999 (nobody is always right), or a count outside 1 to 2,000."""
    for name in ("sensitivity", "specificity"):
        share = getattr(targets, name)
        if share is not None and not LEAST <= share <= MOST:
            raise Invalid(
                "target-out-of-range",
                f"a target for {name} lies between {LEAST:g} and {MOST:g}, not {share:g}",
                where=name,
            )
    if targets.daily is not None and not 1 <= targets.daily <= MOST_DAILY:
        raise Invalid(
            "target-out-of-range", f"a target for a day lies between 1 and {MOST_DAILY:,}", where="daily"
        )
    writing.record(TargetsSet(**targets._asdict(), study=study))
