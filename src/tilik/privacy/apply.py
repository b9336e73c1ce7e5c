"""How this room's events change the tables: the same functions serve the live write and the rebuild."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from tilik.log import Blobs, Envelope, applies
from tilik.privacy.events import VideoOpened
from tilik.store.privacy_tables import video_view


@applies(VideoOpened)
def _opened(connection: Connection, event: VideoOpened, envelope: Envelope, _blobs: Blobs) -> None:
    row = {"id": event.view, "person": event.person, "video": event.video, "place": event.place}
    connection.execute(insert(video_view).values(**row, at=envelope.at))
