"""Casebook: edge cases and content gaps, near ones grouped, rulings, and precedents for the bench."""

from tilik.casebook import apply as apply  # declares how events change the tables
from tilik.casebook.act import group, hand_over, leave_group, move, remark, see_again
from tilik.casebook.events import (
    CaseFiled,
    CaseHandedOver,
    CaseLeftGroup,
    CaseMoved,
    CaseRemarked,
    CaseRuled,
    CaseSeenAgain,
    CasesGrouped,
    PrecedentWithdrawn,
    RulingAdopted,
    Seen,
)
from tilik.casebook.filing import Filed, Filing, file_case, file_gap
from tilik.casebook.near import Near, Told, near
from tilik.casebook.precedents import Precedent, precedents_for
from tilik.casebook.ruling import Said, rule, withdraw
from tilik.casebook.telling import near_cases
from tilik.casebook.view import Case, cases, find_case, remarks_of, rulings

__all__ = [
    "Case",
    "CaseFiled",
    "CaseHandedOver",
    "CaseLeftGroup",
    "CaseMoved",
    "CaseRemarked",
    "CaseRuled",
    "CaseSeenAgain",
    "CasesGrouped",
    "Filed",
    "Filing",
    "Near",
    "Precedent",
    "PrecedentWithdrawn",
    "RulingAdopted",
    "Said",
    "Seen",
    "Told",
    "cases",
    "file_case",
    "file_gap",
    "find_case",
    "group",
    "hand_over",
    "leave_group",
    "move",
    "near",
    "near_cases",
    "precedents_for",
    "remark",
    "remarks_of",
    "rule",
    "rulings",
    "see_again",
    "withdraw",
]
