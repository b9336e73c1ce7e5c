"""Truth inference: what tasks are, and how reliable people are, from many people's labels. Pure."""

from tilik.stats.truth.accuracy import accuracy, credit
from tilik.stats.truth.infer import METHODS, Method, infer
from tilik.stats.truth.result import Band, Caution, Inference, People, Reason
from tilik.stats.truth.table import Coded, LabelTable, code, label_table

__all__ = [
    "METHODS",
    "Band",
    "Caution",
    "Coded",
    "Inference",
    "LabelTable",
    "Method",
    "People",
    "Reason",
    "accuracy",
    "code",
    "credit",
    "infer",
    "label_table",
]
