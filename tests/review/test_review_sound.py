"""A task carries the loudness that was measured of its sound, and nothing where none was."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import JsonValue

from review.desk import Desk
from study.making import clip_record, make_study, people
from tilik.media.registration import add_video, keep_prepared
from tilik.media.result import Result
from tilik.review import view_task
from tilik.store import Workspace


@pytest.mark.parametrize(
    ("summary", "loudness"),
    [({"integrated": -14.2, "range": 3.0}, -14.2), ({"integrated": None, "range": 0.0}, None), (None, None)],
)
def test_loudness_is_the_integrated_one(
    sqlite_workspace: Workspace, tmp_path: Path, summary: JsonValue, loudness: float | None
) -> None:
    store = sqlite_workspace.store
    file = tmp_path / "clip"
    file.write_bytes(b"sound and pictures " * 99)
    study = make_study(sqlite_workspace, ["v"], with_media=lambda _: False)
    with store.write() as writing:
        content = add_video(writing, video="v", title="", file=file)
        record = clip_record(content, writing.blobs.put(b"poster"), writing.blobs.put(b"sprite"))
        results = [Result(source="loudness/1", summary=summary)]
        keep_prepared(writing, video="v", content=content, record=record, results=results)
    (sari,) = people(sqlite_workspace, "Sari")
    lease = Desk(sqlite_workspace).take(sari)
    with store.read() as connection:
        assert view_task(connection, store.blobs, lease).loudness == loudness
    assert study.videos == ("v",)
