"""What the library sends and takes over HTTP."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from tilik.guideline import Text
from tilik.media.lending import Lent
from tilik.media.searching import Place
from tilik.study.shown import EvidenceView, MediaView


class VideoCard(BaseModel):
    """A video in a list. ``family`` is how many videos share its family, 1 where it stands alone; ``hidden``
    says that whoever asks may still judge it blind, and then only its id is told."""

    video: str
    title: str
    condition: str
    reason: str
    duration: float
    poster: str | None
    locked: bool
    hidden: bool
    family: int
    lookup: str | None


class VideoList(BaseModel):
    """A page of videos in order of id; ``after`` is where the next one begins, None at the end."""

    videos: list[VideoCard]
    count: int
    conditions: dict[str, int]
    after: str | None


class HitView(BaseModel):
    """A piece of text that was found; ``marks`` are the parts of it that were meant, in letters."""

    place: Place
    start: float
    end: float
    text: str
    marks: list[tuple[int, int]]


class FoundView(BaseModel):
    """A video with its hits; there may be more of them than are listed."""

    card: VideoCard
    count: int
    hits: list[HitView]


class FoundList(BaseModel):
    """What a search found; ``most`` says that there may be more."""

    found: list[FoundView]
    hits: int
    most: bool


class FileFacts(BaseModel):
    """What the file is, technically; ``copied`` says that the browser plays a copy of it."""

    container: str = ""
    video_codec: str = ""
    video_profile: str = ""
    pixel_format: str = ""
    audio_codec: str | None = None
    coded_width: int = 0
    coded_height: int = 0
    rotation: int = 0
    vfr: bool = False
    frames: int = 0
    bytes: int = 0
    copied: bool = False


class EdgeView(BaseModel):
    """Two members whose pictures match: ``share`` of them, at ``distance`` of 256 bits in the median.

    ``same``: they are one file under two ids.
    """

    one: int
    other: int
    share: float
    distance: int | None
    same: bool = False


class FamilyView(BaseModel):
    """The videos of a family; edges name them by their place in ``members``."""

    members: list[VideoCard]
    edges: list[EdgeView]


class FoundSignal(BaseModel):
    """A signal of a video that stands in a bank of a hash list."""

    kind: str
    bank: str
    content: int | None
    distance: str
    second: float | None
    locks: bool


class LookupView(BaseModel):
    """What the look-up in hash lists found of one file: ``matched``, ``known-innocent``, ``clear`` or
    ``not-hashed``, with why nothing could be hashed."""

    video: str
    title: str
    state: str
    asked: int
    found: list[FoundSignal]
    failed: str
    locked: bool
    looked_at: str


class LookupList(BaseModel):
    """Look-ups, what needs somebody's eye first; ``states`` counts all, ``never`` those never looked up."""

    lookups: list[LookupView]
    states: dict[str, int]
    never: int
    server: bool


class WorkView(BaseModel):
    """A study that drew this video, and how its task stands there."""

    study: str
    blind: bool
    state: str


class VideoView(BaseModel):
    """Everything that is known of one video, outside blind work. ``guideline`` (its hash) says for what work
    on it is stopped."""

    video: str
    guideline: str
    title: str
    media: MediaView
    reason: str
    detail: str
    facts: FileFacts
    declared: str
    evidence: list[EvidenceView]
    lent: list[Lent]
    family: FamilyView | None
    lookup: LookupView | None
    work: list[WorkView]
    failed: dict[str, str] = Field(description="Analyser → why it could not say anything.")


class SiblingView(BaseModel):
    """A waiting task that may end like the judged one."""

    task: str
    card: VideoCard
    study: str
    share: float
    distance: int | None


class OfferView(BaseModel):
    """A judged video, what was decided, and the copies that wait."""

    judged: str
    card: VideoCard
    study: str
    verdict: Text | None
    fails: bool
    min_age: int | None
    labels: list[Text]
    judgements: int
    siblings: list[SiblingView]


class DecidedView(BaseModel):
    """What was accepted at once: of whom it was taken, and how many tasks ended so."""

    batch: str
    judged: str
    video: str
    tasks: int
    person: str
    decided_at: str


class OfferList(BaseModel):
    """What may be accepted, and what was."""

    offers: list[OfferView]
    decided: list[DecidedView]


class AcceptBody(BaseModel):
    """These waiting tasks shall end like the judged one."""

    model_config = ConfigDict(extra="forbid")

    judged: str
    tasks: list[str] = Field(min_length=1, max_length=10_000)


class AcceptedView(BaseModel):
    """The id under which it can be taken back."""

    batch: str
    tasks: int
