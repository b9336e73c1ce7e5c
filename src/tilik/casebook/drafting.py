"""A ruling as a change of the guideline: the smallest edit of its YAML that says it and names its cases.

Only the label's example and the version are touched, character for character, so comments and layout stay and
the difference can be read. The result is checked as any guideline is before it is offered.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode
from sqlalchemy import Connection

from tilik.casebook.codes import ADOPTED, known_state
from tilik.casebook.events import RulingAdopted
from tilik.casebook.view import Case, Ruling, cases, rulings
from tilik.guideline import load
from tilik.kernel import Conflict, Missing
from tilik.log import Blobs
from tilik.store import Writing
from tilik.study import active_guideline, add_guideline, find_version, guideline_of, source_of

PLACES = {"counts": "example_yes", "does-not-count": "example_no", "note": "edge_case"}
"""Where a label says what a ruling stands for."""
VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")

Edit = tuple[int, int, str]
"""From and to which letter of the text, and what stands there then."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The guideline as it would read: ``text`` whole, ``patch`` as a unified diff, ``version`` its new
    number."""

    text: str
    patch: str
    version: str
    base: str


def draft_of(connection: Connection, blobs: Blobs, ruling: str, base: str = "") -> Draft:
    """The change of a version (its number or hash; the active one if not said) that says a ruling.

    Raises ``Missing``; ``Conflict`` where the ruling concerns no label of that version, which has no place
    for it.
    """
    found = ruling_of(connection, ruling)
    identity = find_version(connection, base).hash if base else active_guideline(connection)
    guideline = guideline_of(connection, blobs, identity)
    label = next((one for one in guideline.labels if f"label.{one.code}" == found.question), None)
    if label is None:
        raise Conflict(
            "ruling-no-label",
            f"the ruling concerns no label of {guideline.id} {guideline.version}",
            where=found.question or "question",
            mend="Rule on a question such as label.SYN-MASS, or edit the guideline by hand.",
        )
    text = source_of(connection, blobs, identity).decode()
    numbers = _numbers(found, cases(connection))
    new = edited(text, guideline.labels.index(label), found, numbers)
    version = load(new, name="draft").version
    before, after = (part.splitlines(keepends=True) for part in (text, new))
    old_name, new_name = (f"{guideline.id} {number}" for number in (guideline.version, version))
    return Draft(
        new, "".join(difflib.unified_diff(before, after, old_name, new_name, n=2)), version, identity
    )


def adopt(writing: Writing, ruling: str, base: str = "") -> str:
    """Bring the draft that says a ruling into the workspace; returns its hash. Its cases are then in the
    guideline. Raises as :func:`draft_of` and ``add_guideline`` do.
    """
    draft = draft_of(writing.connection, writing.blobs, ruling, base)
    identity = add_guideline(writing, draft.text, name=f"draft {draft.version}")
    guideline = guideline_of(writing.connection, writing.blobs, identity)
    writing.record(RulingAdopted(ruling=ruling, draft=identity, state=known_state(guideline, ADOPTED)))
    return identity


def ruling_of(connection: Connection, ruling: str) -> Ruling:
    """The ruling with this id. Raises ``Missing``."""
    found = rulings(connection, [ruling])
    if not found:
        raise Missing("ruling-missing", "there is no such ruling", where=ruling)
    return found[0]


def edited(text: str, label: int, ruling: Ruling, numbers: tuple[int, ...]) -> str:
    """The YAML with the ruling in the example of its ``label`` (by place), a new version, and as a draft."""
    root = YAML(typ="rt", pure=True).compose(text)
    assert isinstance(root, MappingNode)
    ours = _item(_value(root, "labels"), label)
    cited = ", ".join(f"K-{number}" for number in numbers)
    says = {part: f"{ruling.text[part].rstrip('.')} ({cited})." for part in ("id", "en")}
    edits = [_said(ours, PLACES[ruling.stands], says), *_as_draft(root)]
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _said(label: MappingNode, place: str, says: dict[str, str]) -> Edit:
    """The example with a sentence more; a new one before the label's last key where it has none."""
    there = _find(label, place)
    if not isinstance(there, MappingNode):
        last = label.value[-1][0]
        pad = " " * last.start_mark.column
        lines = "".join(f"{pad}  {part}: {_quoted(says[part])}\n" for part in ("id", "en"))
        return last.start_mark.index, last.start_mark.index, f"{place}:\n{lines}{pad}"
    parts = {part: _value(there, part) for part in ("id", "en")}
    body = {part: _quoted(f"{parts[part].value} {says[part]}") for part in parts}
    pad = " " * there.start_mark.column
    flow = there.flow_style
    new = f"{{id: {body['id']}, en: {body['en']}}}" if flow else f"id: {body['id']}\n{pad}en: {body['en']}"
    end = there.end_mark.index if flow else max(one.end_mark.index for one in parts.values())
    return there.start_mark.index, end, new


def _as_draft(root: MappingNode) -> list[Edit]:
    version, status = _value(root, "version"), _value(root, "status")
    found = VERSION.match(version.value)
    assert found is not None  # the guideline's own check
    major, minor, _patch = (int(part) for part in found.groups())
    return [
        (version.start_mark.index, version.end_mark.index, f'"{major}.{minor + 1}.0"'),
        (status.start_mark.index, status.start_mark.index + len(status.value), "draft"),
    ]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _find(node: Node, key: str) -> Node | None:
    return next((value for name, value in node.value if name.value == key), None)


def _value(node: Node, key: str) -> Node:
    found = _find(node, key)
    assert found is not None  # what loads as a guideline has it
    return found


def _item(node: Node, place: int) -> MappingNode:
    assert isinstance(node, SequenceNode)
    found = node.value[place]
    assert isinstance(found, MappingNode)
    return found


def _numbers(ruling: Ruling, every: list[Case]) -> tuple[int, ...]:
    return tuple(sorted(one.number for one in every if one.id in ruling.cases))
