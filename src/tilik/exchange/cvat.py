"""CVAT: spans as tags of frames, in its XML of the kind *CVAT for images 1.1* (annotation mode).

An ``image`` for each frame that a span shows, numbered from 0; in it a ``tag`` for each span, with what was
answered and by whom. The tags of one span bear one number and its exact seconds.
https://docs.cvat.ai/docs/dataset_management/formats/xml_format/
"""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from pydantic import ValidationError

from tilik.exchange.frames import to_frames
from tilik.exchange.judged import JudgedVideo
from tilik.exchange.stretches import Stretch, stretches, value_of
from tilik.exchange.writing_files import write_text
from tilik.kernel import Invalid, Span

ATTRIBUTES = ("span", "kind", "by", "value", "start", "end")
KINDS: dict[str, Literal["person", "machine"]] = {"person": "person", "machine": "machine"}
MOST_FRAMES = 2_000_000
"""Tags of one video; more would be spans of hours, many times over."""


def to_cvat(
    name: str, found: Sequence[Stretch], *, fps: float, frames: int = 0, width: int = 0, height: int = 0
) -> str:
    """The XML of one video. ``frames`` is how many it has (0 not known); tags past the last are left out, but
    for one, so that no span is lost. Raises ``Invalid`` for more tags than fit."""
    by_frame: dict[int, list[tuple[int, Stretch]]] = {}
    for number, one in enumerate(found):
        first, last = to_frames(one.span, fps)
        for frame in range(first - 1, max(first, min(last, frames) if frames else last)):
            by_frame.setdefault(frame, []).append((number, one))
        if len(by_frame) > MOST_FRAMES:
            raise Invalid("cvat-frames", f"the spans show more than {MOST_FRAMES:,} frames", where=name)
    root = Xml.Element("annotations")
    _text(root, "version", "1.1")
    _meta(root, name, found, frames or max(by_frame, default=-1) + 1)
    for frame, tags in sorted(by_frame.items()):
        held = {"id": frame, "name": f"frame_{frame:06d}", "width": width, "height": height}
        image = Xml.SubElement(root, "image", {key: str(value) for key, value in held.items()})
        for number, one in tags:
            _tag(image, number, one)
    Xml.indent(root)
    return "<?xml version='1.0' encoding='utf-8'?>\n" + Xml.tostring(root, encoding="unicode") + "\n"


def _meta(root: Xml.Element, name: str, found: Sequence[Stretch], frames: int) -> None:
    task = Xml.SubElement(Xml.SubElement(root, "meta"), "task")
    for key, text in (("name", name), ("size", str(frames)), ("mode", "annotation")):
        _text(task, key, text)
    labels = Xml.SubElement(task, "labels")
    for label in sorted({one.label for one in found}):
        each = Xml.SubElement(labels, "label")
        _text(each, "name", label)
        _text(each, "type", "tag")
        attributes = Xml.SubElement(each, "attributes")
        for attribute in ATTRIBUTES:
            one = Xml.SubElement(attributes, "attribute")
            for key, text in (("name", attribute), ("mutable", "False"), ("input_type", "text")):
                _text(one, key, text)
            _text(one, "default_value", "")
            _text(one, "values", "")


def _tag(image: Xml.Element, number: int, one: Stretch) -> None:
    tag = Xml.SubElement(image, "tag", label=one.label, source="auto" if one.kind == "machine" else "manual")
    said = (str(number), one.kind, one.by, one.value_text, repr(one.span.start), repr(one.span.end))
    for name, text in zip(ATTRIBUTES, said, strict=True):
        attribute = Xml.SubElement(tag, "attribute", name=name)
        attribute.text = text


def _text(place: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(place, name).text = text


def from_cvat(text: str) -> list[Stretch]:
    """The spans of our tags, in the order of their numbers. Raises ``Invalid``."""
    if "<!DOCTYPE" in text:
        raise Invalid("cvat-shape", "a document type has no place in it")
    try:
        root = Xml.fromstring(text)  # noqa: S314  (entities need a document type)
    except Xml.ParseError as error:
        raise Invalid("cvat-shape", f"this is no XML: {error}") from None
    found: dict[int, Stretch] = {}
    for image in root.iter("image"):
        for tag in image.iter("tag"):
            number, one = _stretch(tag, f"image {image.get('id')}")
            found[number] = one
    return [found[number] for number in sorted(found)]


def _stretch(tag: Xml.Element, where: str) -> tuple[int, Stretch]:
    held = {str(one.get("name")): one.text or "" for one in tag.iter("attribute")}
    try:
        span = Span(start=float(held["start"]), end=float(held["end"]))
        label, value = tag.attrib["label"], value_of(held["value"])
        return int(held["span"]), Stretch(label, span, KINDS[held["kind"]], held["by"], value)
    except (KeyError, ValueError, ValidationError):
        raise Invalid("cvat-shape", "a tag needs a label and our attributes", where=where) from None


def write_cvat(into: Path, videos: Iterable[JudgedVideo]) -> dict[str, int]:
    """Write a file for each video that has spans into a folder, named by the video's id. Returns counts."""
    into.mkdir(parents=True, exist_ok=True)
    counts = {"videos": 0, "spans": 0}
    for video in videos:
        found = list(stretches(video))
        if found:
            frames = round(video.duration * video.fps)
            text = to_cvat(
                video.video, found, fps=video.fps, frames=frames, width=video.width, height=video.height
            )
            write_text(into / f"{quote(video.video, safe='')}.xml", text)
            counts = {"videos": counts["videos"] + 1, "spans": counts["spans"] + len(found)}
    return counts
