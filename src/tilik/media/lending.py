"""What a signed file lends to its copies: converters remove manifests, families find them again.

It is a statement of the other file's signer about the other file, told with its source. That the two are
copies is a measurement of pictures: the sound, or a part, may be another's. So it never counts as a manifest
of this file, and never changes what the file's own record says.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, select

from tilik.kernel import Evidence, Span
from tilik.log import Blobs
from tilik.media.families import Match
from tilik.media.hashing import PRINT_SOURCE
from tilik.media.keeping import PROVENANCE, load_results, results_kept
from tilik.media.origin import Making, ManifestState, Provenance, origin
from tilik.media.placing import family_of
from tilik.media.registration import RegisteredVideo
from tilik.store.tables import video as video_table

SOUND: tuple[ManifestState, ...] = ("trusted", "valid")


class Lent(BaseModel):
    """``video``, of which this one is a copy by ``share`` of its pictures, is signed and says ``making``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    video: str
    share: float
    distance: int
    manifest: ManifestState
    making: Making
    generator: str = ""
    issuer: str = ""
    signed_at: str = ""


def lent_to(connection: Connection, blobs: Blobs, found: RegisteredVideo) -> list[Lent]:
    """What signed files lend to this one along direct matches; nothing where it has a sound signature."""
    family = family_of(connection, found.content)
    if family is None or _origin_of(connection, blobs, found.content).manifest in SOUND:
        return []
    return [lent for match in family.of(found.content) for lent in _lent(connection, blobs, found, match)]


def _lent(connection: Connection, blobs: Blobs, found: RegisteredVideo, match: Match) -> Iterator[Lent]:
    content = match.one if match.other == found.content else match.other
    said = _origin_of(connection, blobs, content)
    if said.manifest not in SOUND:
        return
    table = video_table.c
    query = select(table.id).where(table.content == content, table.locked.is_(False)).order_by(table.id)
    for identity in connection.execute(query).scalars():
        yield Lent(
            video=identity,
            share=match.share,
            distance=match.distance or 0,
            manifest=said.manifest,
            making=origin(said).making,
            generator=said.generator,
            issuer=said.issuer,
            signed_at=said.signed_at,
        )


def _origin_of(connection: Connection, blobs: Blobs, content: str) -> Provenance:
    kept = [one for one in results_kept(connection, content, {}) if one.analyser == PROVENANCE]
    for result in load_results(blobs, kept):
        if isinstance(result.summary, dict):
            return Provenance.model_validate(result.summary)
    return Provenance()


def lent_evidence(connection: Connection, blobs: Blobs, found: RegisteredVideo) -> list[Evidence]:
    """The same as evidence over the whole video: ``derived_from`` in its value, the family as its source."""
    whole = Span(start=0, end=found.record.duration)
    return [
        Evidence(
            video=found.id,
            span=whole,
            kind="provenance",
            value={"derived_from": lent.video, **lent.model_dump(mode="json", exclude={"video"})},
            source=PRINT_SOURCE,
            note="a statement about the other file, not proof of this one's origin",
        )
        for lent in lent_to(connection, blobs, found)
    ]
