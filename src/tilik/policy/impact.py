"""What would change if a version were active: every stored judgement replayed, counted, estimated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from sqlalchemy import Connection

from tilik.guideline import EFFECTS, Guideline, diff
from tilik.log import Blobs
from tilik.policy.figures import study_move
from tilik.policy.replayed import Judged, StudyReplayed, replay_studies
from tilik.policy.rereview import smallest
from tilik.policy.wire import Flip, Impact, LabelMove, Unasked, VerdictMove, VersionView
from tilik.study import Version, guideline_of, is_assisted, studies, versions

HALF_WIDTH = 0.02

_Each = tuple[StudyReplayed, int, Judged]


def impact(
    connection: Connection,
    blobs: Blobs,
    draft: Version,
    *,
    study: str = "",
    half_width: float = HALF_WIDTH,
    listed: int | None = None,
) -> Impact:
    """Replay the judgements of one study, or of all, through a version; ``listed`` bounds the list of flips.

    Flips with the most impressions come first; ``effects`` count the differences from the active version.
    Raises ``Missing`` for an unknown version.
    """
    new = guideline_of(connection, blobs, draft.hash)
    found = list(replay_studies(connection, blobs, new, [study] if study else studies(connection)))
    measured = [one for one in found if not is_assisted(one.row)]
    every = list(_each(found))
    moved = [one for one in every if one[2].replayed.flips or not one[2].replayed.settled]
    flips = sorted(map(_flip, moved), key=lambda flip: (-flip.impressions, flip.judgement))
    effects = Counter(change.effect for change in diff(_active(connection, blobs, new), new))
    return Impact(
        draft=VersionView(**asdict(draft)),
        judgements=len(every),
        flips=sum(judged.replayed.flips for _, _, judged in every),
        verdict_flips=sum(judged.replayed.verdict_flips for _, _, judged in every),
        open=sum(not judged.replayed.settled for _, _, judged in every),
        tasks=len({judged.task for _, _, judged in moved}),
        impressions=_impressions(moved),
        effects={effect: effects[effect] for effect in EFFECTS},
        verdicts=_verdicts(moved),
        labels=_labels(moved),
        unasked=_unasked(every),
        studies=[study_move(one) for one in measured],
        rereview=[smallest(one, half_width) for one in measured],
        listed=flips[:listed],
    )


def _active(connection: Connection, blobs: Blobs, new: Guideline) -> Guideline:
    active = next((one.hash for one in versions(connection) if one.state == "active"), None)
    return new if active is None else guideline_of(connection, blobs, active)


def _each(found: Iterable[StudyReplayed]) -> Iterator[_Each]:
    for one in found:
        for at, judgements in enumerate(one.judged):
            yield from ((one, at, judged) for judged in judgements)


def _flip(each: _Each) -> Flip:
    found, at, judged = each
    replayed = judged.replayed
    return Flip(
        judgement=judged.id,
        task=judged.task,
        study=found.row.id,
        video=found.videos[at],
        impressions=float(found.impressions[at]),
        verdict_before=replayed.before.verdict,
        verdict_after=replayed.verdict,
        settled=replayed.settled,
        labels=replayed.levels,
    )


def _impressions(moved: Iterable[_Each]) -> float:
    """Of the draws behind these judgements, each counted once."""
    return float(sum({(one.row.id, at): one.impressions[at] for one, at, _ in moved}.values()))


def _tasks(moved: Iterable[_Each]) -> int:
    return len({judged.task for _, _, judged in moved})


def _verdicts(moved: list[_Each]) -> list[VerdictMove]:
    pairs: dict[tuple[str | None, str | None], list[_Each]] = {}
    for each in moved:
        replayed = each[2].replayed
        if replayed.verdict_flips or not replayed.settled:
            pairs.setdefault((replayed.before.verdict, replayed.verdict), []).append(each)
    found = [
        VerdictMove(
            before=before,
            after=after,
            judgements=len(group),
            tasks=_tasks(group),
            impressions=_impressions(group),
        )
        for (before, after), group in pairs.items()
    ]
    return sorted(found, key=lambda one: -one.judgements)


def _labels(moved: list[_Each]) -> list[LabelMove]:
    groups: dict[str, list[_Each]] = {}
    for each in moved:
        for code in each[2].replayed.levels:
            groups.setdefault(code, []).append(each)
    return [_label(code, group) for code, group in sorted(groups.items())]


def _label(code: str, group: list[_Each]) -> LabelMove:
    pairs = [judged.replayed.levels[code] for _, _, judged in group]
    return LabelMove(
        code=code,
        raised=sum(after > before for before, after in pairs),
        lowered=sum(after < before for before, after in pairs),
        tasks=_tasks(group),
        impressions=_impressions(group),
    )


def _unasked(every: list[_Each]) -> list[Unasked]:
    groups: dict[str, list[_Each]] = {}
    for each in every:
        for question in each[2].replayed.unasked:
            groups.setdefault(question, []).append(each)
    return [
        Unasked(question=question, judgements=len(group), tasks=_tasks(group))
        for question, group in groups.items()
    ]
