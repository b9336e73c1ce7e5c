"""The record of processing activities (GDPR, article 30; UU 27/2022, article 31), from what is really there.

It says what the workspace does, holds and hands on. Who answers for the processing, and on which legal basis,
is the organisation's own to state: the page leaves a place for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, Table, func, select

from tilik.access.settings import AccessSettings
from tilik.guideline.words import Text
from tilik.kernel import to_text
from tilik.log import last, log_entry
from tilik.retention.activities import ACTIVITIES, Activity, security
from tilik.retention.due import plan
from tilik.retention.wire import ClassView
from tilik.store import Workspace
from tilik.store.access_tables import api_token, person_email, person_identity
from tilik.store.casebook_tables import case_note
from tilik.store.privacy_tables import video_view
from tilik.store.safety_tables import escalation_step
from tilik.store.tables import (
    answer_judgement,
    escalation,
    judgement,
    note,
    past_judgement,
    person,
    person_name,
    session,
    video,
)
from tilik.store.webhook_tables import webhook


class Part(BaseModel):
    """A piece of the record."""

    model_config = ConfigDict(frozen=True)


class Recipient(Part):
    """Somebody outside who is handed data; ``what`` and under which condition."""

    name: str
    what: Text


class Count(Part):
    """How many of something there are now."""

    what: Text
    count: int


class Record(Part):
    """The record as of ``at`` and log position ``seq``. ``kept`` is kept for good, under pseudonyms."""

    at: str
    seq: int
    controller: str
    contact: str
    activities: list[Activity]
    recipients: list[Recipient]
    classes: list[ClassView]
    kept: list[Count]
    counts: list[Count]
    security: list[Text]


def record_of(
    workspace: Workspace, access: AccessSettings, *, controller: str = "", contact: str = ""
) -> Record:
    """The record of a workspace as it stands; ``controller`` and ``contact`` as they are told."""
    store = workspace.store
    with store.read() as connection:
        planned = plan(connection, store.blobs, store.clock)
        names = {row.id: row.pseudonym for row in connection.execute(select(person.c.id, person.c.pseudonym))}
        return Record(
            at=to_text(store.clock()),
            seq=last(connection)[0],
            controller=controller,
            contact=contact,
            activities=list(ACTIVITIES),
            recipients=_recipients(connection, workspace, access),
            classes=[ClassView.of(one, names) for one in planned.classes],
            kept=[_count(connection, *one) for one in KEPT],
            counts=[_count(connection, *one) for one in HERE],
            security=security(access),
        )


Counted = tuple[Table, str, str, Callable[[Any], Any] | None]
HERE: tuple[Counted, ...] = (
    (person, "Orang, dengan nama samaran", "People, by pseudonym", None),
    (person_name, "Orang yang namanya diketahui", "People whose name is known", None),
    (person_email, "Alamat surel", "E-mail addresses", None),
    (person_identity, "Identitas pada penyedia", "Identities at a provider", None),
    (session, "Sesi, termasuk yang berakhir", "Sessions, ended ones included", None),
    (note, "Teks bebas", "Free texts", None),
    (case_note, "Teks dalam buku kasus", "Texts in the casebook", None),
    (video, "Video yang terdaftar", "Registered videos", None),
)
KEPT: tuple[Counted, ...] = (
    (
        judgement,
        "Penilaian video, rentang yang ditonton, detik kerja",
        "Judgements, spans watched, seconds",
        None,
    ),
    (past_judgement, "Penilaian yang diganti penulisnya", "Judgements that their authors replaced", None),
    (answer_judgement, "Penilaian jawaban AI", "Judgements of machine answers", None),
    (escalation, "Eskalasi, tanpa catatannya", "Escalations, without their notes", None),
    (
        escalation_step,
        "Pembukaan catatan eskalasi: siapa dan kapan",
        "Views of escalation records: by whom and when",
        lambda table: table.c.step == "viewed",
    ),
    (
        video_view,
        "Pembukaan video di luar penilaian: siapa dan kapan",
        "Views of videos outside judging: by whom and when",
        None,
    ),
    (log_entry, "Catatan dalam jejak audit", "Entries of the audit trail", None),
)


def _count(
    connection: Connection, table: Table, indonesian: str, english: str, where: Callable[[Any], Any] | None
) -> Count:
    query = select(func.count()).select_from(table)
    if where is not None:
        query = query.where(where(table))
    return Count(what=Text(id=indonesian, en=english), count=connection.execute(query).scalar_one())


def _recipients(connection: Connection, workspace: Workspace, access: AccessSettings) -> list[Recipient]:
    found = [*_services(workspace, access)]
    hooks = select(webhook.c.host, webhook.c.kinds).where(webhook.c.removed_at.is_(None))
    for row in connection.execute(hooks.order_by(webhook.c.host)):
        said = (
            f"Pemberitahuan tanpa nama dan teks: {row.kinds}",
            f"Messages without names or texts: {row.kinds}",
        )
        found.append(Recipient(name=row.host, what=Text(id=said[0], en=said[1])))
    now = to_text(workspace.store.clock())
    live = (
        select(func.count())
        .select_from(api_token)
        .where(api_token.c.revoked_at.is_(None), api_token.c.expires_at > now)
    )
    if tokens := connection.execute(live).scalar_one():
        what = Text(
            id=f"{tokens} token yang berlaku, sejauh peran dan cakupannya",
            en=f"{tokens} live tokens, as far as their roles and scopes go",
        )
        found.append(Recipient(name="API", what=what))
    steps = escalation_step.c
    referred = select(steps.said, func.count()).where(steps.step == "referred").group_by(steps.said)
    for name, count in connection.execute(referred.order_by(steps.said)):
        what = Text(
            id=f"{count} eskalasi diteruskan oleh petugas, di luar program ini",
            en=f"{count} escalations referred by a person, outside this program",
        )
        found.append(Recipient(name=str(name), what=what))
    return found


def _services(workspace: Workspace, access: AccessSettings) -> list[Recipient]:
    found = []
    if access.oidc is not None:
        what = Text(
            id="Menyatakan siapa yang masuk; tidak menerima data dari sini.",
            en="Says who signs in; is told nothing from here.",
        )
        found.append(Recipient(name=access.oidc.issuer, what=what))
    for url, indonesian, english in (
        (workspace.settings.database, "Menyimpan semua tabel.", "Keeps every table."),
        (workspace.settings.blobs, "Menyimpan berkas video.", "Keeps the files of videos."),
    ):
        parts = urlsplit(url)
        if parts.hostname:  # without user, password and path
            name = f"{parts.scheme}://{parts.hostname}"
            found.append(Recipient(name=name, what=Text(id=indonesian, en=english)))
    return found
