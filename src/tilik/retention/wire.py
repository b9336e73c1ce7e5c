"""What retention says and hears over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tilik.guideline.words import Text
from tilik.privacy import Impersonal
from tilik.retention.due import Due
from tilik.retention.events import KindName
from tilik.retention.holds import Why
from tilik.retention.kinds import MOST_DAYS
from tilik.retention.people import LONGEST, PersonDue
from tilik.retention.proof import Proof
from tilik.retention.running import Ran
from tilik.retention.views import What

Ground = Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=r"^[^\x00]*$")]


class Body(BaseModel):
    """What the screen sends."""

    model_config = ConfigDict(extra="forbid")


class RuleBody(Body):
    """How long a class is kept from now on, and why, in both languages."""

    days: int = Field(ge=1, le=MOST_DAYS)
    ground_id: Ground
    ground_en: Ground
    impersonal: Impersonal = False


class ErasureBody(Body):
    """Why a person is erased; whether their own texts, and texts that name them, go too."""

    ground: Ground
    texts: bool = False
    naming: bool = False


class HeldView(BaseModel):
    """So many items stay though they are due; ``escalations`` are those that hold them."""

    why: Why
    count: int
    escalations: list[str]


class ClassView(BaseModel):
    """A class of data: its rule, how many items there are, how many a run would erase, what is held.

    ``set_by`` is a pseudonym; without one the rule is as shipped. ``oldest`` of all that is due.
    """

    name: KindName
    title: Text
    since: Text
    ground: Text
    days: int
    set_by: str | None
    set_at: str | None
    kept: int
    due: int
    held: list[HeldView]
    oldest: str | None

    @staticmethod
    def of(one: Due, names: dict[str, str]) -> ClassView:
        """As it is sent."""
        rule = one.rule
        return ClassView(
            name=rule.kind.name,
            title=rule.kind.title,
            since=rule.kind.since,
            ground=rule.ground,
            days=rule.days,
            set_by=names.get(rule.set_by or ""),
            set_at=rule.set_at,
            kept=one.kept,
            due=len(one.items),
            held=[
                HeldView(why=each.why, count=each.count, escalations=list(each.escalations))
                for each in one.held
            ],
            oldest=one.oldest,
        )


class RunView(BaseModel):
    """A run: by whom, what it erased by class; without an end it was interrupted."""

    id: str
    by: str
    begun_at: str
    ended_at: str | None
    erased: dict[str, int]

    @staticmethod
    def of(one: Ran, names: dict[str, str]) -> RunView:
        """As it is sent."""
        return RunView(
            id=one.id,
            by=names.get(one.person, one.person),
            begun_at=one.begun_at,
            ended_at=one.ended_at,
            erased=one.erased,
        )


class RetentionView(BaseModel):
    """Every class as of ``at``, and the last runs."""

    at: str
    classes: list[ClassView]
    runs: list[RunView]


class ProofView(BaseModel):
    """Whether what was erased is proven gone, and what was looked at; see ``Proof``."""

    holds: bool
    at: str
    entries: int
    head: str
    breaks: list[str]
    differing: list[str]
    back: dict[str, int]
    files_left: int
    waiting: int
    erased: dict[str, int]

    @staticmethod
    def of(proof: Proof) -> ProofView:
        """As it is sent."""
        lists = {"breaks": list(proof.breaks), "differing": list(proof.differing)}
        return ProofView.model_validate({**asdict(proof), **lists, "holds": proof.holds})


class PersonDueView(BaseModel):
    """What would be erased of a person, and what keeps them; see ``PersonDue``."""

    pseudonym: str
    erased: bool
    email: bool
    identities: int
    sessions: int
    texts: int
    naming: int
    held_texts: int
    held_by: list[str]

    @staticmethod
    def of(due: PersonDue) -> PersonDueView:
        """As it is sent."""
        return PersonDueView.model_validate({**asdict(due), "held_by": list(due.held_by)})


class OneView(BaseModel):
    """Somebody (pseudonym) was shown something, by id; see ``tilik.retention.views``."""

    at: str
    person: str
    what: What
    subject: str


class ViewsView(BaseModel):
    """Views, the latest first; ``more`` says that there are earlier ones."""

    views: list[OneView]
    more: bool
