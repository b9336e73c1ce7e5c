"""What can happen to an escalation. Notes are erasable rows, of which the events hold digests."""

from __future__ import annotations

from typing import Literal

from tilik.log import Event

Authority = Literal["police", "kpai", "komdigi", "platform", "hotline", "policy-lead", "other"]
"""Whom an escalation can be handed to: police; KPAI, the commission for the protection of children; Komdigi,
the ministry; the platform; a hotline such as those of INHOPE; the own policy lead; somebody else."""
Finding = Literal["confirmed", "unfounded", "undecided"]


class EscalationViewed(Event, type="escalation-viewed"):
    """Somebody who answers for child safety opened an escalation's record; no media is in it."""

    escalation: str
    step: str


class EscalationAcknowledged(Event, type="escalation-acknowledged"):
    """Somebody who answers for child safety has taken an escalation on; its timer stops."""

    escalation: str
    step: str


class EscalationReferred(Event, type="escalation-referred"):
    """An escalation was handed to an authority or to somebody else outside this team."""

    escalation: str
    step: str
    to: Authority
    note: str | None


class EscalationClosed(Event, type="escalation-closed"):
    """What became of an escalation. A video that was locked stays locked."""

    escalation: str
    step: str
    finding: Finding
    note: str


class EscalationOpened(Event, type="escalation-opened"):
    """Somebody with the key opened the sealed files of an escalation, ``files`` of them, on the server."""

    escalation: str
    step: str
    files: int


class SealingKeySet(Event, type="sealing-key-set"):
    """From now on the files of stopped videos are sealed for this recipient (age, X25519)."""

    key: str
    recipient: str


class FilesSealed(Event, type="files-sealed"):
    """So many files of stopped videos gave way to sealed ones; which, the log does not say."""

    batch: str
    recipient: str
    files: int


class LegalHoldSet(Event, type="legal-hold-set"):
    """Nothing of this escalation may be erased from now on, or the hold is lifted."""

    escalation: str
    step: str
    hold: bool
    note: str
