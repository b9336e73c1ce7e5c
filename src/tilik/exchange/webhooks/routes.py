"""The HTTP face of webhooks: administrators say who is told what, and see what came of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from tilik.access.guard import Admin, FreshKeeper, Keeper, StoreHere, WorkspaceHere
from tilik.exchange.webhooks.endpoints import (
    LONGEST_OVERLAP,
    OVERLAP_HOURS,
    add_endpoint,
    endpoints,
    remove_endpoint,
    rotate_secret,
    seal_of,
)
from tilik.exchange.webhooks.events import Kind
from tilik.exchange.webhooks.messages import State, deliveries, resend, send_test

router = APIRouter(prefix="/api/webhooks")


class NewWebhook(BaseModel):
    """Where messages go, and which."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(max_length=500)
    kinds: list[Kind] = Field(min_length=1, max_length=20)


class NewSecret(BaseModel):
    """For how many hours the secret before signs beside the new one."""

    model_config = ConfigDict(extra="forbid")

    hours: int = Field(default=OVERLAP_HOURS, ge=0, le=LONGEST_OVERLAP)


class WebhookView(BaseModel):
    """Somebody who is told; ``host`` is scheme, name and port of their address, the rest is not shown."""

    id: str
    host: str
    kinds: list[Kind]
    private: bool
    added_at: str
    removed_at: str | None
    removed_why: str | None


class WebhookWithSecret(BaseModel):
    """The endpoint, and the secret that its messages are signed with: shown now and never again."""

    webhook: WebhookView
    secret: str


class Secret(BaseModel):
    """A secret, shown now and never again."""

    secret: str


class DeliveryView(BaseModel):
    """A message on its way to an endpoint, without its body. ``next_at`` is the next attempt while it waits;
    ``said`` the beginning of an unhappy answer, or what kept it from being sent."""

    message: str
    webhook: str
    kind: str
    made_at: str
    state: State
    tries: int
    tried_at: str | None
    next_at: str | None
    status: int | None
    said: str


class Sent(BaseModel):
    """The message that is on its way."""

    message: str


@router.get("")
def get_webhooks(_session: Admin, store: StoreHere) -> list[WebhookView]:
    """Every endpoint, those that are told first."""
    with store.read() as connection:
        return [WebhookView.model_validate(asdict(one)) for one in endpoints(connection)]


@router.post("", status_code=201)
def post_webhook(body: NewWebhook, session: FreshKeeper, workspace: WorkspaceHere) -> WebhookWithSecret:
    """Tell another program of these kinds of things; the answer holds the secret, once."""
    with workspace.store.write(session.person.id) as writing:
        secret, added = add_endpoint(writing, seal_of(workspace), body.url, body.kinds)
    return WebhookWithSecret(webhook=WebhookView.model_validate(asdict(added)), secret=secret)


@router.get("/messages")
def get_webhook_messages(
    _session: Admin,
    store: StoreHere,
    state: State | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[DeliveryView]:
    """The latest deliveries, the newest first, without what they say."""
    with store.read() as connection:
        found = deliveries(connection, state=state, limit=limit)
    return [DeliveryView.model_validate(asdict(one)) for one in found]


@router.post("/{webhook}/secret")
def post_webhook_secret(
    webhook: str, body: NewSecret, session: FreshKeeper, workspace: WorkspaceHere
) -> Secret:
    """A new secret for an endpoint, shown once; the one before signs beside it for a time."""
    with workspace.store.write(session.person.id) as writing:
        return Secret(secret=rotate_secret(writing, seal_of(workspace), webhook, hours=body.hours))


@router.delete("/{webhook}", status_code=204)
def delete_webhook(webhook: str, session: Keeper, store: StoreHere) -> None:
    """Tell an endpoint nothing more; its address and secrets are forgotten."""
    with store.write(session.person.id) as writing:
        remove_endpoint(writing, webhook)


@router.post("/{webhook}/test")
def post_webhook_test(webhook: str, session: Keeper, store: StoreHere) -> Sent:
    """Send an endpoint a message that says nothing but that it is a test."""
    with store.write(session.person.id) as writing:
        return Sent(message=send_test(writing, webhook))


@router.post("/{webhook}/messages/{message}/resend")
def post_webhook_resend(webhook: str, message: str, session: Keeper, store: StoreHere) -> Sent:
    """Send a message again under the id that it has, so that the receiver can tell."""
    with store.write(session.person.id) as writing:
        resend(writing, message, webhook)
    return Sent(message=message)
