"""Reading certification: the rule and its odds, who is certified, how one's own stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from tilik.access.languages import languages_of
from tilik.access.people import list_people
from tilik.kernel import Estimate, Missing
from tilik.log import Blobs
from tilik.quality.certification.act import GROUND
from tilik.stats.rate import plain_rate
from tilik.stats.sprt import Finding
from tilik.store.certification_tables import certificate, certification_test
from tilik.store.tables import burst, judgement, note
from tilik.study import active_guideline
from tilik.study.admission import Asked, CertificationRule, decides_alike, rule_of, sprt_of

State = Literal["none", "valid", "revoked", "expired"]
"""``expired``: it was valid for a version that decides otherwise than the active one."""
RATES = (0.80, 0.85, 0.90, 0.93, 0.95, 0.97, 0.98, 0.99)


@dataclass(frozen=True, slots=True)
class Odds:
    """What one test comes to for somebody whose true share is ``rate``: the chances of passing, failing and
    leaving it open, and how many items it takes on average."""

    rate: float
    passes: float
    fails: float
    undecided: float
    items: float


@dataclass(frozen=True, slots=True)
class Result:
    """How a test went about one thing: the share right with its interval, and the finding."""

    of: str
    share: Estimate
    finding: Finding


@dataclass(frozen=True, slots=True)
class Test:
    """A test that is over."""

    passed: bool
    ended_at: str
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """A test that is not over: ``done`` of at most ``total`` are judged."""

    id: str
    total: int
    done: tuple[str, ...]
    started_at: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """How somebody's certificate for the active guideline stands, in general (``language`` empty) or for one
    language. ``last`` is their last test of it for this version, ``tests`` how many there were."""

    language: str
    state: State
    source: str | None
    since: str | None
    ground: str
    tests: int
    last: Test | None
    running: Running | None


@dataclass(frozen=True, slots=True)
class Member:
    """A reviewer: the languages that they are limited to (none: every one), and their certificates."""

    person: str
    pseudonym: str
    simulated: bool
    languages: tuple[str, ...]
    certificates: tuple[Certificate, ...]


def odds(rule: CertificationRule, asked: Asked) -> tuple[Odds, ...]:
    """The operating characteristic of what is asked about one thing, exact. Raises ``Invalid``."""
    test = sprt_of(rule, asked)
    rates = sorted({*RATES, asked.target, asked.unacceptable})
    return tuple(Odds(rate, *test.operating(rate, rule.most)) for rate in rates)


def members(connection: Connection, blobs: Blobs) -> tuple[Member, ...]:
    """Every active reviewer in the order of pseudonyms, simulated ones last."""
    found = [one for one in list_people(connection) if one.active and "reviewer" in one.roles]
    return tuple(
        Member(
            person=one.id,
            pseudonym=one.pseudonym,
            simulated=one.simulated,
            languages=languages_of(connection, one.id),
            certificates=own(connection, blobs, one.id),
        )
        for one in sorted(found, key=lambda one: (one.simulated, one.pseudonym))
    )


def own(connection: Connection, blobs: Blobs, person: str) -> tuple[Certificate, ...]:
    """How one person's certificates stand: the general one first; none while no guideline is active."""
    try:
        version = active_guideline(connection)
    except Missing:
        return ()
    return tuple(
        _certificate(connection, blobs, person, version, one) for one in ("", *rule_of(connection).languages)
    )


def _certificate(
    connection: Connection, blobs: Blobs, person: str, version: str, language: str
) -> Certificate:
    query = select(certificate).where(certificate.c.person == person, certificate.c.language == language)
    rows = connection.execute(query.order_by(certificate.c.since.desc())).all()
    here = [row for row in rows if decides_alike(connection, blobs, row.guideline, version)]
    row = next((one for one in here if one.state == "valid"), None) or next(iter(here or rows), None)
    state: State = "none"
    if row is not None:
        state = row.state if row in here else "expired" if row.state == "valid" else "none"
    tests = connection.execute(
        select(certification_test)
        .where(
            certification_test.c.person == person,
            certification_test.c.language == language,
            certification_test.c.guideline == version,
        )
        .order_by(certification_test.c.ended_at.desc())
    ).all()
    told = row if state != "none" else None
    return Certificate(
        language=language,
        state=state,
        source=told.source if told is not None else None,
        since=told.since if told is not None else None,
        ground=_ground(connection, told.id) if told is not None else "",
        tests=len(tests),
        last=_test(tests[0].passed, tests[0].ended_at, tests[0].results) if tests else None,
        running=_running(connection, person, version, language),
    )


def _ground(connection: Connection, identity: str) -> str:
    """Why a lead granted or revoked it, as long as the text is not erased."""
    query = select(note.c.text).where(note.c.owner == identity, note.c.question == GROUND)
    return connection.execute(query).scalar() or ""


def _test(passed: bool, ended_at: str, results: str) -> Test:
    return Test(
        passed,
        ended_at,
        tuple(
            Result(
                one["of"],
                plain_rate(one["right"], one["asked"], of=f"{one['of']} right in the test"),
                one["finding"],
            )
            for one in json.loads(results)
        ),
    )


def _running(connection: Connection, person: str, version: str, language: str) -> Running | None:
    query = select(burst).where(
        burst.c.person == person,
        burst.c.kind == "test",
        burst.c.guideline == version,
        burst.c.spoken == language,
        burst.c.ended_at.is_(None),
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    tasks = json.loads(row.tasks)
    mine = select(judgement.c.task).where(judgement.c.person == person, judgement.c.task.in_(tasks))
    judged = set(connection.execute(mine).scalars())
    done = tuple(one for one in tasks if one in judged)
    return Running(row.id, len(tasks), done, row.started_at)
