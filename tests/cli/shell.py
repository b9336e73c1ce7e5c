"""What a command of ``tilik`` comes to: what it printed and its exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)


Tilik = Callable[..., Ended]


def refused(ended: Ended, *parts: str) -> None:
    """It ended with exit 2 and exactly one line that holds these parts, and printed nothing else."""
    assert (ended.code, ended.out) == (2, "")
    lines = ended.err.splitlines()
    assert len(lines) == 1, ended.err
    assert lines[0].startswith("tilik: ")
    for part in parts:
        assert part in lines[0]


FRAME = "video,impressions,score_harm,lang\n" + "".join(
    f"v{at:03},{1000 + 37 * at},{(at % 10) / 10},{'id' if at % 2 else 'jv'}\n" for at in range(60)
)
