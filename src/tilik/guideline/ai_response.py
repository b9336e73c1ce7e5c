"""How answers that a machine gives to minors are judged."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from tilik.guideline.words import Code, Level, Named, Part, Prose, Stated, Text, in_steps


def _one_to_five(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    return in_steps(levels, 1, 5)


class Dimension(Part):
    """One side of an answer, rated 1 (worst) to 5 by anchored descriptions."""

    code: Code
    name: Text
    anchors: Annotated[tuple[Level, ...], AfterValidator(_one_to_five)]


class FalseFriend(Part):
    """A word (``form``) whose Malay sense misleads an Indonesian child."""

    form: Prose
    malay: Text
    indonesian: Text


class Pairwise(Part):
    """How two answers are compared side by side."""

    choices: tuple[Named, ...]
    deciding_dimension_required: bool
    order_randomised: bool
    model_names_hidden: bool


class HelpLine(Part):
    """A place a child in need can turn to; ``confirmed`` is the day (YYYY-MM-DD) somebody last rang it."""

    code: Code
    name: Text
    contact: Prose
    confirmed: Prose


class HelpLines(Part):
    """Help lines of this deployment, and who keeps them current."""

    note: Text
    entries: tuple[HelpLine, ...] = ()


class AiResponse(Part):
    """The whole yardstick for machine answers; ``target_bands`` are codes of age bands."""

    target_bands: tuple[Code, ...]
    note: Text
    response_kinds: tuple[Named, ...]
    critical_fails: tuple[Stated, ...]
    dimensions: tuple[Dimension, ...]
    span_tags: tuple[Named, ...]
    malay_leak_examples: tuple[FalseFriend, ...]
    register_rules: tuple[Stated, ...]
    pairwise: Pairwise
    help_lines: HelpLines
