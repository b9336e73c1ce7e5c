"""Versions of the shipped guideline that differ in one stated place."""

from __future__ import annotations

from functools import cache

from tilik.guideline import Guideline, load

from .conftest import SHIPPED

TEXT = SHIPPED.read_text(encoding="utf-8")
OWN_RULE = """    - code: VR1B
      match: all
      when:
        - {count: labels, of: [%s], min_level: %d, at_least: 1}
      then: %s
      text: {id: "Aturan khusus satu label.", en: "A rule about one label."}
    - code: VR2
"""


def edit(old: str, new: str, text: str = TEXT) -> str:
    """The shipped text with one place changed."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def with_rule(label: str, level: int, verdict: str, text: str = TEXT) -> str:
    """One label proposes this verdict from this level on."""
    return edit("    - code: VR2\n", OWN_RULE % (label, level, verdict), text)


@cache
def version(text: str) -> Guideline:
    """The guideline of this text, read once."""
    return load(text)
