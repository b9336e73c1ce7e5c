"""Setting the rule, ending tests, granting and revoking certificates."""

from __future__ import annotations

import json

from sqlalchemy import Connection, and_, bindparam, select

from tilik.access.people import find_person
from tilik.guideline import Guideline
from tilik.kernel import Conflict, Invalid, Missing, digest_bytes, new_id
from tilik.log import Event
from tilik.quality.certification.events import (
    CertificateGranted,
    CertificateRevoked,
    CertificationRuleSet,
    CertificationTestEnded,
    Tested,
)
from tilik.quality.certification.finding import VERDICT, found, right_in
from tilik.quality.gold import gold_of_task
from tilik.store import Writing
from tilik.store.certification_tables import certificate
from tilik.store.store import follows
from tilik.store.tables import burst, judgement, lease, task
from tilik.study import active_guideline, guideline_of
from tilik.study.accepting import keep_notes, tidy
from tilik.study.admission import CertificationRule, decides_alike, fewest_for, holds, key_of, rule_of

GROUND = "ground"
_TEST_OF = (
    select(burst.c.id)
    .join(lease, lease.c.burst == burst.c.id)
    .join(judgement, and_(judgement.c.task == lease.c.task, judgement.c.person == lease.c.person))
    .where(judgement.c.id == bindparam("judgement"), burst.c.kind == "test", burst.c.ended_at.is_(None))
)
"""Built once: it is asked with every judgement."""


def set_rule(writing: Writing, rule: CertificationRule) -> None:
    """Certify people by this rule from now on; tests under way follow it, too.

    Raises ``Invalid`` for rates or chances that do not fit, for the same thing asked twice, for a family that
    the active guideline does not have, and where nobody could pass within the most items.
    """
    names = [one.of for one in rule.asked]
    if len(set(names)) < len(names):
        raise Invalid("rule-twice", "the rule asks about one thing twice", where="asked")
    _refuse_unknown(writing, names)
    try:
        fewest = fewest_for(rule)
    except Invalid as error:
        raise Invalid("rule-unfit", error.message, where="asked") from error
    if fewest > rule.most:
        raise Invalid(
            "rule-too-short",
            f"nobody could pass: even without a mistake it takes {fewest} items",
            where="most",
            mend=f"Let a test hold at least {fewest}, or move the two rates apart.",
        )
    tidied = rule.model_copy(update={"languages": tuple(sorted(set(rule.languages)))})
    if tidied != rule_of(writing.connection):
        writing.record(CertificationRuleSet(rule=tidied))


def _refuse_unknown(writing: Writing, names: list[str]) -> None:
    try:
        guideline = guideline_of(writing.connection, writing.blobs, active_guideline(writing.connection))
    except Missing:
        return  # nothing can be tested yet
    there = {VERDICT, *(one.code for one in guideline.families)}
    for name in names:
        if name not in there:
            raise Invalid("family-unknown", f"no family of labels is called {name!r}", where="asked")


@follows("judgement-submitted")
def look_at_test(writing: Writing, event: Event) -> None:
    """End the test that a judgement belongs to, as soon as its rule says so."""
    test = writing.connection.execute(_TEST_OF, {"judgement": event.subject()}).scalar()
    if test is not None:
        _look(writing, test, over=False)


def end_test(writing: Writing, person: str, test: str) -> None:
    """End one's own test with what was judged so far; one that is over stays as it is. Raises ``Missing``."""
    query = select(burst.c.ended_at).where(
        burst.c.id == test, burst.c.person == person, burst.c.kind == "test"
    )
    row = writing.connection.execute(query).first()
    if row is None:
        raise Missing("test-missing", "there is no such test", where=test)
    if row.ended_at is None:
        _look(writing, test, over=True)


def _look(writing: Writing, test: str, *, over: bool) -> None:
    row = writing.connection.execute(select(burst).where(burst.c.id == test)).one()
    guideline = guideline_of(writing.connection, writing.blobs, row.guideline)
    tasks = json.loads(row.tasks)
    answers, judged = _answers(writing.connection, guideline, row.person, tasks)
    end = found(rule_of(writing.connection), answers, over=over or judged == len(tasks))
    if end is None:
        return
    passed, results = end
    writing.record(
        CertificationTestEnded(
            test=test,
            person=row.person,
            guideline=row.guideline,
            language=row.spoken,
            passed=passed,
            results=tuple(
                Tested(of=one.of, right=one.right, asked=one.asked, finding=one.finding) for one in results
            ),
        )
    )


def _answers(
    connection: Connection, guideline: Guideline, person: str, tasks: list[str]
) -> tuple[dict[str, list[bool]], int]:
    """What was right so far, thing by thing in the order of judging; and how many items are done with.

    Items that were stopped meanwhile are done with; those no longer known count neither way.
    """
    rows = connection.execute(
        select(judgement.c.task, judgement.c.answers)
        .where(judgement.c.person == person, judgement.c.task.in_(tasks))
        .order_by(judgement.c.submitted_at, judgement.c.id)
    ).all()
    said: dict[str, list[bool]] = {VERDICT: []}
    for row in rows:
        item = gold_of_task(connection, row.task)
        if item is None or item.state != "known":
            continue
        for name, right in right_in(guideline, item.answers, json.loads(row.answers)).items():
            said.setdefault(name, []).append(right)
    stopped = set(
        connection.execute(select(task.c.id).where(task.c.id.in_(tasks), task.c.state != "open")).scalars()
    )
    return said, len(stopped | {row.task for row in rows})


def grant(writing: Writing, person: str, language: str, ground: str, *, impersonal: bool = False) -> None:
    """Certify somebody for the active guideline without a test, for a ground.

    Raises ``Missing`` for an unknown person, ``Conflict`` for who is certified already, ``Invalid`` without a
    ground or with personal data in it, and for a language without a test of its own.
    """
    guideline = _about(writing, person, language)
    if key_of(guideline, language) in holds(writing.connection, writing.blobs, person):
        raise Conflict("certified-already", "this person has this certificate", where=language or "general")
    name, text = new_id(), _ground(ground)
    writing.record(
        CertificateGranted(
            certificate=name,
            person=person,
            guideline=guideline,
            language=language,
            ground=digest_bytes(text.encode()),
        )
    )
    keep_notes(writing, name, {GROUND: text}, impersonal=impersonal)


def revoke(writing: Writing, person: str, language: str, ground: str, *, impersonal: bool = False) -> None:
    """Take away the certificate that holds for the active guideline, for a ground: work in their hands stays.

    Raises as ``grant``, and ``Conflict`` for who has none.
    """
    guideline = _about(writing, person, language)
    query = select(certificate.c.guideline).where(
        certificate.c.person == person, certificate.c.language == language, certificate.c.state == "valid"
    )
    held = [
        version
        for version in writing.connection.execute(query.order_by(certificate.c.guideline)).scalars()
        if decides_alike(writing.connection, writing.blobs, version, guideline)
    ]
    if not held:
        raise Conflict("certificate-none", "this person has no such certificate", where=language or "general")
    text = _ground(ground)
    for version in held:
        name = new_id()
        writing.record(
            CertificateRevoked(
                certificate=name,
                person=person,
                guideline=version,
                language=language,
                ground=digest_bytes(text.encode()),
            )
        )
        keep_notes(writing, name, {GROUND: text}, impersonal=impersonal)


def _about(writing: Writing, person: str, language: str) -> str:
    find_person(writing.connection, person)
    if language and language not in rule_of(writing.connection).languages:
        raise Invalid("test-language", f"there is no test of its own for {language!r}", where="language")
    return active_guideline(writing.connection)


def _ground(said: str) -> str:
    text = tidy({GROUND: said}).get(GROUND)
    if text is None:
        raise Invalid("ground-missing", "this needs a ground", where=GROUND, mend="Write one sentence.")
    return text
