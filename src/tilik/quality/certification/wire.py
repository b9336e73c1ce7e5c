"""What certification sends and takes over HTTP. Pseudonyms only."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tilik.kernel import Estimate
from tilik.privacy import Impersonal
from tilik.quality.certification.unserved import Unserved, Why
from tilik.quality.certification.view import Certificate, Member, Odds, State, Test
from tilik.stats.sprt import Finding
from tilik.study.accepting import FreeText
from tilik.study.admission import CertificationRule


class TestedView(BaseModel):
    """How a test went about one thing."""

    of: str
    share: Estimate
    finding: Finding


class TestView(BaseModel):
    """A test that is over. Which items were wrong is not told: they go on measuring others."""

    passed: bool
    ended_at: str
    results: list[TestedView]

    @staticmethod
    def shown(found: Test) -> TestView:
        """As it is sent."""
        results = [TestedView(of=one.of, share=one.share, finding=one.finding) for one in found.results]
        return TestView(passed=found.passed, ended_at=found.ended_at, results=results)


class RunningView(BaseModel):
    """A test that is not over; it ends as soon as its rule decides."""

    id: str
    total: int
    done: list[str]
    started_at: str


class CertificateView(BaseModel):
    """How a certificate for the active guideline stands; ``language`` empty: for all that has no test."""

    language: str
    state: State
    source: Literal["test", "lead"] | None
    since: str | None
    ground: str
    tests: int
    last: TestView | None
    running: RunningView | None

    @staticmethod
    def of(found: Certificate) -> CertificateView:
        """As it is sent."""
        return CertificateView.model_validate(
            {
                "language": found.language,
                "state": found.state,
                "source": found.source,
                "since": found.since,
                "ground": found.ground,
                "tests": found.tests,
                "last": None if found.last is None else TestView.shown(found.last),
                "running": found.running,
            },
            from_attributes=True,
        )


class OwnCertification(BaseModel):
    """One's own certificates. ``needed``: without one, nothing that is measured; ``most`` items a test."""

    needed: bool
    fewest: int
    most: int
    certificates: list[CertificateView]


class OddsView(BaseModel):
    """What one test comes to for somebody whose true share of right answers is ``rate``."""

    rate: float
    passes: float
    fails: float
    undecided: float
    items: float


class AskedOdds(BaseModel):
    """The odds of what is asked about one thing."""

    of: str
    odds: list[OddsView]

    @staticmethod
    def told(of: str, found: tuple[Odds, ...]) -> AskedOdds:
        """As it is sent."""
        return AskedOdds(of=of, odds=[OddsView.model_validate(one, from_attributes=True) for one in found])


class CertifiedView(BaseModel):
    """A reviewer, the languages that they are limited to, and their certificates."""

    person: str
    pseudonym: str
    simulated: bool
    languages: list[str]
    certificates: list[CertificateView]

    @staticmethod
    def of(found: Member) -> CertifiedView:
        """As it is sent."""
        return CertifiedView(
            person=found.person,
            pseudonym=found.pseudonym,
            simulated=found.simulated,
            languages=list(found.languages),
            certificates=[CertificateView.of(one) for one in found.certificates],
        )


class UnservedView(BaseModel):
    """Open tasks that no reviewer can be given, and why; ``videos`` names the first of them."""

    study: str
    name: str
    language: str
    why: Why
    tasks: int
    videos: list[str]

    @staticmethod
    def of(found: Unserved) -> UnservedView:
        """As it is sent."""
        return UnservedView.model_validate(found, from_attributes=True)


class CertificationView(BaseModel):
    """The rule with its odds, the reviewers, and what nobody can be given."""

    rule: CertificationRule
    fewest: int
    odds: list[AskedOdds]
    people: list[CertifiedView]
    unserved: list[UnservedView]


class DecisionBody(BaseModel):
    """A lead's word on one certificate, with its ground."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["valid", "revoked"]
    language: Annotated[str, Field(pattern="^([a-z]{2,3})?$")] = ""
    ground: FreeText
    impersonal: Impersonal = False
