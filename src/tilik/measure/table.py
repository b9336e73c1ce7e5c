"""A measurement as rows: for CSV, for the terminal, for whoever wants the data behind a chart."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from tilik.measure.wire import Figure, Measurement

COLUMNS = (
    "kind", "code", "name_id", "name_en", "value", "low", "high", "level", "n", "n_eff", "method", "truth",
)  # fmt: skip


def figures(measured: Measurement) -> Iterator[tuple[str, Figure]]:
    """Every figure with its kind: ``overall``, ``verdict`` or ``label``."""
    yield "overall", measured.overall
    for figure in measured.verdicts:
        yield "verdict", figure
    for figure in measured.labels:
        yield "label", figure


def to_csv(measured: Measurement) -> str:
    """One line per figure; no number without its interval, n and method."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for kind, figure in figures(measured):
        e = figure.estimate
        names = (figure.name.id, figure.name.en)
        value = "" if e.value is None else e.value
        truth = "" if figure.truth is None else figure.truth
        row = (kind, figure.code, *names, value, e.low, e.high, e.level, e.n, e.n_eff, e.method, truth)
        writer.writerow(row)
    return text.getvalue()
