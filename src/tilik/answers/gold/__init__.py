"""Gold for machine answers: answers whose judgement is known, and how right people are on them."""

from tilik.answers.gold import apply as apply  # declares how events change the tables
from tilik.answers.gold.act import add_from_set, add_from_task, change_state
from tilik.answers.gold.events import AnswerGoldAdded, AnswerGoldOpened, AnswerGoldStateChanged
from tilik.answers.gold.figures import Accuracy, Team, own, team
from tilik.answers.gold.importing import bring_in
from tilik.answers.gold.view import AnswerGold, find_gold, list_gold, scored

__all__ = [
    "Accuracy",
    "AnswerGold",
    "AnswerGoldAdded",
    "AnswerGoldOpened",
    "AnswerGoldStateChanged",
    "Team",
    "add_from_set",
    "add_from_task",
    "bring_in",
    "change_state",
    "find_gold",
    "list_gold",
    "own",
    "scored",
    "team",
]
