"""Codes that must be unique, and codes that must exist. Works on plain data, however broken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tilik.guideline.document import Document, Path
from tilik.guideline.faults import Fault, fault
from tilik.kernel import Json

UNIQUE = (
    "principles[].code",
    "age_bands[].code",
    "age_schemes[].code",
    "age_schemes[].classes[].code",
    "signals[].code",
    "escalations[].code",
    "assessability.languages[].code",
    "assessability.codes[].code",
    "audience.factors[].code",
    "audience.values[].code",
    "audience.rules[].code",
    "families[].code",
    "labels[].code",
    "high_quality[].code",
    "verdict.values[].code",
    "verdict.rules[].code",
    "flow[].step",
    "casebook.edge_case_types[].code",
    "casebook.content_gap_types[].code",
    "casebook.states[].code",
    "ai_response.response_kinds[].code",
    "ai_response.critical_fails[].code",
    "ai_response.dimensions[].code",
    "ai_response.span_tags[].code",
    "ai_response.register_rules[].code",
    "ai_response.pairwise.choices[].code",
    "ai_response.help_lines.entries[].code",
)

REFERENCES = {
    "labels[].family": "families[].code",
    "labels[].ages[]": "age_bands[].code",
    "labels[].prefer[]": "labels[].code",
    "labels[].signals[]": "signals[].code",
    "audience.rules[].then": "audience.values[].code",
    "verdict.rules[].then": "verdict.values[].code",
    "ai_response.target_bands[]": "age_bands[].code",
}


def faults(document: Document) -> Iterator[Fault]:
    """Every duplicate code and every reference to something that is not there."""
    for pattern in UNIQUE:
        yield from _duplicates(document, pattern)
    for pattern, target in REFERENCES.items():
        yield from _dangling(document, pattern, target)
    yield from _counted(document)
    if any(value == "yes" for _, value in select(document.data, "assessability.codes[].code")):
        yield fault(document.line(("assessability", "codes")), "yes-is-no-code")


def select(data: Json, pattern: str) -> Iterator[tuple[Path, Any]]:
    """Each value at ``a.b[].c`` with its path; parts of another shape are passed over."""
    found: list[tuple[Path, Any]] = [((), data)]
    for name in pattern.replace("[]", ".[]").split("."):
        found = [step for path, value in found for step in _down(path, value, name)]
    return iter(found)


def _down(path: Path, value: Any, name: str) -> Iterator[tuple[Path, Any]]:
    if name == "[]":
        if isinstance(value, list):
            yield from (((*path, index), item) for index, item in enumerate(value))
    elif isinstance(value, dict) and name in value:
        yield (*path, name), value[name]


def _duplicates(document: Document, pattern: str) -> Iterator[Fault]:
    first: dict[tuple[Path, str], int] = {}
    for path, code in select(document.data, pattern):
        if not isinstance(code, str):
            continue
        key, line = (path[:-2], code), document.line(path)
        if key in first:
            yield fault(line, "code-twice", code=code, at=first[key])
        first.setdefault(key, line)


def _dangling(document: Document, pattern: str, target: str) -> Iterator[Fault]:
    known = {code for _, code in select(document.data, target) if isinstance(code, str)}
    for path, code in select(document.data, pattern):
        if isinstance(code, str) and code not in known:
            where, what = pattern.replace("[]", ""), target.removesuffix("[].code")
            yield fault(document.line(path), "dangling", where=where, code=code, among=what)
        elif pattern == "labels[].prefer[]" and code == _own_code(document.data, path):
            yield fault(document.line(path), "prefers-itself", code=code)


def _counted(document: Document) -> Iterator[Fault]:
    """Conditions of verdict rules that count labels or strengths which are not there."""
    for path, condition in select(document.data, "verdict.rules[].when[]"):
        target = {"labels": "labels", "strengths": "high_quality"}.get(
            str(condition.get("count")) if isinstance(condition, dict) else ""
        )
        known = {code for _, code in select(document.data, f"{target}[].code")}
        for place, code in select(condition, "of[]"):
            if target and isinstance(code, str) and code not in known:
                line = document.line((*path, *place))
                yield fault(line, "dangling", where="verdict.rules.when.of", code=code, among=target)


def _own_code(data: Any, path: Path) -> Any:
    label = data["labels"][path[1]]
    return label.get("code") if isinstance(label, dict) else None
