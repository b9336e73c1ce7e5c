"""What can happen in a calibration session."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from tilik.log import Event


class Asked(BaseModel):
    """One question about one task: ``verdict`` (does it fail?), or ``family.CODE`` (is it there at level 2 or
    above?). ``split`` is how far those who judged it were apart, 0 to 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: str
    question: str
    split: float


class CalibrationOpened(Event, type="calibration-opened"):
    """A lead opened a session on what split a study's judges most, in this order."""

    session: str
    study: str
    guideline: str
    items: tuple[Asked, ...]


class CalibrationVoted(Event, type="calibration-voted"):
    """One person's vote: ``round`` 1 blind, 2 after the ruling. A later one replaces it. ``met`` names the
    record that this person has seen the video, where they had not judged it."""

    session: str
    task: str
    person: str
    round: int
    says: bool
    met: str | None = None


class CalibrationRevealed(Event, type="calibration-revealed"):
    """The blind votes on this item are shown, as counts and letters."""

    session: str
    task: str


class CalibrationRemarked(Event, type="calibration-remarked"):
    """Something was said in the discussion; ``digest`` is that of an erasable text."""

    remark: str
    session: str
    task: str
    person: str
    digest: str


class CalibrationRuled(Event, type="calibration-ruled"):
    """A lead ruled, which is a precedent from now on; ``reason`` is the digest of an erasable text."""

    ruling: str
    session: str
    task: str
    says: bool
    reason: str


class CalibrationClosed(Event, type="calibration-closed"):
    """Nobody votes in this session any more."""

    session: str
