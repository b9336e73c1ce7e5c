"""The columns that many tables have, and the kinds of tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, String

FOLDED: dict[str, Any] = {"kind": "folded"}
ERASABLE: dict[str, Any] = {"kind": "erasable"}
OPERATIONAL: dict[str, Any] = {"kind": "operational"}


def id_(name: str = "id", **options: Any) -> Column[str]:
    """An id: a UUID as text."""
    return Column(name, String(36), **options)


def hash_(name: str = "hash", **options: Any) -> Column[str]:
    """A SHA-256 in hex."""
    return Column(name, String(64), **options)


def time_(name: str, **options: Any) -> Column[str]:
    """An instant, as ``kernel.to_text`` writes it."""
    return Column(name, String(27), **options)
