"""What can happen to webhooks: endpoints come and go, their secrets change, messages are sent by hand.

The log holds an endpoint's scheme, host and port; its whole address and its secrets lie sealed elsewhere.
"""

from __future__ import annotations

from typing import Literal

from tilik.log import Event

Kind = Literal[
    "escalation.raised", "escalation.overdue", "judgement.settled", "adjudication.ruled", "study.done"
]
"""What an endpoint can be told of."""


class WebhookAdded(Event, type="webhook-added"):
    """Another program is told of these kinds of things from now on; ``private`` allows the own network."""

    webhook: str
    host: str
    kinds: tuple[Kind, ...]
    private: bool


class WebhookSecretRotated(Event, type="webhook-secret-rotated"):
    """An endpoint has a new secret; the one before signs beside it until then."""

    webhook: str
    former_until: str


class WebhookRemoved(Event, type="webhook-removed"):
    """An endpoint is told nothing more: somebody removed it, or it answered that it is ``gone`` (410)."""

    webhook: str
    why: Literal["removed", "gone"]


class WebhookTested(Event, type="webhook-tested"):
    """Somebody sent an endpoint a message that says nothing but that it is a test."""

    webhook: str
    message: str


class WebhookResent(Event, type="webhook-resent"):
    """Somebody sends an endpoint a message again, under the id that it had."""

    webhook: str
    message: str
