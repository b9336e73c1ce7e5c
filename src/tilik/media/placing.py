"""Families of a workspace: each new file is looked up among all files once, and where it stands is kept."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, insert, or_, select, update

from tilik.log import Blobs, Envelope, applies
from tilik.media.events import FamilyLeft, FamilyPlaced, Near, Regrouped
from tilik.media.families import Fingerprint, Match
from tilik.media.family_index import FamilyIndex, from_bytes
from tilik.media.hashing import PRINT_SOURCE
from tilik.media.keeping import FAMILY
from tilik.store import Store
from tilik.store.tables import family_match, family_member, media_result, video

VERSION = PRINT_SOURCE.partition("/")[2]


@dataclass(frozen=True, slots=True)
class FileFamily:
    """The family of a file: its name, the contents of its members oldest first, and every match between."""

    name: str
    members: tuple[str, ...]
    matches: tuple[Match, ...]

    def of(self, content: str) -> tuple[Match, ...]:
        """The direct matches of one member, the nearest first."""
        own = [m for m in self.matches if content in (m.one, m.other)]
        return tuple(sorted(own, key=lambda m: (-m.share, m.one, m.other)))


def place_families(store: Store) -> Iterator[FamilyPlaced]:
    """Look up every file whose print is new, in the order in which they were measured; each is kept at once.

    What was placed before is not compared again. Files that no video has any more leave their families first;
    should one come back, it is looked up anew among those that came meanwhile.
    """
    _let_go(store)
    with store.read() as connection:
        waiting = unplaced(connection)
        if not waiting:
            return
        fresh = {content for content, _ in waiting}
        held = [row for row in _held(connection) if row[0] not in fresh]
    index = FamilyIndex()
    for content, bundle in held:
        index.hold(_print(store.blobs, content, bundle))
    for content, bundle in waiting:
        print_ = _print(store.blobs, content, bundle)
        matches = index.look_up(print_)
        index.hold(print_)
        with store.write() as writing:
            if (left := _leaving(writing.connection, content)) is not None:  # its print has a new version
                writing.record(left)
            event = _event(writing.connection, content, bundle, matches)
            writing.record(event)
        yield event


def _let_go(store: Store) -> None:
    members = family_member.c
    gone = select(members.content).where(members.content.not_in(select(video.c.content)))
    with store.read() as connection:
        contents = list(connection.execute(gone.order_by(members.placed_at, members.content)).scalars())
    for content in contents:
        with store.write() as writing:
            if (left := _leaving(writing.connection, content)) is not None:
                writing.record(left)


def _leaving(connection: Connection, content: str) -> FamilyLeft | None:
    """How a file's family goes on without it; ``None`` where it is in none."""
    family = _members_with(connection, content)
    if family is None:
        return None
    name, contents = family
    others = [each for each in contents if each != content]
    kept = [m for m in matches_among(connection, others) if content not in (m.one, m.other)]
    now = {each: family for each, family in _together(others, kept).items() if family != name}
    return FamilyLeft(
        content=content,
        regrouped=tuple(Regrouped(content=each, family=family) for each, family in now.items()),
    )


def _together(contents: Sequence[str], matches: Sequence[Match]) -> dict[str, str]:
    """File → the oldest of those that matches hold together with it; ``contents`` are in order of age."""
    head = {each: each for each in contents}
    age = {each: place for place, each in enumerate(contents)}

    def top(each: str) -> str:
        while head[each] != each:
            head[each] = head[head[each]]
            each = head[each]
        return each

    for match in matches:
        older, younger = sorted((top(match.one), top(match.other)), key=age.__getitem__)
        head[younger] = older
    return {each: top(each) for each in contents}


def unplaced(connection: Connection) -> list[tuple[str, str]]:
    """(content, bundle with its print) of every file whose print of this version was not placed."""
    table = media_result.c
    query = (
        select(table.of, table.bundle)
        .outerjoin(family_member, family_member.c.content == table.of)
        .where(
            table.analyser == FAMILY,
            table.version == VERSION,
            table.of.in_(select(video.c.content)),
            or_(family_member.c.print.is_(None), family_member.c.print != table.bundle),
        )
        .order_by(table.measured_at, table.of)
    )
    return [(row.of, row.bundle) for row in connection.execute(query)]


def _held(connection: Connection) -> list[tuple[str, str]]:
    table = family_member.c
    query = select(table.content, table.print).where(table.content.in_(select(video.c.content)))
    return [(r.content, r.print) for r in connection.execute(query.order_by(table.placed_at, table.content))]


def _print(blobs: Blobs, content: str, bundle: str) -> Fingerprint:
    (row,) = json.loads(blobs.path(bundle).read_bytes())
    return replace(from_bytes(base64.b64decode(row["summary"])), video=content)


def _event(connection: Connection, content: str, bundle: str, matches: Sequence[Match]) -> FamilyPlaced:
    others = [match.other for match in matches]
    heads = select(family_member.c.family).where(family_member.c.content.in_(others))
    query = (
        select(family_member.c.content)
        .where(family_member.c.content.in_(heads))
        .order_by(family_member.c.placed_at, family_member.c.content)
    )
    names = list(connection.execute(query).scalars())
    near = tuple(Near(other=m.other, share=m.share, distance=m.distance or 0) for m in matches)
    return FamilyPlaced(
        content=content,
        bundle=bundle,
        family=names[0] if names else content,
        near=near,
        merged=tuple(names[1:]),
    )


def family_of(connection: Connection, content: str) -> FileFamily | None:
    """The family of this file; ``None`` where it stands alone or was never looked up."""
    found = _members_with(connection, content)
    if found is None or len(found[1]) == 1:
        return None
    name, contents = found
    return FileFamily(name, contents, tuple(matches_among(connection, contents)))


def _members_with(connection: Connection, content: str) -> tuple[str, tuple[str, ...]] | None:
    """The name of the family that a file is in, and its members oldest first."""
    members = family_member.c
    name = connection.execute(select(members.family).where(members.content == content)).scalar()
    if name is None:
        return None
    query = select(members.content).where(members.family == name).order_by(members.placed_at, members.content)
    return name, tuple(connection.execute(query).scalars())


def matches_among(connection: Connection, contents: Sequence[str]) -> Iterator[Match]:
    """Every match that one of these files has, in order."""
    table = family_match.c
    query = select(family_match).where(or_(table.one.in_(contents), table.other.in_(contents)))
    for row in sorted(connection.execute(query), key=lambda row: (row.one, row.other)):
        yield Match(row.one, row.other, row.share, row.distance)


@applies(FamilyLeft)
def _left(connection: Connection, event: FamilyLeft, _envelope: Envelope, _blobs: Blobs) -> None:
    members, matches = family_member.c, family_match.c
    connection.execute(delete(family_member).where(members.content == event.content))
    connection.execute(
        delete(family_match).where(or_(matches.one == event.content, matches.other == event.content))
    )
    for each in event.regrouped:
        connection.execute(
            update(family_member).where(members.content == each.content).values(family=each.family)
        )


@applies(FamilyPlaced)
def _placed(connection: Connection, event: FamilyPlaced, envelope: Envelope, _blobs: Blobs) -> None:
    members = family_member.c
    if event.merged:
        connection.execute(
            update(family_member).where(members.family.in_(event.merged)).values(family=event.family)
        )
    connection.execute(
        insert(family_member).values(
            content=event.content, family=event.family, print=event.bundle, placed_at=envelope.at
        )
    )
    rows = [
        {"one": event.content, "other": near.other, "share": near.share, "distance": near.distance}
        for near in event.near
    ]
    if rows:
        connection.execute(insert(family_match), rows)
