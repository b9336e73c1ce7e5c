"""Machine answers to minors: rated turn by turn and side by side, by the guideline's own yardstick."""

from tilik.answers import apply as apply  # declares how events change the tables
from tilik.answers.events import AnswerJudged, AnswerLeased, AnswerReleased, AnswersImported
from tilik.answers.importing import import_answers
from tilik.answers.items import Item, Turn, read_items

__all__ = [
    "AnswerJudged",
    "AnswerLeased",
    "AnswerReleased",
    "AnswersImported",
    "Item",
    "Turn",
    "import_answers",
    "read_items",
]
