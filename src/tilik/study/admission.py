"""Who is given which tasks: by the languages they can judge, and by their certificates.

A certificate holds for a guideline version and for every other that decides alike: a change in what people
read, in what the form asks or in its other facts leaves it as it is; one in what answers come to ends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, or_, select, true

from tilik.access.languages import languages_of
from tilik.guideline import diff
from tilik.log import Blobs
from tilik.stats import Sprt
from tilik.store.certification_tables import certificate, certification_rule
from tilik.store.tables import guideline, study, task
from tilik.study.guidelines import guideline_of
from tilik.study.view import KNOWN

Share = Annotated[float, Field(ge=0.01, le=0.999, allow_inf_nan=False)]
Chance = Annotated[float, Field(ge=0.001, le=0.499, allow_inf_nan=False)]
Code = Annotated[str, Field(pattern="^[a-z]{2,3}$")]
RULE = "rule"
BETWEEN = "/"
_ALIKE: dict[tuple[str, str], bool] = {}
"""Pairs of versions compared before; what is named by its content stays so."""


class Asked(BaseModel):
    """What a test asks about one thing: ``verdict``, or the code of a family of labels.

    Somebody whose share of right answers is ``target`` should pass, somebody at ``unacceptable`` should not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: Annotated[str, Field(pattern="^[A-Za-z0-9-]{1,32}$")] = "verdict"
    target: Share = 0.97
    unacceptable: Share = 0.90


class CertificationRule(BaseModel):
    """How people are certified. ``needed``: only they are given what is judged blind and measured.

    ``alpha`` is the chance wanted for failing somebody at the target, ``beta`` for passing somebody at the
    unacceptable rate; a test ends after ``most`` items at the latest. Videos in ``languages`` have a test of
    their own; for all others there is a general one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    needed: bool = False
    asked: Annotated[tuple[Asked, ...], Field(min_length=1, max_length=20)] = (Asked(),)
    alpha: Chance = 0.05
    beta: Chance = 0.05
    most: Annotated[int, Field(ge=1, le=500)] = 120
    languages: Annotated[tuple[Code, ...], Field(max_length=20)] = ()


def sprt_of(rule: CertificationRule, asked: Asked) -> Sprt:
    """The sequential test by which this is decided. Raises ``Invalid`` for what does not fit."""
    return Sprt(asked.target, asked.unacceptable, rule.alpha, rule.beta)


def fewest_for(rule: CertificationRule) -> int:
    """The items after which somebody who was always right has passed."""
    return max(sprt_of(rule, one).fewest for one in rule.asked)


@dataclass(frozen=True, slots=True)
class Admission:
    """What decides which tasks a person is given. ``languages`` empty: all; ``held`` are the certificates
    that hold, as guideline and language; ``tested`` the languages with a test of their own."""

    languages: tuple[str, ...]
    needed: bool
    held: tuple[str, ...]
    tested: tuple[str, ...]

    @property
    def given(self) -> dict[str, Any]:
        """The values that the statement of ``admits`` asks for."""
        found: dict[str, Any] = {"languages": ["", *self.languages]} if self.languages else {}
        return found | ({"held": self.held, "tested": self.tested} if self.needed else {})


def rule_of(connection: Connection) -> CertificationRule:
    """The rule of this workspace; until a lead sets one the usual, by which nobody needs a certificate."""
    query = select(certification_rule.c.body).where(certification_rule.c.name == RULE)
    body = connection.execute(query).scalar()
    return CertificationRule() if body is None else CertificationRule.model_validate_json(body)


def admission_of(connection: Connection, blobs: Blobs, person: str) -> Admission:
    """What decides which tasks this person is given."""
    rule = rule_of(connection)
    held = tuple(sorted(holds(connection, blobs, person))) if rule.needed else ()
    return Admission(languages_of(connection, person), rule.needed, held, rule.languages)


def admits(*, limited: bool, needed: bool) -> ColumnElement[bool]:
    """The task is one that the person may be given; for a query over ``task`` and ``study``.

    ``limited`` to some languages, ``needed`` a certificate: what they are is bound by ``Admission.given``.
    """
    fit: list[ColumnElement[bool]] = []
    if limited:
        fit.append(task.c.language.in_(bindparam("languages", expanding=True)))
    if needed:
        tested = task.c.language.in_(bindparam("tested", expanding=True))
        key = study.c.guideline + BETWEEN + case((tested, task.c.language), else_="")
        measured = and_(study.c.blind.is_(True), study.c.purpose.not_in(KNOWN))
        fit.append(or_(~measured, key.in_(bindparam("held", expanding=True))))
    return and_(true(), *fit)


def is_shut_out(connection: Connection, admission: Admission) -> bool:
    """Whether all that is drawn needs a certificate and none is held: no task has to be looked at to know."""
    if not admission.needed or admission.held:
        return False
    assisted = select(study.c.id).where(study.c.blind.is_(False), study.c.purpose.not_in(KNOWN)).limit(1)
    return connection.execute(assisted).first() is None


def holds(connection: Connection, blobs: Blobs, person: str) -> set[str]:
    """The certificates that hold for a person: guideline and language, for each version that is here."""
    query = select(certificate.c.guideline, certificate.c.language)
    rows = connection.execute(
        query.where(certificate.c.person == person, certificate.c.state == "valid")
    ).all()
    every = tuple(connection.execute(select(guideline.c.hash)).scalars()) if rows else ()
    return {
        key_of(version, row.language)
        for row in rows
        for version in every
        if decides_alike(connection, blobs, row.guideline, version)
    }


def lacks_certificate(connection: Connection, blobs: Blobs, person: str) -> bool:
    """Whether certificates are needed and this person has none that holds for any version here."""
    return rule_of(connection).needed and not holds(connection, blobs, person)


def key_of(version: str, language: str) -> str:
    """A guideline version and a language in one text."""
    return version + BETWEEN + language


def decides_alike(connection: Connection, blobs: Blobs, one: str, other: str) -> bool:
    """Whether two versions of a guideline, by their hashes, come to the same from the same answers."""
    first, second = sorted((one, other))
    if (first, second) not in _ALIKE:
        before, after = (guideline_of(connection, blobs, name) for name in (first, second))
        changed = any(change.effect == "decision" for change in diff(before, after))
        _ALIKE[first, second] = before.id == after.id and not changed
    return _ALIKE[first, second]
