"""A room that follows another's events acts whoever records them."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import tilik

ROOT = Path(tilik.__file__).parent
ALONE = """
from tilik.store.store import followers_of
print(sorted(follower.__module__ for follower in followers_of("judgement-submitted")))
print(followers_of("signed-in"))
"""


def declared() -> Iterator[tuple[str, str]]:
    """(event type, module) of each ``@follows`` in the sources."""
    for file in ROOT.rglob("*.py"):
        text = file.read_text("utf-8")
        if "@follows(" not in text:
            continue
        module = ".".join(file.relative_to(ROOT.parent).with_suffix("").parts)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "follows":
                yield from ((one.value, module) for one in node.args if isinstance(one, ast.Constant))


def test_nobody_need_know_a_follower_by_name() -> None:
    said = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines() == [
        "['tilik.casebook.filing', 'tilik.exchange.webhooks.hearing', 'tilik.quality.certification.act']",
        "[]",
    ]


def test_every_follower_has_its_entry_points() -> None:
    entries = distribution("tilik").entry_points.select(group="tilik.followers")
    named = {(entry.name, entry.value) for entry in entries}
    assert named == {(f"{kind}.{module.split('.')[1]}", module) for kind, module in declared()}
    assert named
