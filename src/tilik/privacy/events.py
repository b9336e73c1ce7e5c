"""What can happen to personal data."""

from __future__ import annotations

from tilik.log import Event
from tilik.privacy.scanning import Kind


class TextStatedImpersonal(Event, type="text-stated-impersonal"):
    """The writer states that what was found in a text is no personal data.

    ``owner`` is what the text belongs to, such as a judgement; ``part`` says which of its texts, ``kinds``
    what was found. Who stated it is the entry's actor; the text's digest stands with its owner.
    """

    owner: str
    part: str
    kinds: tuple[Kind, ...]
