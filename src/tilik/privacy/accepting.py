"""No free text is stored before it was scanned: the one check that every room calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from tilik.kernel import Invalid
from tilik.privacy.events import TextStatedImpersonal
from tilik.privacy.scanning import Kind, scan
from tilik.store import Writing

Impersonal = Annotated[
    bool, Field(description="The writer states that telephone numbers found are nobody's.")
]
NAMES: dict[Kind, str] = {"email": "an e-mail address", "nik": "a NIK", "phone": "a telephone number"}


def refuse_personal(
    writing: Writing, owner: str, texts: Mapping[str, str], *, impersonal: bool = False
) -> None:
    """Let texts be stored only without personal data; ``owner`` is what they will belong to.

    An e-mail address or a NIK must be taken out. For a telephone number ``impersonal`` is the writer's
    statement that it is nobody's; the log keeps that it was made. Raises ``Invalid`` for
    ``personal-data-email``, ``personal-data-nik`` and ``personal-data-phone``, naming the text.
    """
    for part, text in texts.items():
        found = scan(text)
        for kind in unstated(text, impersonal=impersonal):
            raise _refusal(kind, part)
        if found:
            kinds = tuple(sorted({one.kind for one in found}))
            writing.record(TextStatedImpersonal(owner=owner, part=part, kinds=kinds))


def unstated(text: str, *, impersonal: bool = False) -> list[Kind]:
    """The kinds of personal data for which a text may not be stored."""
    return [one.kind for one in scan(text) if not (one.may_be_stated and impersonal)]


def _refusal(kind: Kind, part: str) -> Invalid:
    mend = "Take it out" + (", or state that it is nobody's." if kind == "phone" else ".")
    return Invalid(f"personal-data-{kind}", f"the text holds {NAMES[kind]}", where=part, mend=mend)
