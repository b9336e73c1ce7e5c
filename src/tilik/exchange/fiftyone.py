"""FiftyOne: spans as temporal detections, in the shape of its ``FiftyOneTemporalDetectionDataset``.

``labels.json`` holds ``{"classes", "labels": {uuid: [{"label", "timestamps", "attributes"}]}}``: ``label`` is
a position in ``classes``, ``timestamps`` are seconds. ``data.json`` says where the video of a uuid lies.
https://docs.voxel51.com/user_guide/import_datasets.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from tilik.exchange.judged import JudgedVideo
from tilik.exchange.stretches import Stretch, stretches, value_of
from tilik.exchange.writing_files import write_text
from tilik.kernel import Invalid, Json, Span

LABELS, DATA = "labels.json", "data.json"


def to_fiftyone(found: Mapping[str, Iterable[Stretch]]) -> dict[str, Any]:
    """The content of ``labels.json`` for stretches by video."""
    held = {video: list(every) for video, every in found.items()}
    classes = sorted({one.label for every in held.values() for one in every})
    place = {label: at for at, label in enumerate(classes)}
    return {
        "classes": classes,
        "labels": {video: [_detection(one, place) for one in every] for video, every in held.items()},
    }


def _detection(one: Stretch, place: Mapping[str, int]) -> dict[str, Json]:
    return {
        "label": place[one.label],
        "timestamps": [one.span.start, one.span.end],
        "attributes": {"kind": one.kind, "by": one.by, "value": one.value_text},
    }


def from_fiftyone(content: object) -> dict[str, list[Stretch]]:
    """Stretches by video out of a ``labels.json`` with timestamps. Raises ``Invalid``, naming the place."""
    labels = content.get("labels") if isinstance(content, Mapping) else None
    if not isinstance(labels, Mapping):
        raise Invalid("fiftyone-shape", "this is no labels.json of temporal detections", where="labels")
    classes = content.get("classes") if isinstance(content, Mapping) else None
    return {
        str(video): [_stretch(one, classes, f"labels.{video}[{at}]") for at, one in enumerate(every or [])]
        for video, every in labels.items()
    }


def _stretch(one: Any, classes: Any, where: str) -> Stretch:
    try:
        label, (start, end) = one["label"], one["timestamps"]
        name = label if isinstance(label, str) else classes[label]
        more = one.get("attributes", {})
        kind: Literal["person", "machine"] = "person" if more.get("kind") == "person" else "machine"
        value = value_of(more.get("value", "null"))
        return Stretch(str(name), Span(start=start, end=end), kind, str(more.get("by", "")), value)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, ValidationError):
        raise Invalid(
            "fiftyone-shape", "a detection needs a known label and two timestamps in seconds", where=where
        ) from None


def write_fiftyone(into: Path, videos: Iterable[JudgedVideo], address: str) -> dict[str, int]:
    """Write both files into a folder; ``address`` is a path with ``{video}`` in it. Returns counts."""
    found = {video.video: list(stretches(video)) for video in videos}
    into.mkdir(parents=True, exist_ok=True)
    write_text(into / LABELS, json.dumps(to_fiftyone(found), ensure_ascii=False, indent=1) + "\n")
    places = {video: address.replace("{video}", video) for video in found}
    write_text(into / DATA, json.dumps(places, ensure_ascii=False, indent=1) + "\n")
    return {"videos": len(found), "detections": sum(map(len, found.values()))}
