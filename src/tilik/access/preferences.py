"""How a person works: language, theme, playback, keys, comfort, what they would rather not see. Nobody's
decision, so not in the log; and nobody else's business, so no route shows them to another person."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, delete, insert, select

from tilik.store import Writing
from tilik.store.tables import preference

CommandId = Annotated[str, Field(pattern=r"^[a-z]+(\.[A-Za-z0-9-]+)+$", max_length=64)]
Keys = Annotated[list[Annotated[str, Field(pattern=r"^[^\x00-\x1f]+$", max_length=24)]], Field(max_length=3)]
Family = Annotated[str, Field(pattern=r"^[A-Z0-9-]+$", max_length=32)]


class Preferences(BaseModel):
    """Defaults suit a first visit: Indonesian, dark, normal speed.

    ``half`` shows the picture at half its size; ``even`` brings loud sound down to one measure; ``gentle``
    turns the picture small, grey and silent once something hard was found in it. ``keys`` holds the keys that
    the person gave to commands, ``single_keys`` whether keys without a modifier run any. ``target`` is their
    own number for a day, 0 for none. ``opt_out`` names families of labels they would rather not judge.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Literal["id", "en"] = "id"
    theme: Literal["dark", "light"] = "dark"
    speed: float = Field(default=1.0, ge=0.5, le=4.0)
    muted: bool = False
    grey: bool = False
    blur: bool = False
    half: bool = False
    even: bool = True
    captions: bool = True
    gentle: bool = False
    single_keys: bool = True
    keys: dict[CommandId, Keys] = Field(default_factory=dict, max_length=100)
    target: int = Field(default=0, ge=0, le=2000)
    opt_out: tuple[Family, ...] = Field(default=(), max_length=40)


class PreferencesChange(BaseModel):
    """The preferences to change; the others stay."""

    model_config = ConfigDict(extra="forbid")

    language: Literal["id", "en"] | None = None
    theme: Literal["dark", "light"] | None = None
    speed: float | None = None
    muted: bool | None = None
    grey: bool | None = None
    blur: bool | None = None
    half: bool | None = None
    even: bool | None = None
    captions: bool | None = None
    gentle: bool | None = None
    single_keys: bool | None = None
    keys: dict[CommandId, Keys] | None = None
    target: int | None = None
    opt_out: tuple[Family, ...] | None = None


def preferences_of(connection: Connection, person: str) -> Preferences:
    """What this person chose, or the defaults."""
    body = connection.execute(select(preference.c.body).where(preference.c.person == person)).scalar()
    return Preferences.model_validate_json(body) if body else Preferences()


def set_preferences(writing: Writing, person: str, chosen: Preferences) -> None:
    """Keep what this person chose."""
    writing.connection.execute(delete(preference).where(preference.c.person == person))
    writing.connection.execute(insert(preference).values(person=person, body=chosen.model_dump_json()))
