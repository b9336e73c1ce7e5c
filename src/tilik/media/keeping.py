"""Keeping what analysers said: each result under (what it was read from, analyser, version), never twice.

Results belong to files, not to videos: two videos with the same bytes share them. Evidence is kept
without a video's id and gets it back when it is read.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import JsonValue
from sqlalchemy import Connection, delete, insert, select, update

from tilik.kernel import Evidence, canonical, digest
from tilik.log import Blobs, Envelope, applies
from tilik.media import origin
from tilik.media.events import MediaMeasured, ResultKey, TextsErased
from tilik.media.record import Sidecar
from tilik.media.result import Result
from tilik.store import Writing
from tilik.store.tables import media_result

CAPTIONS, PROVENANCE, FAMILY = "captions", "provenance", "family"


@dataclass(frozen=True, slots=True)
class KeptResult:
    """Where a result lies: the blob ``bundle`` holds it among others."""

    analyser: str
    version: str
    bundle: str


def keys_of(content: str, title: str, captions: Sequence[Sidecar]) -> dict[str, str]:
    """What else than the bare file some analysers read: captions its caption files, others also its title."""
    beside = [sidecar.model_dump() for sidecar in captions]
    words = digest([content, title, *beside])
    return {CAPTIONS: digest([content, *beside]) if beside else content, "language": words, "lexicon": words}


def keep_results(
    writing: Writing,
    results: Iterable[Result],
    *,
    content: str,
    keys: dict[str, str],
    marks: dict[str, str] | None = None,
) -> None:
    """Keep results of the file ``content``; ``keys``: analyser → what it read, where that is more.

    ``marks``: analyser → what else went into its result, told apart as a part of its version.
    """
    # Prints are large and only families read them: they have a bundle of their own.
    apart: dict[tuple[str, bool], list[Result]] = {}
    for result in results:
        named = result.model_copy(update={"source": _marked(result, marks or {})})
        apart.setdefault((keys.get(result.analyser, content), result.analyser == FAMILY), []).append(named)
    for (of, _), together in apart.items():
        _keep(writing, of, together)


def _marked(result: Result, marks: dict[str, str]) -> str:
    mark = marks.get(result.analyser, "")
    return f"{result.source}-{mark}" if mark else result.source


def _keep(writing: Writing, of: str, results: list[Result]) -> None:
    bundle = writing.blobs.put(canonical([_nobodys(result).model_dump(mode="json") for result in results]))
    keys = tuple(ResultKey(analyser=result.analyser, version=result.version) for result in results)
    writing.record(MediaMeasured(of=of, results=keys, bundle=bundle))


def _nobodys(result: Result) -> Result:
    return result.model_copy(update={"evidence": tuple(about(result.evidence, ""))})


def about(evidence: Iterable[Evidence], video: str) -> Iterator[Evidence]:
    """The same evidence, about this video."""
    return (item.model_copy(update={"video": video}) for item in evidence)


def results_kept(connection: Connection, content: str, keys: dict[str, str]) -> tuple[KeptResult, ...]:
    """The latest result of each analyser for this file, in order of name; prints are left out."""
    query = (
        select(media_result)
        .where(media_result.c.of.in_({content, *keys.values()}), media_result.c.analyser != FAMILY)
        .order_by(media_result.c.analyser, media_result.c.measured_at, media_result.c.version)
    )
    latest: dict[str, KeptResult] = {}
    for row in connection.execute(query):
        if row.of == keys.get(row.analyser, content):
            latest[row.analyser] = KeptResult(row.analyser, row.version, row.bundle)
    return tuple(latest.values())


def all_keys(connection: Connection) -> set[tuple[str, str, str]]:
    """(what was read, analyser, version) of every result kept."""
    query = select(media_result.c.of, media_result.c.analyser, media_result.c.version)
    return {(row.of, row.analyser, row.version) for row in connection.execute(query)}


def all_bundles(connection: Connection) -> dict[str, list[str]]:
    """What was read → the bundles that hold results of it, in order; prints are left out."""
    query = select(media_result.c.of, media_result.c.bundle).where(media_result.c.analyser != FAMILY)
    found: dict[str, set[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.of, set()).add(row.bundle)
    return {of: sorted(bundles) for of, bundles in found.items()}


def load_results(blobs: Blobs, kept: Sequence[KeptResult]) -> list[Result]:
    """The results themselves; none of those that are sealed."""
    bundles: dict[str, dict[str, Result]] = {}
    for name in dict.fromkeys(each.bundle for each in kept):
        if blobs.sealed(name):
            continue
        rows = [Result.model_validate(row) for row in json.loads(blobs.path(name).read_bytes())]
        bundles[name] = {result.analyser: result for result in rows}
    return [bundles[each.bundle][each.analyser] for each in kept if each.bundle in bundles]


@dataclass(frozen=True, slots=True)
class Kept:
    """The latest result of one analyser for a file: its summary, why it failed, when it was kept."""

    summary: JsonValue
    failed: str
    at: str


def load_summaries(
    connection: Connection, blobs: Blobs, analyser: str, contents: Collection[str] | None
) -> dict[str, Kept]:
    """Content → the latest result of this analyser, of these files or (``None``) of all."""
    query = select(media_result).where(media_result.c.analyser == analyser)
    if contents is not None:
        query = query.where(media_result.c.of.in_(list(contents)))
    latest = {row.of: row for row in connection.execute(query.order_by(media_result.c.measured_at))}
    found = {}
    for of, row in latest.items():
        for result in load_results(blobs, [KeptResult(row.analyser, row.version, row.bundle)]):
            found[of] = Kept(result.summary, result.failed, row.measured_at)
    return found


def told_of(video: str, results: Sequence[Result], seconds: float, declared: str) -> list[Evidence]:
    """The evidence of results, about this video, its origin with the platform's label."""
    told: list[Evidence] = []
    for result in results:
        if result.analyser == PROVENANCE and isinstance(result.summary, dict):
            found = origin.Provenance.model_validate(result.summary)
            told.append(origin.evidence(video, found, seconds, declared=declared))
        else:
            told += about(result.evidence, video)
    return told


@applies(MediaMeasured)
def _measured(connection: Connection, event: MediaMeasured, envelope: Envelope, _blobs: Blobs) -> None:
    table = media_result.c
    for key in event.results:
        same = (table.of == event.of, table.analyser == key.analyser, table.version == key.version)
        connection.execute(delete(media_result).where(*same))
        connection.execute(
            insert(media_result).values(
                of=event.of,
                analyser=key.analyser,
                version=key.version,
                bundle=event.bundle,
                measured_at=envelope.at,
            )
        )


@applies(TextsErased)
def _texts_erased(connection: Connection, event: TextsErased, _envelope: Envelope, _blobs: Blobs) -> None:
    table = media_result.c
    here = (table.of == event.of, table.bundle == event.bundle)
    connection.execute(delete(media_result).where(*here, table.analyser.in_(event.analysers)))
    if event.left is not None:
        connection.execute(update(media_result).where(*here).values(bundle=event.left))
