"""What the workspace keeps of a prepared video: every file by content hash, every fact typed."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, JsonValue


class StoredFile(BaseModel):
    """A file among the blobs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: str
    mime: str


class Sidecar(BaseModel):
    """A caption file that came with a video: its name, its language ("" unknown) and its blob."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    language: str = ""
    content: str


class StoredStoryboard(StoredFile):
    """A sprite of tiles, row by row: one tile each ``interval`` seconds. Sizes in pixels."""

    columns: int = Field(ge=1)
    count: int = Field(ge=1)
    tile_width: int = Field(ge=1)
    tile_height: int = Field(ge=1)
    interval: float = Field(gt=0)


class MediaRecord(BaseModel):
    """A video as prepared. ``duration`` in seconds; sizes in pixels as shown (rotation and SAR applied).

    ``playback`` is ``None`` where nothing of it can be played; ``condition`` and ``detail`` say why. A video
    of which only key pictures were read (tier 0) has stills and facts, and waits as ``added``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    condition: str
    detail: str = ""
    duration: float = Field(default=0.0, ge=0)
    width: int = Field(default=0, ge=0)
    height: int = Field(default=0, ge=0)
    fps: float | None = None
    playback: StoredFile | None = None
    poster: StoredFile | None = None
    storyboard: StoredStoryboard | None = None
    probe: dict[str, JsonValue] = Field(default_factory=dict)

    def contents(self) -> set[str]:
        """The names of every blob that may be shown of this video."""
        return {f.content for f in (self.playback, self.poster, self.storyboard) if f is not None}
