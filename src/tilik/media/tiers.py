"""Tier 2 on top of tier 1: what the text analysers need from the others, and a whole report of a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tilik.kernel import Evidence, Span
from tilik.media.lexicon import shipped_text
from tilik.media.limits import Limits
from tilik.media.measuring import Tier, signals_inside
from tilik.media.result import Condition, Result, SignalReport
from tilik.media.tier2 import Heard, Texts, lacking, sources_for, spoken_in, tier2_inside


def shots_in(evidence: Iterable[Evidence]) -> tuple[Span, ...]:
    """Where each shot lies."""
    return tuple(item.span for item in evidence if item.kind == "shot")


def texts_in(evidence: Iterable[Evidence], title: str = "") -> Texts:
    """The words that came with a video, what was recognised in it, and the shipped lexicon to look by."""
    told = list(evidence)
    cues = tuple((e.span, e.value) for e in told if e.kind == "caption" and isinstance(e.value, str))
    return Texts(title=title, captions=cues, lexicon=shipped_text(), spoken=spoken_in(told))


def failed(names: Sequence[str], texts: Texts, why: Condition) -> list[Result]:
    """Results that say why there are none: what ended badly is not tried again by every run."""
    said = f"{why.code}: {why.detail}".strip(": ")
    return [
        Result(source=source, failed=said) for name, source in sources_for(texts).items() if name in names
    ]


def report_inside(source: Path, tier: Tier, limits: Limits) -> SignalReport:
    """Everything up to this tier that can be said of one file. Never raises for what the file holds."""
    report = signals_inside(source, tier, limits)
    if tier < 2 or report.probe is None:
        return report
    texts = texts_in(report.evidence)
    found = tier2_inside(source, shots_in(report.evidence), report.probe.seconds, texts, limits)
    if isinstance(found, Condition):
        found = Heard(tuple(failed(list(sources_for(texts)), texts, found)))
    told = [e.model_copy(update={"video": report.file}) for result in found.results for e in result.evidence]
    return report.model_copy(
        update={
            "evidence": (*report.evidence, *told),
            "analysers": (*report.analysers, *(r.source for r in found.results if not r.failed)),
            "lacking": tuple(f"{name} ({why})" for name, why in lacking().items()),
        }
    )
