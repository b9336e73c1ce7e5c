"""What happens to one file inside the guarded child when only its signals, or its fingerprint, are wanted."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, TypeVar

from av.error import FFmpegError

from tilik.kernel import Evidence
from tilik.media import hashing
from tilik.media.around import NOTHING_AROUND, Around
from tilik.media.facts import declared_seconds, look, tracks
from tilik.media.families import Fingerprint, fingerprint
from tilik.media.hashing import Hashes
from tilik.media.inside import condition_of, content_hash, measured, stored_size
from tilik.media.limits import Limits
from tilik.media.opening import Stop, name_failure, open_media
from tilik.media.reading import Ear, Tally, Walk
from tilik.media.result import Condition, Curves, Probe, Result, SignalReport
from tilik.media.signals import BY_FILE, TOLD, Signals
from tilik.media.small import Analyser, Shrink, small_size

Tier = Literal[0, 1, 2]
T = TypeVar("T")


def settled(work: Callable[[], T]) -> T | Condition:
    """The result of ``work``, or the condition that a file's fault amounts to."""
    try:
        return work()
    except Stop as stop:
        return stop.condition
    except (FFmpegError, ValueError, OSError, MemoryError) as failed:
        code, detail = name_failure(failed)
        return Condition(code=code, detail=detail)


def signals_inside(source: Path, tier: Tier, limits: Limits) -> SignalReport:
    """The signals of one file. Never raises for what the file holds."""
    started = time.process_time()
    report = SignalReport(
        file=source.name, content_hash=content_hash(source), tier=tier, condition=Condition(code="ready")
    )
    found = settled(lambda: _quick(source, report, limits) if tier == 0 else _whole(source, report, limits))
    made = report.model_copy(update={"condition": found}) if isinstance(found, Condition) else found
    return made.model_copy(update={"cpu_seconds": round(time.process_time() - started, 3)})


def _quick(source: Path, report: SignalReport, limits: Limits) -> SignalReport:
    probe, seen, signals = look(source, limits), Hashes(), Signals(BY_FILE)
    tally, _ = _walk(source, probe, [seen], (), limits, keys_only=True)
    signals.read_file(source, limits)
    told = signals.results(report.file, probe.seconds)
    broken = Condition(code="partly-readable", reason="damaged", detail="; ".join(tally.notes))
    return report.model_copy(
        update={
            "condition": broken if tally.broken else report.condition,
            "probe": probe,
            "captions": tuple(signals.captions),
            "evidence": evidence_in(told),
            "hashes": seen.in_hex,
            "analysers": (hashing.KEYS_SOURCE, *(result.source for result in told)),
        }
    )


def _whole(source: Path, report: SignalReport, limits: Limits) -> SignalReport:
    probe, signals = look(source, limits), Signals(TOLD)
    tally, claimed = _walk(source, probe, signals.visual, signals.ears, limits)
    signals.close()
    signals.read_file(source, limits)
    condition = condition_of(tally, claimed, probe)
    probe = measured(probe, tally)
    told = signals.results(report.file, probe.seconds)
    return report.model_copy(
        update={
            "condition": condition,
            "probe": probe,
            "flash": signals.flash.summary(),
            "loudness": signals.loudness.summary(),
            "look": signals.look.summary(probe.seconds),
            "captions": tuple(signals.captions),
            "evidence": evidence_in(told),
            "curves": Curves.model_validate({k: row for result in told for k, row in result.curves.items()}),
            "hashes": signals.hashes.in_hex,
            "analysers": tuple(result.source for result in told if not result.failed),
        }
    )


def evidence_in(results: Sequence[Result]) -> tuple[Evidence, ...]:
    """All of their evidence, in order."""
    return tuple(item for result in results for item in result.evidence)


def measure_inside(
    source: Path, names: Sequence[str], seconds: float, limits: Limits, around: Around = NOTHING_AROUND
) -> tuple[Result, ...] | Condition:
    """What these analysers of tier 1 say of a file known to last so long; one pass for all of them."""
    signals = Signals(names)

    def work() -> tuple[Result, ...]:
        if signals.decodes:
            _walk(source, look(source, limits), signals.visual, signals.ears, limits)
            signals.close()
        signals.read_file(source, limits, around)
        return signals.results("", seconds)

    return settled(work)


def fingerprint_inside(source: Path, video: str, limits: Limits) -> Fingerprint | Condition:
    """The hashes of one file and the variants it is looked up by, or why there are none."""
    seen = Hashes(queries=True)

    def work() -> Fingerprint:
        _walk(source, look(source, limits), [seen], (), limits)
        return fingerprint(video, seen)

    return settled(work)


def _walk(
    source: Path,
    probe: Probe,
    analysers: Sequence[Analyser],
    ears: Sequence[Ear],
    limits: Limits,
    *,
    keys_only: bool = False,
) -> tuple[Tally, float]:
    shrink = Shrink(small_size(*stored_size(probe)), analysers)
    with open_media(source, limits) as container:
        found = tracks(container)
        claimed = declared_seconds(container, found.video)
        tally = Walk(container, found, limits, eyes=[shrink], ears=ears, keys_only=keys_only).run()
    shrink.flush()
    if not tally.pictures:
        raise Stop("unreadable", "; ".join(tally.notes) or "no picture could be decoded")
    return tally, claimed
