"""Gold and practice: items whose outcome is known, and how right people are on them."""

from tilik.quality.gold import apply as apply  # declares how events change the tables
from tilik.quality.gold.act import Facts, add_from_task, add_known, change_state, set_rate
from tilik.quality.gold.events import (
    GoldAdded,
    GoldRateSet,
    GoldStateChanged,
    GoldStudyOpened,
    Pool,
)
from tilik.quality.gold.figures import Accuracy, Team, accuracy, team
from tilik.quality.gold.importing import bring_in
from tilik.quality.gold.score import overlap_of, score
from tilik.quality.gold.view import GoldItem, Scored, find_gold, gold_of_task, list_gold, scored

__all__ = [
    "Accuracy",
    "Facts",
    "GoldAdded",
    "GoldItem",
    "GoldRateSet",
    "GoldStateChanged",
    "GoldStudyOpened",
    "Pool",
    "Scored",
    "Team",
    "accuracy",
    "add_from_task",
    "add_known",
    "bring_in",
    "change_state",
    "find_gold",
    "gold_of_task",
    "list_gold",
    "overlap_of",
    "score",
    "scored",
    "set_rate",
    "team",
]
