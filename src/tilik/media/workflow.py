"""Preparing what was added: from the blobs through guarded children back into the workspace."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tilik.media import measuring, tier2
from tilik.media.around import NOTHING_AROUND, Around, CaptionFile
from tilik.media.due import Due, due, marks_of
from tilik.media.filing import file_prepared
from tilik.media.guard import Call, run_guarded
from tilik.media.keeping import keep_results
from tilik.media.limits import DEFAULT, Limits
from tilik.media.measuring import Tier
from tilik.media.placing import place_families
from tilik.media.prepare import Item, prepare_many
from tilik.media.registration import ADDED, RegisteredVideo, keep_prepared
from tilik.media.result import Condition, Prepared, Result
from tilik.media.searching import index_texts
from tilik.media.signals import SOURCES
from tilik.media.tier2 import Heard
from tilik.media.tiers import failed
from tilik.store import Store

ROUNDS = 4
"""Files; then what shares a file with another id, and text; then captions that came to that id alone, and
their text."""

AT_ONCE = 4096
"""Files that one set of children is given: what is held of them does not grow with the workspace."""


def prepare_added(
    store: Store,
    scratch: Path,
    *,
    tier: Tier = 1,
    workers: int = 2,
    limits: Limits = DEFAULT,
    around: Around = NOTHING_AROUND,
) -> Iterator[tuple[RegisteredVideo, Prepared]]:
    """Do whatever is due up to this tier; each result is kept as soon as it is there.

    Nothing that is kept is computed again: what has only a new version of one analyser runs that one alone,
    and the same file under another id takes over what is known. Stopping at any moment loses only what was
    in the making.
    """
    done: set[tuple[str, str]] = set()
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        run = _Run(store, Path(folder), workers, limits, around)
        for _ in range(ROUNDS):
            with store.read() as connection:
                listed = due(connection, store.blobs, tier, around)
            fresh = [task for task in listed if (task.video.id, task.how) not in done]
            done |= {(task.video.id, task.how) for task in fresh}
            files = [task for task in fresh if task.how in ("prepare", "glance")]
            for start in range(0, len(files), AT_ONCE):
                yield from run.whole(files[start : start + AT_ONCE])
            yield from run.copies([task for task in fresh if task.how == "copy"])
            yield from run.parts([task for task in fresh if task.how in ("measure", "read")])
    settle(store)


def settle(store: Store) -> None:
    """Let families and search know what was measured since they last looked."""
    for _ in place_families(store):
        pass
    index_texts(store)


class _Run:
    """One run over a workspace's videos."""

    def __init__(self, store: Store, folder: Path, workers: int, limits: Limits, around: Around) -> None:
        self._store, self._folder = store, folder
        self._workers, self._limits, self._around = workers, limits, around

    def whole(self, tasks: Sequence[Due]) -> Iterator[tuple[RegisteredVideo, Prepared]]:
        """Prepare files, or glance at them."""
        by_id = {task.video.id: task for task in tasks}
        items = [
            Item(
                video=task.video.id,
                source=self._store.blobs.path(task.video.content),
                into=self._folder / str(index),
                around=self._around_of(task.video),
                keys_only=task.how == "glance",
            )
            for index, task in enumerate(tasks)
        ]
        places = {item.video: item.into for item in items}
        for prepared in prepare_many(items, workers=self._workers, limits=self._limits):
            task = by_id[prepared.video]
            record = file_prepared(self._store.blobs, places[prepared.video], prepared)
            if task.how == "glance" and prepared.condition.code == "ready":
                record = record.model_copy(update={"condition": ADDED, "duration": 0.0})
            with self._store.write() as writing:
                keep_prepared(
                    writing,
                    video=prepared.video,
                    content=task.video.content,
                    record=record,
                    results=prepared.results,
                    marks=marks_of(self._around),
                )
            yield task.video, prepared

    def copies(self, tasks: Sequence[Due]) -> Iterator[tuple[RegisteredVideo, Prepared]]:
        """Take over what is known of the same file."""
        for task in tasks:
            like = task.like
            assert like is not None
            with self._store.write() as writing:
                keep_prepared(writing, video=task.video.id, content=task.video.content, record=like.record)
            yield task.video, _told(task.video, like.record.condition)

    def parts(self, tasks: Sequence[Due]) -> Iterator[tuple[RegisteredVideo, Prepared]]:
        """Run single analysers over videos that are prepared."""
        by_id = {task.video.id: task for task in tasks}
        for identity, found in self._measured(tasks):
            task = by_id[identity]
            state = found if isinstance(found, Condition) else Condition(code="ready")
            results = _failed(task, found) if isinstance(found, Condition) else found
            with self._store.write() as writing:
                keep_results(
                    writing,
                    results,
                    content=task.video.content,
                    keys=task.video.keys,
                    marks=marks_of(self._around),
                )
            told = _told(task.video, task.video.record.condition)
            yield task.video, told.model_copy(update={"condition": state, "results": tuple(results)})

    def _measured(self, tasks: Sequence[Due]) -> Iterator[tuple[str, tuple[Result, ...] | Condition]]:
        calls = (self._call(task) for task in tasks)
        for outcome in run_guarded(calls, self._limits, workers=self._workers):
            found = outcome.value if outcome.failure is None else outcome.failure
            yield outcome.key, found.results if isinstance(found, Heard) else found

    def _call(self, task: Due) -> Call[str]:
        source, seconds = self._store.blobs.path(task.video.content), task.video.record.duration
        if task.how == "read":
            arguments = (source, task.shots, seconds, task.texts, self._limits, task.names)
            return Call(task.video.id, tier2.tier2_inside, arguments)
        around = self._around_of(task.video)
        return Call(
            task.video.id, measuring.measure_inside, (source, task.names, seconds, self._limits, around)
        )

    def _around_of(self, video: RegisteredVideo) -> Around:
        files = tuple(
            CaptionFile(self._store.blobs.path(each.content), each.name, each.language)
            for each in video.captions
        )
        return replace(self._around, captions=files)


def _failed(task: Due, condition: Condition) -> list[Result]:
    """A result that says why there is none: what ended badly is not tried again by every run."""
    if task.how == "read":
        return failed(task.names, task.texts, condition)
    why = f"{condition.code}: {condition.detail}".strip(": ")
    return [Result(source=SOURCES[name], failed=why) for name in task.names]


def _told(video: RegisteredVideo, condition: str) -> Prepared:
    state = Condition.model_validate({"code": condition})
    return Prepared(video=video.id, content_hash=video.content, condition=state)
