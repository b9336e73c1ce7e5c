"""The statistical core: numpy in, ``Estimate`` out. Pure; derivations and sources in docs/statistics.md."""

from tilik.stats.bootstrap import bootstrap, bootstrap_ratio
from tilik.stats.calibration import Calibration, CalibrationBin, calibration, equal_bins
from tilik.stats.classifier import (
    ClassifierEstimates,
    TwoPhase,
    assisted,
    assisted_share,
    precision,
    recall,
    specificity,
    two_phase,
)
from tilik.stats.compare import difference, paired_difference, ratio, shares_by
from tilik.stats.curves import Band, ThresholdRow, threshold_table
from tilik.stats.doubt import Reading, expected_reading, manski, rogan_gladen
from tilik.stats.drift import Drift, mix_drift, moved, period_totals, score_drift
from tilik.stats.estimate import hajek_mean, hajek_ratio, share_by_class, shares, total
from tilik.stats.intervals import Interval, clopper_pearson, korn_graubard, mid_p, wilson
from tilik.stats.people import People, pooled_rates
from tilik.stats.period import Period
from tilik.stats.ranking import average_precision
from tilik.stats.response import respondents
from tilik.stats.sample import Floats, Sample
from tilik.stats.series import Panel, average, panel_correlation
from tilik.stats.sides import FrameTotals
from tilik.stats.sprt import Sprt, Verdict
from tilik.stats.variance import brewer_by_stratum, brewer_variance

__all__ = [
    "Band",
    "Calibration",
    "CalibrationBin",
    "ClassifierEstimates",
    "Drift",
    "Floats",
    "FrameTotals",
    "Interval",
    "Panel",
    "People",
    "Period",
    "Reading",
    "Sample",
    "Sprt",
    "ThresholdRow",
    "TwoPhase",
    "Verdict",
    "assisted",
    "assisted_share",
    "average",
    "average_precision",
    "bootstrap",
    "bootstrap_ratio",
    "brewer_by_stratum",
    "brewer_variance",
    "calibration",
    "clopper_pearson",
    "difference",
    "equal_bins",
    "expected_reading",
    "hajek_mean",
    "hajek_ratio",
    "korn_graubard",
    "manski",
    "mid_p",
    "mix_drift",
    "moved",
    "paired_difference",
    "panel_correlation",
    "period_totals",
    "pooled_rates",
    "precision",
    "ratio",
    "recall",
    "respondents",
    "rogan_gladen",
    "score_drift",
    "share_by_class",
    "shares",
    "shares_by",
    "specificity",
    "threshold_table",
    "total",
    "two_phase",
    "wilson",
]
