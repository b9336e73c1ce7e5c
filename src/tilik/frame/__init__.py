"""The population table of a period: import with checks, content-named snapshots, description."""

from tilik.frame.address import name_of
from tilik.frame.checks import FrameRefused, FrameReport, Problem
from tilik.frame.comparing import FrameComparison, Shift, compare
from tilik.frame.describing import Domain, FrameDescription, Level, ScoreSummary, describe
from tilik.frame.fingerprint import fingerprint
from tilik.frame.importing import FrameSnapshot, OnProblem, Progress, check_frame, import_frame
from tilik.frame.random_number import permanent_random_number
from tilik.frame.source import ColumnMap

__all__ = [
    "ColumnMap",
    "Domain",
    "FrameComparison",
    "FrameDescription",
    "FrameRefused",
    "FrameReport",
    "FrameSnapshot",
    "Level",
    "OnProblem",
    "Problem",
    "Progress",
    "ScoreSummary",
    "Shift",
    "check_frame",
    "compare",
    "describe",
    "fingerprint",
    "import_frame",
    "name_of",
    "permanent_random_number",
]
