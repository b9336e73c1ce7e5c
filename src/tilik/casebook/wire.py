"""What the casebook sends over HTTP."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from pydantic import BaseModel, JsonValue

from tilik.access import MediaGrant, MediaLinks
from tilik.access.sessions import Session
from tilik.casebook.near import Near
from tilik.casebook.precedents import Precedent
from tilik.casebook.view import Case, Ruling, SeenVideo
from tilik.media.registration import RegisteredVideo


class CaseReceipt(BaseModel):
    """The case is filed. ``repeated``: it had been filed before."""

    case: str
    number: int
    repeated: bool


class Saying(BaseModel):
    """A text in both languages."""

    id: str
    en: str


class PrecedentView(BaseModel):
    """A ruling beside the question it concerns; ``numbers`` name its cases."""

    id: str
    numbers: list[int]
    question: str | None
    stands: str
    text: Saying
    ruled_on: str

    @staticmethod
    def of(found: Precedent) -> PrecedentView:
        """As it is sent."""
        return PrecedentView.model_validate(asdict(found) | {"numbers": list(found.numbers)})


class SpanView(BaseModel):
    """From and to which second."""

    start: float
    end: float


class SeenView(BaseModel):
    """A video of a case. ``playback`` and ``poster`` are signed links, where it was met in a task."""

    video: str
    task: str | None
    title: str
    locked: bool
    span: SpanView | None
    by: str
    judgement: str | None
    answers: dict[str, JsonValue] | None
    playback: str | None = None
    poster: str | None = None

    @staticmethod
    def of(found: SeenVideo) -> SeenView:
        """As it is sent, without links."""
        return SeenView(
            video=found.video,
            task=found.task,
            title=found.title,
            locked=found.locked,
            span=None if found.span is None else SpanView(start=found.span.start, end=found.span.end),
            by=found.by,
            judgement=found.judgement,
            answers=None if found.answers is None else json.loads(found.answers),
        )


class CaseView(BaseModel):
    """An entry of the casebook. ``mine``: it is in the reader's hands; ``calls_me``: a remark calls on them.

    ``owner`` is a pseudonym; ``group`` are the numbers of its group, its own among them.
    """

    id: str
    number: int
    kind: str
    type: str
    guideline: str
    question: str | None
    state: str
    settled: bool
    group: list[int]
    cell: dict[str, str] | None
    said: str
    hidden: bool
    title: str
    filed_by: str
    filed_at: str
    changed_at: str
    owner: str | None
    owner_id: str | None
    mine: bool
    calls_me: bool
    next_step: str
    due: str | None
    overdue: bool
    ruling: str | None


class RulingView(BaseModel):
    """What settled a case; ``draft`` is the hash of the guideline draft that says it."""

    id: str
    question: str | None
    stands: str
    text: Saying
    precedent: bool
    current: bool
    draft: str | None
    by: str
    ruled_at: str

    @staticmethod
    def of(found: Ruling) -> RulingView:
        """As it is sent."""
        kept = {name: value for name, value in asdict(found).items() if name in RulingView.model_fields}
        return RulingView.model_validate(kept)


class PersonHere(BaseModel):
    """Somebody a case can be handed to or a remark can call on."""

    id: str
    pseudonym: str
    name: str


class CaseDetail(BaseModel):
    """A case with its videos, its ruling, and the cases of its group."""

    case: CaseView
    seen: list[SeenView]
    ruling: RulingView | None
    group: list[CaseView]
    people: list[PersonHere]


class NearView(BaseModel):
    """Cases that may ask the same; ``likeness`` 0..1 and the words they share."""

    cases: list[CaseView]
    likeness: float
    shared: list[str]

    @staticmethod
    def of(found: Near, views: dict[str, CaseView]) -> NearView:
        """As it is sent."""
        return NearView(
            cases=[views[one] for one in found.cases],
            likeness=found.likeness,
            shared=list(found.shared),
        )


class DraftView(BaseModel):
    """A change of the guideline that says a ruling, as a unified diff; ``version`` would be its number."""

    patch: str
    version: str
    base: str


class Adopted(BaseModel):
    """The draft is in the workspace."""

    hash: str
    version: str


def playable(seen: SeenView, found: RegisteredVideo, links: MediaLinks, session: Session) -> SeenView:
    """The same with links to play it by, for one session."""
    record = found.record
    if seen.task is None or found.locked:
        return seen
    files = {"playback": record.playback, "poster": record.poster}
    urls = {
        name: links.write(
            MediaGrant(session.digest, seen.task, file.content, file.mime), duration=record.duration
        )
        for name, file in files.items()
        if file is not None
    }
    return seen.model_copy(update=urls)


class CaseWriter:
    """Turns cases into what is sent, for one reader on one day (``2026-03-31``)."""

    def __init__(
        self, every: Sequence[Case], names: dict[str, str], reader: str, today: str, settled: frozenset[str]
    ) -> None:
        self._names, self._reader, self._today, self._settled = names, reader, today, settled
        self._groups: dict[str, list[int]] = {}
        for one in every:
            self._groups.setdefault(one.head, []).append(one.number)

    def write(self, case: Case) -> CaseView:
        """The case as it is sent."""
        plain = ("id", "number", "kind", "type", "guideline", "question", "state", "cell", "said", "hidden")
        more = ("filed_by", "filed_at", "changed_at", "next_step", "due", "ruling")
        settled = case.state in self._settled
        return CaseView(
            **{name: getattr(case, name) for name in (*plain, *more)},
            settled=settled,
            group=sorted(self._groups.get(case.head, [case.number])),
            title="" if case.hidden or not case.seen else case.seen[0].title,
            owner=self._names.get(case.owner or ""),
            owner_id=case.owner,
            mine=case.owner == self._reader,
            calls_me=self._reader in case.calls_on,
            overdue=not settled and case.due is not None and case.due < self._today,
        )
