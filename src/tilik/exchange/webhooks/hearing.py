"""Which events are told, and what of them: ids, codes and what is decided; no person, no text, no title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from tilik.answers.events import AnswerStopped
from tilik.exchange.events import VideoMatched
from tilik.exchange.webhooks.outbox import listening, tell, withhold
from tilik.kernel import Json
from tilik.log import Event
from tilik.quality.adjudication.compare import judgements_of
from tilik.quality.adjudication.events import AdjudicationRuled
from tilik.quality.adjudication.outcome import Outcome, outcome_of
from tilik.review.events import JudgementRevised, JudgementSubmitted, WorkStopped
from tilik.safety.view import Raised, find_escalation
from tilik.store import Writing
from tilik.store.store import follows
from tilik.store.tables import study, task, video
from tilik.study import guideline_of


@follows("work-stopped", "answer-stopped", "video-matched")
def _stopped(writing: Writing, event: Event) -> None:
    """Say that something was stopped, and no longer say anything about it."""
    if isinstance(event, WorkStopped | VideoMatched):
        videos = _same_file(writing.connection, event.video)
        withhold(writing.connection, videos)
    heard = listening(writing.connection)
    if isinstance(event, WorkStopped | VideoMatched) and (to := heard.get("study.done")):
        stopped = select(task.c.study).where(task.c.video.in_(videos)).distinct()
        _tell_done(writing, writing.connection.execute(stopped).scalars().all(), to)
    if isinstance(event, WorkStopped | AnswerStopped) and (to := heard.get("escalation.raised")):
        raised = find_escalation(writing.connection, writing.blobs, event.escalation)
        tell(writing, "escalation.raised", raised.id, about_escalation(raised), to=to)


@follows("judgement-submitted", "judgement-revised")
def _judged(writing: Writing, event: Event) -> None:
    """Say what a task comes to that this judgement settles, and that it was the study's last."""
    assert isinstance(event, JudgementSubmitted | JudgementRevised)
    heard = listening(writing.connection)
    if not heard.keys() & {"judgement.settled", "study.done"}:
        return
    row = writing.connection.execute(
        select(task.c.study, task.c.video, task.c.state).where(task.c.id == event.task)
    ).one()
    if row.state != "settled":
        return
    if to := heard.get("judgement.settled"):
        outcome = _outcome(writing, event.task, event.guideline)
        data = {"study": row.study, "task": event.task, "video": row.video, **_said(outcome)}
        tell(writing, "judgement.settled", event.judgement, data, to=to, video=row.video)
    if to := heard.get("study.done"):
        _tell_done(writing, [row.study], to)


@follows("adjudication-ruled")
def _ruled(writing: Writing, event: Event) -> None:
    """Say how somebody ruled on a contested task."""
    assert isinstance(event, AdjudicationRuled)
    to = listening(writing.connection).get("adjudication.ruled")
    if not to:
        return
    where = select(task.c.study).where(task.c.id == event.task)
    document = guideline_of(writing.connection, writing.blobs, event.guideline)
    data: dict[str, Json] = {
        "study": writing.connection.execute(where).scalar_one(),
        "task": event.task,
        "video": event.video,
        "ruling": event.ruling,
        "disputed": event.dispute is not None,
        **_said(outcome_of(document, [], event.answers)),
    }
    tell(writing, "adjudication.ruled", event.ruling, data, to=to, video=event.video)


def about_escalation(raised: Raised) -> dict[str, Json]:
    """All that is said of an escalation: not what it is about."""
    return {"id": raised.id, "code": raised.code, "raised_at": raised.raised_at, "due": raised.due}


def _same_file(connection: Connection, identity: str) -> list[str]:
    """This video, and the same file under other ids."""
    content = select(video.c.content).where(video.c.id == identity).scalar_subquery()
    same = connection.execute(select(video.c.id).where(video.c.content == content)).scalars()
    return list({identity, *same})


def _outcome(writing: Writing, about: str, guideline: str) -> Outcome:
    document = guideline_of(writing.connection, writing.blobs, guideline)
    heard = judgements_of(writing.connection, [about])[about]
    return outcome_of(document, [one.answers for one in heard])


def _said(outcome: Outcome) -> dict[str, Json]:
    """The outcome; of a contested task nothing is decided."""
    said: dict[str, Json] = {"outcome": outcome.state}
    if outcome.settled is not None:
        said |= {
            "assessable": outcome.settled.assessable,
            "fails": outcome.settled.fails,
            "families": sorted(outcome.settled.families),
        }
    return said


def _tell_done(writing: Writing, studies: Iterable[str], to: Sequence[str]) -> None:
    """Say of each of these studies that nothing of it is left to judge, if it is so."""
    for identity in studies:
        if _is_done(writing.connection, identity):
            tell(writing, "study.done", identity, {"study": identity}, to=to)


def _is_done(connection: Connection, identity: str) -> bool:
    """Whether every task of a drawn study is settled or stopped; gold was not drawn and never ends."""
    drawn = select(study.c.id).where(study.c.id == identity, study.c.frame != "")
    left = select(task.c.id).where(task.c.study == identity, task.c.state == "open").limit(1)
    return connection.execute(drawn).first() is not None and connection.execute(left).first() is None
