"""The smallest sample of stored judgements to judge again under a draft, and its queue.

What is drawn from are the *touched* draws: a verdict flips, or the stored answers leave it open. Of M of them
n are drawn by sequential Poisson in proportion to what they stand for, ``g = w/π``; all others keep what
follows from their answers. With π₂ the chance of a touched draw the failing share has the variance

    V₁ + Σ (g/G)² · p(1-p) · (1-π₂)/π₂

(two-phase difference estimator: Särndal, Swensson & Wretman 1992, ch. 9), V₁ that of the first sample. As
nobody knows p before looking, p = 1/2, the worst case, is planned for.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tilik.frame.random_number import permanent_random_number
from tilik.kernel import Invalid, new_id
from tilik.policy.figures import after_values, failing, inclusion, share
from tilik.policy.replayed import Flags, Floats, StudyReplayed
from tilik.policy.wire import Rereview
from tilik.sampling.poisson import inclusion_probabilities, sequential_poisson
from tilik.store import Store, Writing
from tilik.store.store import SYSTEM
from tilik.study import DRAWS, StudyDrawn
from tilik.study.act import refuse_known

WORST = 0.25
Z = 1.959963984540054


def touched(found: StudyReplayed) -> Flags:
    """Per assessed draw: whether a verdict of it flips or is left open."""
    return np.array(
        [any(r.verdict_flips or not r.settled for r in one) for one in found.counting if one], dtype=bool
    )


def smallest(found: StudyReplayed, half_width: float) -> Rereview:
    """The fewest touched draws to judge again so that the failing share is known to ± ``half_width``.

    Raises ``Invalid`` for a half-width outside 0..1.
    """
    if not 0 < half_width < 1:
        raise Invalid("half-width", "a half-width lies between 0 and 1", where="--half-width")
    g, among, floor = _parts(found)
    size = int(among.sum())

    def width(n: int) -> float:
        pi2 = inclusion_probabilities(g[among], n)
        second = float((g[among] ** 2 * WORST * (1 - pi2) / pi2).sum()) if n else math.inf
        return math.hypot(floor, Z * math.sqrt(second))

    low, high = (0, 0) if size == 0 else (1, size)
    while low < high:  # the width falls as n grows
        middle = (low + high) // 2
        low, high = (low, middle) if width(middle) <= half_width else (middle + 1, high)
    return Rereview(
        study=found.row.id,
        half_width=half_width,
        touched=size,
        needed=low,
        expected=width(low) if size else floor,
        floor=floor,
        enough=floor <= half_width,
    )


def _parts(found: StudyReplayed) -> tuple[Floats, Flags, float]:
    """What each assessed draw stands for (Σ = 1), which are touched, and the first sample's half-width."""
    among = touched(found)
    if among.size == 0:
        return np.zeros(0), among, 1.0
    g = found.impressions[found.assessed] / inclusion(found)
    values = after_values(found, failing(found.old, found.new))
    known = share(found, np.where(np.isnan(values), 0.5, values), "impression share failing under the draft")
    return g / g.sum(), among, (known.high - known.low) / 2


def open_rereview(
    store: Store,
    scratch: Path,
    found: StudyReplayed,
    draft: str,
    *,
    name: str,
    budget: int,
    seed: int,
    then: Callable[[Writing, StudyDrawn], None],
    actor: str = SYSTEM,
) -> tuple[str, int]:
    """Draw ``budget`` touched draws by probability and keep them as a study judged by the draft.

    The new π is the first sample's times the second's, so the study stands for the touched part of the
    frame. ``then`` runs in the same transaction: review opens the tasks in it. Returns the study's id and
    how many were drawn. Raises ``Invalid`` where nothing is touched, ``Conflict`` for a name in use.
    """
    among = touched(found)
    if not among.any():
        raise Invalid("rereview-empty", "the draft touches no judged video of this study", where="--study")
    at = np.flatnonzero(found.assessed)[among]
    pi1, strata = inclusion(found)[among], found.stratum[at]
    g = found.impressions[at] / pi1
    numbers = np.array([permanent_random_number(found.videos[one], f"rereview {seed}") for one in at])
    drawn = sequential_poisson(g, numbers, budget)
    units = drawn.units
    blob = _keep(store, scratch, found, at[units], pi1[units] * drawn.pi)
    event = StudyDrawn(
        study=new_id(),
        name=name,
        frame=found.row.frame,
        guideline=draft,
        purpose="targeted",
        blind=True,
        design={"kind": "rereview", "of": found.row.id},
        budget=budget,
        seed=seed,
        wants=found.row.wants,
        totals={str(h): float(g[strata == h].sum()) for h in np.unique(strata)},
        draws=blob,
    )
    with store.write(actor) as writing:
        refuse_known(writing, name)
        writing.record(event)
        then(writing, event)
    return event.study, int(units.size)


def _keep(store: Store, scratch: Path, found: StudyReplayed, at: np.ndarray, pi: Floats) -> str:
    table = pa.table(
        {
            "video": [found.videos[one] for one in at],
            "stratum": found.stratum[at],
            "pi": pi,
            "impressions": found.impressions[at],
        },
        schema=DRAWS,
    )
    if found.families is not None:
        table = table.append_column("family", pa.array(found.families[at].tolist()))
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        file = Path(folder) / "draws.parquet"
        pq.write_table(table, file, compression="zstd")
        return store.blobs.put_file(file)
