"""Signing in at an identity provider: OpenID Connect, authorization code with PKCE.

Checked of what comes back: that this browser began it, the code verifier, the ID token's signature by the
provider's keys, issuer, audience, authorized party, times and nonce (OpenID Connect Core 1.0, 3.1.3.7).
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from tilik.access.settings import OidcSettings
from tilik.kernel import Clock, Refused, Unavailable

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a key that only the provider has; ``none`` and shared secrets are not among them."""
LEEWAY = 60
"""Seconds that two clocks may differ."""
KNOWN_FOR = timedelta(hours=1)
TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Claims:
    """Who somebody is at the provider. ``email`` only where the provider says that it is verified."""

    issuer: str
    subject: str
    email: str
    name: str


class Provider:
    """One identity provider, as far as it is known: its addresses and keys, asked for once an hour."""

    def __init__(self, settings: OidcSettings, clock: Clock) -> None:
        self.settings = settings
        self._clock = clock
        self._known: dict[str, tuple[datetime, dict[str, Any]]] = {}
        self._lock = threading.Lock()

    def address(self, *, redirect: str, state: str, nonce: str, verifier: str, again: bool) -> str:
        """Where the browser goes. ``again``: the provider is to ask even somebody it knows.

        Raises ``Unavailable``.
        """
        asked: dict[str, Any] = {"prompt": "login"} if again else {}
        with self._client(redirect) as client:
            url, _ = client.create_authorization_url(
                self._metadata()["authorization_endpoint"],
                state=state,
                nonce=nonce,
                code_verifier=verifier,
                **asked,
            )
        return str(url)

    def claims(self, code: str, *, redirect: str, nonce: str, verifier: str) -> Claims:
        """Who comes with this code. Raises ``Refused`` when anything does not hold, ``Unavailable``."""
        token = self._exchange(code, redirect, verifier)
        try:
            checked = self._check(str(token["id_token"]), nonce, str(token.get("access_token", "")))
        except (JoseError, AuthlibBaseError, KeyError, ValueError, TypeError) as error:
            raise _refused(f"the ID token does not hold: {type(error).__name__}") from None
        verified = checked.get("email_verified") is True
        return Claims(
            issuer=self.settings.issuer,
            subject=str(checked["sub"])[:255],
            email=str(checked.get("email") or "") if verified else "",
            name=str(checked.get("name") or ""),
        )

    def _client(self, redirect: str) -> OAuth2Client:
        return OAuth2Client(
            client_id=self.settings.client_id,
            client_secret=self.settings.client_secret or None,
            token_endpoint_auth_method="client_secret_basic" if self.settings.client_secret else "none",
            scope=self.settings.scope,
            redirect_uri=redirect,
            code_challenge_method="S256",
            timeout=TIMEOUT,
        )

    def _exchange(self, code: str, redirect: str, verifier: str) -> dict[str, Any]:
        try:
            with self._client(redirect) as client:
                return dict(
                    client.fetch_token(
                        self._metadata()["token_endpoint"],
                        grant_type="authorization_code",
                        code=code,
                        code_verifier=verifier,
                    )
                )
        except AuthlibBaseError as error:
            raise _refused(f"the provider gave no token: {error.error}") from None
        except (httpx2.HTTPError, ValueError) as error:
            raise _unreachable(self.settings.issuer, error) from None

    def _check(self, token: str, nonce: str, access_token: str) -> dict[str, Any]:
        try:
            read = jwt.decode(token, KeySet.import_key_set(self._keys()), algorithms=ALGORITHMS)
        except (JoseError, ValueError):  # the provider may have changed its keys meanwhile
            self._known.pop("keys", None)
            read = jwt.decode(token, KeySet.import_key_set(self._keys()), algorithms=ALGORITHMS)
        settings = self.settings
        claims = CodeIDToken(
            read.claims,
            read.header,
            {
                "iss": {"essential": True, "value": settings.issuer},
                "aud": {"essential": True, "value": settings.client_id},
                "nonce": {"essential": True, "value": nonce},
            },
            {"nonce": nonce, "client_id": settings.client_id, "access_token": access_token},
        )
        claims.validate(now=int(self._clock().timestamp()), leeway=LEEWAY)
        return dict(read.claims)

    def _metadata(self) -> dict[str, Any]:
        issuer = self.settings.issuer
        found = self._ask("metadata", issuer.rstrip("/") + "/.well-known/openid-configuration")
        if found.get("issuer") != issuer or not {
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
        } <= set(found):
            raise _unreachable(issuer, "its description is of another issuer, or incomplete")
        return found

    def _keys(self) -> Any:
        return self._ask("keys", self._metadata()["jwks_uri"])

    def _ask(self, what: str, url: str) -> dict[str, Any]:
        with self._lock:
            at, found = self._known.get(what, (None, {}))
            if at is not None and at + KNOWN_FOR > self._clock():
                return found
        try:
            answer = httpx2.get(url, timeout=TIMEOUT)
            answer.raise_for_status()
            found = dict(answer.json())
        except (httpx2.HTTPError, ValueError, TypeError) as error:
            raise _unreachable(url, error) from None
        with self._lock:
            self._known[what] = (self._clock(), found)
        return found


def _refused(why: str) -> Refused:
    return Refused("oidc-refused", why, mend="Begin again from the sign-in page.")


def _unreachable(where: str, why: object) -> Unavailable:
    return Unavailable("oidc-unreachable", f"the identity provider cannot be used: {why}", where=where)
