"""Which command lives in which module, and loading a module only when its command is called.

Engines, codecs and the web server take seconds to load. ``tilik --version`` needs none of them, and neither
does a child process that generates clips, which loads the program's entry point before its work.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from tilik.kernel import Missing

MODULES = {
    "init": "start",
    "link": "start",
    "token": "token",
    "people": "people_erase",
    "guideline": "guideline",
    "frame": "frame",
    "sample": "sample",
    "media": "media",
    "jobs": "jobs",
    "serve": "serve",
    "measure": "measure",
    "export": "measure",
    "exchange": "exchange",
    "webhooks": "webhooks",
    "report": "report",
    "answers": "answers",
    "casebook": "casebook",
    "gold": "gold",
    "quality": "quality",
    "certification": "certification",
    "calibration": "calibration",
    "safety": "safety",
    "retention": "retention",
    "privacy": "privacy",
    "log": "log",
    "stats": "stats",
    "learn": "learn",
    "demo": "demo",
}
"""Every command, in the order of the help, with its module in this folder; each module has an ``add_to``."""


class Doors(TyperGroup):
    """The group of all commands."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands; loads nothing."""
        del ctx
        return list(MODULES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, loaded now. Raises ``Missing`` naming those there are."""
        if cmd_name not in MODULES:
            if ctx.resilient_parsing:
                return None
            there = ", ".join(MODULES)
            raise Missing("command-missing", f"there is no command {cmd_name!r}", mend=f"There are: {there}.")
        if cmd_name not in self.commands:
            part = typer.Typer(rich_markup_mode="markdown")
            import_module(f"tilik.cli.{MODULES[cmd_name]}").add_to(part)
            self.commands.update(get_group(part).commands)
        return self.commands[cmd_name]
