"""What a judged copy may say for a video that waits: a proposal, marked as one, never an answer.

A family is held together by chains of matches, in which the ends may have little in common; a proposal goes
along one direct match only. It is never made for blind work, whose probabilities would be worth nothing if
people were shown what others found. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tilik.media.families import Match

ENOUGH = 0.6
"""Least share of pictures in common: more than a family asks for, since a judgement is about the whole."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task that nobody has judged: its video, and whether its draw is blind."""

    task: str
    video: str
    blind: bool
    guideline: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A settled outcome of a video, under a guideline (by hash). ``contested`` ones propose nothing."""

    task: str
    video: str
    guideline: str
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """``task`` may be shown the outcome of ``judged``, a sibling with ``share`` of its pictures.

    ``marked`` goes wherever the proposal goes: whoever accepts it makes a judgement of their own.
    """

    task: str
    judged: str
    sibling: str
    share: float
    marked: str = "proposed-from-sibling"


def proposals(
    waiting: Iterable[Waiting], judged: Sequence[Judged], matches: Iterable[Match], *, enough: float = ENOUGH
) -> list[Proposal]:
    """For each task that may have one, the proposal from its closest judged sibling, in order of tasks."""
    shares: dict[frozenset[str], float] = {}
    for match in matches:
        pair = frozenset((match.one, match.other))
        shares[pair] = max(match.share, shares.get(pair, 0.0))
    found = []
    for task in waiting:
        if task.blind:
            continue
        near = [
            (shares.get(frozenset((task.video, one.video)), 0.0), one)
            for one in judged
            if one.video != task.video and one.guideline == task.guideline and not one.contested
        ]
        close = [(share, one) for share, one in near if share >= enough]
        if close:
            share, best = max(close, key=lambda row: (row[0], row[1].task))
            found.append(Proposal(task.task, best.task, best.video, share))
    return found
