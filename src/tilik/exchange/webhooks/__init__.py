"""Webhooks out: other programs are told, signed, at least once, under ids that stay."""

from tilik.exchange.webhooks.endpoints import (
    KINDS,
    Endpoint,
    add_endpoint,
    endpoints,
    find_endpoint,
    remove_endpoint,
    rotate_secret,
    seal_of,
)
from tilik.exchange.webhooks.events import (
    Kind,
    WebhookAdded,
    WebhookRemoved,
    WebhookResent,
    WebhookSecretRotated,
    WebhookTested,
)
from tilik.exchange.webhooks.messages import STATES, Delivery, State, deliveries, resend, send_test
from tilik.exchange.webhooks.sending import Sender, sending

__all__ = [
    "KINDS",
    "STATES",
    "Delivery",
    "Endpoint",
    "Kind",
    "Sender",
    "State",
    "WebhookAdded",
    "WebhookRemoved",
    "WebhookResent",
    "WebhookSecretRotated",
    "WebhookTested",
    "add_endpoint",
    "deliveries",
    "endpoints",
    "find_endpoint",
    "remove_endpoint",
    "resend",
    "rotate_secret",
    "seal_of",
    "send_test",
    "sending",
]
