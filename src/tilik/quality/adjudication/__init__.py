"""Adjudication: what judgements come to, a third and blind ruling where they differ, disputes."""

from tilik.quality.adjudication import apply as apply  # declares how events change the tables
from tilik.quality.adjudication.dispute import DisputeSubmission, dispute_ruling
from tilik.quality.adjudication.lease import Lease, next_adjudication, release, renew
from tilik.quality.adjudication.outcome import Outcome, outcome_of
from tilik.quality.adjudication.outcomes import StudyOutcomes, outcomes
from tilik.quality.adjudication.precedent import mark_precedent
from tilik.quality.adjudication.rule import DisputeRuling, Receipt, RulingSubmission, rule, rule_on_dispute

__all__ = [
    "DisputeRuling",
    "DisputeSubmission",
    "Lease",
    "Outcome",
    "Receipt",
    "RulingSubmission",
    "StudyOutcomes",
    "dispute_ruling",
    "mark_precedent",
    "next_adjudication",
    "outcome_of",
    "outcomes",
    "release",
    "renew",
    "rule",
    "rule_on_dispute",
]
