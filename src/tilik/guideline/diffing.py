"""Two versions side by side: what decides otherwise, what is asked otherwise, what only reads otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tilik.guideline.model import Guideline
from tilik.guideline.words import LANGUAGES, Text
from tilik.kernel import Json

Effect = Literal["decision", "form", "wording", "record"]
"""``decision`` the same answers may come to something else; ``form`` other questions, or in another order;
``wording`` what people read; ``record`` all else: identity, links to other schemes, signals."""
What = Literal["added", "removed", "changed", "reordered"]

EFFECTS: dict[Effect, Text] = {
    "decision": Text(id="Mengubah keputusan", en="Changes decisions"),
    "form": Text(id="Mengubah isian", en="Changes the form"),
    "wording": Text(id="Hanya mengubah kalimat", en="Changes wording only"),
    "record": Text(id="Keterangan lain", en="Other facts"),
}
_DECIDES = frozenset(
    {
        "age_bands",
        "age_schemes",
        "audience.factors",
        "audience.rules",
        "families",
        "high_quality",
        "labels",
        "severity_scale",
        "strength_scale",
        "verdict.values",
        "verdict.rules",
        "ai_response.critical_fails",
        "ai_response.dimensions",
        "assessability.codes",
    }
)
_FORM = frozenset(
    {
        "assessability.languages",
        "audience.values",
        "casebook.edge_case_types",
        "casebook.content_gap_types",
        "confidence_scale",
        "escalations",
        "flow",
        "ai_response.response_kinds",
        "ai_response.span_tags",
        "ai_response.pairwise",
    }
)
_BESIDE = {"labels": {"map", "signals", "prefer"}, "assessability.codes": {"no_penalty", "ask_language"}}
"""Parts of a deciding section that decide nothing: links to elsewhere, and what the form does."""
_KEYS = ("code", "step", "level", "form")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: its place (``where``, in a ``section``), its ``effect``, what stood and what stands."""

    what: What
    effect: Effect
    section: str
    where: str
    before: Json
    after: Json


def diff(before: Guideline, after: Guideline) -> tuple[Change, ...]:
    """Every difference between two versions, in the order of the file; empty when they are the same.

    Entries are matched by their code (steps by name, levels by number), so that what moved is not taken for
    removed. What decides comes first, then form, wording and the rest.
    """
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    found = list(_between(old, new, ""))
    order = list(EFFECTS)
    return tuple(sorted(found, key=lambda change: order.index(change.effect)))


def _between(old: Any, new: Any, where: str) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*new, *(key for key in old if key not in new)]:
            yield from _between(old.get(key), new.get(key), f"{where}.{key}".removeprefix("."))
    elif _is_entries(old) and _is_entries(new):
        yield from _entries(_by_name(old), _by_name(new), where)
    elif _is_parts(old) and _is_parts(new):
        for at in range(max(len(old), len(new))):
            pair = (old[at] if at < len(old) else None, new[at] if at < len(new) else None)
            yield from _between(*pair, f"{where}.{at}")
    else:
        yield _change(
            "changed" if None not in (old, new) else "added" if old is None else "removed", where, old, new
        )


def _entries(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Change]:
    for name, entry in new.items():
        if name in old:
            yield from _between(old[name], entry, f"{where}.{name}")
        else:
            yield _change("added", f"{where}.{name}", None, entry)
    yield from (_change("removed", f"{where}.{name}", old[name], None) for name in old if name not in new)
    stayed, stands = [name for name in old if name in new], [name for name in new if name in old]
    if stayed != stands:
        yield _change("reordered", where, stayed, stands)


def _change(what: What, where: str, before: Json, after: Json) -> Change:
    section = _section(where)
    return Change(what, _effect(what, section, where), section, where, before, after)


def _effect(what: What, section: str, where: str) -> Effect:
    parts = where.split(".")
    if parts[-1] in LANGUAGES or (what != "reordered" and _is_prose(parts)):
        return "wording"
    if what == "reordered":
        # Only rules are tried in order, and a step that moves moves its questions.
        return (
            "decision" if section.endswith("rules") else "form" if section in _FORM | _DECIDES else "record"
        )
    if section == "flow" and (what != "changed" or parts[-1] == "uses"):
        return "decision"
    beside = _BESIDE.get(section, set())
    if any(part in beside for part in parts):
        return "form" if section == "assessability.codes" else "record"
    return "decision" if section in _DECIDES else "form" if section in _FORM else "record"


def _is_prose(parts: list[str]) -> bool:
    """A whole text that came or went: an example, a note, a further question of a label."""
    return parts[-1] in {"note", "example_yes", "example_no", "edge_case"} or "ask" in parts[-2:-1]


def _section(where: str) -> str:
    parts = where.split(".")
    nested = {"assessability", "audience", "verdict", "casebook", "ai_response"}
    return ".".join(parts[:2]) if parts[0] in nested else parts[0]


def _is_entries(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, dict) and _name(v) is not None for v in value)


def _is_parts(value: Any) -> bool:
    """Parts without names, such as a label's questions or a rule's conditions: matched by position."""
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _by_name(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {str(_name(entry)): entry for entry in entries}


def _name(entry: dict[str, Any]) -> Any:
    return next((entry[key] for key in _KEYS if key in entry), None)
