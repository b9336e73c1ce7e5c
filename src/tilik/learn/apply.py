"""How learning's events change the tables: the same functions serve the live write and the rebuild."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from tilik.kernel import canonical
from tilik.learn.events import (
    BaselineTrained,
    BlindSpotsSuspected,
    LabelErrorsDoubted,
    NextBestChosen,
    TrainingSetKept,
)
from tilik.log import Blobs, Envelope, applies
from tilik.store.learn_tables import DOUBTING, follow_up
from tilik.store.training_tables import learned
from tilik.study.assisted import NEXT_BEST

BLIND_SPOTS, LABEL_ERRORS = "blind-spots", DOUBTING
TRAINING_SET, BASELINE = "training-set", "baseline"


@applies(BlindSpotsSuspected)
def _suspected(connection: Connection, event: BlindSpotsSuspected, envelope: Envelope, _blobs: Blobs) -> None:
    _follow(connection, BLIND_SPOTS, event, envelope)


@applies(LabelErrorsDoubted)
def _doubted(connection: Connection, event: LabelErrorsDoubted, envelope: Envelope, _blobs: Blobs) -> None:
    _follow(connection, LABEL_ERRORS, event, envelope)


@applies(NextBestChosen)
def _chosen(connection: Connection, event: NextBestChosen, envelope: Envelope, _blobs: Blobs) -> None:
    _follow(connection, NEXT_BEST, event, envelope)


def _follow(
    connection: Connection,
    kind: str,
    event: BlindSpotsSuspected | LabelErrorsDoubted | NextBestChosen,
    envelope: Envelope,
) -> None:
    connection.execute(
        insert(follow_up).values(
            second=event.second,
            study=event.study,
            kind=kind,
            body=canonical(event.model_dump(mode="json")).decode(),
            person=envelope.actor,
            opened_at=envelope.at,
        )
    )


@applies(TrainingSetKept)
def _kept(connection: Connection, event: TrainingSetKept, envelope: Envelope, _blobs: Blobs) -> None:
    _keep(connection, TRAINING_SET, event.content, event, envelope)


@applies(BaselineTrained)
def _trained(connection: Connection, event: BaselineTrained, envelope: Envelope, _blobs: Blobs) -> None:
    _keep(connection, BASELINE, event.model, event, envelope)


def _keep(
    connection: Connection,
    kind: str,
    content: str,
    event: TrainingSetKept | BaselineTrained,
    envelope: Envelope,
) -> None:
    connection.execute(
        insert(learned).values(
            id=event.id,
            study=event.study,
            kind=kind,
            content=content,
            body=canonical(event.model_dump(mode="json")).decode(),
            person=envelope.actor,
            made_at=envelope.at,
        )
    )
