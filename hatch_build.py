"""The wheel carries the web app and the guidelines; an editable install reads both from the checkout."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CarryWebAndGuidelines(BuildHookInterface):  # type: ignore[type-arg]
    """Builds ``web/`` before the wheel is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the two folders to a real wheel, and nothing to an editable one."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "tools"))
        import web  # noqa: PLC0415  (it stands in tools/, beside this file, not on the path)

        build_data["force_include"][str(web.build())] = "tilik/web_dist"
        build_data["force_include"][str(Path(self.root) / "guidelines")] = "tilik/guidelines"
