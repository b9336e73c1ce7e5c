"""``tilik media signals``: what the analysers say of plain files, without a workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, cast

import typer

from tilik.cli.console import AsJson, err, out, print_json, print_table, steps
from tilik.cli.files import find_videos
from tilik.kernel import Evidence, Invalid, Json, Missing
from tilik.media.measuring import Tier
from tilik.media.result import SignalReport
from tilik.media.signal_files import signals_of
from tilik.media.timeline import timelines_svg
from tilik.media.timeline_png import png_of

Path_ = Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help="A video file, or a folder of them.")]
Level = Annotated[
    int,
    typer.Option(help="0 key pictures only, 1 one pass over all, 2 speech and text too.", min=0, max=2),
]
Plot = Annotated[
    Path | None, typer.Option(metavar="OUT.svg|.png", help="Draw the time lines into this file.")
]
Workers = Annotated[int, typer.Option(help="Files at once.", min=1, max=64)]
QUOTED = 4
"""Texts that the table quotes of each kind; the rest is in the JSON."""


def signals(
    path: Path_, tier: Level = 1, plot: Plot = None, workers: Workers = 2, as_json: AsJson = False
) -> None:
    """Say what can be measured in videos: shots, flashes, loudness, silence, captions, black, still.

    Signals are evidence, never verdicts. Nothing is kept but what `--plot` writes.

    Example: `tilik media signals clips/ --plot clips.svg`
    """
    files = find_videos(path)
    if not files:
        raise Missing("file-unreadable", "no video files", where=str(path))
    if plot is not None and plot.suffix.lower() not in (".svg", ".png"):
        raise Invalid(
            "plot-format",
            "the picture is an SVG or a PNG file",
            where=str(plot),
            mend="End its name in .svg or .png",
        )
    reports = measured(files, cast(Tier, tier), workers, quiet=as_json)
    if plot is not None:
        _draw(plot, timelines_svg(reports))
    if as_json:
        told: list[Json] = [report.model_dump(mode="json") for report in reports]
        print_json(told)
        return
    for report in reports:
        _print(report)
    lacking = sorted({kind for report in reports for kind in report.lacking})
    if lacking:
        err.print(f"Not measured, for want of an analyser: {', '.join(lacking)}.", markup=False)
    if plot is not None:
        err.print(f"Drawn: {plot}", markup=False)


def _draw(plot: Path, svg: str) -> None:
    """Write the picture in the format that its name ends in. Raises ``Missing`` where that is impossible."""
    made = png_of(svg) if plot.suffix.lower() == ".png" else svg.encode()
    try:
        plot.write_bytes(made)
    except OSError as error:
        raise Missing(
            "file-unwritable", f"cannot be written: {error.strerror or error}", where=str(plot)
        ) from None


def measured(files: list[Path], tier: Tier, workers: int, *, quiet: bool) -> list[SignalReport]:
    """The reports in order of file name."""
    with steps(quiet=quiet) as progress:
        bar = progress.add_task("Measuring", total=len(files))
        reports = []
        for report in signals_of(files, tier=tier, workers=workers):
            reports.append(report)
            progress.advance(bar)
    return sorted(reports, key=lambda report: report.file)


def _print(report: SignalReport) -> None:
    out.print(f"\n{report.file}", style="bold", markup=False)
    state = report.condition
    if state.code != "ready":
        out.print(" ".join(part for part in (state.code, state.reason, state.detail) if part), markup=False)
    rows = [row for row in _rows(report) if row[1]]
    if rows:
        print_table(("signal", "said"), rows)


def _rows(report: SignalReport) -> list[tuple[str, str]]:
    probe, loud, look = report.probe, report.loudness, report.look
    counts = Counter(e.kind for e in report.evidence)
    pace = next((e.value for e in report.evidence if e.kind == "pace" and isinstance(e.value, dict)), {})
    size = f"{probe.width} × {probe.height}, {probe.seconds:.2f} s, {probe.video_codec}" if probe else ""
    flash = f"{report.flash.general}, red {report.flash.red}" if report.flash else ""
    return [
        ("file", size),
        ("shots", f"{counts['shot']}, {pace['cuts_per_minute']} changes a minute" if pace else ""),
        ("flashes", flash),
        ("loudness", _loudness(report) if loud else "no sound" if probe and report.tier else ""),
        ("jumps, silences", f"{counts['loudness']}, {counts['silence']}" if loud else ""),
        ("colour, motion", f"{look.colourfulness}, {look.motion}" if look else ""),
        ("black, still", f"{look.black_seconds} s, {look.still_seconds} s" if look else ""),
        ("captions", ", ".join(f"{t.name}: {t.refused or f'{t.cues} cues'}" for t in report.captions)),
        ("hashes", str(len(report.hashes)) if report.hashes else ""),
        *(_texts(report) if report.tier == 2 else ()),
    ]


def _texts(report: SignalReport) -> list[tuple[str, str]]:
    """What tier 2 adds; an analyser that did not run has no row, one that found nothing says so."""
    ran = {source.partition("/")[0] for source in report.analysers}
    by_kind: dict[str, list[Evidence]] = {}
    for item in report.evidence:
        by_kind.setdefault(item.kind, []).append(item)
    spoken = sum(item.span.length for item in by_kind.get("speech", ()))
    rows = {
        "onscreen": ("text in pictures", _quoted(by_kind.get("on-screen-text", ()), "text")),
        "speech": ("speech", f"{spoken:.1f} s" if spoken else ""),
        "speech-text": ("words spoken", _quoted(by_kind.get("speech-text", ()), "text")),
        "language": ("language", _languages(by_kind.get("language", ()))),
        "lexicon": ("words worth a look", _quoted(by_kind.get("lexicon", ()), "found")),
    }
    return [(label, said or "none") for name, (label, said) in rows.items() if name in ran]


def _quoted(items: Sequence[Evidence], name: str) -> str:
    found = list(dict.fromkeys(str(e.value[name]) for e in items if isinstance(e.value, dict)))
    more = f" and {len(found) - QUOTED} more" if len(found) > QUOTED else ""
    return "; ".join(found[:QUOTED]) + more


def _languages(items: Sequence[Evidence]) -> str:
    told = [e.value for e in items if isinstance(e.value, dict)]
    return ", ".join(dict.fromkeys(f"{value['language']} ({value['from']})" for value in told))


def _loudness(report: SignalReport) -> str:
    loud = report.loudness
    if loud is None or loud.integrated is None:
        return "silent throughout"
    peak = f", peak {loud.true_peak} dBTP" if loud.true_peak is not None else ""
    return f"{loud.integrated} LUFS, range {loud.range} LU{peak}"
