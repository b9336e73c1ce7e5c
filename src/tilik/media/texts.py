"""Machine-read text goes with a video's files: what is written, said and captioned in it."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from tilik.kernel import canonical
from tilik.media.events import TextsErased
from tilik.media.keeping import CAPTIONS
from tilik.media.registration import ERASED, RegisteredVideo, list_videos
from tilik.store import Writing
from tilik.store.blobs import BlobStore
from tilik.store.tables import media_result

TEXTS = frozenset({CAPTIONS, "onscreen", "speech-text", "lexicon"})
"""Analysers whose results hold words of the video. The others' are figures, spans and codes."""


def erase_texts(writing: Writing, found: RegisteredVideo) -> frozenset[str]:
    """Erase what machines read in a video's files, but for what another video with the same file still has.

    Results that are no text are put into a bundle of their own; where the old one is sealed, it goes whole.
    Gives the names of the old bundles: whoever calls takes those away that nothing needs any more.
    """
    own = {found.content, *found.keys.values()} - _read_by_others(writing.connection, found)
    table = media_result.c
    query = select(table.of, table.bundle).where(table.of.in_(own), table.analyser.in_(TEXTS)).distinct()
    gone = writing.connection.execute(query.order_by(table.of, table.bundle)).all()
    for of, bundle in gone:
        held = select(table.analyser).where(table.of == of, table.bundle == bundle)
        analysers = set(writing.connection.execute(held).scalars())
        left = _without_texts(writing.blobs, bundle) if analysers - TEXTS else None
        names = analysers if left is None else analysers & TEXTS
        writing.record(TextsErased(of=of, bundle=bundle, analysers=tuple(sorted(names)), left=left))
    return frozenset(bundle for _, bundle in gone)


def texts_left(connection: Connection) -> list[RegisteredVideo]:
    """Videos whose files are erased while text that machines read in them is still kept."""
    known = select(media_result.c.of).where(media_result.c.analyser.in_(TEXTS))
    read = set(connection.execute(known).scalars())
    erased = [one for one in list_videos(connection) if one.record.condition == ERASED]
    return [
        one
        for one in erased
        if (own := {one.content, *one.keys.values()} & read) and own - _read_by_others(connection, one)
    ]


def _read_by_others(connection: Connection, found: RegisteredVideo) -> set[str]:
    read: set[str] = set()
    for other in list_videos(connection, content=found.content):
        if other.id != found.id and other.record.condition != ERASED:
            read |= {other.content, *other.keys.values()}
    return read


def _without_texts(blobs: BlobStore, bundle: str) -> str | None:
    """A bundle with everything but the texts; None of a sealed one."""
    if blobs.sealed(bundle):
        return None
    rows = json.loads(blobs.path(bundle).read_bytes())
    return blobs.put(canonical([row for row in rows if row["source"].partition("/")[0] not in TEXTS]))
