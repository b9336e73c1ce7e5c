"""What can happen to personal data."""

from __future__ import annotations

from typing import Literal

from tilik.log import Event
from tilik.privacy.scanning import Kind

Place = Literal["page", "case", "calibration"]
"""Where a video is opened outside work on it: on its own page, in a case, in a calibration session."""


class TextStatedImpersonal(Event, type="text-stated-impersonal"):
    """The writer states that what was found in a text is no personal data.

    ``owner`` is what the text belongs to, such as a judgement; ``part`` says which of its texts, ``kinds``
    what was found. Who stated it is the entry's actor; the text's digest stands with its owner.
    """

    owner: str
    part: str
    kinds: tuple[Kind, ...]


class VideoOpened(Event, type="video-opened"):
    """Somebody opened a video at a place where they do not judge it, or opened it again after some minutes.

    ``view`` is the record's id. Videos given out to be judged are on record by their leases.
    """

    view: str
    person: str
    video: str
    place: Place
