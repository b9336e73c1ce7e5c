"""The room does no I/O: text and values in, values out."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import tilik.guideline

ROOM = Path(tilik.guideline.__file__).parent
PURE = {"__future__", "collections", "dataclasses", "itertools", "json", "re", "statistics", "typing"}
ALLOWED = PURE | {"pydantic", "pydantic_core", "ruamel", "tilik"}
FORBIDDEN_CALLS = {"open", "print", "input", "exec", "eval", "__import__"}


@pytest.mark.parametrize("file", sorted(ROOM.glob("*.py")), ids=lambda file: file.name)
def test_no_module_imports_or_calls_io(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= ALLOWED, imported - ALLOWED
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & FORBIDDEN_CALLS


def test_everything_public_is_there_and_explained() -> None:
    for name in tilik.guideline.__all__:
        thing = getattr(tilik.guideline, name)
        if getattr(thing, "__module__", "").startswith("tilik.guideline") and callable(thing):
            assert thing.__doc__, name
    assert sorted(tilik.guideline.__all__) == sorted(set(tilik.guideline.__all__))
