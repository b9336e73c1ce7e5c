"""Access's tables, which ``tables`` declares with the others."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from tilik.log import metadata
from tilik.store.columns import ERASABLE, FOLDED, OPERATIONAL, hash_, id_, time_

# The studies that a person is limited to; somebody without a row judges in every study.
study_grant = Table(
    "study_grant",
    metadata,
    id_("person", primary_key=True),
    id_("study", primary_key=True),
    info=FOLDED,
)
# The languages of videos that a person can judge; somebody without a row is given videos in every language.
person_language = Table(
    "person_language",
    metadata,
    id_("person", primary_key=True),
    Column("language", String(3), primary_key=True),
    info=FOLDED,
)
api_token = Table(
    "api_token",
    metadata,
    id_(primary_key=True),
    id_("person", nullable=False, index=True),
    hash_("digest", nullable=False, unique=True),
    Column("label", String(32), nullable=False),
    Column("scopes", Text, nullable=False),
    time_("created_at", nullable=False),
    time_("expires_at", nullable=False),
    time_("revoked_at"),
    info=FOLDED,
)
person_email = Table(
    "person_email",
    metadata,
    id_("person", primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    info=ERASABLE,
)
# Who a person is at an identity provider.
person_identity = Table(
    "person_identity",
    metadata,
    Column("issuer", String(255), primary_key=True),
    Column("subject", String(255), primary_key=True),
    id_("person", nullable=False, index=True),
    info=ERASABLE,
)
# ``totp`` and ``totp_pending`` are sealed with the workspace's secret; ``totp_step`` is the last one used.
credential = Table(
    "credential",
    metadata,
    id_("person", primary_key=True),
    Column("password", Text),
    Column("totp", Text),
    Column("totp_pending", Text),
    Column("totp_step", BigInteger, nullable=False),
    info=OPERATIONAL,
)
recovery_code = Table(
    "recovery_code",
    metadata,
    hash_("digest", primary_key=True),
    id_("person", nullable=False, index=True),
    time_("used_at"),
    info=OPERATIONAL,
)
# Whoever tries to sign in leaves a row until it worked or is forgotten.
sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    id_(primary_key=True),
    hash_("digest", nullable=False),
    time_("at", nullable=False),
    Index("ix_sign_in_attempt_digest_at", "digest", "at"),
    info=OPERATIONAL,
)
# A person on their way through an identity provider: what must come back is bound to their browser.
oidc_request = Table(
    "oidc_request",
    metadata,
    hash_("digest", primary_key=True),
    hash_("browser", nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("nonce", String(64), nullable=False),
    time_("expires_at", nullable=False),
    info=OPERATIONAL,
)
