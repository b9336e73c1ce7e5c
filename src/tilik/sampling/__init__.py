"""Plan and draw probability samples from a frame snapshot."""

from tilik.sampling.adjudication import Adjudication, adjudicate
from tilik.sampling.arrays import ArrayDraw, ArrayFrame, lay_out
from tilik.sampling.designs import (
    DESIGN,
    AnyDesign,
    ColumnDesign,
    Design,
    FamilyDesign,
    MultiTargetDesign,
    PpsDesign,
    SimpleRandomDesign,
    StratifiedDesign,
    Target,
)
from tilik.sampling.draw import draw, draw_rows
from tilik.sampling.earlier import calibration_points
from tilik.sampling.forecast import Best, Expected, Forecast, forecast
from tilik.sampling.outlook import Outlook
from tilik.sampling.plan import Plan, PlannedStratum, plan
from tilik.sampling.poisson import inclusion_probabilities, sequential_poisson
from tilik.sampling.purposes import Part, PurposesDesign, Risk
from tilik.sampling.settle import BEYOND, DrawSummary, DrawTable, StratumDrawn

__all__ = [
    "BEYOND",
    "DESIGN",
    "Adjudication",
    "AnyDesign",
    "ArrayDraw",
    "ArrayFrame",
    "Best",
    "ColumnDesign",
    "Design",
    "DrawSummary",
    "DrawTable",
    "Expected",
    "FamilyDesign",
    "Forecast",
    "MultiTargetDesign",
    "Outlook",
    "Part",
    "Plan",
    "PlannedStratum",
    "PpsDesign",
    "PurposesDesign",
    "Risk",
    "SimpleRandomDesign",
    "StratifiedDesign",
    "StratumDrawn",
    "Target",
    "adjudicate",
    "calibration_points",
    "draw",
    "draw_rows",
    "forecast",
    "inclusion_probabilities",
    "lay_out",
    "plan",
    "sequential_poisson",
]
