"""How certification's events change the tables."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, update

from tilik.kernel import canonical
from tilik.log import Blobs, Envelope, applies
from tilik.quality.certification.events import (
    CertificateGranted,
    CertificateRevoked,
    CertificationRuleSet,
    CertificationTestEnded,
)
from tilik.store.certification_tables import certificate, certification_rule, certification_test
from tilik.store.tables import burst
from tilik.study.admission import RULE


@applies(CertificationRuleSet)
def _set(connection: Connection, event: CertificationRuleSet, _envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(delete(certification_rule).where(certification_rule.c.name == RULE))
    body = canonical(event.rule.model_dump(mode="json")).decode()
    connection.execute(insert(certification_rule).values(name=RULE, body=body))


@applies(CertificationTestEnded)
def _ended(connection: Connection, event: CertificationTestEnded, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(update(burst).where(burst.c.id == event.test).values(ended_at=envelope.at))
    results = canonical([one.model_dump(mode="json") for one in event.results]).decode()
    connection.execute(
        insert(certification_test).values(
            id=event.test,
            person=event.person,
            guideline=event.guideline,
            language=event.language,
            passed=event.passed,
            results=results,
            ended_at=envelope.at,
        )
    )
    if event.passed:
        _write(connection, event, envelope, name=event.test, state="valid", source="test", ground=None)


@applies(CertificateGranted)
def _granted(connection: Connection, event: CertificateGranted, envelope: Envelope, _blobs: Blobs) -> None:
    name, ground = event.certificate, event.ground
    _write(connection, event, envelope, name=name, state="valid", source="lead", ground=ground)


@applies(CertificateRevoked)
def _revoked(connection: Connection, event: CertificateRevoked, envelope: Envelope, _blobs: Blobs) -> None:
    name, ground = event.certificate, event.ground
    _write(connection, event, envelope, name=name, state="revoked", source="lead", ground=ground)


def _write(
    connection: Connection,
    event: CertificationTestEnded | CertificateGranted | CertificateRevoked,
    envelope: Envelope,
    *,
    name: str,
    state: str,
    source: str,
    ground: str | None,
) -> None:
    """One row for a person, a guideline version and a language: what was said of it last."""
    of = {"person": event.person, "guideline": event.guideline, "language": event.language}
    connection.execute(
        delete(certificate).where(*(certificate.c[part] == value for part, value in of.items()))
    )
    by = envelope.actor if source == "lead" else None
    row = {**of, "id": name, "state": state, "source": source, "by": by, "ground": ground}
    connection.execute(insert(certificate).values(**row, since=envelope.at))
