"""Raters of any kind in one error model: people, classifiers and machine judges beside settled outcomes."""

from tilik.exchange.raters.compare import compare_raters
from tilik.exchange.raters.keep import Judge, judges_of, keep_verdicts
from tilik.exchange.raters.verdicts import Verdict, read_verdicts
from tilik.exchange.raters.wire import OutcomeCounts, Rater, Raters

__all__ = [
    "Judge",
    "OutcomeCounts",
    "Rater",
    "Raters",
    "Verdict",
    "compare_raters",
    "judges_of",
    "keep_verdicts",
    "read_verdicts",
]
