"""Every declared event goes through JSON unchanged, and a type belongs to one class."""

from __future__ import annotations

import importlib
import json
import types
from datetime import date
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, JsonValue, ValidationError
from pydantic.fields import FieldInfo

import tilik
from tilik.kernel import Missing, Span, canonical
from tilik.log import Event, event_class, event_types

ROOT = Path(tilik.__file__).parent
PLACES = sorted(
    ".".join(file.relative_to(ROOT.parent).with_suffix("").parts) for file in ROOT.rglob("events.py")
)
for _place in PLACES:
    importlib.import_module(_place)
DECLARED = {name: kind for name, kind in event_types().items() if kind.__module__.startswith("tilik.")}

numbers = st.floats(min_value=0, max_value=1e9)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | numbers | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
PLAIN: dict[object, st.SearchStrategy[Any]] = {
    str: st.text(max_size=40),
    int: st.integers(0, 2**62),
    float: numbers,
    bool: st.booleans(),
    date: st.dates(),
    types.NoneType: st.none(),
    JsonValue: json_values,
}


def values_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of an annotation as events use them: plain, literal, tuple, list, dict, union, model."""
    if annotation in PLAIN:
        return PLAIN[annotation]
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return st.sampled_from(inside)
    if origin in (Union, types.UnionType):
        return st.one_of([values_of(one) for one in inside])
    if origin is dict:
        return st.dictionaries(values_of(inside[0]), values_of(inside[1]), max_size=3)
    if origin in (tuple, list):
        return sequences_of(inside)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return fields_of(annotation)
    raise NotImplementedError(f"no values for {annotation}")


def sequences_of(inside: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if len(inside) == 1 or inside[-1] is ...:
        return st.lists(values_of(inside[0]), max_size=3)
    return st.tuples(*[values_of(one) for one in inside])


def fields_of(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    drawn = st.fixed_dictionaries({name: value_of(field) for name, field in model.model_fields.items()})
    if not issubclass(model, Span):
        return drawn
    return drawn.map(lambda d: d | {"start": min(d["start"], d["end"]), "end": max(d["start"], d["end"])})


def value_of(field: FieldInfo) -> st.SearchStrategy[Any]:
    """What is bounded is hardly met by chance: its usual value stands for it, where it has one."""
    if field.metadata and not field.is_required():
        return st.just(field.get_default())
    return values_of(field.annotation)


def test_every_room_that_has_events_declares_them() -> None:
    assert {kind.__module__ for kind in DECLARED.values()} == set(PLACES) >= {"tilik.access.events"}
    assert all(event_class(name) is kind for name, kind in DECLARED.items())
    assert list(event_types()) == sorted(event_types())


@pytest.mark.parametrize("name", DECLARED)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_every_event_goes_through_the_log_and_back(name: str, data: st.DataObject) -> None:
    kind = event_class(name)
    try:
        event = kind.model_validate(data.draw(fields_of(kind)))
    except ValidationError:
        assume(False)
    body = canonical(event.model_dump(mode="json")).decode()
    again = kind.model_validate_json(body)
    assert again == event
    assert canonical(again.model_dump(mode="json")).decode() == body
    assert isinstance(event.subject(), str)


@pytest.mark.parametrize("name", DECLARED)
def test_names_of_types_fit_their_column_and_read_as_words(name: str) -> None:
    assert 1 <= len(name) <= 64
    assert name == name.lower()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz-")


def test_events_are_frozen_and_closed() -> None:
    event = event_class("signed-in").model_validate({"person": "p"})
    with pytest.raises(ValidationError):
        event.person = "q"  # type: ignore[attr-defined]
    with pytest.raises(ValidationError):
        event_class("signed-in").model_validate({"person": "p", "name": "Siti"})


def test_a_type_nobody_declares_is_missing_and_the_error_says_what_to_do() -> None:
    with pytest.raises(Missing, match="later one") as caught:
        event_class("never-heard-of")
    assert caught.value.code == "event-type-unknown"


@pytest.mark.parametrize(
    ("module", "name"), [("elsewhere", "SignedIn"), ("tilik.access.events", "SomebodySignedIn")]
)
def test_two_classes_may_not_claim_one_type(module: str, name: str) -> None:
    owner = event_class("signed-in")
    with pytest.raises(TypeError, match="two event classes claim the type 'signed-in'"):
        type(name, (Event,), {"__module__": module, "__qualname__": name}, type="signed-in")
    assert event_class("signed-in") is owner


def test_a_class_without_a_type_is_refused() -> None:
    with pytest.raises(TypeError):
        type("Nameless", (Event,), {"__module__": "elsewhere"})


def test_the_subject_is_the_first_field() -> None:
    added = event_class("person-added").model_validate(
        {"person": "id-1", "pseudonym": "R01", "roles": ["lead"]}
    )
    assert added.subject() == "id-1"
    assert json.loads(added.model_dump_json())["roles"] == ["lead"]
