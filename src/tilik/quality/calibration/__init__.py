"""Calibration: a team votes blind on what split it most, talks, hears the ruling, and votes again."""

from tilik.quality.calibration import apply as apply  # declares how events change the tables
from tilik.quality.calibration.act import close, open_session, remark, reveal, rule, vote
from tilik.quality.calibration.events import (
    CalibrationClosed,
    CalibrationOpened,
    CalibrationRemarked,
    CalibrationRevealed,
    CalibrationRuled,
    CalibrationVoted,
)
from tilik.quality.calibration.view import Item, Round, Session, find_session, session_of, sessions

__all__ = [
    "CalibrationClosed",
    "CalibrationOpened",
    "CalibrationRemarked",
    "CalibrationRevealed",
    "CalibrationRuled",
    "CalibrationVoted",
    "Item",
    "Round",
    "Session",
    "close",
    "find_session",
    "open_session",
    "remark",
    "reveal",
    "rule",
    "session_of",
    "sessions",
    "vote",
]
