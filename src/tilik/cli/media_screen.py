"""``tilik media screen``: look videos up in hash lists before any person sees them."""

from __future__ import annotations

import os
from collections import Counter
from typing import Annotated

import typer

from tilik.cli.console import AsJson, err, print_json, print_table, steps
from tilik.cli.place import workspace
from tilik.exchange import Hma, lock_known, screen_waiting, unscreened
from tilik.exchange.hma import TIMEOUT
from tilik.kernel import Invalid, Missing, Unavailable
from tilik.safety import seal_stopped
from tilik.store import Workspace

SERVER, INNOCENT = "TILIK_HMA_URL", "TILIK_HMA_INNOCENT"
"""Where the hash server is; which of its banks, with commas between, hold what may be seen."""

AT_START = 2.0
"""Seconds that the start of the server waits for the hash server's answer, at most, a try."""

Retry = Annotated[bool, typer.Option("--retry", help="Also files of which no hash could be made before.")]
Workers = Annotated[int, typer.Option(help="Files at once.", min=1, max=64)]


def server(timeout: float = TIMEOUT) -> Hma | None:
    """The hash server that the environment names, if any. Raises ``Invalid`` for a bad address."""
    url = os.environ.get(SERVER, "").strip()
    return Hma(url, timeout=timeout) if url else None


def screen(workers: Workers = 2, retry: Retry = False, as_json: AsJson = False) -> None:
    """Look every video up that was not, by hash, in the server that TILIK_HMA_URL names; lock what matches.

    `tilik media prepare` does the same first. A match in a bank that TILIK_HMA_INNOCENT names does not lock.

    Example: `tilik media screen --workers 4`
    """
    with workspace() as opened:
        found = screened(opened, workers=workers, quiet=as_json, retry=retry)
    if found is None:
        raise Missing("hma-none", "no hash server is named", where=SERVER, mend=f"Set {SERVER}.")
    if as_json:
        print_json([{"video": video, "state": state} for video, state in found])
    else:
        print_table(("look-up", "videos"), sorted(Counter(state for _, state in found).items()))


def screened(
    opened: Workspace, *, workers: int, quiet: bool, retry: bool = False
) -> list[tuple[str, str]] | None:
    """Look up what was not, where a server is named, else ``None``; what is known is locked anyway."""
    lock_known(opened.store)
    asked = server()
    if asked is None:
        return None
    innocent = [name.strip() for name in os.environ.get(INNOCENT, "").split(",") if name.strip()]
    found = []
    with steps(quiet=quiet) as progress:
        bar = progress.add_task("Looking up hashes", total=len(unscreened(opened.store, retry=retry)))
        for video, screening in screen_waiting(
            opened.store, asked, innocent=innocent, workers=workers, retry=retry
        ):
            found.append((video.id, screening.state))
            progress.advance(bar)
            if screening.banks:
                err.print(f"{video.id}: locked, known to {', '.join(screening.banks)}", markup=False)
    seal_stopped(opened)
    return found


def warn_unscreened(opened: Workspace) -> None:
    """Say, when serving begins, what stands between people and known material."""
    try:
        asked = server(timeout=AT_START)
        if asked is None:
            err.print(f"No hash server is named ({SERVER}): videos are not looked up before people see them.")
            return
        asked.status()
    except (Unavailable, Invalid) as failed:
        err.print(f"Videos cannot be looked up before people see them: {failed}", markup=False)
        return
    waiting = len(unscreened(opened.store))
    if waiting:
        err.print(f"{waiting} videos were never looked up. Run: tilik media screen")
