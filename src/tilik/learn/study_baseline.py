"""A study's own baseline: from its training set, the frame's columns, evidence and texts of the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from tilik.kernel import Invalid
from tilik.learn.baseline import Trained, train
from tilik.learn.card import model_card
from tilik.learn.choosing import Asked, pose
from tilik.learn.dataset import TrainingSet, training_set
from tilik.learn.folds import joined
from tilik.learn.model import write_model
from tilik.learn.seen import TEXTS, evidence_columns, frame_columns, told_of
from tilik.learn.tables import Cells, Plain
from tilik.log import Blobs
from tilik.measure.facts import StudyFacts, gather
from tilik.measure.population import Population

LABEL, POSITIVE = "fails", "True"
GROUP, MASS = "learned_group", "learned_mass"
TITLE = "file_title"
FEWEST = 50
APART = ("channel", "family", "video")
"""Names of channels and families are no features: the model would learn by heart who fails."""


@dataclass(frozen=True, eq=False)
class StudyBaseline:
    """The model with its figures, the set that it was learned from, and its files as bytes."""

    trained: Trained
    made: TrainingSet
    incumbent: str
    model: bytes
    card: str


def study_baseline(
    connection: Connection, blobs: Blobs, study: str, *, against: str = "", draws: int = 500
) -> StudyBaseline:
    """Train and judge a study's baseline: out of fold by channel and family, weighted by impressions over π.

    ``against`` names a score of the frame, which is compared on the same draws and never learned from.

    Raises ``Missing``, ``Unavailable`` without the extra ``learn``, and ``Invalid`` for a study that is no
    blind draw, an unknown score, too few judged or all of one kind.
    """
    made = training_set(connection, blobs, study)
    if made.use != "measurement":
        raise Invalid(
            "study-assisted",
            "its videos were chosen, not drawn: figures on them say nothing of the frame",
            where=made.name,
            mend="Train on a study that is a blind draw, or write the set with `tilik learn dataset`.",
        )
    facts = gather(connection, blobs, study)
    rows = [row for row in made.rows if row["fails"] is not None]
    if len(rows) < FEWEST:
        raise Invalid(
            "judged-too-few",
            f"{len(rows)} videos have a verdict, and {FEWEST} are the least to learn from",
            where=made.name,
            mend="Judge more of the study first.",
        )
    table = _table(connection, blobs, facts, rows)
    scores = facts.population.scores
    if against:
        held = facts.population.score(against, [str(row["video"]) for row in rows])
        table = Plain({**table.columns, against: [repr(one) for one in held.tolist()]}, table.rows)
    asked = Asked(LABEL, group=GROUP, weight=MASS, leave_out=(*APART, *scores))
    trained = train(pose(table, asked, POSITIVE), label=LABEL, incumbent=against, draws=draws)
    with TemporaryDirectory() as scratch:
        file = Path(scratch) / "model.json"
        digest = write_model(trained.model, file)
        model = file.read_bytes()
    card = model_card(
        trained,
        source=f"study {made.name}, guideline {made.guideline_version}",
        source_digest=made.content,
        model_digest=digest,
    )
    return StudyBaseline(trained, made, against, model, card)


def _table(
    connection: Connection, blobs: Blobs, facts: StudyFacts, rows: Sequence[Mapping[str, object]]
) -> Plain:
    """What may be learned from, row by row; nothing that people said but the label."""
    columns = features_of(connection, blobs, facts.population, rows)
    groups = joined(len(rows), *([_text(row[name]) for row in rows] for name in ("channel", "family")))
    columns[GROUP] = [f"g{code}" for code in groups.tolist()]
    columns[MASS] = [repr(_mass(row)) for row in rows]
    columns[LABEL] = [str(row["fails"]) for row in rows]
    return Plain(columns, len(rows))


def features_of(
    connection: Connection, blobs: Blobs, population: Population, rows: Sequence[Mapping[str, object]]
) -> dict[str, Cells]:
    """What frame and files say of videos, by column; ``rows`` have ``video``, ``title``, ``caption``."""
    videos = [str(row["video"]) for row in rows]
    told = told_of(connection, blobs, videos)
    columns: dict[str, Cells] = {
        name: cells for name, cells in frame_columns(population, videos).columns.items() if name not in APART
    }
    columns |= evidence_columns(told, videos)
    columns[TITLE] = [(told[one].title or None) if one in told else None for one in videos]
    for name in TEXTS.values():
        columns[f"file_{name}"] = [told[one].texts.get(name) if one in told else None for one in videos]
    for name in ("title", "caption"):
        columns.setdefault(name, [_text(row[name]) for row in rows])
    return columns


def _mass(row: Mapping[str, object]) -> float:
    return float(str(row["weight"])) * float(str(row["impressions"]))


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)
