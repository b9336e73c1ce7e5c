"""What preparing a file yields: its condition, its facts, its playback files, its evidence."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from tilik.kernel import Evidence

ConditionCode = Literal[
    "ready",
    "partly-readable",
    "unreadable",
    "no-video",
    "format-refused",
    "missing",
    "too-large",
    "too-long",
    "too-demanding",
    "timed-out",
    "out-of-memory",
    "no-space",
    "crashed",
]
"""Stable codes; screens translate them. Everything but the first two means: nothing can be played."""

Reason = Literal["", "damaged", "ends-early", "audio-unreadable", "no-playback"]
"""Why a file is ``partly-readable``: damaged pictures inside, an end that is missing, sound that cannot be
decoded, or pictures that decode here but of which no copy for the browser could be made."""

FlashCode = Literal["pass", "warning", "extended", "fail"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(_Frozen):
    """The state a file was found in. ``detail`` is technical and never translated."""

    code: ConditionCode
    reason: Reason = ""
    detail: str = ""

    @property
    def playable(self) -> bool:
        """Whether a reviewer can be shown anything."""
        return self.code in ("ready", "partly-readable") and self.reason != "no-playback"


class Probe(_Frozen):
    """Facts of the file. Sizes are as shown: after rotation and with square pixels.

    ``rotation``  degrees clockwise the player turns the stored pictures;
    ``fps``  mean frames a second; ``vfr`` whether their spacing varies (known only after decoding);
    ``seconds``  from the first to the end of the last decoded picture, or the container's word for it.
    """

    container: str
    video_codec: str
    video_profile: str = ""
    pixel_format: str = ""
    audio_codec: str | None = None
    width: int
    height: int
    coded_width: int
    coded_height: int
    rotation: Literal[0, 90, 180, 270] = 0
    fps: float
    vfr: bool = False
    seconds: float
    frames: int
    bytes: int

    @property
    def has_audio(self) -> bool:
        """Whether the file has a sound track."""
        return self.audio_codec is not None


class Playback(_Frozen):
    """What the browser plays: the ``original``, or ``file`` in the prepared folder."""

    how: Literal["original", "remux", "proxy"]
    mime: str
    file: str = ""
    why: str = ""
    """Why the original is not played, technical; empty for an original."""
    audio: bool = True


class Storyboard(_Frozen):
    """One picture of many tiles, row by row: tile ``k`` shows second ``k × interval``."""

    file: str
    tile_width: int
    tile_height: int
    columns: int
    tiles: int
    interval: float


class Poster(_Frozen):
    """One still that is neither black nor blank where the video has such a one."""

    file: str
    width: int
    height: int


class FlashSummary(_Frozen):
    """The whole file's flash verdicts and the most transitions seen within one second."""

    general: FlashCode = "pass"
    red: FlashCode = "pass"
    general_peak: int = 0
    red_peak: int = 0


class LoudnessSummary(_Frozen):
    """EBU R 128 over the whole sound track. ``None`` where too little of it was heard to say.

    ``integrated`` LUFS (``None``: all of it lies below the gate of -70), ``range`` LU, ``true_peak`` dBTP
    (``None``: digital silence), the greatest momentary (.4 s) and short-term (3 s) loudness in LUFS.
    """

    integrated: float | None
    range: float
    true_peak: float | None
    momentary_max: float
    short_term_max: float | None


class LookSummary(_Frozen):
    """How the pictures look on the whole.

    ``brightness`` mean luma, 0..255; ``colourfulness`` Hasler and Süsstrunk's M (0 grey, some 30 moderate,
    above 80 extreme); ``motion`` mean change of luma, levels a second; seconds that are black, or still.
    """

    brightness: float
    colourfulness: float
    motion: float
    black_seconds: float
    still_seconds: float


class CaptionTrack(_Frozen):
    """Captions found with a video: how many cues were read, and what was not, by file and line.

    ``refused`` says why nothing of it could be read.
    """

    origin: Literal["sidecar", "embedded"]
    name: str
    language: str = ""
    cues: int = 0
    faults: tuple[str, ...] = ()
    refused: str = ""


class Result(_Frozen):
    """All that one analyser says of one file: with the file's hash, ``source`` is the key it is kept under.

    ``source``  ``analyser/version``; ``summary``  what holds for the whole file; ``curves``  one number a
    second; ``failed``  why it could not say anything, empty where it ran to the end.
    """

    source: str
    summary: JsonValue = None
    evidence: tuple[Evidence, ...] = ()
    curves: dict[str, tuple[float | None, ...]] = Field(default_factory=dict)
    failed: str = ""

    @property
    def analyser(self) -> str:
        """The analyser's name, without its version."""
        return self.source.partition("/")[0]

    @property
    def version(self) -> str:
        """The analyser's version."""
        return self.source.partition("/")[2]


class Prepared(_Frozen):
    """All that one call of ``prepare`` found and made. File names are relative to its folder."""

    video: str
    content_hash: str
    condition: Condition
    probe: Probe | None = None
    playback: Playback | None = None
    poster: Poster | None = None
    storyboard: Storyboard | None = None
    flash: FlashSummary | None = None
    loudness: LoudnessSummary | None = None
    look: LookSummary | None = None
    captions: tuple[CaptionTrack, ...] = ()
    results: tuple[Result, ...] = ()
    cpu_seconds: float = Field(default=0, ge=0)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Everything that was said, in the order of the analysers."""
        return tuple(item for result in self.results for item in result.evidence)

    @property
    def analysers(self) -> tuple[str, ...]:
        """Each analyser that ran to the end, with its version."""
        return tuple(result.source for result in self.results if not result.failed)


class Curves(_Frozen):
    """One number for each second of the video: loudness (greatest momentary, LUFS; ``None`` where nothing
    was heard), brightness (0..255), colourfulness, motion (levels a second). Empty where not measured."""

    loudness: tuple[float | None, ...] = ()
    brightness: tuple[float, ...] = ()
    colour: tuple[float, ...] = ()
    motion: tuple[float, ...] = ()


class SignalReport(_Frozen):
    """All that the analysers of one tier say of a file; nothing is written.

    ``hashes``  256-bit hashes of its pictures, two a second (tier 0: of its key pictures), in hex;
    ``lacking``  kinds of evidence that belong to this tier and that nothing here can measure.
    """

    file: str
    content_hash: str
    tier: Literal[0, 1, 2]
    condition: Condition
    probe: Probe | None = None
    flash: FlashSummary | None = None
    loudness: LoudnessSummary | None = None
    look: LookSummary | None = None
    captions: tuple[CaptionTrack, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    curves: Curves = Curves()
    hashes: tuple[str, ...] = ()
    analysers: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    cpu_seconds: float = Field(default=0, ge=0)
