"""What things that people agree on are called, in the guideline's own words."""

from __future__ import annotations

from tilik.guideline import Guideline, Text
from tilik.quality.gold.figures import VERDICT

FAILS = Text(id="Tidak layak atau layak", en="Fails or passes")


def name_of(guideline: Guideline | None, code: str) -> Text:
    """Of the verdict, a label's or family's code, or a question's id; the code itself where it has none."""
    if code == VERDICT:
        return FAILS
    if guideline is not None:
        entity = code.partition(".")[2] or code
        named = {one.code: one.name for one in guideline.families}
        named |= {one.code: one.name for one in guideline.high_quality}
        named |= {one.code: one.name for one in guideline.labels}
        if entity in named:
            return named[entity]
        about = code.partition(".")[0]
        step = next((one for one in guideline.flow if about in {one.step, one.uses}), None)
        if step is not None:
            return step.title
    return Text(id=code, en=code)
