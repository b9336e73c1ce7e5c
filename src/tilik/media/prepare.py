"""From a file to its prepared folder: the doors of this room."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tilik.kernel import Invalid
from tilik.media import inside
from tilik.media.around import NOTHING_AROUND, Around
from tilik.media.guard import Call, Outcome, run_guarded
from tilik.media.limits import DEFAULT, Limits
from tilik.media.result import Condition, Prepared, Probe

Progress = Callable[[int, int], None]
"""Called with (done, of all) at the start and after each item."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file to prepare: ``source`` for ``video``, into the folder ``into`` (made or replaced).

    ``keys_only`` reads key pictures alone (tier 0): stills, hashes, captions, origin; nothing to play.
    """

    video: str
    source: Path
    into: Path
    around: Around = NOTHING_AROUND
    keys_only: bool = False


def content_hash(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex; "" when it cannot be read. Decodes nothing."""
    return inside.content_hash(path)


def probe(path: Path, limits: Limits = DEFAULT) -> tuple[Condition, Probe | None]:
    """Facts of a file, read in a guarded child; the condition says why there are none."""
    call = Call(0, inside.probe_inside, (path, limits))
    outcome = next(run_guarded([call], limits, workers=1))
    if outcome.failure is not None:
        return outcome.failure, None
    found: tuple[Condition, Probe | None] = outcome.value
    return found


def prepare(
    source: Path, into: Path, *, video: str, limits: Limits = DEFAULT, progress: Progress | None = None
) -> Prepared:
    """Prepare one file. Whatever the file does, this returns with its condition stated.

    The folder ``into`` appears, or replaces an earlier one, whole: ``poster.jpg``, ``storyboard.jpg``,
    and ``playback.mp4`` or ``.webm`` where the browser cannot play the original. It stays empty where
    nothing could be read.
    """
    return next(prepare_many([Item(video, source, into)], workers=1, limits=limits, progress=progress))


def prepare_many(
    items: Iterable[Item], *, workers: int = 2, limits: Limits = DEFAULT, progress: Progress | None = None
) -> Iterator[Prepared]:
    """Prepare many files, results as they are ready; one that hangs or crashes marks only itself.

    Raises ``Invalid`` before any work where two items share a folder.
    """
    listed = list(items)
    _check(listed)
    return _prepared(listed, workers, limits, progress)


def _prepared(
    items: list[Item], workers: int, limits: Limits, progress: Progress | None
) -> Iterator[Prepared]:
    drafts: dict[int, Path] = {}

    def calls() -> Iterator[Call[int]]:
        # A draft folder is made when a child is about to need it: there may be a million items.
        for key, item in enumerate(items):
            drafts[key] = _draft(item.into)
            work = inside.Work(item.source, drafts[key], item.video, limits, item.around)
            yield Call(key, inside.glance_inside if item.keys_only else inside.prepare_inside, (work,))

    if progress:
        progress(0, len(items))
    try:
        for done, outcome in enumerate(run_guarded(calls(), limits, workers=workers), 1):
            item = items[outcome.key]
            prepared = _told(item, outcome)
            keep = prepared.condition.code in ("ready", "partly-readable")
            _publish(drafts.pop(outcome.key), item.into, keep=keep)
            if progress:
                progress(done, len(items))
            yield prepared
    finally:
        for draft in drafts.values():
            shutil.rmtree(draft, ignore_errors=True)


def _told(item: Item, outcome: Outcome[int]) -> Prepared:
    if outcome.failure is None:
        prepared: Prepared = outcome.value
        return prepared
    digest = inside.content_hash(item.source)
    return Prepared(video=item.video, content_hash=digest, condition=outcome.failure)


def _draft(into: Path) -> Path:
    """An empty folder beside ``into``, so that the last step is a rename within one disk."""
    into.parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f".{into.name}.", dir=into.parent))


def _publish(draft: Path, into: Path, *, keep: bool) -> None:
    if not keep:
        for half_made in draft.iterdir():
            half_made.unlink()
    draft.chmod(0o755)
    old = draft.with_name(draft.name + ".old")
    if into.exists():
        into.rename(old)
    draft.rename(into)
    shutil.rmtree(old, ignore_errors=True)


def _check(items: list[Item]) -> None:
    seen: set[Path] = set()
    for item in items:
        if item.into in seen:
            raise Invalid(
                "media-same-folder",
                f"two videos would be prepared into {item.into.name}.",
                where=item.video,
                mend="Give each video its own folder.",
            )
        seen.add(item.into)
