"""Signals and families of plain files, without a workspace; every file in a guarded child."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tilik.media import measuring, tiers
from tilik.media.families import Fingerprint
from tilik.media.guard import Call, run_guarded
from tilik.media.inside import content_hash
from tilik.media.limits import DEFAULT, Limits
from tilik.media.measuring import Tier
from tilik.media.result import Condition, SignalReport


def signals_of(
    files: Sequence[Path], *, tier: Tier = 1, workers: int = 2, limits: Limits = DEFAULT
) -> Iterator[SignalReport]:
    """What the analysers say of each file, as they are ready; a file's fault is its report's condition."""
    calls = [Call(k, tiers.report_inside, (file, tier, limits)) for k, file in enumerate(files)]
    for outcome in run_guarded(calls, limits, workers=workers):
        if outcome.failure is None:
            report: SignalReport = outcome.value
            yield report
        else:
            file = files[outcome.key]
            yield SignalReport(
                file=file.name, content_hash=content_hash(file), tier=tier, condition=outcome.failure
            )


def fingerprints_of(
    files: Sequence[Path], *, workers: int = 2, limits: Limits = DEFAULT
) -> Iterator[tuple[Path, Fingerprint | Condition]]:
    """Each file's fingerprint (known by the file's name), or the condition that left it without one."""
    calls = [Call(k, measuring.fingerprint_inside, (file, file.name, limits)) for k, file in enumerate(files)]
    for outcome in run_guarded(calls, limits, workers=workers):
        found = outcome.value if outcome.failure is None else outcome.failure
        yield files[outcome.key], found
