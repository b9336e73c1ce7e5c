"""YAML text → plain data, with the line of every part, and every fault of form on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tilik.guideline.faults import Fault, fault
from tilik.kernel import Json

Path = tuple[str | int, ...]
_STANDARD = "tag:yaml.org,2002:"
_KINDS = frozenset({"map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value"})
_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}", re.ASCII)


@dataclass
class Document:
    """``data`` plain JSON values; ``lines`` where each path stands; ``faults`` what was wrong in form."""

    data: Json = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of this path, or of the nearest part around it that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(text: str) -> Document:
    """Parse YAML 1.2. Never raises on bad text: what is wrong is in ``faults``."""
    document = Document()
    try:
        node = YAML(typ="rt", pure=True).compose(text)
        document.data = None if node is None else _plain(node, (), document)
    except MarkedYAMLError as error:
        document.faults.append(_syntax(error))
    except YAMLError as error:
        document.faults.append(fault(1, "not-yaml", problem=str(error).splitlines()[0]))
    except (RecursionError, ValueError) as error:
        document.faults.append(fault(1, "not-readable", problem=type(error).__name__))
    if document.data is None and not document.faults:
        document.faults.append(fault(1, "empty"))
    return document


def _syntax(error: MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or error.context or "syntax error"
    return fault(mark.line + 1 if mark else 1, "syntax", problem=problem)


def _plain(node: Node, path: Path, document: Document) -> Json:
    line = node.start_mark.line + 1
    document.lines.setdefault(path, line)
    if node.anchor is not None:
        # Aliases could nest without end and would hide which text belongs where.
        document.faults.append(fault(line, "anchor", name=node.anchor))
        return None
    if str(node.tag).removeprefix(_STANDARD) not in _KINDS:
        document.faults.append(fault(line, "tag", name=node.tag))
    if isinstance(node, MappingNode):
        return dict(_pairs(node, path, document))
    if isinstance(node, SequenceNode):
        return [_plain(item, (*path, index), document) for index, item in enumerate(node.value)]
    return _scalar(node)


def _pairs(node: MappingNode, path: Path, document: Document) -> Iterator[tuple[str, Json]]:
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = str(key_node.value) if isinstance(key_node, ScalarNode) else ""
        if not key:
            document.faults.append(fault(line, "key-not-a-word"))
            continue
        if key in seen:
            document.faults.append(fault(line, "key-twice", key=key, at=seen[key]))
            continue
        seen[key] = line
        document.lines[(*path, key)] = line
        yield key, _plain(value_node, (*path, key), document)


def _scalar(node: Node) -> Json:
    kind, value = str(node.tag).removeprefix(_STANDARD), str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return value.lower() == "true"
    return int(value) if kind == "int" and _DECIMAL.fullmatch(value) else value
