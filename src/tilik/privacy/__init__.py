"""Personal data: found in free text before it is stored; and a record of who looked at which video."""

from tilik.privacy import apply as apply  # declares how events change the tables
from tilik.privacy.accepting import Impersonal, refuse_personal, unstated
from tilik.privacy.events import TextStatedImpersonal, VideoOpened
from tilik.privacy.opening import note_opened
from tilik.privacy.scanning import MUST_GO, Finding, Kind, is_nik, scan

__all__ = [
    "MUST_GO",
    "Finding",
    "Impersonal",
    "Kind",
    "TextStatedImpersonal",
    "VideoOpened",
    "is_nik",
    "note_opened",
    "refuse_personal",
    "scan",
    "unstated",
]
