"""Studies whose videos were chosen because of what is known of them: they can teach, and never measure.

Either their reviewers are shown what others or machines said (not blind), or they judge blind what a ranking
put first, as in a re-review of doubted judgements. No probability stands for the population in either.
"""

from __future__ import annotations

import json
from typing import Any

from tilik.kernel import Invalid

DOUBTED = "doubted"
"""The design of a re-review: judgements that are probably wrong, and a control drawn from the others."""
NEXT_BEST = "next-best"
"""The design of what a model would learn most from."""
CHOSEN = (DOUBTED, NEXT_BEST)
"""Designs by which a ranking chose."""


def is_assisted(study: Any) -> bool:
    """Whether this study (a row with ``blind`` and ``design``) stands for no population."""
    return not study.blind or json.loads(study.design).get("kind") in CHOSEN


def refuse_assisted(study: Any) -> None:
    """Raise ``Invalid`` for a study that may not enter a measurement."""
    if is_assisted(study):
        raise Invalid(
            "study-assisted",
            "the videos of this study were chosen, not drawn; it can teach, and never measure",
            where=study.name,
            mend="Choose a study that was drawn by probability and judged blind.",
        )
