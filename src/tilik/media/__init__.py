"""From a file to what a reviewer needs: playback, poster, storyboard, evidence. Every touch is guarded."""

from tilik.media.limits import DEFAULT, Limits
from tilik.media.prepare import Item, Progress, content_hash, prepare, prepare_many, probe
from tilik.media.result import (
    CaptionTrack,
    Condition,
    ConditionCode,
    FlashCode,
    FlashSummary,
    LookSummary,
    LoudnessSummary,
    Playback,
    Poster,
    Prepared,
    Probe,
    Reason,
    Storyboard,
)

__all__ = [
    "DEFAULT",
    "CaptionTrack",
    "Condition",
    "ConditionCode",
    "FlashCode",
    "FlashSummary",
    "Item",
    "Limits",
    "LookSummary",
    "LoudnessSummary",
    "Playback",
    "Poster",
    "Prepared",
    "Probe",
    "Progress",
    "Reason",
    "Storyboard",
    "content_hash",
    "prepare",
    "prepare_many",
    "probe",
]
