"""Bringing machine answers in: which are taken, and which pairs are compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from itertools import combinations

from sqlalchemy import select

from tilik.answers.events import AnswersImported
from tilik.answers.items import Item
from tilik.guideline import Guideline
from tilik.kernel import Conflict, Invalid, canonical, new_id
from tilik.store import Store
from tilik.store.tables import answer_set
from tilik.study import active_guideline, guideline_of


def import_answers(
    store: Store,
    items: Iterable[Item],
    *,
    name: str,
    seed: int,
    limit: int = 0,
    pairs: int = 0,
    wants: int = 1,
) -> tuple[str, int, int]:
    """Keep these answers and open their tasks; returns the set's id, the answers and the pairs taken.

    ``limit`` takes that many answers at most: prompts drawn at random, each with all its models, so that
    models are compared on the same prompts. ``pairs`` of answers to one prompt by two models are drawn.
    Raises ``Conflict`` for a name in use, ``Invalid`` for an age band the guideline does not know.
    """
    kept = choose(list({item.id: item for item in items}.values()), limit, seed)
    if not kept or not 0 < len(name) <= 128:
        what = "there are no answers in it" if not kept else "a set needs a name of 1 to 128 characters"
        raise Invalid("answers-empty", what, where=name)
    drawn = choose_pairs(kept, pairs, seed)
    tasks = [{"a": item.id, "b": None} for item in kept] + [{"a": a.id, "b": b.id} for a, b in drawn]
    with store.write() as writing:
        identity = active_guideline(writing.connection)
        check_bands(kept, guideline_of(writing.connection, writing.blobs, identity))
        if writing.connection.execute(select(answer_set.c.id).where(answer_set.c.name == name)).first():
            raise Conflict(
                "answers-exist", "a set of this name exists", where=name, mend="Choose another --name."
            )
        event = AnswersImported(
            set=new_id(),
            name=name,
            guideline=identity,
            items=writing.blobs.put(lines_of([item.model_dump(mode="json") for item in kept])),
            tasks=writing.blobs.put(lines_of(tasks)),
            count=len(kept),
            wants=wants,
            seed=seed,
        )
        writing.record(event)
    return event.set, len(kept), len(drawn)


def choose(items: Sequence[Item], limit: int, seed: int) -> list[Item]:
    """All answers, or those to prompts in random order while their models still fit into ``limit``."""
    by_prompt: dict[str, list[Item]] = {}
    for item in items:
        by_prompt.setdefault(item.prompt, []).append(item)
    kept: list[Item] = []
    for prompt in sorted(by_prompt, key=lambda one: _number(seed, one)):
        if limit and len(kept) + len(by_prompt[prompt]) > limit:
            break
        kept += by_prompt[prompt]
    return kept


def choose_pairs(items: Sequence[Item], count: int, seed: int) -> list[tuple[Item, Item]]:
    """``count`` pairs at random among all pairs of answers to one prompt by two models."""
    by_prompt: dict[str, list[Item]] = {}
    for item in items:
        by_prompt.setdefault(item.prompt, []).append(item)
    every = [(a, b) for group in by_prompt.values() for a, b in combinations(group, 2) if a.model != b.model]
    return sorted(every, key=lambda pair: _number(seed, f"{pair[0].id} {pair[1].id}"))[:count]


def _number(seed: int, text: str) -> bytes:
    return hashlib.sha256(f"{seed} {text}".encode()).digest()


def lines_of(rows: Sequence[object]) -> bytes:
    """JSON lines in canonical form, as blobs hold them."""
    return b"\n".join(canonical(json.loads(json.dumps(row))) for row in rows) + b"\n"


def check_bands(items: Sequence[Item], guideline: Guideline) -> None:
    """Raise ``Invalid`` for an age band that the guideline does not know."""
    known = {band.code for band in guideline.age_bands}
    strange = sorted({item.band for item in items if item.band is not None} - known)
    if strange:
        there = ", ".join(sorted(known))
        raise Invalid(
            "answers-band", f"the guideline has no age band {', '.join(strange)}", mend=f"There are: {there}."
        )
