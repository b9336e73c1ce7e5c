"""What can happen to videos as leads see them: waiting copies are given the outcome of a judged one."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from tilik.log import Event


class Sibling(BaseModel):
    """A waiting task, its video, and the share of pictures that this has in common with the judged one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: str
    video: str
    share: float


class SiblingsDecided(Event, type="siblings-decided"):
    """Somebody accepted that these waiting tasks end like ``judged``, of which their videos are copies.

    It is assisted work: no judgement comes of it, and no measurement counts it. Only tasks of studies that
    are not blind can stand here.
    """

    batch: str
    judged: str
    guideline: str
    siblings: tuple[Sibling, ...]


class SiblingsWithdrawn(Event, type="siblings-withdrawn"):
    """What was accepted in one batch holds no longer: its tasks wait again."""

    batch: str
