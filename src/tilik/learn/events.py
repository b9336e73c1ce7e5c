"""What can happen in learning: a second study is drawn for what the first one seems to say, or opened of what
a baseline would learn from; a training set is kept; a baseline is trained."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from tilik.kernel import Estimate
from tilik.log import Event


class SuspectedSpot(BaseModel):
    """A slice of videos, by its conditions (column, value), and what the first study said of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    conditions: tuple[tuple[str, str], ...]
    units: int
    share: Estimate
    rest: Estimate
    p: float


class BlindSpotsSuspected(Event, type="blind-spots-suspected"):
    """A study ``second`` is drawn to confirm or refute what was suspected in ``study``.

    What fails is a failing video; with a ``score`` only one that scored below ``threshold``. ``edges`` are
    those at which columns of numbers were cut. The spots were fixed before the second study was judged.
    """

    second: str
    study: str
    score: str
    threshold: float
    columns: tuple[str, ...]
    edges: dict[str, tuple[float, ...]]
    spots: tuple[SuspectedSpot, ...]


class DoubtedVideo(BaseModel):
    """What was said of a video, and what it probably should be; ``top`` or drawn at random as a control."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    video: str
    said: bool
    top: bool


class LabelErrorsDoubted(Event, type="label-errors-doubted"):
    """A study ``second`` judges again what is most doubtful in ``study``, mixed with a control as large.

    ``question`` is ``fails`` or the code of a label; ``ranked`` videos were in the list that the top is of.
    """

    second: str
    study: str
    question: str
    ranked: int
    videos: tuple[DoubtedVideo, ...]


class WantedVideo(BaseModel):
    """A video that a baseline would learn from, as it stood when chosen.

    ``chance`` that it fails, by the model; ``unsure`` 0 to 1; ``change`` the expected length of the gradient;
    ``likeness`` to those chosen before, 0 to 1; ``worth`` is what it was chosen by.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    video: str
    impressions: float
    chance: float
    unsure: float
    change: float
    likeness: float
    worth: float


class SaidAndFound(BaseModel):
    """Judged videos of like chances: the mean that the model said unseen, and how often it was so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    said: float
    found: Estimate


class NextBestChosen(Event, type="next-best-chosen"):
    """A study ``second`` is opened of what a baseline of ``study`` would learn most from: assisted work.

    Chosen ``by`` entropy, margin or expected change, likeness counting ``alike``, of a ``pool`` of so many
    videos that nobody drew. ``reliability`` says how true the model's chances were out of fold.
    """

    second: str
    study: str
    by: str
    alike: float
    pool: int
    reliability: tuple[SaidAndFound, ...]
    videos: tuple[WantedVideo, ...]


class TrainingSetKept(Event, type="training-set-kept"):
    """A version of a study's training set is kept: ``content`` is the hash of its rows; ``file`` (a zip) and
    ``card`` are blobs. ``splits`` counts its rows by split, ``left_out`` the drawn videos that are not in."""

    id: str
    study: str
    content: str
    use: str
    guideline: str
    seed: int
    splits: dict[str, int]
    left_out: dict[str, int]
    file: str
    card: str


class BaselineTrained(Event, type="baseline-trained"):
    """A baseline was trained on the set ``learned_from`` (the hash of its rows); ``model``, ``card``: blobs.

    ``figures`` are out of fold; ``against`` are those of ``incumbent``, and the paired differences.
    """

    id: str
    study: str
    learned_from: str
    model: str
    card: str
    rows: int
    groups: int
    incumbent: str
    power: float
    figures: dict[str, Estimate]
    against: dict[str, Estimate]
