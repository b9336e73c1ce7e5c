"""Calls made on a Ray cluster. Needs the extra ``ray`` here and Tilik of the same version on every node.

Each call is a Ray task that makes it in a guarded child, just as on one machine. When a node dies, Ray makes
the calls that were under way there again elsewhere; those whose outcome has come are over. Files are read by
their paths, which must be the same on every node.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from typing import Any

from tilik.jobs.engines import Made
from tilik.kernel import Missing, Unavailable
from tilik.media.guard import Call, Outcome, run_guarded
from tilik.media.limits import Limits
from tilik.media.result import Condition

NODE_TRIES = 3
"""How often a call is made again because its node, not its file, failed."""

AHEAD = 2
"""Calls under way or waiting for each processor."""


def made_here(call: Call[str], limits: Limits) -> Made:
    """On a node: make one call in a guarded child."""
    return Made(next(run_guarded([call], limits, workers=1)), socket.gethostname())


@dataclass(frozen=True, slots=True)
class OnRay:
    """The cluster at ``address``: ``auto`` for the one this machine is part of."""

    address: str = "auto"

    def make(self, calls: Iterable[Call[str]], limits: Limits) -> Iterator[Made]:
        """The outcomes, as they are ready. Raises ``Missing`` (no Ray), ``Unavailable`` (no cluster)."""
        ray = connected(self.address)
        task = ray.remote(num_cpus=1, max_retries=NODE_TRIES)(made_here)
        source, waiting = iter(calls), dict[Any, str]()
        while True:
            room = max(1, AHEAD * int(ray.cluster_resources().get("CPU", 1))) - len(waiting)
            for call in islice(source, max(0, room)):
                waiting[task.remote(call, limits)] = call.key
            if not waiting:
                return
            ready, _ = ray.wait(list(waiting), num_returns=1)
            for done in ready:
                yield _outcome(ray, done, waiting.pop(done))


def connected(address: str) -> Any:
    """Ray, connected to the cluster. Raises ``Missing``, ``Unavailable``."""
    if find_spec("ray") is None:
        raise Missing("extra-missing", "Ray is not installed", mend="Install tilik[ray].")
    import ray  # noqa: PLC0415  (an extra, and slow to load)

    if not ray.is_initialized():
        try:
            ray.init(address=address, log_to_driver=False, configure_logging=False)
        except (ConnectionError, ValueError, RuntimeError) as failed:
            raise Unavailable(
                "cluster-unreachable",
                f"no Ray cluster answers: {str(failed).splitlines()[0][:200]}",
                where=address,
                mend="Start it with `ray start`, or name its address.",
            ) from None
    return ray


def _outcome(ray: Any, done: Any, key: str) -> Made:
    try:
        made: Made = ray.get(done)
    except ray.exceptions.RayError as failed:
        detail = f"{type(failed).__name__}: {str(failed).splitlines()[0] if str(failed) else ''}"[:300]
        return Made(Outcome(key, failure=Condition(code="crashed", detail=detail)), "")
    return made
