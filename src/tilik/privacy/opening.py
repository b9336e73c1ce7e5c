"""Whoever opens a video that they are not given to work on leaves a record: one for some minutes, not for
each range of bytes that a player asks for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import Connection, select

from tilik.kernel import new_id, to_text
from tilik.privacy.events import Place, VideoOpened
from tilik.store import Store
from tilik.store.privacy_tables import video_view

AGAIN = timedelta(minutes=10)
"""Opening the same video at the same place again within this long is the same view."""


def note_opened(store: Store, person: str, videos: Collection[str], place: Place) -> None:
    """Record that ``person`` is about to be sent what these videos can be played by; call it before sending.

    Only a view that is not on record yet writes anything.
    """
    since = to_text(store.clock() - AGAIN)
    with store.read() as connection:
        unknown = set(videos) - _known(connection, person, place, since)
    if not unknown:
        return
    with store.write(person) as writing:
        for one in sorted(unknown - _known(writing.connection, person, place, since)):
            writing.record(VideoOpened(view=new_id(), person=person, video=one, place=place))


def _known(connection: Connection, person: str, place: Place, since: str) -> set[str]:
    table = video_view.c
    query = select(table.video).where(table.person == person, table.place == place, table.at > since)
    return set(connection.execute(query).scalars())
