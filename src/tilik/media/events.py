"""What can happen to media: a video's file arrives, with captions, is prepared and measured."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from tilik.log import Event
from tilik.media.record import MediaRecord, Sidecar


class VideoAdded(Event, type="video-added"):
    """A video's file is here, not yet prepared; ``content`` names it among the blobs."""

    video: str
    title: str
    content: str


class CaptionsAdded(Event, type="video-captions-added"):
    """The caption files of a video, all of them: they replace earlier ones."""

    video: str
    captions: tuple[Sidecar, ...]


class OriginDeclared(Event, type="video-origin-declared"):
    """What the platform's own label says of how a video was made, word for word from the frame."""

    video: str
    label: str


class VideoPrepared(Event, type="video-prepared"):
    """An added video was prepared, or could not be: the record says which.

    ``content`` is the original's, so that a result for a file since replaced is told apart.
    """

    video: str
    content: str
    record: MediaRecord


class FilesErased(Event, type="video-files-erased"):
    """The files of a video are gone: original, playable copy, pictures, captions. What was measured
    stays; text that was read in it goes by its own event.

    ``content`` is the original's, so that a file brought in since is told apart.
    """

    video: str
    content: str


class ResultKey(BaseModel):
    """Which analyser, and which version of it with what else went into the result."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    analyser: str
    version: str


class MediaMeasured(Event, type="media-measured"):
    """Analysers said something of a file: never of a video, for two videos may be the same file.

    ``of``  the hash of what they read; ``results``  the keys of all that ``bundle``, a blob, holds.
    """

    of: str
    results: tuple[ResultKey, ...]
    bundle: str


class TextsErased(Event, type="media-texts-erased"):
    """What machines read in a file (text in the picture, words spoken, captions) went with the files.

    ``of``  what had been read; ``bundle``  the blob that held it, taken away by whoever erases; ``analysers``
    whose results went; ``left``  the blob with the results that stay, None where there are none.
    """

    of: str
    bundle: str
    analysers: tuple[str, ...]
    left: str | None


class Near(BaseModel):
    """A file that another one is near: ``share`` of pictures in common, ``distance`` in bits of 256."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    other: str
    share: float
    distance: int


class FamilyPlaced(Event, type="media-family-placed"):
    """A file was looked up among all files, and came to stand in a family.

    ``content``  the file; ``bundle``  the blob with its print; ``family``  the content of the family's first
    member; ``near``  its direct matches; ``merged``  families that it joined to this one.
    """

    content: str
    bundle: str
    family: str
    near: tuple[Near, ...]
    merged: tuple[str, ...] = ()


class Regrouped(BaseModel):
    """A file and the name of the family it is in now."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: str
    family: str


class FamilyLeft(Event, type="media-family-left"):
    """A file left its family: no video has it any more, or it is about to be looked up by a new print.

    ``content``  the file, whose matches end; ``regrouped``  members whose family has another name now,
    because only this file held them together or gave them its name.
    """

    content: str
    regrouped: tuple[Regrouped, ...] = ()
