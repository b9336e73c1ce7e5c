"""FiftyOne and CVAT: spans go out in their documented shapes and come back the same."""

from __future__ import annotations

import json
import xml.etree.ElementTree as Xml
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.test_label_studio_study import LABEL, judged_study
from tilik.exchange import from_cvat, from_fiftyone, to_cvat, to_fiftyone
from tilik.exchange.cvat import write_cvat
from tilik.exchange.fiftyone import write_fiftyone
from tilik.exchange.judged import judged_videos
from tilik.exchange.stretches import Stretch
from tilik.kernel import Invalid, Span
from tilik.store import Workspace

seconds = st.floats(0, 20, allow_nan=False)
spans = st.tuples(seconds, seconds).map(lambda two: Span(start=min(two), end=max(two)))
values: Any = st.one_of(st.none(), st.integers(0, 3), st.booleans(), st.text(max_size=8))
stretch = st.builds(
    Stretch,
    st.sampled_from(["label.SYN-MASS", "verdict", "evidence.flash"]),
    spans,
    st.sampled_from(["person", "machine"]),
    st.sampled_from(["R01", "flash/1", "R02"]),
    values,
)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=5), st.lists(stretch, max_size=5), max_size=4))
def test_fiftyone_gives_back_what_it_got(found: dict[str, list[Stretch]]) -> None:
    content = json.loads(json.dumps(to_fiftyone(found)))
    assert from_fiftyone(content) == found
    for every in content["labels"].values():
        for one in every:
            assert set(one) == {"label", "timestamps", "attributes"}
            assert content["classes"][one["label"]]


@settings(max_examples=60, deadline=None)
@given(st.lists(stretch, max_size=5), st.sampled_from([1.0, 12.0, 23.976, 25.0]), st.booleans())
def test_cvat_gives_back_what_it_got(found: list[Stretch], fps: float, cut: bool) -> None:
    text = to_cvat("v1", found, fps=fps, frames=round(fps * 5) if cut else 0)
    assert from_cvat(text) == found


def test_cvat_tags_every_frame_of_a_span_and_no_other() -> None:
    one = Stretch("verdict", Span(start=1.0, end=1.2), "person", "R01", "good")
    other = Stretch("evidence.flash", Span(start=1.12, end=1.12), "machine", "flash/1", 3)
    root = Xml.fromstring(to_cvat("v1", [one, other], fps=25.0, frames=100, width=320, height=180))
    assert root.findtext("version") == "1.1"
    assert root.findtext("meta/task/size") == "100"
    assert [name.text for name in root.iterfind("meta/task/labels/label/name")] == [
        "evidence.flash",
        "verdict",
    ]
    tags = {int(image.attrib["id"]): [t.attrib["label"] for t in image] for image in root.iter("image")}
    assert tags == {25: ["verdict"], 26: ["verdict"], 27: ["verdict"], 28: ["verdict", "evidence.flash"],
                    29: ["verdict"]}  # fmt: skip
    image = next(root.iter("image"))
    assert image.attrib == {"id": "25", "name": "frame_000025", "width": "320", "height": "180"}
    assert {tag.attrib["source"] for tag in root.iter("tag")} == {"manual", "auto"}


def test_a_study_is_written_for_both(sqlite_workspace: Workspace, tmp_path: Path) -> None:
    made = judged_study(sqlite_workspace)
    blobs = sqlite_workspace.store.blobs
    with sqlite_workspace.store.read() as connection:
        counts = write_fiftyone(
            tmp_path / "f", judged_videos(connection, blobs, made.id), "clips/{video}.mp4"
        )
        tagged = write_cvat(tmp_path / "c", judged_videos(connection, blobs, made.id))
    assert counts == {"videos": 3, "detections": 4 + 3}
    assert tagged == {"videos": 3, "spans": 4 + 3}
    back = from_fiftyone(json.loads((tmp_path / "f" / "labels.json").read_text()))
    marks = [one for every in back.values() for one in every if one.kind == "person"]
    assert {(one.label, one.value) for one in marks} == {(f"label.{LABEL}", 2)}
    assert {one.span.start for one in marks} == {0.123456789, 3.0}
    assert {one.by for one in marks} <= {"R01", "R02"}
    places = json.loads((tmp_path / "f" / "data.json").read_text())
    assert places == {video: f"clips/{video}.mp4" for video in made.videos}
    for video, every in back.items():
        assert from_cvat((tmp_path / "c" / f"{video}.xml").read_text()) == every


@pytest.mark.parametrize(
    "content",
    [
        [],
        {"labels": []},
        {"labels": {"v": [{"label": 0, "timestamps": [0, 1]}]}},
        {"classes": ["a"], "labels": {"v": [{"label": 1, "timestamps": [0, 1]}]}},
        {"labels": {"v": [{"label": "a", "support": [1, 2]}]}},
        {"labels": {"v": [{"label": "a", "timestamps": [2, 1]}]}},
    ],
)
def test_what_is_no_temporal_detection_is_refused(content: Any) -> None:
    with pytest.raises(Invalid) as refused:
        from_fiftyone(content)
    assert refused.value.code == "fiftyone-shape"


@pytest.mark.parametrize(
    "text",
    ["", "<annotations>", "<!DOCTYPE a><annotations/>", '<a><image id="0"><tag label="x"/></image></a>'],
)
def test_what_is_no_xml_of_ours_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        from_cvat(text)
    assert refused.value.code == "cvat-shape"
