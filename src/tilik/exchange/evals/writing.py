"""Judgements of answers as scores: in the samples of an Inspect log, and as what Langfuse's API takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tilik.exchange.evals.given import read_given, read_log
from tilik.exchange.evals.scores import Scored
from tilik.exchange.writing_files import write_text
from tilik.kernel import Invalid, digest

NAME = "tilik"


def write_inspect(log: Path, into: Path, found: Mapping[str, Scored]) -> dict[str, int]:
    """The log again as JSON, with a score named ``tilik`` in each sample whose answer was judged.

    Its value maps dimensions to means, and ``critical_fail`` to a share. Raises ``Invalid``, ``Missing``.
    """
    whole = read_log(log)
    given = {int(one.at[0]): one for one in read_given(log, "inspect")}
    count = 0
    for at, sample in enumerate(whole["samples"]):
        scored = found.get(given[at].key) if at in given else None
        if scored is not None:
            sample["scores"] = {**(sample.get("scores") or {}), NAME: _inspect_score(scored)}
            count += 1
    _refuse_none(count, log)
    write_text(into, json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
    return {"samples": len(whole["samples"]), "scored": count}


def _inspect_score(one: Scored) -> dict[str, Any]:
    return {
        "value": {**one.means, "critical_fail": one.failing},
        "answer": one.kind,
        "metadata": {"judgements": one.judgements, "guideline": one.guideline},
    }


def write_langfuse(traces: Path, into: Path, found: Mapping[str, Scored], origin: str) -> dict[str, int]:
    """JSON lines, each the body of a ``POST /api/public/scores``.

    A score's id follows from ``origin`` (the set), the trace and the score's name, so that what is sent twice
    is kept once and a later export replaces the earlier. Raises ``Invalid``, ``Missing``.
    """
    given = read_given(traces, "langfuse")
    judged = [(one.at, found[one.key]) for one in given if one.key in found]
    _refuse_none(len(judged), traces)
    rows = [row for at, one in judged for row in _langfuse_scores(at, one, origin)]
    write_text(into, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return {"traces": len(given), "scored": len(judged), "scores": len(rows)}


def _langfuse_scores(at: tuple[str, ...], one: Scored, origin: str) -> Iterator[dict[str, Any]]:
    told: list[tuple[str, float | str, str]] = [
        (f"{NAME}.{dimension}", mean, "NUMERIC") for dimension, mean in one.means.items()
    ]
    if one.failing in (0.0, 1.0):
        told.append((f"{NAME}.critical_fail", one.failing, "BOOLEAN"))
    told.append((f"{NAME}.critical_fail_share", one.failing, "NUMERIC"))
    if one.kind is not None:
        told.append((f"{NAME}.kind", one.kind, "CATEGORICAL"))
    observed = {"observationId": at[1]} if len(at) > 1 else {}
    for name, value, kind in told:
        yield {
            "id": digest([origin, *at, name])[:32],
            "traceId": at[0],
            **observed,
            "name": name,
            "value": value,
            "dataType": kind,
            "comment": f"{one.judgements} judgements by people, guideline {one.guideline[:12]}",
        }


def _refuse_none(count: int, file: Path) -> None:
    if not count:
        raise Invalid(
            "evals-unjudged",
            "no answer of this file was judged in the set",
            where=str(file),
            mend="Name the file that the set was brought in from, unchanged, and its set with --name.",
        )
