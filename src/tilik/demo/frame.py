"""A made-up population of videos with a known truth, so that estimates can be checked against it.

The frame looks like a platform's month: heavy-tailed impressions, channels with a topic and a
language, and two classifier scores that rank well but are mis-calibrated. The truth (labels, levels,
strengths, verdict) is drawn first and stays in a file of its own, which no workspace imports.
Everything is a function of ``rows`` and ``seed``.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

LANGUAGES = {"id": 0.62, "jv": 0.12, "su": 0.09, "ms": 0.09, "en": 0.08}
AGE_BANDS = {"AB0": 0.12, "AB1": 0.22, "AB2": 0.22, "AB3": 0.16, "AB4": 0.13, "AB5": 0.08, "AB6": 0.07}
SURFACES = {"feed": 0.46, "shorts": 0.31, "search": 0.14, "kids-home": 0.09}
STRENGTHS = ("HQ-CARE", "HQ-LEARN", "HQ-CREA", "HQ-REAL", "HQ-DIV", "HQ-CRAFT")
VERDICTS = ("Q1", "Q2", "Q3", "Q4")
AUDIENCES = ("AUD-KID", "AUD-MIX", "AUD-TEEN", "AUD-GEN", "AUD-ADULT")
BAND_STARTS = np.array([0, 3, 6, 10, 13, 16, 18])

TOPICS: dict[str, tuple[str, ...]] = {
    "lagu-anak": ("SYN-MASS",),
    "kartun": ("SYN-INCO", "FEA-HORR"),
    "mainan": ("COM-PROMO",),
    "gim": ("COM-GAMB", "BEH-LANG", "ATT-LOOP"),
    "belajar": ("EDU-DECP",),
    "cerita": ("FEA-HORR",),
    "tantangan": ("BEH-RISK", "BEH-LANG"),
    "vlog-keluarga": ("COM-PROMO",),
    "masak": (),
    "alam": (),
}
"""A topic and the labels that are four times as common in it as elsewhere."""


@dataclass(frozen=True)
class LabelTruth:
    """How often a label truly applies, at which levels (1, 2, 3), and the age it is fit from."""

    code: str
    rate: float
    levels: tuple[float, float, float]
    fit_from: int


LABELS = (
    LabelTruth("SYN-MASS", 0.036, (0.35, 0.65, 0.0), 13),
    LabelTruth("SYN-INCO", 0.016, (0.40, 0.60, 0.0), 13),
    LabelTruth("EDU-DECP", 0.014, (0.50, 0.50, 0.0), 13),
    LabelTruth("COM-PROMO", 0.026, (0.50, 0.40, 0.1), 13),
    LabelTruth("COM-GAMB", 0.010, (0.00, 0.30, 0.7), 18),
    LabelTruth("BEH-RISK", 0.014, (0.40, 0.50, 0.1), 18),
    LabelTruth("BEH-LANG", 0.026, (0.50, 0.50, 0.0), 16),
    LabelTruth("FEA-HORR", 0.022, (0.30, 0.60, 0.1), 13),
    LabelTruth("ATT-LOOP", 0.028, (0.40, 0.60, 0.0), 16),
)
CODES = tuple(label.code for label in LABELS)


class DemoFrame(BaseModel):
    """Where the demo frame and its truth lie, and the exact shares that estimates are held against.

    All shares are of impressions, 0..1. ``labels`` counts a label from level 1 up, ``labels_failing``
    from level 2 up; ``failing`` is verdict Q3 or Q4.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    frame: Path
    truth: Path
    shares: Path
    rows: int
    seed: int
    impressions: int
    failing: float
    failing_videos: float
    verdicts: dict[str, float]
    labels: dict[str, float]
    labels_failing: dict[str, float]


@dataclass(frozen=True)
class _Truth:
    levels: NDArray[np.int8]
    strengths: NDArray[np.int8]
    verdict: Ints
    audience: Ints
    min_age: Ints

    @property
    def failing(self) -> Flags:
        return self.verdict >= 2


def make_demo_frame(into: Path, *, rows: int = 1_000_000, seed: int = 20_260) -> DemoFrame:
    """Write ``frame.parquet``, ``truth.parquet`` and ``truth.json`` into a folder.

    The frame's columns: ``video, impressions, channel, language, topic, age_band, surface,
    score_harm, score_synthetic``. The truth's: ``video, labels [{code, level}], strengths
    [{code, level}], verdict, failing, audience, min_age`` in the same row order.
    """
    rng = np.random.default_rng(seed)
    into.mkdir(parents=True, exist_ok=True)
    videos = _ids("demo-", rows, width=7)
    impressions = np.maximum(1, np.rint(rng.lognormal(5.5, 2.2, rows))).astype(np.int64)
    channel, topic, language = _channels(rng, rows)
    band = _choose(rng, AGE_BANDS, rows)
    truth = _truth(rng, topic, band)
    frame = pa.table(
        {
            "video": videos,
            "impressions": impressions,
            "channel": _coded(channel, _ids("kanal-", int(channel.max()) + 1, width=5)),
            "language": _coded(language, list(LANGUAGES)),
            "topic": _coded(topic, list(TOPICS)),
            "age_band": _coded(band, list(AGE_BANDS)),
            "surface": _coded(_choose(rng, SURFACES, rows), list(SURFACES)),
            "score_harm": _score(rng, truth.failing, apart=1.8, slope=1.1, middle=1.6),
            "score_synthetic": _score(
                rng, truth.levels[:, :2].max(axis=1) > 0, apart=1.5, slope=1.6, middle=2.4
            ),
        }
    )
    with ThreadPoolExecutor(1) as beside:
        written = beside.submit(_write, frame, into / "frame.parquet")
        _write(_truth_table(videos, truth), into / "truth.parquet")
        described = _describe(into, seed, impressions, truth)
        written.result()
    described.shares.write_text(
        described.model_dump_json(indent=2, exclude={"frame", "truth", "shares"}) + "\n"
    )
    return described


def _write(table: pa.Table, into: Path) -> None:
    # A dictionary of ids and scores would take half the time again, and these files live for seconds.
    coded = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    pq.write_table(table, into, compression="zstd", use_dictionary=coded)


def _ids(prefix: str, count: int, *, width: int) -> pa.Array:
    numbers = pc.utf8_lpad(pa.array(np.arange(1, count + 1)).cast(pa.string()), width, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), numbers, "")


def _coded(indices: Ints, values: pa.Array | list[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(indices.astype(np.int32)), pa.array(values))


def _choose(rng: np.random.Generator, shares: dict[str, float], size: int) -> Ints:
    edges = np.cumsum(list(shares.values()))
    return np.searchsorted(edges / edges[-1], rng.random(size), side="right").astype(np.int64)


def _channels(rng: np.random.Generator, rows: int) -> tuple[Ints, Ints, Ints]:
    """Channel, topic and language of each video; a few channels hold many videos, and keep to one topic."""
    count = max(10, rows // 50)
    channel = (count * rng.random(rows) ** 2.5).astype(np.int64)
    topic_of = rng.integers(0, len(TOPICS), count)
    language_of = _choose(rng, LANGUAGES, count)
    return channel, topic_of[channel], language_of[channel]


def _label_rates(topic: Ints) -> Floats:
    """Probability of each label by topic, scaled so that each label's rate over the frame is as stated."""
    boost = np.array([[4.0 if label.code in often else 1.0 for label in LABELS] for often in TOPICS.values()])
    shares = np.bincount(topic, minlength=len(TOPICS)) / topic.size
    rates = np.array([label.rate for label in LABELS])
    return np.asarray(boost / (shares @ boost) * rates)


def _draw_levels(rng: np.random.Generator, topic: Ints) -> NDArray[np.int8]:
    rates = _label_rates(topic)
    levels = np.zeros((topic.size, len(LABELS)), dtype=np.int8)
    for column, label in enumerate(LABELS):
        hit = np.flatnonzero(rng.random(topic.size) < rates[topic, column])
        edges = np.cumsum(label.levels)[:2]
        levels[hit, column] = 1 + np.searchsorted(edges, rng.random(hit.size), side="right")
    return levels


def _draw_strengths(rng: np.random.Generator, failing: Flags) -> NDArray[np.int8]:
    """Strengths at 0, 1 or 2; a failing video seldom has one."""
    u = rng.random((failing.size, len(STRENGTHS)), dtype=np.float32)
    strong = np.where(failing, 0.04, 0.20).astype(np.float32)[:, None]
    return (u < strong).astype(np.int8) + (u < 2 * strong).astype(np.int8)


def _verdict(levels: NDArray[np.int8], strengths: NDArray[np.int8]) -> Ints:
    """The guideline's proposed verdict, 0..3 for Q1..Q4; every label used here is relevant below 18."""
    worst = levels.max(axis=1)
    low = (worst == 2) | ((levels == 1).sum(axis=1) >= 3)
    high = (strengths == 2).sum(axis=1) >= 2
    return np.select([worst == 3, low, high], [3, 2, 0], default=1).astype(np.int64)


def _truth(rng: np.random.Generator, topic: Ints, band: Ints) -> _Truth:
    levels = _draw_levels(rng, topic)
    strengths = _draw_strengths(rng, levels.max(axis=1) >= 2)
    fit_from = np.array([label.fit_from for label in LABELS])
    raised = np.where(levels >= 2, fit_from, 0).max(axis=1)
    min_age = np.maximum(BAND_STARTS[band], np.where((levels == 3).any(axis=1), 18, raised))
    mixed = rng.random(topic.size) < 0.2
    audience = np.where(mixed, np.array([1, 1, 1, 1, 3, 3, 3])[band], np.array([0, 0, 0, 0, 2, 2, 4])[band])
    return _Truth(levels, strengths, _verdict(levels, strengths), audience, min_age)


def _score(rng: np.random.Generator, truth: Flags, *, apart: float, slope: float, middle: float) -> Floats:
    """A binormal classifier: AUC is Φ(apart/√2); the logistic read-out is deliberately not calibrated."""
    latent = apart * truth + rng.standard_normal(truth.size)
    return np.round(1 / (1 + np.exp(-slope * (latent - middle))), 5)


def _marks(values: NDArray[np.int8], codes: tuple[str, ...]) -> pa.ListArray:
    rows, columns = np.nonzero(values)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=values.shape[0]))])
    marks = pa.StructArray.from_arrays(
        [_coded(columns, list(codes)), pa.array(values[rows, columns])], names=["code", "level"]
    )
    return pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), marks)


def _truth_table(videos: pa.Array, truth: _Truth) -> pa.Table:
    return pa.table(
        {
            "video": videos,
            "labels": _marks(truth.levels, CODES),
            "strengths": _marks(truth.strengths, STRENGTHS),
            "verdict": _coded(truth.verdict, list(VERDICTS)),
            "failing": truth.failing,
            "audience": _coded(truth.audience, list(AUDIENCES)),
            "min_age": truth.min_age.astype(np.int16),
        }
    )


def _describe(into: Path, seed: int, impressions: Ints, truth: _Truth) -> DemoFrame:
    weight = impressions / impressions.sum()

    def by_code(flags: Flags) -> dict[str, float]:
        return {code: float(weight[flags[:, at]].sum()) for at, code in enumerate(CODES)}

    return DemoFrame(
        frame=into / "frame.parquet",
        truth=into / "truth.parquet",
        shares=into / "truth.json",
        rows=impressions.size,
        seed=seed,
        impressions=int(impressions.sum()),
        failing=float(weight @ truth.failing),
        failing_videos=float(truth.failing.mean()),
        verdicts={code: float(weight @ (truth.verdict == at)) for at, code in enumerate(VERDICTS)},
        labels=by_code(truth.levels >= 1),
        labels_failing=by_code(truth.levels >= 2),
    )
