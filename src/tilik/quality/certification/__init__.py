"""Certification: who has shown, on items whose outcome is known, that they judge by this guideline."""

from tilik.quality.certification import apply as apply  # declares how events change the tables
from tilik.quality.certification.act import end_test, grant, revoke, set_rule
from tilik.quality.certification.events import (
    CertificateGranted,
    CertificateRevoked,
    CertificationRuleSet,
    CertificationTestEnded,
)
from tilik.quality.certification.finding import Result, found
from tilik.quality.certification.unserved import Unserved, unserved
from tilik.quality.certification.view import Certificate, Member, Odds, members, odds, own

__all__ = [
    "Certificate",
    "CertificateGranted",
    "CertificateRevoked",
    "CertificationRuleSet",
    "CertificationTestEnded",
    "Member",
    "Odds",
    "Result",
    "Unserved",
    "end_test",
    "found",
    "grant",
    "members",
    "odds",
    "own",
    "revoke",
    "set_rule",
    "unserved",
]
