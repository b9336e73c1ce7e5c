"""Measurement: from draws and judgements to figures that can be defended."""

from tilik.measure.classifiers import classify, usual_threshold
from tilik.measure.export import export_judgements
from tilik.measure.facts import StudyFacts, gather
from tilik.measure.figures import describe, measure
from tilik.measure.leakage import leakage
from tilik.measure.pivots import pivot
from tilik.measure.table import figures, to_csv
from tilik.measure.thresholds import thresholds
from tilik.measure.weeks import weeks
from tilik.measure.wire import Cell, Classifier, Figure, How, Measurement, Pivot, ScoreView, StudyView
from tilik.measure.wire_weeks import Leak, Leakage, LeftOut, Thresholds, ThresholdView, Week, Weeks

__all__ = [
    "Cell",
    "Classifier",
    "Figure",
    "How",
    "Leak",
    "Leakage",
    "LeftOut",
    "Measurement",
    "Pivot",
    "ScoreView",
    "StudyFacts",
    "StudyView",
    "ThresholdView",
    "Thresholds",
    "Week",
    "Weeks",
    "classify",
    "describe",
    "export_judgements",
    "figures",
    "gather",
    "leakage",
    "measure",
    "pivot",
    "thresholds",
    "to_csv",
    "usual_threshold",
    "weeks",
]
