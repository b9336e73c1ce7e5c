"""The guideline as data: load, walk, check, decide. Pure: text and values in, values out."""

from tilik.guideline.ages import AgeRange, AgeReading, AgeScheme, read_age
from tilik.guideline.agreeing import CLEAR, Decided, decided
from tilik.guideline.ai_response import AiResponse, Dimension
from tilik.guideline.checking import PROBLEMS, Marks, Notes, Problem, check
from tilik.guideline.deciding import (
    Decision,
    audience_proposal,
    decide,
    failing_verdicts,
    hands_back,
    matters_below,
    verdict_proposal,
)
from tilik.guideline.diffing import EFFECTS, Change, Effect, diff
from tilik.guideline.faults import Fault
from tilik.guideline.loading import BadGuideline, load
from tilik.guideline.model import (
    Escalation,
    Family,
    Guideline,
    Label,
    NotAssessable,
    Step,
    Strength,
    content_hash,
)
from tilik.guideline.overview import Summary, summary
from tilik.guideline.replaying import Replayed, replay
from tilik.guideline.reviewing import FINDINGS, Finding, review, texts
from tilik.guideline.rules import Count, Proposal, SumRule, VerdictRule
from tilik.guideline.walk import Answers, Kind, Option, Question, fits, next_question, prune, questions
from tilik.guideline.words import LANGUAGES, Language, Level, Named, Stated, Text

__all__ = [
    "CLEAR",
    "EFFECTS",
    "FINDINGS",
    "LANGUAGES",
    "PROBLEMS",
    "AgeRange",
    "AgeReading",
    "AgeScheme",
    "AiResponse",
    "Answers",
    "BadGuideline",
    "Change",
    "Count",
    "Decided",
    "Decision",
    "Dimension",
    "Effect",
    "Escalation",
    "Family",
    "Fault",
    "Finding",
    "Guideline",
    "Kind",
    "Label",
    "Language",
    "Level",
    "Marks",
    "Named",
    "NotAssessable",
    "Notes",
    "Option",
    "Problem",
    "Proposal",
    "Question",
    "Replayed",
    "Stated",
    "Step",
    "Strength",
    "SumRule",
    "Summary",
    "Text",
    "VerdictRule",
    "audience_proposal",
    "check",
    "content_hash",
    "decide",
    "decided",
    "diff",
    "failing_verdicts",
    "fits",
    "hands_back",
    "load",
    "matters_below",
    "next_question",
    "prune",
    "questions",
    "read_age",
    "replay",
    "review",
    "summary",
    "texts",
    "verdict_proposal",
]
