"""Signatures by the Standard Webhooks specification 1.0.0 (standardwebhooks.com): HMAC-SHA256, ``v1``."""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

PREFIX = "whsec_"
SECRET_BYTES = 32
"""The specification asks for 24 to 64."""


def new_secret() -> str:
    """A fresh random secret, as receivers' libraries take it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(secret: str, message: str, at: datetime, body: bytes) -> str:
    """The signature of one message, sent at this instant, by one secret."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message}.{int(at.timestamp())}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def headers(valid: Sequence[str], message: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers of a request; each valid secret signs, so that a receiver may change in its time."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(sign(secret, message, at, body) for secret in valid),
    }
