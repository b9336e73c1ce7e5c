"""What of a frame to judge next so that a baseline learns most: ranked, opened as assisted work, followed.

The pool are videos that nobody drew yet, in the order of their permanent random numbers and so many at most:
one that is not in it is passed over. What comes out has no probability and measures nothing.
"""

from __future__ import annotations

import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sqlalchemy import Connection, func, select

from tilik.frame.source import RESERVED, connect
from tilik.kernel import Estimate, Invalid
from tilik.learn.confirming import progress_of
from tilik.learn.doubting import FAILS, says
from tilik.learn.encoding import folded
from tilik.learn.events import NextBestChosen, SaidAndFound, WantedVideo
from tilik.learn.folds import joined
from tilik.learn.hits import share_of
from tilik.learn.model import Model
from tilik.learn.next_best import By, expected_change, next_best, uncertainty
from tilik.learn.opening import Choice, Chosen, Opened, open_chosen, opened_because
from tilik.learn.study_baseline import features_of, study_baseline
from tilik.learn.tables import Floats, Plain
from tilik.log import Blobs
from tilik.measure.facts import StudyFacts, gather
from tilik.measure.kept import Kept
from tilik.store import Store
from tilik.store.tables import draw, task, video
from tilik.study.assisted import NEXT_BEST

POOL = 5_000
"""Videos that are looked at, at most."""
MOST_JUDGED = 5_000
"""Judged videos that the baseline behind a ranking learns from within a request: some ten seconds."""
FRAME_COLUMNS = ("title", "caption", "channel", "family")


@dataclass(frozen=True)
class LookNext:
    """The videos of which the baseline of ``study`` would learn most, of a ``pool`` of so many.

    ``judged`` videos taught it; ``alike`` is how far likeness counted; ``reliability``: how true its chances
    were out of fold.
    """

    study: str
    by: By
    alike: float
    judged: int
    pool: int
    reliability: tuple[SaidAndFound, ...]
    wanted: tuple[WantedVideo, ...]

    def found(self, one: WantedVideo) -> Estimate:
        """How often it was so where the model, unseen, had said about as much as of this video."""
        return min(self.reliability, key=lambda like: abs(like.said - one.chance)).found


@dataclass(frozen=True)
class NextStudy:
    """A study that was opened of what a baseline would learn from, and what came of it by now.

    ``failing`` is the share among those judged (none: ``None``): of what was chosen, and of nothing else.
    ``expected`` is the mean of the chances that the model gave these. ``left_out`` have no clear verdict.
    """

    opened: Opened
    asked: NextBestChosen
    drawn: int
    waiting: int
    left_out: int
    failing: Estimate | None
    expected: float | None


@dataclass(frozen=True, eq=False)
class _Pool:
    """The videos looked at, as the model sees them; ``together`` says which are of one channel or family."""

    judged: int
    videos: list[str]
    impressions: list[float]
    chance: Floats
    matrix: csr_matrix
    together: NDArray[np.intp]
    reliability: tuple[SaidAndFound, ...]


_POOLS: Kept[_Pool] = Kept(2)


def look_next(
    connection: Connection,
    blobs: Blobs,
    study: str,
    *,
    count: int,
    by: By = "entropy",
    alike: float = 0.5,
    most: int = POOL,
) -> LookNext:
    """Rank videos of the study's frame that were not drawn: ``count`` of at most ``most``.

    Each choice makes like videos worth less by ``alike``; of a channel or family one is chosen. The model is
    trained once for each position of the log. Raises what ``study_baseline`` raises, and ``Invalid`` where
    nothing is left to look at.
    """
    key = (study, id(blobs), most)
    pool = _POOLS.get(connection, key, lambda: _looked_at(connection, blobs, study, most))
    both = np.column_stack([1 - pool.chance, pool.chance])
    chosen = next_best(both, count, features=pool.matrix, by=by, alike=alike, families=pool.together)
    unsure = uncertainty(both, "margin" if by == "margin" else "entropy")
    change = expected_change(both, pool.matrix)
    wanted = tuple(
        WantedVideo(
            video=pool.videos[at],
            impressions=pool.impressions[at],
            chance=float(pool.chance[at]),
            unsure=float(unsure[at]),
            change=float(change[at]),
            likeness=float(chosen.likeness[place]),
            worth=float(chosen.worth[place]),
        )
        for place, at in enumerate(chosen.order.tolist())
    )
    return LookNext(study, by, alike, pool.judged, len(pool.videos), pool.reliability, wanted)


def refuse_large(connection: Connection, study: str, most: int = MOST_JUDGED) -> None:
    """Raise ``Invalid`` for a study with more than ``most`` judged videos."""
    settled = select(func.count()).where(task.c.study == study, task.c.state == "settled")
    count = connection.execute(settled).scalar_one()
    if count > most:
        raise Invalid(
            "next-too-large",
            f"{count:,} judged videos are more than the {most:,} that are ranked from in one request",
            where=study,
            mend="Run `tilik learn next` on the server.",
        )


def _looked_at(connection: Connection, blobs: Blobs, study: str, most: int) -> _Pool:
    trained = study_baseline(connection, blobs, study, draws=2).trained
    facts = gather(connection, blobs, study)
    rows = _rest(connection, blobs, facts, most)
    if not rows:
        raise Invalid(
            "pool-empty", "every video of the frame was drawn or is stopped", where=facts.study.name
        )
    table = _whole(trained.model, Plain(features_of(connection, blobs, facts.population, rows), len(rows)))
    return _Pool(
        judged=trained.problem.table.rows,
        videos=[str(row["video"]) for row in rows],
        impressions=[float(str(row["impressions"])) for row in rows],
        chance=trained.model.predict(table),
        matrix=trained.model.encoder.matrix(folded(table, trained.model.texts), table),
        together=joined(len(rows), *([_text(row[name]) for row in rows] for name in ("channel", "family"))),
        reliability=tuple(SaidAndFound(said=one.said, found=one.found) for one in trained.reliability),
    )


def _whole(model: Model, table: Plain) -> Plain:
    """The table with every column that the model reads; what no video here has is missing of all."""
    lacking = {part.name for part in model.encoder.parts} - set(table.columns)
    return Plain({**table.columns, **{name: [None] * table.rows for name in lacking}}, table.rows)


def _rest(connection: Connection, blobs: Blobs, facts: StudyFacts, most: int) -> list[dict[str, object]]:
    taken = list(connection.execute(select(draw.c.video).distinct()).scalars())
    taken += connection.execute(select(video.c.id).where(video.c.locked.is_(True))).scalars()
    file = blobs.path(facts.population.snapshot)
    there = [name for name in FRAME_COLUMNS if name in pq.read_schema(file).names]
    with tempfile.TemporaryDirectory() as scratch:
        frame = connect(Path(scratch)).read_parquet(str(file))
        known = ibis.memtable(pa.table({"video": pa.array(taken, pa.string())}))
        rest = frame.anti_join(known, "video").order_by(RESERVED, "video").limit(most)
        rows = rest.select("video", "impressions", *there).to_pyarrow().to_pylist()
    return [dict.fromkeys(FRAME_COLUMNS) | row for row in rows]


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)


def open_next(store: Store, scratch: Path, found: LookNext, *, name: str, actor: str) -> tuple[str, int]:
    """Open what was ranked as a study of its own, judged by the same guideline. It is assisted: it can
    teach, and no measurement takes it. Returns its id and how many videos it has. Raises ``Invalid``,
    ``Conflict``.
    """
    choice = Choice(
        of=found.study,
        design={"kind": NEXT_BEST, "of": found.study, "by": found.by},
        purpose="uncertain",
        seed=secrets.randbelow(2**31),
        videos=[Chosen(one.video, NEXT_BEST, 1.0, one.impressions) for one in found.wanted],
    )

    def why(second: str) -> NextBestChosen:
        return NextBestChosen(
            second=second,
            study=found.study,
            by=found.by,
            alike=found.alike,
            pool=found.pool,
            reliability=found.reliability,
            videos=found.wanted,
        )

    return open_chosen(store, scratch, choice, name=name, why=why, actor=actor), len(found.wanted)


def next_studies(connection: Connection, blobs: Blobs, study: str) -> list[NextStudy]:
    """The studies that were opened of what this one's baseline would learn from, the newest first."""
    return [_came(connection, blobs, one) for one in opened_because(connection, study, NEXT_BEST)]


def _came(connection: Connection, blobs: Blobs, opened: Opened) -> NextStudy:
    asked = NextBestChosen.model_validate_json(opened.body)
    drawn, waiting = progress_of(connection, opened.study)
    facts = gather(connection, blobs, opened.study, assisted=True)
    yes, clear = says(facts, FAILS)
    judged = {name for name, told in zip(facts.videos, clear.tolist(), strict=True) if told}
    chances = [one.chance for one in asked.videos if one.video in judged]
    return NextStudy(
        opened=opened,
        asked=asked,
        drawn=drawn,
        waiting=waiting,
        left_out=drawn - waiting - len(judged),
        failing=share_of(yes[clear], "failing among chosen videos, judged so far") if judged else None,
        expected=float(np.mean(chances)) if chances else None,
    )
