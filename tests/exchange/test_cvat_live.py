"""Our CVAT files as Datumaro reads them, in an environment of its own.

python -m venv datumaro && datumaro/bin/pip install datumaro
TILIK_DATUMARO=datumaro/bin/python pytest tests/exchange/test_cvat_live.py
"""

from __future__ import annotations

import json
import os
import subprocess
import xml.etree.ElementTree as Xml
from pathlib import Path
from typing import Any

import pytest

from exchange.test_label_studio_study import judged_study
from tilik.exchange import to_cvat
from tilik.exchange.cvat import write_cvat
from tilik.exchange.frames import to_frames
from tilik.exchange.judged import judged_videos
from tilik.exchange.stretches import Stretch, stretches
from tilik.kernel import Span
from tilik.store import Workspace

READ = """
import json, sys
import datumaro
tags = []
for file in sys.argv[1:]:  # each is a task with labels of its own
    found = datumaro.Dataset.import_from(file, "cvat")
    labels = found.categories()[datumaro.AnnotationType.label]
    tags += [[one.subset, one.attributes["frame"], labels[tag.label].name, tag.attributes]
             for one in found for tag in one.annotations]
print(json.dumps(tags))
"""


def read(folder: Path) -> list[list[Any]]:
    """(file, frame, label, attributes) of every tag; Datumaro wants a picture of each frame to lie beside."""
    python = os.environ.get("TILIK_DATUMARO")
    if not python:
        pytest.skip("TILIK_DATUMARO names no Python with it")
    for file in folder.glob("*.xml"):
        for image in Xml.parse(file).iter("image"):
            picture = folder / "images" / file.stem / image.attrib["name"]
            picture.parent.mkdir(parents=True, exist_ok=True)
            picture.touch()
    files = [str(file) for file in folder.glob("*.xml")]
    done = subprocess.run([python, "-c", READ, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    tags: list[list[Any]] = json.loads(done.stdout)
    return tags


def expected(file: str, found: list[Stretch], fps: float, frames: int = 0) -> list[list[Any]]:
    tags: list[list[Any]] = []
    for number, one in enumerate(found):
        first, last = to_frames(one.span, fps)
        said = {
            "span": str(number),
            "kind": one.kind,
            "by": one.by,
            # Datumaro makes booleans of these two texts, whatever an attribute is declared to be.
            "value": one.value if isinstance(one.value, bool) else one.value_text,
            "start": repr(one.span.start),
            "end": repr(one.span.end),
        }
        shown = range(first - 1, max(first, min(last, frames) if frames else last))
        tags += [[file, frame, one.label, said] for frame in shown]
    return tags


def test_every_tag_of_a_study_is_read(sqlite_workspace: Workspace, tmp_path: Path) -> None:
    made = judged_study(sqlite_workspace)
    with sqlite_workspace.store.read() as connection:
        videos = list(judged_videos(connection, sqlite_workspace.store.blobs, made.id))
    write_cvat(tmp_path, videos)
    wanted = [
        tag
        for video in videos
        for tag in expected(video.video, list(stretches(video)), video.fps, round(video.duration * video.fps))
    ]
    assert len({tag[0] for tag in wanted}) == 3
    assert sorted(read(tmp_path), key=repr) == sorted(wanted, key=repr)


def test_every_kind_of_value_is_read(tmp_path: Path) -> None:
    values: list[Any] = [True, False, None, 3, "keras <b>&", ["a", "b"], {"n": 1.5}]
    found = [
        Stretch("verdict", Span(start=0.1 * n, end=0.1 * n + 0.3), "person", f"R{n}", value)
        for n, value in enumerate(values)
    ]
    (tmp_path / "v1.xml").write_text(
        to_cvat("v1", found, fps=23.976, width=320, height=180), encoding="utf-8"
    )
    assert sorted(read(tmp_path), key=repr) == sorted(expected("v1", found, 23.976), key=repr)
