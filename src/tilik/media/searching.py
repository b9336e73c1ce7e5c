"""Searching what stands and is said in videos: titles, captions, text in pictures, recognised speech.

The pieces of text are made from what analysers said, so they are no part of the log: ``index_texts`` makes
those anew whose video has other results than when it was last indexed. Locked videos are never found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, cast, get_args

from sqlalchemy import ColumnElement, Connection, Row, case, collate, delete, desc, func, insert, select, text

from tilik.kernel import Evidence, Json, digest
from tilik.log import Blobs
from tilik.media.keeping import all_bundles
from tilik.media.registration import ERASED, RegisteredVideo, evidence_of, find_video, list_videos
from tilik.media.words import Query, folded_text, for_postgresql, for_sqlite, found_in
from tilik.store import Store
from tilik.store.tables import text_indexed, text_piece, video

Place = Literal["title", "caption", "on-screen-text", "speech"]
PLACES: tuple[Place, ...] = get_args(Place)
KINDS: dict[str, Place] = {
    "caption": "caption",
    "on-screen-text": "on-screen-text",
    "speech-text": "speech",
}
"""Kinds of evidence that carry text → where it stands."""

VERSION = 3
"""Of how texts are made into pieces; another one makes all of them again."""

FOUND = 200
"""Pieces that one search gives at most."""


STEP = 500
"""Pages of the index that are put together in one step."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece of text that a query found: where it stands, in seconds, and the parts that were meant."""

    place: Place
    start: float
    end: float
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class FoundVideo:
    """A video with its hits in order of time; ``hits`` may be fewer than the ``count`` there are."""

    video: str
    title: str
    count: int
    hits: tuple[Hit, ...]


def index_texts(store: Store) -> int:
    """Make the pieces of text of every video whose title or results have changed; returns how many had."""
    with store.read() as connection:
        known = {row.video: row.mark for row in connection.execute(select(text_indexed))}
        bundles = all_bundles(connection)
        # What is locked or erased is not in the index: it stays in ``known``, and is forgotten.
        shown = (v for v in list_videos(connection) if not v.locked and v.record.condition != ERASED)
        stale = [v for v in shown if known.pop(v.id, "") != _mark(v, bundles)]
    for listed in stale:
        with store.write() as writing:
            _index(writing.connection, store.blobs, listed.id, _mark(listed, bundles))
    if known:
        with store.write() as writing:
            for gone in known:
                forget(writing.connection, gone)
    return len(stale)


def _mark(found: RegisteredVideo, bundles: dict[str, list[str]]) -> str:
    """What changes when the texts of a video may have."""
    of = sorted({found.content, *found.keys.values()})
    read: list[Json] = [list[Json](bundles.get(each, [])) for each in of]
    return digest([VERSION, found.title, read])


def _index(connection: Connection, blobs: Blobs, identity: str, mark: str) -> None:
    found = find_video(connection, identity)
    forget(connection, identity)
    rows = [
        {"video": identity, "place": place, "start": start, "end": end, "text": said, "folded": words}
        for place, start, end, said in dict.fromkeys(_pieces(found, evidence_of(blobs, found)))
        if (words := folded_text(said))
    ]
    if rows:
        connection.execute(insert(text_piece), rows)
    connection.execute(insert(text_indexed).values(video=identity, mark=mark))


def forget_locked(connection: Connection) -> None:
    """Take the texts of every locked video out of the index at once."""
    locked = connection.execute(select(video.c.id).where(video.c.locked.is_(True))).scalars().all()
    for identity in locked:
        forget(connection, identity)


def forget(connection: Connection, identity: str) -> None:
    """Take the texts of a video out of the index."""
    connection.execute(delete(text_piece).where(text_piece.c.video == identity))
    connection.execute(delete(text_indexed).where(text_indexed.c.video == identity))


def scrub(store: Store) -> None:
    """Leave no word of what was forgotten in SQLite's index, which until then only marks it as gone.

    In short steps, each a transaction of its own, so that nobody waits for the whole of a large index.
    """
    if store.engine.dialect.name == "postgresql":
        return
    pages = -STEP  # below zero it begins to put all parts together; above, it goes on
    while True:
        with store.write() as writing:
            before = _changes(writing.connection)
            merge = text("INSERT INTO text_search (text_search, rank) VALUES ('merge', :pages)")
            writing.connection.execute(merge, {"pages": pages})
            if _changes(writing.connection) - before < 2:  # as SQLite's manual says, then all is done
                return
        pages = STEP


def _changes(connection: Connection) -> int:
    return int(connection.execute(text("SELECT total_changes()")).scalar_one())


def _pieces(
    found: RegisteredVideo, evidence: Sequence[Evidence]
) -> Iterator[tuple[Place, float, float, str]]:
    if found.title:
        yield "title", 0.0, found.record.duration, found.title
    for item in evidence:
        said = item.value.get("text") if isinstance(item.value, dict) else item.value
        place = KINDS.get(item.kind)
        if place is not None and isinstance(said, str) and said.strip():
            yield place, item.span.start, item.span.end, said


def search(
    connection: Connection,
    query: Query,
    *,
    places: Sequence[Place] = PLACES,
    hidden: ColumnElement[bool] | None = None,
    limit: int = FOUND,
) -> list[FoundVideo]:
    """Videos whose texts hold what the query says, those that say it in their title first, then by hits.

    ``hidden`` is true of videos (``video``) that whoever asks must not see.
    """
    piece = text_piece.c
    in_title = case((piece.place == "title", 1), else_=0)
    chosen = (
        select(piece.video, piece.place, piece.start, piece.end, piece.text, video.c.title)
        .add_columns(
            func.max(in_title).over(partition_by=piece.video).label("titled"),
            func.count().over(partition_by=piece.video).label("pieces"),
        )
        .join(video, video.c.id == piece.video)
        .where(video.c.locked.is_(False), piece.place.in_(places), _holds(connection, query))
    )
    if hidden is not None:
        chosen = chosen.where(~hidden)
    # By code points, because the databases' own orders of text differ.
    named = collate(piece.video, "C" if connection.dialect.name == "postgresql" else "BINARY")
    ordered = chosen.order_by(desc("titled"), desc("pieces"), named, piece.start, piece.id).limit(limit)
    return list(_grouped(connection.execute(ordered).all(), query))


def _holds(connection: Connection, query: Query) -> ColumnElement[bool]:
    if connection.dialect.name == "postgresql":
        matches = "to_tsvector('simple', text_piece.folded) @@ to_tsquery('simple', :said)"
        return cast("ColumnElement[bool]", text(matches).bindparams(said=for_postgresql(query)))
    rows = text("SELECT rowid FROM text_search WHERE text_search MATCH :said")
    return text_piece.c.id.in_(rows.bindparams(said=for_sqlite(query)))


def _grouped(rows: Sequence[Row[Any]], query: Query) -> Iterator[FoundVideo]:
    for identity, together in groupby(rows, key=lambda row: str(row.video)):
        own = list(together)
        hits = tuple(
            Hit(row.place, row.start, row.end, row.text, tuple(found_in(row.text, query))) for row in own
        )
        yield FoundVideo(identity, own[0].title, own[0].pieces, hits)
