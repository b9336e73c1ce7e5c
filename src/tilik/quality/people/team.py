"""A team's quality of judgement over a period: everybody's rates, their test, and their work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from tilik.access.people import list_people
from tilik.kernel import Invalid
from tilik.log import Blobs
from tilik.quality.gold.figures import VERDICT
from tilik.quality.people.figures import Rightness, rightness
from tilik.quality.people.known import compared
from tilik.quality.people.targets import Targets, asked_in, targets_of
from tilik.quality.people.work import Work, done_in, work_of
from tilik.store.tables import study
from tilik.study import guideline_of, is_drawn
from tilik.study.period import Period, period_of


@dataclass(frozen=True, slots=True)
class Member:
    """One person; ``simulated`` ones are pooled with each other and with nobody else."""

    person: str
    pseudonym: str
    simulated: bool
    right: Rightness
    work: Work


@dataclass(frozen=True, slots=True)
class TeamQuality:
    """Who judged in the period, in the order of their pseudonyms. ``of`` is ``verdict`` or a family's code,
    ``families`` those that can be asked for; ``targets`` hold, ``own`` were set for this study alone, or for
    everybody where all studies are shown."""

    study: str
    period: Period
    of: str
    families: tuple[str, ...]
    targets: Targets
    own: Targets
    people: tuple[Member, ...]


def team_quality(
    connection: Connection, blobs: Blobs, period: Period, *, study: str = "", of: str = VERDICT
) -> TeamQuality:
    """Everybody who judged in the period, in one study (its id) or in all. Raises ``Invalid`` for a family
    that no guideline in use has."""
    families = _families(connection, blobs, study)
    if of not in {VERDICT, *families}:
        raise Invalid(
            "family-unknown",
            f"no family of labels is called {of!r}",
            where="of",
            mend=f"There are: {', '.join((VERDICT, *families))}.",
        )
    targets = targets_of(connection, study)
    found = compared(connection, blobs, period, study)
    done, stops = done_in(connection, period, study)
    here = {one.person for one in found} | set(done) | set(stops)
    named = sorted((one for one in list_people(connection) if one.id in here), key=lambda one: one.pseudonym)
    rates: dict[str, Rightness] = {}
    for simulated in (False, True):
        team = [one.id for one in named if one.simulated is simulated]
        rates |= zip(team, rightness(found, team, targets, of), strict=True)
    people = tuple(
        Member(
            person=one.id,
            pseudonym=one.pseudonym,
            simulated=one.simulated,
            right=rates[one.id],
            work=work_of(done.get(one.id, []), stops[one.id], targets.daily),
        )
        for one in named
    )
    return TeamQuality(study, period, of, families, targets, asked_in(connection, study), people)


def own_quality(connection: Connection, blobs: Blobs, person: str, now: datetime) -> Member | None:
    """One's own figures up to yesterday: were today's in it, a count that moves after a task would tell that
    the task was gold. None before one has judged."""
    period = period_of(now - timedelta(days=1))
    found = team_quality(connection, blobs, period)
    return next((one for one in found.people if one.person == person), None)


def _families(connection: Connection, blobs: Blobs, identity: str) -> tuple[str, ...]:
    """The families of the guideline versions that studies use, in their order."""
    query = select(study.c.guideline).distinct().where(is_drawn())
    names = connection.execute(query.where(study.c.id == identity) if identity else query).scalars()
    documents = [guideline_of(connection, blobs, name) for name in sorted(names)]
    return tuple(dict.fromkeys(family.code for document in documents for family in document.families))
