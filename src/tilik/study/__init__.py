"""Studies: a question, a frame, a guideline version, a design and a budget, bound together."""

from tilik.study.act import draw_study
from tilik.study.assisted import is_assisted, refuse_assisted
from tilik.study.drawing import DRAWS
from tilik.study.events import GuidelineAdded, GuidelineMoved, Purpose, State, StudyDrawn
from tilik.study.guidelines import add_guideline, guideline_of
from tilik.study.life import Version, active_guideline, find_version, move, source_of, versions
from tilik.study.view import KNOWN, find_study, is_drawn, studies

__all__ = [
    "DRAWS",
    "KNOWN",
    "GuidelineAdded",
    "GuidelineMoved",
    "Purpose",
    "State",
    "StudyDrawn",
    "Version",
    "active_guideline",
    "add_guideline",
    "draw_study",
    "find_study",
    "find_version",
    "guideline_of",
    "is_assisted",
    "is_drawn",
    "move",
    "refuse_assisted",
    "source_of",
    "studies",
    "versions",
]
