"""A second factor: codes of an authenticator app (RFC 6238), and recovery codes for a lost phone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Connection, delete, func, insert, select, update

from tilik.access.credentials import credential_of, keep_credential
from tilik.access.people import find_person
from tilik.kernel import Clock, Conflict, Invalid, digest_bytes, to_text
from tilik.store import Writing
from tilik.store.access_tables import recovery_code

STEP = 30
"""Seconds that a code is good for; the one before and the one after are taken too."""
RECOVERY_CODES = 10
RECOVERY_LETTERS = 16
"""Of base 32: 80 random bits, so a fast hash is enough."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app needs: the secret to type, or the same as a picture (an SVG data URI)."""

    secret: str
    picture: str


class Seal:
    """Keeps secrets unreadable in the database: only the workspace's own secret opens them.

    ``use`` keeps the keys of different uses apart: what one sealed, another does not open.
    """

    def __init__(self, secret: bytes, use: str = "totp") -> None:
        key = hashlib.sha256(f"tilik {use} 1 ".encode() + secret).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def close(self, text: str) -> str:
        """The text, sealed."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """The text again; ``None`` when another secret sealed it."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None


def begin_totp(writing: Writing, identity: str, seal: Seal) -> Enrolment:
    """A new secret, which counts once its first code was typed. Raises ``Conflict`` without a password."""
    before = credential_of(writing.connection, identity)
    if before.password is None:
        raise Conflict("password-first", "a second factor needs a first", mend="Set a password.")
    secret = pyotp.random_base32()
    keep_credential(writing, identity, before.with_(totp_pending=seal.close(secret)))
    person = find_person(writing.connection, identity)
    uri = pyotp.TOTP(secret).provisioning_uri(name=person.pseudonym, issuer_name="Tilik")
    return Enrolment(secret, segno.make(uri, error="m").svg_data_uri(scale=4, border=4, light="white"))


def confirm_totp(writing: Writing, identity: str, seal: Seal, code: str) -> tuple[str, ...]:
    """Let the second factor count from now on; gives recovery codes, shown once.

    Raises ``Invalid`` for a wrong code, ``Conflict`` where nothing was begun.
    """
    before = credential_of(writing.connection, identity)
    secret = seal.open(before.totp_pending) if before.totp_pending else None
    if secret is None:
        raise Conflict("totp-not-begun", "no second factor was begun", mend="Begin again.")
    step = fitting_step(secret, code, writing.clock)
    if step is None:
        raise Invalid("code-wrong", "this code does not fit", where="code")
    after = before.with_(totp=before.totp_pending, totp_pending=None, totp_step=step)
    keep_credential(writing, identity, after)
    return _new_recovery_codes(writing, identity)


def drop_totp(writing: Writing, identity: str) -> None:
    """Take the second factor and its recovery codes away."""
    before = credential_of(writing.connection, identity)
    keep_credential(writing, identity, before.with_(totp=None, totp_pending=None, totp_step=0))


def fitting_step(secret: str, code: str, clock: Clock) -> int | None:
    """The step of time that this code belongs to, if that is about now."""
    typed = "".join(code.split()).encode(errors="replace")
    now = int(clock().timestamp()) // STEP
    otp = pyotp.TOTP(secret, interval=STEP)
    fitting = [
        step
        for step in (now - 1, now, now + 1)
        if hmac.compare_digest(otp.generate_otp(step).encode(), typed)
    ]
    return fitting[0] if fitting else None


def use_code(writing: Writing, identity: str, seal: Seal, code: str) -> bool:
    """Use a code of the app up. False: it does not fit, or is not newer than the last used."""
    before = credential_of(writing.connection, identity)
    secret = seal.open(before.totp) if before.totp else None
    step = fitting_step(secret, code, writing.clock) if secret else None
    if step is not None and step > before.totp_step:
        keep_credential(writing, identity, before.with_(totp_step=step))
        return True
    return False


def use_recovery_code(writing: Writing, identity: str, code: str) -> bool:
    """Use a recovery code up, if it is one of this person's."""
    used = writing.connection.execute(
        update(recovery_code)
        .where(
            recovery_code.c.digest == _digest(identity, code),
            recovery_code.c.person == identity,
            recovery_code.c.used_at.is_(None),
        )
        .values(used_at=to_text(writing.clock()))
    )
    return used.rowcount == 1


def recovery_codes_left(connection: Connection, identity: str) -> int:
    """How many recovery codes a person has not used."""
    query = select(func.count()).where(recovery_code.c.person == identity, recovery_code.c.used_at.is_(None))
    return connection.execute(query).scalar_one()


def _new_recovery_codes(writing: Writing, identity: str) -> tuple[str, ...]:
    letters = [
        base64.b32encode(secrets.token_bytes(RECOVERY_LETTERS * 5 // 8)).decode().lower()
        for _ in range(RECOVERY_CODES)
    ]
    writing.connection.execute(delete(recovery_code).where(recovery_code.c.person == identity))
    rows = [{"digest": _digest(identity, one), "person": identity, "used_at": None} for one in letters]
    writing.connection.execute(insert(recovery_code), rows)
    return tuple("-".join(one[at : at + 4] for at in range(0, len(one), 4)) for one in letters)


def _digest(identity: str, code: str) -> str:
    letters = "".join(sign for sign in code.lower() if sign.isalnum())
    return digest_bytes(f"{identity} {letters}".encode(errors="surrogatepass"))
