"""What can happen to certificates: the rule is set, tests end, a lead grants or revokes."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from tilik.log import Event
from tilik.stats.sprt import Finding
from tilik.study.admission import CertificationRule


class Tested(BaseModel):
    """How a test went about one thing (``of``): ``right`` of the ``asked``, and what its rule found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: str
    right: int
    asked: int
    finding: Finding


class CertificationRuleSet(Event, type="certification-rule-set"):
    """People are certified by this rule from now on. Certificates given before stay."""

    rule: CertificationRule


class CertificationTestEnded(Event, type="certification-test-ended"):
    """A test is over, by its rule or because its person ended it; passed, it is a certificate."""

    test: str
    person: str
    guideline: str
    language: str
    passed: bool
    results: tuple[Tested, ...]


class CertificateGranted(Event, type="certificate-granted"):
    """A lead certifies somebody without a test. ``ground`` is the digest of an erasable text."""

    certificate: str
    person: str
    guideline: str
    language: str
    ground: str


class CertificateRevoked(Event, type="certificate-revoked"):
    """A lead takes a certificate away; its person may take another test. ``ground`` as above."""

    certificate: str
    person: str
    guideline: str
    language: str
    ground: str
