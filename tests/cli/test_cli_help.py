"""Every command explains itself, and its example can be typed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from cli.shell import Tilik
from tilik.cli.doors import MODULES
from tilik.cli.log import ROOMS
from tilik.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
TREE: Any = get_command(app)
STARTS_WITHOUT = ("sqlalchemy", "ibis", "duckdb", "scipy", "numpy", "fastapi", "av", "pyarrow", "ruamel.yaml")


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    with group.make_context(path[-1] if path else "tilik", [], resilient_parsing=True) as context:
        for name in group.list_commands(context):
            found = group.get_command(context, name)
            if isinstance(found, TyperGroup):
                yield from commands(found, (*path, name))
            else:
                yield (*path, name), found


ALL = list(commands(TREE))


def test_all_commands_are_here() -> None:
    wanted = """init link serve measure export demo, frame import, frame list, frame describe, sample plan,
        sample draw, media add, media prepare, log verify, log rebuild, guideline check, guideline show"""
    first, *pairs = [part.split() for part in wanted.split(",")]
    assert {path for path, _ in ALL} >= {*((name,) for name in first), *map(tuple, pairs)}


@pytest.mark.parametrize("path", [path for path, _ in ALL], ids=" ".join)
def test_help_has_a_sentence_and_an_example(tilik: Tilik, path: tuple[str, ...]) -> None:
    ended = tilik(*path, "--help")
    assert (ended.code, ended.err) == (0, "")
    assert "Example:" in ended.out
    for parameter in dict(ALL)[path].params:
        assert getattr(parameter, "help", "") or parameter.name in ("install_completion", "show_completion")


@pytest.mark.parametrize("path", [path for path, _ in ALL], ids=" ".join)
def test_the_example_is_this_command_with_options_that_exist(path: tuple[str, ...]) -> None:
    examples = re.findall(r"Example: `([^`]+)`", dict(ALL)[path].help)
    assert len(examples) == 1
    program, *words = shlex.split(examples[0])
    assert program == "tilik"
    reached, group, context = [], TREE, TREE.make_context("tilik", words)
    while isinstance(group, TyperGroup):
        name, *words = [*context._protected_args, *context.args]
        group = group.get_command(context, name)
        context = group.make_context(name, words, parent=context)  # raises on an option that is not there
        reached.append(name)
    assert tuple(reached) == path


@pytest.mark.parametrize("path", [(), ("frame",), ("log",)], ids=["tilik", "frame", "log"])
def test_a_group_alone_prints_its_help_and_no_error(tilik: Tilik, path: tuple[str, ...]) -> None:
    ended = tilik(*path)
    assert (ended.code, ended.err) == (2, "")
    assert "Usage" in ended.out


def test_the_doors_lead_to_every_module_with_commands() -> None:
    for name, module in MODULES.items():
        assert callable(import_module(f"tilik.cli.{module}").add_to), name


def loaded_by(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_starting_loads_no_engine() -> None:
    loaded = loaded_by("import tilik.cli.main")
    assert "typer" in loaded
    assert loaded.isdisjoint(STARTS_WITHOUT)


def test_folding_the_log_loads_every_room_with_events() -> None:
    loaded = loaded_by("\n".join(f"import tilik.{room}" for room in ROOMS))
    folder = ROOT / "src" / "tilik"
    for file in folder.rglob("*.py"):
        if re.search(r"^class \w+\(Event, type=|^@applies\(", file.read_text(), re.M):
            assert ".".join(file.relative_to(folder.parent).with_suffix("").parts) in loaded
