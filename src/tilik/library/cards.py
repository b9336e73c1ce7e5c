"""Videos in lists: what a card says, and for whom it says nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from tilik.library.wire import VideoCard, VideoList
from tilik.log import Blobs
from tilik.media.keeping import load_summaries
from tilik.media.record import MediaRecord
from tilik.media.registration import video_grant
from tilik.store.tables import family_member, video
from tilik.study.shown import MediaWriter

A_PAGE = 60
REASONS = ("damaged", "ends-early", "audio-unreadable", "no-playback")
SCREENING = "screening"


def reason_of(record: MediaRecord) -> tuple[str, str]:
    """Why a file is only partly readable, and the technical detail."""
    head, _, rest = record.detail.partition(": ")
    if head in REASONS:
        return head, rest
    return "", record.detail


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody who looks at videos: what they may not see, and how links are signed for them."""

    connection: Connection
    blobs: Blobs
    writer: MediaWriter
    hidden: ColumnElement[bool]

    def cards(self, videos: Collection[str]) -> dict[str, VideoCard]:
        """The cards of these videos, by id; ids that nobody has registered are left out."""
        query = select(video, self.hidden.label("hidden")).where(video.c.id.in_(list(videos)))
        rows = self.connection.execute(query).all()
        sizes, looked = self._families(rows), self._lookups(rows)
        return {row.id: self._card(row, sizes.get(row.content, 1), looked.get(row.content)) for row in rows}

    def page(self, after: str = "", condition: str = "") -> VideoList:
        """Videos in order of id, from after one."""
        table = video.c
        wanted = select(table.id).where(table.id > after).order_by(table.id).limit(A_PAGE + 1)
        if condition:
            wanted = wanted.where(table.condition == condition)
        ids = list(self.connection.execute(wanted).scalars())
        cards = self.cards(ids[:A_PAGE])
        counts = select(table.condition, func.count()).group_by(table.condition).order_by(table.condition)
        conditions = {row[0]: int(row[1]) for row in self.connection.execute(counts)}
        return VideoList(
            videos=[cards[one] for one in ids[:A_PAGE]],
            count=conditions.get(condition, 0) if condition else sum(conditions.values()),
            conditions=conditions,
            after=ids[A_PAGE - 1] if len(ids) > A_PAGE else None,
        )

    def _card(self, row: Row[Any], family: int, lookup: str | None) -> VideoCard:
        record = MediaRecord.model_validate_json(row.prepared)
        shown = not row.locked and not row.hidden
        media = self.writer.media(video_grant(row.id), record, None)
        return VideoCard(
            video=row.id,
            title=row.title if not row.hidden and not row.locked else "",
            condition=record.condition,
            reason=reason_of(record)[0],
            duration=record.duration,
            poster=media.poster if shown else None,
            locked=row.locked,
            hidden=row.hidden,
            family=1 if row.hidden else family,
            lookup=None if row.hidden else lookup,
        )

    def _families(self, rows: Sequence[Row[Any]]) -> dict[str, int]:
        """Content → videos of its family."""
        own, mates = family_member.alias("own"), family_member.alias("mates")
        query = (
            select(own.c.content, func.count(video.c.id))
            .join(mates, mates.c.family == own.c.family)
            .join(video, video.c.content == mates.c.content)
            .where(own.c.content.in_([row.content for row in rows]))
            .group_by(own.c.content)
        )
        return {row[0]: int(row[1]) for row in self.connection.execute(query)}

    def _lookups(self, rows: Sequence[Row[Any]]) -> dict[str, str]:
        """Content → the state of its look-up in hash lists."""
        found = load_summaries(self.connection, self.blobs, SCREENING, [row.content for row in rows])
        return {
            content: str(kept.summary["state"])
            for content, kept in found.items()
            if isinstance(kept.summary, dict)
        }
