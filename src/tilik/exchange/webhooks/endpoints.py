"""Endpoints: who is told what. Their addresses and secrets are sealed; a leaked database opens none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, get_args

from sqlalchemy import Connection, Row, delete, insert, select, update

from tilik.access.totp import Seal
from tilik.exchange.webhooks.address import check_address, origin_of
from tilik.exchange.webhooks.events import Kind, WebhookAdded, WebhookRemoved, WebhookSecretRotated
from tilik.exchange.webhooks.signing import new_secret
from tilik.kernel import Conflict, Invalid, Missing, new_id, to_text
from tilik.log import Blobs, Envelope, applies
from tilik.store import Workspace, Writing
from tilik.store.webhook_tables import webhook, webhook_delivery, webhook_key

KINDS: tuple[Kind, ...] = get_args(Kind)
OVERLAP_HOURS = 24
"""How long the secret before a change signs beside the new one, unless said otherwise."""
LONGEST_OVERLAP = 24 * 30


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Somebody who is told; ``host`` is scheme, name and port of their address."""

    id: str
    host: str
    kinds: tuple[Kind, ...]
    private: bool
    added_at: str
    removed_at: str | None
    removed_why: str | None


@dataclass(frozen=True, slots=True)
class Keys:
    """An endpoint's address and the secrets that sign now, the newest first."""

    address: str
    secrets: tuple[str, ...]


def seal_of(workspace: Workspace) -> Seal:
    """What keeps addresses and secrets of endpoints unreadable in the database."""
    return Seal(workspace.secret, "webhook")


def add_endpoint(
    writing: Writing, seal: Seal, url: str, kinds: Sequence[str], *, private: bool = False
) -> tuple[str, Endpoint]:
    """``(secret, endpoint)``: the secret is given once. Raises ``Invalid`` for the address or the kinds."""
    parts = check_address(url, private=private)
    wanted = tuple(kind for kind in KINDS if kind in kinds)
    if not wanted or not set(kinds) <= set(KINDS):
        raise Invalid("webhook-kinds", f"name one or more of: {', '.join(KINDS)}", where="kinds")
    secret, identity = new_secret(), new_id()
    row = {"webhook": identity, "address": seal.close(url), "secret": seal.close(secret)}
    writing.connection.execute(insert(webhook_key).values(**row, former=None, former_until=None))
    writing.record(WebhookAdded(webhook=identity, host=origin_of(parts), kinds=wanted, private=private))
    return secret, find_endpoint(writing.connection, identity)


def rotate_secret(writing: Writing, seal: Seal, identity: str, *, hours: int = OVERLAP_HOURS) -> str:
    """A new secret, given once; the one before signs beside it for so long.

    Raises ``Missing``, ``Conflict`` for a removed endpoint, ``Invalid`` for the hours.
    """
    if not 0 <= hours <= LONGEST_OVERLAP:
        raise Invalid("webhook-hours", f"from 0 to {LONGEST_OVERLAP} hours", where="hours")
    find_live(writing.connection, identity)
    key = writing.connection.execute(select(webhook_key).where(webhook_key.c.webhook == identity)).first()
    if key is None:
        raise Conflict(
            "webhook-keyless",
            "the address and secret of this endpoint are not in this database",
            where=identity,
            mend="Remove it and add it again.",
        )
    until, secret = to_text(writing.clock() + timedelta(hours=hours)), new_secret()
    writing.connection.execute(
        update(webhook_key)
        .where(webhook_key.c.webhook == identity)
        .values(secret=seal.close(secret), former=key.secret, former_until=until)
    )
    writing.record(WebhookSecretRotated(webhook=identity, former_until=until))
    return secret


def remove_endpoint(writing: Writing, identity: str, *, gone: bool = False) -> None:
    """Tell an endpoint nothing more, and forget its address and secrets. Raises ``Missing``, ``Conflict``."""
    find_live(writing.connection, identity)
    writing.connection.execute(delete(webhook_key).where(webhook_key.c.webhook == identity))
    writing.connection.execute(
        update(webhook_delivery)
        .where(webhook_delivery.c.webhook == identity, webhook_delivery.c.state == "waiting")
        .values(state="failed", claimed_until=None)
    )
    writing.record(WebhookRemoved(webhook=identity, why="gone" if gone else "removed"))


def keys_of(connection: Connection, seal: Seal, identity: str, now: str) -> Keys | None:
    """An endpoint's keys as of now; ``None`` where they are gone, or another secret sealed them."""
    row = connection.execute(select(webhook_key).where(webhook_key.c.webhook == identity)).first()
    if row is None:
        return None
    former = row.former if row.former and row.former_until > now else None
    opened = [seal.open(sealed) for sealed in (row.address, row.secret, former) if sealed]
    if any(one is None for one in opened):
        return None
    address, *secrets = (one for one in opened if one is not None)
    return Keys(address, tuple(secrets))


def endpoints(connection: Connection) -> list[Endpoint]:
    """Every endpoint, those that are told first, then the newest first."""
    query = select(webhook).order_by(webhook.c.removed_at.is_not(None), webhook.c.added_at.desc())
    return [_endpoint(row) for row in connection.execute(query)]


def find_endpoint(connection: Connection, identity: str) -> Endpoint:
    """The endpoint of this id. Raises ``Missing``."""
    row = connection.execute(select(webhook).where(webhook.c.id == identity)).first()
    if row is None:
        raise Missing(
            "webhook-missing", "there is no such endpoint", where=identity, mend="See `tilik webhooks list`."
        )
    return _endpoint(row)


def find_live(connection: Connection, identity: str) -> Endpoint:
    """The same; it must be told still. Raises ``Missing``, ``Conflict``."""
    found = find_endpoint(connection, identity)
    if found.removed_at is not None:
        raise Conflict("webhook-removed", "this endpoint was removed", where=identity)
    return found


def _endpoint(row: Row[Any]) -> Endpoint:
    kinds = tuple(json.loads(row.kinds))
    return Endpoint(row.id, row.host, kinds, row.private, row.added_at, row.removed_at, row.removed_why)


# --------------------------------------------------------------------------------------------- tables
@applies(WebhookAdded)
def _added(connection: Connection, event: WebhookAdded, envelope: Envelope, _blobs: Blobs) -> None:
    connection.execute(
        insert(webhook).values(
            id=event.webhook,
            host=event.host,
            kinds=json.dumps(event.kinds),
            private=event.private,
            added_at=envelope.at,
            removed_at=None,
            removed_why=None,
        )
    )


@applies(WebhookRemoved)
def _removed(connection: Connection, event: WebhookRemoved, envelope: Envelope, _blobs: Blobs) -> None:
    where = webhook.c.id == event.webhook
    connection.execute(update(webhook).where(where).values(removed_at=envelope.at, removed_why=event.why))
