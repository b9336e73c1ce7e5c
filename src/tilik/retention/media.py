"""Files of videos that no study, case or ruling in work needs any more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, union_all

from tilik.media.record import MediaRecord
from tilik.media.registration import ERASED, erase_files, find_video
from tilik.media.searching import forget
from tilik.media.texts import erase_texts, texts_left
from tilik.retention.holds import Holds
from tilik.retention.items import Item, batched
from tilik.store import Store, Writing
from tilik.store.adjudication_tables import comparison, dispute, ruling
from tilik.store.calibration_tables import calibration, calibration_item
from tilik.store.retention_tables import blob_removal
from tilik.store.tables import (
    answer_item,
    answer_task,
    draw,
    gold,
    judgement,
    media_result,
    past_judgement,
    study,
    task,
    video,
)


def media(connection: Connection, _holds: Holds) -> Iterator[Item]:
    """Videos with files whose studies are all done, by when they were last drawn, judged or ruled on."""
    open_ones = _videos(connection, _in_open_studies())
    used = _videos(connection, _in_work())
    last = _last_used(connection)
    query = select(video.c.id, video.c.registered_at).where(video.c.condition != ERASED).order_by(video.c.id)
    for row in connection.execute(query):
        if row.id not in open_ones:
            at = max(row.registered_at, last.get(row.id, ""))
            yield Item(video, (row.id,), at, frozenset({row.id}), used=row.id in used)


def _in_open_studies() -> Select[Any]:
    """Drawn by a study whose tasks were not opened yet, or are not all done."""
    begun = select(task.c.study)
    unfinished = select(task.c.study).where(task.c.state == "open")
    is_open = draw.c.study.not_in(begun) | draw.c.study.in_(unfinished)
    return select(draw.c.video).where(is_open)


def _in_work() -> Any:
    """Known items that are served, contested tasks without a ruling, open disputes, answers to be judged,
    what open calibration sessions discuss."""
    ruled = select(ruling.c.task).where(ruling.c.stands.is_(True))
    contested = (
        select(task.c.video)
        .join(comparison, comparison.c.task == task.c.id)
        .where(comparison.c.contested.is_(True), task.c.id.not_in(ruled))
    )
    disputed = (
        select(task.c.video).join(dispute, dispute.c.task == task.c.id).where(dispute.c.state == "open")
    )
    talked_of = (
        select(answer_item.c.video)
        .join(answer_task, answer_task.c.set == answer_item.c.set)
        .where(answer_task.c.state == "open", answer_item.c.video.is_not(None))
    )
    discussed = (
        select(task.c.video)
        .join(calibration_item, calibration_item.c.task == task.c.id)
        .join(calibration, calibration.c.id == calibration_item.c.session)
        .where(calibration.c.closed_at.is_(None))
    )
    served = select(gold.c.video).where(gold.c.state != "retired")
    return union_all(contested, disputed, talked_of, discussed, served)


def _videos(connection: Connection, query: Any) -> frozenset[str]:
    return frozenset(connection.execute(query).scalars())


def _last_used(connection: Connection) -> dict[str, str]:
    latest: dict[str, str] = {}
    drawn = select(draw.c.video, study.c.drawn_at).join(study, study.c.id == draw.c.study)
    queries = [drawn, select(ruling.c.video, func.max(ruling.c.ruled_at)).group_by(ruling.c.video)]
    for table in (judgement, past_judgement):
        times = select(task.c.video, func.max(table.c.submitted_at)).join(table, table.c.task == task.c.id)
        queries.append(times.group_by(task.c.video))
    for query in queries:
        for name, at in connection.execute(query):
            latest[name] = max(latest.get(name, ""), at)
    return latest


def erase_media(writing: Writing, items: list[Item]) -> list[Item]:
    """Erase the files of these videos and the text that machines read in them.

    The names of both are set aside; :func:`remove_files` takes them away.
    """
    gone = []
    for one in items:
        names = erase_files(writing, one.key[0])
        if not names:
            continue
        forget(writing.connection, one.key[0])
        _set_these_aside(writing, names | erase_texts(writing, find_video(writing.connection, one.key[0])))
        gone.append(one)
    return gone


def erase_left_texts(store: Store, actor: str) -> None:
    """Erase machine-read text that was kept after its video's files had gone: an analyser may end late."""
    with store.read() as connection:
        left = [one.id for one in texts_left(connection)]
    for some in batched(left):
        with store.write(actor) as writing:
            for name in some:
                found = find_video(writing.connection, name)
                if found.record.condition == ERASED:  # it may have come back meanwhile
                    _set_these_aside(writing, erase_texts(writing, found))


def _set_these_aside(writing: Writing, names: frozenset[str]) -> None:
    for name in sorted(names - _set_aside(writing.connection)):
        writing.connection.execute(insert(blob_removal).values(name=name))


def remove_files(store: Store) -> int:
    """Take away what was set aside, but for what another video still has; returns how many files went."""
    with store.read() as connection:
        waiting = sorted(_set_aside(connection))
    removed = 0
    for some in batched(waiting):
        with store.write() as writing:  # nobody brings the same file in meanwhile
            needed = files_needed(writing.connection) | _bundles_needed(writing.connection, some)
            for name in some:
                if name not in needed:
                    removed += store.blobs.has(name)
                    store.blobs.remove(name)
            writing.connection.execute(delete(blob_removal).where(blob_removal.c.name.in_(some)))
    return removed


def _bundles_needed(connection: Connection, names: list[str]) -> set[str]:
    query = select(media_result.c.bundle).where(media_result.c.bundle.in_(names))
    return set(connection.execute(query).scalars())


def _set_aside(connection: Connection) -> set[str]:
    return set(connection.execute(select(blob_removal.c.name)).scalars())


def files_needed(connection: Connection) -> set[str]:
    """The blobs of every video whose files are not erased."""
    query = select(video.c.content, video.c.prepared, video.c.captions).where(video.c.condition != ERASED)
    found: set[str] = set()
    for row in connection.execute(query):
        found |= {row.content, *MediaRecord.model_validate_json(row.prepared).contents()}
        found |= {side["content"] for side in json.loads(row.captions)}
    return found
