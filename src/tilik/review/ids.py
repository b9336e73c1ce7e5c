"""Ids that follow from others, so that a rebuild gives the same ones."""

from __future__ import annotations

from uuid import UUID, uuid5


def task_id(study: str, video: str) -> str:
    """The id of the task that this video is in this study (UUIDv5 of both)."""
    return str(uuid5(UUID(study), video))
