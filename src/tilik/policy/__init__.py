"""Policy: what a change of the guideline would do to all that was judged, before it is made."""

from tilik.policy.impact import HALF_WIDTH, impact
from tilik.policy.replayed import StudyReplayed, replay_studies
from tilik.policy.rereview import open_rereview, smallest, touched
from tilik.policy.trend import Step, Trend, trend
from tilik.policy.wire import FigureMove, Flip, Impact, Rereview, StudyMove, VersionView

__all__ = [
    "HALF_WIDTH",
    "FigureMove",
    "Flip",
    "Impact",
    "Rereview",
    "Step",
    "StudyMove",
    "StudyReplayed",
    "Trend",
    "VersionView",
    "impact",
    "open_rereview",
    "replay_studies",
    "smallest",
    "touched",
    "trend",
]
