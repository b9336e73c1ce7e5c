"""Writes ``src/tilik/client/operations.py``: a method for each operation of the API that a token may call.

A generator of our own because the public ones make a module for each of the hundred operations and as many
models; here the answers are JSON as the API's description (``web/openapi.json``) has them.
"""

from __future__ import annotations

import json
import keyword
import subprocess
import sys
from pathlib import Path
from textwrap import wrap
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DESCRIPTION = ROOT / "web" / "openapi.json"
FILE = ROOT / "src" / "tilik" / "client" / "operations.py"
BROWSERS_OWN = ("/api/session", "/api/account", "/api/sign-in", "/api/tokens", "/media")
"""What belongs to people at a browser: no token opens it."""
PEOPLES_OWN = "/api/people"
"""Tokens may look at people, never change them."""

HEAD = '''"""Every operation of the API that a token may call. Written by `python tools/client.py`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any


class Operations(ABC):
    """One method for each operation, named as in the API's description; each returns its JSON.

    Raises what :class:`tilik.client.Client` raises.
    """

    @abstractmethod
    def ask(
        self,
        method: str,
        path: str,
        places: Mapping[str, str],
        query: Mapping[str, Any],
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        """Ask the server; the client does."""
'''
TYPES = {"string": "str", "boolean": "bool", "integer": "int", "number": "float"}


def text() -> str:
    """The module as it is committed."""
    paths = json.loads(DESCRIPTION.read_text(encoding="utf-8"))["paths"]
    found = [
        (method.upper(), path, operation)
        for path, methods in paths.items()
        for method, operation in methods.items()
        if _for_tokens(method, path)
    ]
    return _formatted(HEAD + "".join(_method(*one) for one in found))


def _for_tokens(method: str, path: str) -> bool:
    if path.startswith(PEOPLES_OWN) and method != "get":
        return False
    return not path.startswith(BROWSERS_OWN)


def _method(method: str, path: str, operation: dict[str, Any]) -> str:
    asked = operation.get("parameters", [])
    places = [one["name"] for one in asked if one["in"] == "path"]
    query = sorted((one for one in asked if one["in"] == "query"), key=lambda one: not one.get("required"))
    sent = operation.get("requestBody")
    needed = bool(sent and sent.get("required"))
    arguments = ["self", *(f"{_name(name)}: str" for name in places)]
    if sent:
        arguments.append("body: Mapping[str, Any]" + ("" if needed else " | None = None"))
    if query:
        arguments += ["*", *map(_argument, query)]
    mapped = [
        "{" + ", ".join(f'"{name}": {_name(name)}' for name in names) + "}"
        for names in (places, [one["name"] for one in query])
    ]
    call = ", ".join([f'"{method}"', f'"{path}"', *mapped, *(["body"] if sent else [])])
    said = " ".join(operation["description"].split())
    return (
        f"\n    def {operation['operationId']}({', '.join(arguments)}) -> Any:\n"
        f"        {_docstring(said, f'`{method} {path}`')}\n        return self.ask({call})\n"
    )


def _docstring(said: str, address: str) -> str:
    lines = [*wrap(said, 98), "", address]
    return '"""' + "\n        ".join(lines).replace("\n        \n", "\n\n") + '\n        """'


def _name(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _argument(one: dict[str, Any]) -> str:
    kind = _type(one["schema"])
    required = one.get("required", False)
    return f"{_name(one['name'])}: {kind}" if required else f"{_name(one['name'])}: {kind} | None = None"


def _type(schema: dict[str, Any]) -> str:
    kinds = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    if kinds[0].get("type") == "array":
        return f"Sequence[{_type(kinds[0]['items'])}]"
    return TYPES.get(kinds[0].get("type", ""), "str")


def _formatted(code: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(FILE), "-"]
    return subprocess.run(command, input=code, capture_output=True, check=True, text=True).stdout


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
