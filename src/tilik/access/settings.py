"""How people sign in to this workspace: ``access`` in ``workspace.json``, and ``TILIK_OIDC_*``."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from tilik.access.events import Role
from tilik.kernel import Invalid
from tilik.store import Workspace

OIDC_ENVIRONMENT = "TILIK_OIDC_"
ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def _secure(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in ON_THIS_MACHINE):
        raise ValueError("an issuer is an https:// address")
    return url


def _network(text: str) -> str:
    ipaddress.ip_network(text)
    return text


Network = Annotated[str, AfterValidator(_network)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OidcSettings(_Part):
    """One identity provider. ``name`` stands on the button; ``create`` are the roles of whoever the provider
    vouches for and nobody here knows: none, and such a person stays outside."""

    issuer: Annotated[str, AfterValidator(_secure)]
    client_id: str = Field(min_length=1)
    client_secret: str = ""
    name: str = "OpenID"
    scope: str = "openid email profile"
    create: tuple[Role, ...] = ()


class ProxySettings(_Part):
    """A proxy that has proved who is asking: the header that names them, and the addresses (or networks) from
    which that header is believed."""

    header: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")
    addresses: tuple[Network, ...] = Field(min_length=1)


class AccessSettings(_Part):
    """``idle_minutes`` without a sign of life lock a session, ``session_hours`` end it. A sign-in counts as
    recent for ``fresh_minutes``: exports and changes to ways in ask for one. 0 minutes: never asked.

    ``forwarded_from`` are the proxies whose ``X-Forwarded-For`` and ``-Proto`` are believed.
    """

    idle_minutes: float = Field(default=15, ge=0, le=720)
    session_hours: float = Field(default=12, gt=0, le=24)
    fresh_minutes: float = Field(default=15, ge=0, le=720)
    forwarded_from: tuple[Network, ...] = ("127.0.0.1", "::1")
    oidc: OidcSettings | None = None
    proxy: ProxySettings | None = None

    @property
    def idle(self) -> timedelta | None:
        """How long a session stays open without a sign of life; ``None``: until it ends."""
        return timedelta(minutes=self.idle_minutes) if self.idle_minutes else None

    @property
    def life(self) -> timedelta:
        """How long a session lasts at most."""
        return timedelta(hours=self.session_hours)


def access_settings(workspace: Workspace, environment: Mapping[str, str] | None = None) -> AccessSettings:
    """The settings of this workspace. ``TILIK_OIDC_ISSUER``, ``…_CLIENT_ID``, ``…_CLIENT_SECRET``,
    ``…_NAME``, ``…_SCOPE`` and ``…_CREATE`` (roles, by comma) win over the file. Raises ``Invalid``."""
    found: dict[str, Any] = dict(workspace.settings.access)
    if not found and workspace.known_truth:  # a demo is made up: nothing in it needs a lock
        found = {"idle_minutes": 0, "fresh_minutes": 0}
    named = _from_environment(os.environ if environment is None else environment)
    if named:
        found["oidc"] = {**(found.get("oidc") or {}), **named}
    try:
        return AccessSettings.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(("access", *map(str, first["loc"])))
        raise Invalid(
            "access-settings",
            f"cannot be used: {first['msg']}",
            where=f"{workspace.folder / 'workspace.json'}: {where}",
            mend="docs/access.md lists every setting.",
        ) from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    named: dict[str, Any] = {
        key.removeprefix(OIDC_ENVIRONMENT).lower(): value
        for key, value in environment.items()
        if key.startswith(OIDC_ENVIRONMENT) and value
    }
    if "create" in named:
        named["create"] = tuple(role.strip() for role in named["create"].split(","))
    return named
