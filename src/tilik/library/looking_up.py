"""What look-ups in hash lists found, for those who answer for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from heapq import nsmallest
from itertools import groupby
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, and_, select

from tilik.library.cards import SCREENING
from tilik.library.wire import FoundSignal, LookupList, LookupView
from tilik.log import Blobs
from tilik.media.keeping import Kept, load_summaries
from tilik.store.tables import media_result, video

URGENCY = ("matched", "not-hashed", "known-innocent", "clear")
LISTED = 200
NEVER = "never"


def lookups(connection: Connection, blobs: Blobs, *, server: bool) -> LookupList:
    """Every video's look-up, those that need an eye first; at most 200 are listed, all are counted.

    States are told by the versions of the results, so that only what is listed is opened.
    """
    counts: Counter[str] = Counter()
    urgent: list[tuple[int, str, Any]] = []
    for row in _latest(connection):
        state = _state(row.version)
        counts[state] += 1
        if state != NEVER:
            urgent.append((URGENCY.index(state), row.id, row))
            if len(urgent) > 2 * LISTED:
                urgent = nsmallest(LISTED, urgent, key=lambda one: one[:2])
    listed = [row for _, _, row in nsmallest(LISTED, urgent, key=lambda one: one[:2])]
    kept = load_summaries(connection, blobs, SCREENING, [row.content for row in listed])
    never = counts.pop(NEVER, 0)
    views = [lookup_view(row, kept[row.content]) for row in listed]
    return LookupList(lookups=views, states=dict(counts), never=never, server=server)


def _latest(connection: Connection) -> Iterator[Any]:
    """Each video with the version of its latest look-up, None where it had none."""
    query = (
        select(video.c.id, video.c.title, video.c.content, video.c.locked, media_result.c.version)
        .outerjoin(
            media_result, and_(media_result.c.of == video.c.content, media_result.c.analyser == SCREENING)
        )
        .order_by(video.c.id, media_result.c.measured_at)
    )
    rows = connection.execution_options(yield_per=1000).execute(query)
    for _, together in groupby(rows, key=lambda row: str(row.id)):
        *_, last = together
        yield last


def _state(version: str | None) -> str:
    """The state that a version stands for; an unknown one needs an eye."""
    if version is None:
        return NEVER
    state = version.partition("-")[2] or "clear"
    return state if state in URGENCY else "not-hashed"


def lookup_view(row: Any, kept: Kept) -> LookupView:
    """One look-up as it is sent. ``row`` is of ``video``."""
    told: Mapping[str, JsonValue] = kept.summary if isinstance(kept.summary, dict) else {}
    locking, found, asked = told.get("locking"), told.get("found"), told.get("asked")
    return LookupView(
        video=row.id,
        title="" if row.locked else row.title,
        state=str(told.get("state", "not-hashed")),
        asked=asked if isinstance(asked, int) else 0,
        found=[_signal(one, locking if isinstance(locking, list) else []) for one in _dicts(found)],
        failed=kept.failed,
        locked=row.locked,
        looked_at=kept.at,
    )


def _dicts(found: JsonValue) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _signal(one: dict[str, Any], locking: list[JsonValue]) -> FoundSignal:
    return FoundSignal.model_validate({**one, "locks": one.get("bank") in locking})
