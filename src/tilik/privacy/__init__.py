"""Personal data: found in free text before it is stored."""

from tilik.privacy.accepting import Impersonal, refuse_personal, unstated
from tilik.privacy.events import TextStatedImpersonal
from tilik.privacy.scanning import MUST_GO, Finding, Kind, is_nik, scan

__all__ = [
    "MUST_GO",
    "Finding",
    "Impersonal",
    "Kind",
    "TextStatedImpersonal",
    "is_nik",
    "refuse_personal",
    "scan",
    "unstated",
]
