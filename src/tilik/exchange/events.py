"""What can happen in exchange with others: a video is known to a hash list, judgements come in, a machine's
verdicts too."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tilik.log import Event


class VideoMatched(Event, type="video-matched"):
    """Hashes of a video's file stand in banks that must not be shown: the video is locked, unseen.

    ``content`` is the file's hash; a video whose file was replaced since stays locked until it is decided.
    """

    video: str
    content: str
    banks: tuple[str, ...]


class OutsideRater(BaseModel):
    """Who judged there. ``name`` is a machine's; of a person there is none, for that is an erasable row."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Literal["person", "machine"]
    name: str


class OutsideStudyImported(Event, type="outside-study-imported"):
    """Judgements made elsewhere are here, as an imported study: no frame, no draw, no probability.

    ``rows`` names them among the blobs, without names and free texts; ``source`` is the program that they
    come from.
    """

    study: str
    name: str
    source: Literal["label-studio"]
    guideline: str
    raters: tuple[OutsideRater, ...]
    rows: str
    count: int


class MachineJudged(Event, type="machine-judged"):
    """A machine's verdicts on the videos of a drawn study are here, to be compared with what people settled.

    ``rows`` names them among the blobs; no outcome, no figure and no training set reads them.
    """

    judge: str
    study: str
    name: str
    rows: str
    count: int
