"""A small identity provider that conforms to OpenID Connect Core: a real server on a port of its own.

It checks what a provider must (client, redirect address, code once, PKCE) and can be told to misbehave.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, CLIENT_SECRET = "tilik", "rahasia-klien"


@dataclass
class IdentityProvider:
    """``claims`` of whoever signs in next; ``lies`` replace claims of the ID token; ``key`` signs it."""

    url: str
    claims: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    published: Any = None
    algorithm: str = "RS256"
    described_as: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def described(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.described_as or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        self.asked.append(asked)
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> JSONResponse:
        """The answer to a code."""
        expected = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        asked = self.codes.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if authorization != f"Basic {expected}":
            return JSONResponse({"error": "invalid_client"}, 401)
        if asked is None or asked["code_challenge"] != challenge:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if form.get("grant_type") != "authorization_code" or asked["redirect_uri"] != form.get(
            "redirect_uri"
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        whole = {k: v for k, v in {**claims, **self.claims, **self.lies}.items() if v is not None}
        signed = jwt.encode(
            {"alg": self.algorithm, "kid": "one"}, whole, self.key, algorithms=[self.algorithm]
        )
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": signed})

    def keys(self) -> dict[str, Any]:
        """The public keys."""
        shown = self.published or self.key
        return {"keys": [] if isinstance(shown, OctKey) else [shown.as_dict(private=False)]}


def _app(provider: IdentityProvider) -> FastAPI:
    app = FastAPI()

    @app.get("/.well-known/openid-configuration")
    def described() -> dict[str, Any]:
        return provider.described()

    @app.get("/authorize")
    def authorize(request: Request) -> RedirectResponse:
        return RedirectResponse(provider.authorize(dict(request.query_params)), 303)

    @app.post("/token")
    async def token(request: Request) -> JSONResponse:
        form = dict(parse_qsl((await request.body()).decode()))
        return provider.token(form, request.headers.get("Authorization", ""))

    @app.get("/keys")
    def keys() -> dict[str, Any]:
        return provider.keys()

    return app


@contextmanager
def identity_provider() -> Iterator[IdentityProvider]:
    """A provider that answers until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    provider = IdentityProvider(f"http://127.0.0.1:{listening.getsockname()[1]}")
    server = uvicorn.Server(uvicorn.Config(_app(provider), log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join(30)
