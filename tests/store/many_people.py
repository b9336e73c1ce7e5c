"""A process of its own that opens a workspace, says so, waits for a line, and adds people, one write each."""

from __future__ import annotations

import sys
from pathlib import Path

from tilik.access import add_person
from tilik.store import open_workspace


def main(folder: str, count: str) -> None:
    workspace = open_workspace(Path(folder))
    print("open", flush=True)
    sys.stdin.readline()
    for number in range(int(count)):
        with workspace.store.write() as writing:
            add_person(writing, name=f"Person {number}", roles=("reviewer",))
    workspace.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
