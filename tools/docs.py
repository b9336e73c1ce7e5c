"""Writes ``docs/commands.md``, ``docs/events.md`` and the matrix in ``docs/access.md`` from the code; a test
holds them to it."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Iterator
from importlib import import_module
from inspect import cleandoc, getsource
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typer.core import TyperGroup
from typer.main import get_command

from tilik.access.events import Role
from tilik.api.app import ROUTERS
from tilik.api.doors import Door, matrix
from tilik.cli.log import ROOMS
from tilik.cli.main import app
from tilik.log import Event, event_types

DOCS = Path(__file__).resolve().parents[1] / "docs"
COMMANDS, EVENTS, ACCESS = DOCS / "commands.md", DOCS / "events.md", DOCS / "access.md"
MATRIX = ("<!-- matrix: written from the routes by `python tools/docs.py` -->\n", "<!-- end of matrix -->\n")
COMMANDS_HEAD = """# Commands

<!-- Written from the code by `python tools/docs.py`. -->
`tilik` works on one folder, the **workspace**: `./tilik-data`, or the one that `TILIK_WORKSPACE` names, or
the one given before the command: `tilik --workspace FOLDER …`.

- Whatever prints data takes `--json` and then prints exactly one JSON value on stdout. Progress goes to
  stderr.
- Bad input ends with exit code 2 and one line on stderr that says what is wrong, where, and how to mend it.
  Nothing is left half made.
- `-h` or `--help` after any command says what this page says.
"""
EVENTS_HEAD = """# Events

<!-- Written from the code by `python tools/docs.py`. -->
Whatever people or jobs decide is one event in one log, written in the same transaction as the tables that
it changes. Each entry holds its position, its time, who acted, and the event's type, subject and body; it
is sealed by a SHA-256 over all of that and over the entry before it. `tilik log verify` walks the chain,
`tilik log rebuild` makes the tables anew from it.

Events hold ids, codes, numbers and digests. Names and free text never enter: they are erasable rows
elsewhere, and the event carries their digest. Bulk data is cited by its content hash. The **subject**, by
which the audit trail finds an event, is its first field.
"""
ROOMS_OF_EVENTS = {
    "access": "People",
    "privacy": "Privacy",
    "retention": "Retention",
    "frame": "Frames",
    "study": "Guidelines and studies",
    "media": "Media",
    "review": "Review",
    "exchange": "Exchange",
    "exchange.webhooks": "Webhooks",
    "answers": "Machine answers",
    "casebook": "Casebook",
    "learn": "Learning",
    "talk": "Talk",
    "quality.adjudication": "Adjudication and disputes",
    "quality.calibration": "Calibration",
    "quality.certification": "Certification",
    "quality.gold": "Gold",
    "answers.gold": "Gold among machine answers",
    "quality.people": "Targets of people",
    "library": "Library",
    "safety": "Child safety",
}


def commands_page() -> str:
    """The page of every command with its arguments, options, defaults and example."""
    found = list(_commands(get_command(app), ()))
    index = [
        f"| [`{' '.join(path)}`](#tilik-{'-'.join(path)}) | {_summary(command)} |" for path, command in found
    ]
    table = "| command | what it does |\n|---|---|\n" + "\n".join(index) + "\n"
    return "\n".join([COMMANDS_HEAD, table, *(_command(*one) for one in found)])


def events_page() -> str:
    """The page of every event type with its meaning and fields."""
    for room in ROOMS:
        import_module(f"tilik.{room}")
    return "\n".join([EVENTS_HEAD, *(_room(room, title) for room, title in ROOMS_OF_EVENTS.items())])


def access_page() -> str:
    """``docs/access.md`` with its matrix of routes and roles as the routes are now; all else stays."""
    before, _, rest = ACCESS.read_text(encoding="utf-8").partition(MATRIX[0])
    _, _, after = rest.partition(MATRIX[1])
    return f"{before}{MATRIX[0]}{_matrix()}{MATRIX[1]}{after}"


def _matrix() -> str:
    roles = get_args(Role)
    head = f"| route | {' | '.join(roles)} | |\n|---|{'---|' * (len(roles) + 1)}\n"
    rows = [
        f"| `{door.method} {door.path}` | {' | '.join(_lets_in(door, role) for role in roles)} "
        f"| {' '.join(door.what.split())} |"
        for door in matrix(ROUTERS)
    ]
    return head + "\n".join(rows) + "\n"


def _lets_in(door: Door, role: str) -> str:
    return "open" if door.roles is None else "✓" if role in door.roles else ""


# ------------------------------------------------------------------------------------------- commands
def _commands(group: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    with group.make_context(path[-1] if path else "tilik", [], resilient_parsing=True) as context:
        for name in group.list_commands(context):
            found = group.get_command(context, name)
            if isinstance(found, TyperGroup):
                yield from _commands(found, (*path, name))
            else:
                yield (*path, name), found


def _summary(command: Any) -> str:
    return " ".join(str(command.help).partition("\n\n")[0].split())


def _command(path: tuple[str, ...], command: Any) -> str:
    text, _, example = cleandoc(command.help).partition("Example: ")
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option" and one.name != "help"]
    rows = [*map(_argument, arguments), *map(_option, options)]
    table = "| | | default |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    return "\n".join(
        [
            f"## tilik {' '.join(path)}\n",
            f"{text.strip()}\n",
            f"```sh\n{example.strip().strip('`')}\n```\n",
            *([table] if rows else []),
        ]
    )


def _argument(argument: Any) -> str:
    name = argument.name.upper() + (" …" if argument.nargs == -1 else "")
    return f"| `{name}` | {argument.help} | {'required' if argument.required else ''} |"


def _option(option: Any) -> str:
    names = ", ".join(f"`{name}`" for name in [*option.opts, *option.secondary_opts])
    choices = _choices(option)
    said = f"{option.help}{f' One of {choices}.' if choices else ''}"
    return f"| {names} | {said} | {_default(option)} |"


def _choices(option: Any) -> str:
    asked = option.type_descriptor.annotation
    return ", ".join(f"`{choice}`" for choice in get_args(asked)) if get_origin(asked) is Literal else ""


def _default(option: Any) -> str:
    if option.required:
        return "required"
    if option.is_flag and option.secondary_opts:
        return f"`{option.opts[0] if option.default else option.secondary_opts[0]}`"
    if option.is_flag or option.default in (None, "", [], ()):
        return ""
    return f"`{option.default}`"


# --------------------------------------------------------------------------------------------- events
def _room(room: str, title: str) -> str:
    source = getsource(import_module(f"tilik.{room}.events"))
    declared = [event for event in event_types().values() if event.__module__ == f"tilik.{room}.events"]
    in_order = sorted(declared, key=lambda event: source.index(f"class {event.__name__}("))
    return "\n".join([f"## {title}\n", *map(_event, in_order)])


def _event(event: type[Event]) -> str:
    rows = [f"| `{name}` | {_field(field)} |" for name, field in event.model_fields.items()]
    text = re.sub(r"``([^`]*)``", r"`\1`", cleandoc(event.__doc__ or ""))
    return f"### {event.type}\n\n{text}\n\n| field | holds |\n|---|---|\n" + "\n".join(rows) + "\n"


def _field(field: FieldInfo) -> str:
    left_out = "" if field.is_required() else f"; `{json.dumps(field.default)}` if left out"
    return _type(field.annotation) + left_out


def _type(annotation: Any) -> str:
    """A type in the words of JSON."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return _listed([f"`{value}`" for value in inside])
    if origin in (Union, types.UnionType):
        return _listed([_type(one) for one in inside])
    if origin is list or (origin is tuple and Ellipsis in inside):
        return f"list of {_type(inside[0])}"
    if origin is tuple:
        return f"[{', '.join(map(_type, inside))}]"
    return f"map of {_type(inside[1])}" if origin is dict else _plain(annotation)


def _listed(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]])


def _plain(annotation: Any) -> str:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"record of {', '.join(f'`{name}`' for name in annotation.model_fields)}"
    words = {str: "text", int: "whole number", float: "number", bool: "true or false", type(None): "null"}
    return words.get(annotation, "any JSON")


if __name__ == "__main__":
    COMMANDS.write_text(commands_page(), encoding="utf-8")
    EVENTS.write_text(events_page(), encoding="utf-8")
    ACCESS.write_text(access_page(), encoding="utf-8")
