"""Canonical JSON and its SHA-256: how Tilik names content.

Canonical here: UTF-8, keys sorted, no spaces, no NaN or infinity (RFC 8785 in spirit; numbers are
written as Python's shortest round-trip form, so the same value has the same bytes on every machine).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


def canonical(value: Json) -> bytes:
    """The one byte string for this value. Raises ``ValueError`` on NaN or infinity."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def digest(value: Json) -> str:
    """SHA-256 of the canonical JSON, in hex (64 characters)."""
    return hashlib.sha256(canonical(value)).hexdigest()


def digest_bytes(data: bytes) -> str:
    """SHA-256 of bytes, in hex (64 characters)."""
    return hashlib.sha256(data).hexdigest()
