"""Typed events. A room declares its own in ``events.py``; the name of the type is what the log stores.

An event holds ids, codes, numbers and digests. Personal data and free text never enter it: they live in
erasable rows, and the event carries their digest, so that the chain stays whole when a row is erased.
"""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from tilik.kernel import Missing

_classes: dict[str, type[Event]] = {}


class Event(BaseModel):
    """One thing that happened. Declare ``class TaskLeased(Event, type="task-leased")``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ClassVar[str] = ""

    def __init_subclass__(cls, *, type: str, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        known = _classes.get(type)
        if known is not None and _place(known) != _place(cls):
            raise TypeError(f"two event classes claim the type {type!r}: {known} and {cls}")
        cls.type = type
        _classes[type] = cls

    def subject(self) -> str:
        """The id that the audit trail shows for this event; the first field unless overridden."""
        first = next(iter(self.__class__.model_fields), "")
        return str(getattr(self, first)) if first else ""


def _place(event: type[Event]) -> tuple[str, str]:
    return event.__module__, event.__qualname__


def event_class(name: str) -> type[Event]:
    """The class declared for this type. Raises ``Missing`` when no room declares it."""
    try:
        return _classes[name]
    except KeyError:
        raise Missing(
            "event-type-unknown",
            f"no room of this version declares the event type {name!r}",
            mend="Open the workspace with the version of Tilik that wrote it, or a later one.",
        ) from None


def event_types() -> dict[str, type[Event]]:
    """Every declared type by name, in alphabetical order."""
    return dict(sorted(_classes.items()))
