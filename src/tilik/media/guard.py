"""Calls that touch media run in child processes that may hang, be killed or run out of memory alone.

A call that ends badly becomes a ``Condition``; its neighbours go on. Children come from a fork server
that has already loaded the codecs, so one costs milliseconds, and are replaced after some calls.
"""

from __future__ import annotations

import errno
import os
import queue
import resource
import signal
from collections.abc import Callable, Hashable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as Expired
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from tilik.media.limits import Limits
from tilik.media.result import Condition, ConditionCode

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
CALLS_PER_CHILD = 50
"""A child is replaced after this many calls: codecs leak, and damage must not add up."""

AHEAD = 4
"""Calls that wait for each child, so that none stands idle."""

TRIES = 2
RETRIED = ("crashed", "timed-out")


@dataclass(frozen=True, slots=True)
class Call(Generic[K]):
    """One guarded call: ``function(*arguments)``, known as ``key`` (unique within a run)."""

    key: K
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[K]):
    """What became of a call: its ``value``, or the ``failure`` that ended its child."""

    key: K
    value: Any = None
    failure: Condition | None = None


def _settle(limits: Limits) -> None:
    """In a fresh child: memory, file size, descriptors; no core files; one thread per library."""
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
    _lower(resource.RLIMIT_AS, limits.memory_bytes)
    _lower(resource.RLIMIT_FSIZE, limits.output_bytes)
    _lower(resource.RLIMIT_NOFILE, limits.descriptors)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(what: int, wanted: int) -> None:
    _, hard = resource.getrlimit(what)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(what, (limit, hard))


def _guarded(cpu_seconds: int, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """In the child: give this call its own allowance of processor time, then make it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + cpu_seconds + 1)
    return function(*arguments)


def run_guarded(calls: Iterable[Call[K]], limits: Limits, *, workers: int) -> Iterator[Outcome[K]]:
    """Make the calls in ``workers`` children; outcomes come as they are ready, one for each call.

    Calls are taken from the iterable as children become free, so there may be millions of them. A child
    that crashed or timed out is tried once more; processor time, memory and errors are not.
    """
    done: queue.SimpleQueue[tuple[Call[K], int, Future[Any]]] = queue.SimpleQueue()
    context = get_context("forkserver")
    context.set_forkserver_preload(["tilik.media.inside"])
    with ProcessPool(
        workers, max_tasks=CALLS_PER_CHILD, initializer=_settle, initargs=(limits,), context=context
    ) as pool:

        def start(call: Call[K], attempt: int) -> None:
            args = (limits.cpu_seconds, call.function, call.arguments)
            future = pool.schedule(_guarded, args=args, timeout=limits.wall_seconds)
            future.add_done_callback(partial(_book, done, call, attempt))

        source, waiting = iter(calls), 0
        for call in islice(source, workers * AHEAD):
            start(call, 1)
            waiting += 1
        while waiting:
            call, attempt, future = done.get()
            outcome = outcome_of(call.key, future, limits)
            if outcome.failure and outcome.failure.code in RETRIED and attempt < TRIES:
                start(call, attempt + 1)
                continue
            waiting -= 1
            for following in islice(source, 1):
                start(following, 1)
                waiting += 1
            yield outcome


def _book(
    done: queue.SimpleQueue[tuple[Call[K], int, Future[Any]]],
    call: Call[K],
    attempt: int,
    future: Future[Any],
) -> None:
    done.put((call, attempt, future))


def outcome_of(key: K, future: Future[Any], limits: Limits) -> Outcome[K]:
    """The outcome of a finished future: every way in which a child can end has a name."""
    try:
        return Outcome(key, value=future.result())
    except Expired:
        detail = f"no end within {limits.wall_seconds:g} s"
        return Outcome(key, failure=Condition(code="timed-out", detail=detail))
    except ProcessExpired as expired:
        return Outcome(key, failure=_died(int(expired.exitcode), limits))
    except (Exception, CancelledError) as failed:
        detail = f"{type(failed).__name__}: {failed}"[:300]
        return Outcome(key, failure=Condition(code=_raised(failed), detail=detail))


def _raised(failed: BaseException) -> ConditionCode:
    if isinstance(failed, MemoryError):
        return "out-of-memory"
    full = isinstance(failed, OSError) and failed.errno in (errno.EFBIG, errno.ENOSPC, errno.EDQUOT)
    return "no-space" if full else "crashed"


def _died(exit_code: int, limits: Limits) -> Condition:
    if exit_code == -signal.SIGXCPU:
        return Condition(code="timed-out", detail=f"{limits.cpu_seconds} s of processor time used up")
    if exit_code == -signal.SIGXFSZ:
        return Condition(code="no-space", detail=f"output over {limits.output_bytes} bytes")
    named = signal.Signals(-exit_code).name if 0 < -exit_code < 65 else str(exit_code)
    return Condition(code="crashed", detail=f"the child ended with {named}")
