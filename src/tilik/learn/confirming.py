"""The second, independent sample that confirms blind spots or refutes them: planned, drawn, and looked at."""

from __future__ import annotations

import math
import secrets
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
from scipy.special import ndtri
from sqlalchemy import Connection, func, select

from tilik.frame.registration import find_frame
from tilik.frame.source import connect
from tilik.kernel import Invalid
from tilik.learn.blindspots import BlindSpot, Confirmed, confirm
from tilik.learn.cutting import NO_VALUE
from tilik.learn.events import BlindSpotsSuspected, SuspectedSpot
from tilik.learn.hunting import LEVEL, Asked, Hunt, judged_videos, known, sample_of
from tilik.learn.opening import Opened, opened_because
from tilik.log import Blobs
from tilik.measure.facts import gather
from tilik.review import open_tasks
from tilik.sampling import AnyDesign, ColumnDesign, PpsDesign
from tilik.sampling.columns import BETWEEN
from tilik.sampling.sizing import MOST_LEVELS
from tilik.store import Store, Writing
from tilik.store.tables import task
from tilik.study import StudyDrawn, draw_study

POWER = 0.8
FEWEST, MOST = 100, 2_000
MOST_COLUMNS = 4
FEW = 2
"""Units that every stratum gets at least, so that its variance can be told."""
LONGEST_NAME = 64
Conditions = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Second:
    """A second study that was drawn, and what it says by now; ``looked`` stays empty until all is judged."""

    study: str
    name: str
    asked: BlindSpotsSuspected
    drawn: int
    waiting: int
    opened_at: str
    looked: tuple[Confirmed, ...]


def sensible_budget(spots: Sequence[BlindSpot]) -> int:
    """So many draws that the largest spot, if it is what its shrunk share says, is confirmed with chance 0.8.

    Half of the draws lie inside the spots. Normal approximation for a difference of two shares (Cochran 1977,
    ch. 3), with the design effect that the first sample had inside the spot; between 100 and 2,000.
    """
    if not spots:
        return FEWEST
    spot = spots[0]
    inside, rest = spot.shrunk.value or 0.0, spot.rest.value or 0.0
    gap = max(inside - rest, 0.01)
    z = float(ndtri(1 - LEVEL / len(spots)) + ndtri(POWER))
    effect = spot.share.n / spot.share.n_eff if spot.share.n_eff else 1.0
    each = z**2 * (inside * (1 - inside) + rest * (1 - rest)) / gap**2 * max(1.0, effect)
    needed = each * (1 + len(spots))
    return int(min(MOST, max(FEWEST, math.ceil(needed / 10) * 10)))


def second_design(
    snapshot: Path, spots: Iterable[Conditions], columns: Iterable[str], budget: int
) -> AnyDesign:
    """Strata by the frame's ``columns`` that the spots are made of; half of the budget lies inside spots.

    Columns are taken as long as their strata leave room for that; with none, draws go by impressions.
    """
    spots = list(spots)
    allowed = set(columns)
    named = [name for name in dict.fromkeys(c for spot in spots for c, _ in spot) if name in allowed]
    strata: list[tuple[str, ...]] = []
    for size in range(min(len(named), MOST_COLUMNS), 0, -1):
        strata = _there(snapshot, named[:size])
        short = all(len(BETWEEN.join(cells)) <= LONGEST_NAME for cells in strata)
        if short and len(strata) <= MOST_LEVELS and FEW * len(strata) <= budget // 2:
            named = named[:size]
            break
    else:
        return PpsDesign()
    inside = [cells for cells in strata if any(_may_hold(spot, named, cells) for spot in spots)]
    least = max(FEW, budget // 2 // max(1, len(inside)))
    return ColumnDesign(
        column=named[0],
        across=tuple(named[1:]),
        least=tuple((BETWEEN.join(cells), least) for cells in inside),
        minimum=FEW,
    )


def _may_hold(spot: Conditions, named: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a stratum can hold videos of the spot: no condition on its columns speaks against it."""
    told = dict(zip(named, cells, strict=True))
    on = [(name, value) for name, value in spot if name in told]
    return bool(on) and all(told[name] == value for name, value in on)


def _there(snapshot: Path, names: Sequence[str]) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as scratch:
        frame = connect(Path(scratch)).read_parquet(str(snapshot))
        texts = {name: frame[name].cast("string").fill_null(ibis.literal(NO_VALUE)) for name in names}
        # As the draw does: a stratum without impressions has nothing to draw.
        found = frame.filter(frame["impressions"] > 0).select(**texts).distinct().to_pyarrow().to_pylist()
    return sorted(tuple(str(row[name]) for name in names) for row in found)


def open_second(
    store: Store,
    scratch: Path,
    hunt: Hunt,
    study: str,
    *,
    name: str,
    budget: int,
    actor: str,
    seed: int | None = None,
) -> str:
    """Draw the second study blind, with a seed of its own, and say what is suspected; both or neither.

    ``seed`` is only given to draw the same again.

    Raises ``Invalid`` where nothing is suspected or the budget is too small, ``Conflict`` for a name in use.
    """
    if not hunt.spots:
        raise Invalid("nothing-suspected", "no slice fails beyond chance; there is nothing to confirm")
    with store.read() as connection:
        facts = gather(connection, store.blobs, study)
        found = find_frame(connection, facts.frame_name)
    frame_columns = [one for one in facts.population.domains if one not in hunt.edges]
    conditions = [spot.conditions for spot in hunt.spots]
    design = second_design(store.blobs.path(found.snapshot), conditions, frame_columns, budget)

    def then(writing: Writing, drawn: StudyDrawn) -> None:
        open_tasks(writing, drawn)
        writing.record(_event(hunt, study, drawn.study))

    identity, _ = draw_study(
        store,
        scratch,
        name=name,
        frame=found.name,
        design=design,
        budget=budget,
        seed=_another_seed(facts.study.seed) if seed is None else seed,
        then=then,
        actor=actor,
    )
    return identity


def _another_seed(first: int) -> int:
    """Not the first study's, with which the second sample would hold the same videos."""
    found = secrets.randbelow(2**31)
    return found if found != first else found + 1


def _event(hunt: Hunt, study: str, second: str) -> BlindSpotsSuspected:
    return BlindSpotsSuspected(
        second=second,
        study=study,
        score=hunt.asked.score,
        threshold=hunt.asked.threshold,
        columns=hunt.columns,
        edges=dict(hunt.edges),
        spots=tuple(
            SuspectedSpot(conditions=one.conditions, units=one.units, share=one.share, rest=one.rest, p=one.p)
            for one in hunt.spots
        ),
    )


def seconds(connection: Connection, blobs: Blobs, study: str) -> list[Second]:
    """The second studies that were drawn because of this one, the newest first.

    What they say is told when nothing of them waits any more: who looks while it is judged, and stops when it
    pleases, confirms by chance more often than the level says.
    """
    return [_second(connection, blobs, one) for one in opened_because(connection, study, "blind-spots")]


def _second(connection: Connection, blobs: Blobs, opened: Opened) -> Second:
    event = BlindSpotsSuspected.model_validate_json(opened.body)
    drawn, waiting = progress_of(connection, opened.study)
    looked = () if waiting else tuple(look_again(connection, blobs, event))
    return Second(opened.study, opened.name, event, drawn, waiting, opened.opened_at, looked)


def progress_of(connection: Connection, study: str) -> tuple[int, int]:
    """How many tasks a study has, and how many are still open."""
    query = select(task.c.state, func.count()).where(task.c.study == study).group_by(task.c.state)
    counts: dict[str, int] = {state: int(count) for state, count in connection.execute(query)}
    return sum(counts.values()), counts.get("open", 0)


def look_again(connection: Connection, blobs: Blobs, event: BlindSpotsSuspected) -> list[Confirmed]:
    """What the second study says of each spot, by the same question, columns and cuts."""
    facts = gather(connection, blobs, event.second)
    videos = judged_videos(facts)
    conditions = [spot.conditions for spot in event.spots]
    if len(videos) < FEW:
        return [Confirmed(one, "not confirmed", None) for one in conditions]
    asked = Asked(event.score, event.threshold)
    edges = {name: event.edges.get(name, ()) for name in event.columns}
    table = known(connection, blobs, facts, videos)
    return confirm(conditions, sample_of(facts, asked, table, edges), level=LEVEL)
