"""The HTTP face of certification: a reviewer's own, and the team's for leads."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import Connection

from tilik.access.guard import Lead, Reviewer, StoreHere
from tilik.quality.certification.act import end_test, grant, revoke, set_rule
from tilik.quality.certification.unserved import unserved
from tilik.quality.certification.view import members, odds, own
from tilik.quality.certification.wire import (
    AskedOdds,
    CertificateView,
    CertificationView,
    CertifiedView,
    DecisionBody,
    OwnCertification,
    UnservedView,
)
from tilik.store import Store
from tilik.study.admission import CertificationRule, fewest_for, rule_of

router = APIRouter(prefix="/api")


@router.get("/my/certification")
def get_my_certification(session: Reviewer, store: StoreHere) -> OwnCertification:
    """One's own certificates, tests under way, and how the last ones went."""
    with store.read() as connection:
        return _own(connection, store, session.person.id)


@router.post("/certification/tests/{test}/end")
def post_test_end(test: str, session: Reviewer, store: StoreHere) -> OwnCertification:
    """End one's own test with what was judged so far."""
    with store.write(session.person.id) as writing:
        end_test(writing, session.person.id, test)
        return _own(writing.connection, store, session.person.id)


@router.get("/certification")
def get_certification(_session: Lead, store: StoreHere) -> CertificationView:
    """The rule with its odds, who is certified, and the tasks that nobody can be given."""
    return _view(store)


@router.put("/certification")
def put_certification(body: CertificationRule, session: Lead, store: StoreHere) -> CertificationView:
    """Certify people by this rule from now on."""
    with store.write(session.person.id) as writing:
        set_rule(writing, body)
    return _view(store)


@router.post("/certification/people/{person}")
def post_certification_person(
    person: str, body: DecisionBody, session: Lead, store: StoreHere
) -> CertificationView:
    """Grant or revoke a certificate, with a ground."""
    decide = grant if body.state == "valid" else revoke
    with store.write(session.person.id) as writing:
        decide(writing, person, body.language, body.ground, impersonal=body.impersonal)
    return _view(store)


def _own(connection: Connection, store: Store, person: str) -> OwnCertification:
    rule = rule_of(connection)
    found = own(connection, store.blobs, person)
    return OwnCertification(
        needed=rule.needed,
        fewest=fewest_for(rule),
        most=rule.most,
        certificates=[CertificateView.of(one) for one in found],
    )


def _view(store: Store) -> CertificationView:
    with store.read() as connection:
        rule = rule_of(connection)
        return CertificationView(
            rule=rule,
            fewest=fewest_for(rule),
            odds=[AskedOdds.told(one.of, odds(rule, one)) for one in rule.asked],
            people=[CertifiedView.of(one) for one in members(connection, store.blobs)],
            unserved=[UnservedView.of(one) for one in unserved(connection, store.blobs)],
        )
