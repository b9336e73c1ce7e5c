"""What to judge next, and what came of it, as it looks to whoever asks."""

from __future__ import annotations

from pydantic import BaseModel
from sqlalchemy import Connection

from tilik.kernel import Estimate
from tilik.learn.events import WantedVideo
from tilik.learn.looking_next import LookNext, NextStudy, look_next, next_studies
from tilik.learn.next_best import By
from tilik.log import Blobs
from tilik.measure.facts import gather


class WantedView(BaseModel):
    """A video to judge next: the model's ``chance`` that it fails, and how often it was so where the model,
    unseen, had said about as much (``found``).

    Why it: ``unsure`` (0 to 1), ``change`` (expected length of the gradient), ``likeness`` to those chosen
    before it (0 to 1); ``worth`` is what it was chosen by, likeness taken off.
    """

    video: str
    impressions: float
    chance: float
    found: Estimate
    unsure: float
    change: float
    likeness: float
    worth: float

    @classmethod
    def of(cls, one: WantedVideo, found: Estimate) -> WantedView:
        """With how true such a chance is."""
        return cls(found=found, **one.model_dump())


class NextBestView(BaseModel):
    """The videos of which a baseline would learn most, the most telling first: of a ``pool`` of so many that
    nobody drew. ``judged`` videos taught the baseline."""

    study: str
    name: str
    by: By
    alike: float
    judged: int
    pool: int
    videos: list[WantedView]


class NextStudyView(BaseModel):
    """A study that was opened of such videos, and what came of it by now.

    ``failing`` is the share of those judged so far: it estimates nothing of the frame, for they were chosen.
    ``expected`` is the mean of the chances that the model had given these.
    """

    study: str
    name: str
    by: str
    alike: float
    opened_at: str
    drawn: int
    waiting: int
    left_out: int
    failing: Estimate | None
    expected: float | None

    @classmethod
    def of(cls, one: NextStudy) -> NextStudyView:
        """As it stands."""
        return cls(
            study=one.opened.study,
            name=one.opened.name,
            by=one.asked.by,
            alike=one.asked.alike,
            opened_at=one.opened.opened_at,
            drawn=one.drawn,
            waiting=one.waiting,
            left_out=one.left_out,
            failing=one.failing,
            expected=one.expected,
        )


def show_next(
    connection: Connection, blobs: Blobs, study: str, *, count: int, by: By, alike: float
) -> tuple[NextBestView, LookNext]:
    """What would be picked, for whoever looks and for whoever opens it. Raises what ``look_next`` raises."""
    found = look_next(connection, blobs, study, count=count, by=by, alike=alike)
    shown = NextBestView(
        study=study,
        name=gather(connection, blobs, study).study.name,
        by=by,
        alike=alike,
        judged=found.judged,
        pool=found.pool,
        videos=[WantedView.of(one, found.found(one)) for one in found.wanted],
    )
    return shown, found


def show_next_studies(connection: Connection, blobs: Blobs, study: str) -> list[NextStudyView]:
    """The studies that were opened of what this one's baseline would learn from, the newest first."""
    return [NextStudyView.of(one) for one in next_studies(connection, blobs, study)]
