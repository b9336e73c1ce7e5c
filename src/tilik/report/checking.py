"""Whether a statement of reasons would be accepted: every rule of the database that Tilik can meet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from tilik.report.rules import DsaRules, dsa_rules

Statement = Mapping[str, Any]
PUID = re.compile(r"[a-zA-Z0-9_-]{1,500}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PERSONAL = (
    ("an e-mail address", re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")),
    ("a telephone number", re.compile(r"(?<!\d)(?:\+62|62|0)8\d[\d\s-]{6,}")),
    ("an identity number", re.compile(r"(?<!\d)\d{16}(?!\d)")),
    ("a handle", re.compile(r"(?<!\w)@\w{3,}")),
)
"""Patterns of personal data; what the database forbids in every free text."""

GROUNDS = {
    "DECISION_GROUND_INCOMPATIBLE_CONTENT": (
        "incompatible_content_ground",
        "incompatible_content_explanation",
    ),
    "DECISION_GROUND_ILLEGAL_CONTENT": ("illegal_content_legal_ground", "illegal_content_explanation"),
}
FREE = (
    "decision_facts",
    "incompatible_content_ground",
    "incompatible_content_explanation",
    "illegal_content_legal_ground",
    "illegal_content_explanation",
    "category_specification_other",
    "content_type_other",
)
KNOWN = frozenset(
    {
        *FREE,
        "decision_visibility",
        "decision_monetary",
        "decision_provision",
        "decision_account",
        "decision_ground",
        "content_type",
        "category",
        "category_addition",
        "category_specification",
        "content_language",
        "content_date",
        "application_date",
        "source_type",
        "automated_detection",
        "automated_decision",
        "territorial_scope",
        "puid",
    }
)


def problems(statement: Statement) -> list[str]:
    """What the database would refuse in this statement, in words; none where it would be accepted."""
    rules = dsa_rules()
    return [told for check in CHECKS for told in check(statement, rules)]


def _fields(s: Statement, _rules: DsaRules) -> Iterator[str]:
    for name in sorted(set(s) - KNOWN):
        yield f"{name} is no field of a statement"


def _restriction(s: Statement, rules: DsaRules) -> Iterator[str]:
    given = [name for name in rules.restrictions if s.get(name)]
    if not given:
        yield "one restriction is needed"
    for name in given:
        values = s[name] if isinstance(s[name], list) else [s[name]]
        for value in values:
            if value not in rules.restrictions[name]:
                yield f"{name} knows no {value!r}"


def _ground(s: Statement, rules: DsaRules) -> Iterator[str]:
    ground = s.get("decision_ground")
    if ground not in rules.grounds:
        yield f"decision_ground knows no {ground!r}"
        return
    for name, limit in zip(GROUNDS[str(ground)], ("decision_ground_text", "explanation"), strict=True):
        yield from _text(s, name, rules.limits[limit])
    for other in set(GROUNDS) - {ground}:
        for name in GROUNDS[other]:
            if name in s:
                yield f"{name} does not go with {ground}"


def _content(s: Statement, rules: DsaRules) -> Iterator[str]:
    types = s.get("content_type")
    if not isinstance(types, list) or not types:
        yield "content_type must be a list of one or more"
    else:
        for one in types:
            if one not in rules.content_types:
                yield f"content_type knows no {one!r}"
        if "CONTENT_TYPE_OTHER" in types:
            yield from _text(s, "content_type_other", rules.limits["other_text"])
    language = s.get("content_language")
    if language is not None and language not in rules.languages:
        yield f"content_language knows no {language!r}"


def _category(s: Statement, rules: DsaRules) -> Iterator[str]:
    category, more = s.get("category"), s.get("category_addition", [])
    for one in [category, *more]:
        if one not in rules.categories:
            yield f"category knows no {one!r}"
    if category in more or len(set(more)) < len(more):
        yield "category_addition repeats a category"
    keywords = s.get("category_specification", [])
    for keyword in keywords:
        if not any(rules.owns(str(one), keyword) for one in [category, *more]):
            yield f"{keyword} belongs to none of the categories given"
    if "KEYWORD_OTHER" in keywords or "category_specification_other" in s:
        yield from _text(s, "category_specification_other", rules.limits["other_text"])


def _dates(s: Statement, rules: DsaRules) -> Iterator[str]:
    found = {}
    for name in ("content_date", "application_date"):
        value = s.get(name)
        try:
            if not isinstance(value, str) or not DAY.fullmatch(value):
                raise ValueError(name)  # noqa: TRY301
            found[name] = date.fromisoformat(value)
        except ValueError:
            yield f"{name} must be a day, as 2026-03-08, and is {value!r}"
        else:
            if found[name] < rules.earliest[name]:
                yield f"{name} must not be before {rules.earliest[name]}, and is {value}"
    if len(found) == 2 and found["content_date"] > found["application_date"]:
        yield "the decision is older than the content"


def _facts(s: Statement, rules: DsaRules) -> Iterator[str]:
    yield from _text(s, "decision_facts", rules.limits["decision_facts"])
    if s.get("source_type") not in rules.source_types:
        yield f"source_type knows no {s.get('source_type')!r}"
    if s.get("automated_detection") not in rules.detections:
        yield f"automated_detection must be Yes or No, and is {s.get('automated_detection')!r}"
    if s.get("automated_decision") not in rules.automated_decisions:
        yield f"automated_decision knows no {s.get('automated_decision')!r}"


def _place(s: Statement, rules: DsaRules) -> Iterator[str]:
    where = s.get("territorial_scope")
    if not isinstance(where, list) or not where:
        yield "territorial_scope must name one country or more"
    else:
        for one in where:
            if one not in rules.territories:
                yield f"territorial_scope is the EU and EEA, and {one!r} is not in it"
        if len(set(where)) < len(where):
            yield "territorial_scope names a country twice"
    if not PUID.fullmatch(str(s.get("puid", ""))):
        yield "puid must be made of a-z, A-Z, 0-9, - and _"


def _personal(s: Statement, _rules: DsaRules) -> Iterator[str]:
    for name in FREE:
        for what, pattern in PERSONAL:
            if pattern.search(str(s.get(name, ""))):
                yield f"{name} holds {what}: no personal data may enter"


def _text(s: Statement, name: str, most: int) -> Iterator[str]:
    value = s.get(name)
    if not isinstance(value, str) or not value.strip():
        yield f"{name} is needed"
    elif len(value) > most:
        yield f"{name} has {len(value)} characters, {most} are allowed"


CHECKS: tuple[Callable[[Statement, DsaRules], Iterator[str]], ...] = (
    _fields,
    _restriction,
    _ground,
    _content,
    _category,
    _dates,
    _facts,
    _place,
    _personal,
)
