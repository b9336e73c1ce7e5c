"""How often gold is planted among the live: one rate for videos and for machine answers."""

from __future__ import annotations

from sqlalchemy import Connection, select

from tilik.store.tables import quality_setting

GOLD_RATE = "gold-rate"
DEFAULT_RATE = 0.05
"""As long as nobody set one."""
_RATE = select(quality_setting.c.value).where(quality_setting.c.name == GOLD_RATE)


def planting_rate(connection: Connection) -> float:
    """The share of requests that a gold task answers, as long as there is one for the person."""
    found = connection.execute(_RATE).scalar()
    return DEFAULT_RATE if found is None else float(found)
