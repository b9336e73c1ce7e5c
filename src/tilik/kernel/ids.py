"""Identifiers: UUIDv7, so that ids sort by the time they were made."""

from __future__ import annotations

from typing import NewType

import uuid_utils

PersonId = NewType("PersonId", str)
StudyId = NewType("StudyId", str)
TaskId = NewType("TaskId", str)
VideoId = NewType("VideoId", str)
"""The platform's own id of a video, as it stands in the frame; not a UUID."""


def new_id() -> str:
    """A fresh UUIDv7 in its usual 36 characters. Later calls sort after earlier ones."""
    return str(uuid_utils.uuid7())
