"""The report's figures against numpy and scipy, and the files for others."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from scipy import stats
from sqlalchemy import select

from answers.made import item, make_set, person, rating, send, submission, take
from tilik.answers.export import export_answers
from tilik.answers.report import Report, report, within
from tilik.answers.view import find_set, view_task
from tilik.kernel import Missing
from tilik.stats import hajek_mean
from tilik.store import Workspace
from tilik.store.tables import answer_item, answer_task

PROMPTS = 12
SCORES = {"a": [(at * 7) % 5 + 1 for at in range(PROMPTS)], "b": [(at * 3) % 4 + 1 for at in range(PROMPTS)]}


def judged(workspace: Workspace) -> str:
    """Two models on twelve prompts, all rated; model b fails critically on three; a is preferred on nine."""
    items = [
        item(f"p{at}", model, f"{model}{at}", band="AB2" if at % 2 else "AB3")
        for at in range(PROMPTS)
        for model in SCORES
    ]
    identity = make_set(workspace, items, pairs=PROMPTS)
    sari = person(workspace)
    with workspace.store.read() as connection:
        about = {row.id: row for row in connection.execute(select(answer_item))}
        tasks = {row.id: row for row in connection.execute(select(answer_task))}
    while (lease := take(workspace, sari)) is not None:
        with workspace.store.read() as connection:
            view = view_task(connection, lease)
        row = about[tasks[lease.task].a]
        at = int(json.loads(row.turns)[0]["text"][1:])
        if view.kind == "rating":
            fails = ("CF3",) if row.model == "b" and at < 3 else ()
            marks = [{"turn": 1, "start": 0, "end": 1, "tag": "too_hard"}] if at == 0 else []
            said = rating(SCORES[row.model][at], fails, highlights=marks, better="x" if at == 1 else "")
        else:
            a_first = view.first[-1].text.startswith("a")
            choice = "same" if at == 11 else ("A_better" if a_first == (at < 9) else "B_better")
            said = {"kind": "pair", "choice": choice, "dimension": "SAF", "reason": "karena jelas"}
        send(workspace, sari, submission(lease, view.guideline, said))
    return identity


def made(workspace: Workspace) -> Report:
    identity = judged(workspace)
    with workspace.store.read() as connection:
        return report(connection, workspace.store.blobs, identity)


def test_scores_gaps_and_preferences(sqlite_workspace: Workspace) -> None:
    found = made(sqlite_workspace)
    assert (found.judgements, found.models, found.bands) == (36, ["a", "b"], ["AB2", "AB3"])
    for model, values in SCORES.items():
        for band, part in (("all", values), ("AB2", values[1::2]), ("AB3", values[0::2])):
            one = next(s for s in found.scores if (s.model, s.dimension, s.band) == (model, "SAF", band))
            low, high = stats.t.interval(0.95, len(part) - 1, np.mean(part), stats.sem(part))
            assert one.judged == len(part)
            assert one.estimate is not None
            assert one.estimate.value == pytest.approx(np.mean(part))
            kept = max(low, 1), min(high, 5)
            assert (one.estimate.low, one.estimate.high) == pytest.approx(kept, rel=1e-6)
    fails = {s.model: s for s in found.scores if s.dimension == "failing" and s.band == "all"}
    assert fails["b"].estimate is not None and fails["b"].estimate.value == pytest.approx(3 / 12)
    assert fails["a"].estimate is not None and fails["a"].estimate.high < 0.4
    gap = next(g for g in found.gaps if g.dimension == "SAF")
    differences = np.subtract(SCORES["a"], SCORES["b"])
    low, high = stats.t.interval(0.95, PROMPTS - 1, differences.mean(), stats.sem(differences))
    assert gap.estimate is not None
    assert (gap.first, gap.second, gap.prompts) == ("a", "b", PROMPTS)
    assert gap.estimate.value == pytest.approx(differences.mean())
    assert (gap.estimate.low, gap.estimate.high) == pytest.approx((low, high), rel=1e-6)
    (preference,) = found.preferences
    assert (preference.first, preference.pairs) == ("a", 12)
    assert preference.estimate is not None
    assert preference.estimate.value == pytest.approx((9 + 0.5) / 12)


def test_the_same_score_from_few_prompts_is_no_certainty() -> None:
    """Both ends by the definition: with so many others at one end, all n alike are seen α/2 of the time."""
    for n, value, least, most in ((2, 3.0, 1.0, 5.0), (12, 5.0, 1.0, 5.0), (40, 0.0, -4.0, 4.0)):
        ones = np.ones(n)
        flat = hajek_mean(value * ones, ones, np.full(n, 1e-9), of="mean of SAF")
        found = within(flat, least, most, n)
        for end, bound in ((least, found.low), (most, found.high)):
            if end == value:
                assert bound == value
                continue
            others = (bound - value) / (end - value)
            assert (1 - others) ** n == pytest.approx(0.025)
        assert found.value == value
        assert found.method.endswith("+none-other-seen")


def test_an_interval_does_not_leave_the_scale() -> None:
    ones = np.ones(2)
    found = within(hajek_mean([2.0, 5.0], ones, np.full(2, 1e-9), of="mean of SAF"), 1.0, 5.0, 2)
    assert (found.low, found.high, found.value) == (1.0, 5.0, 3.5)


def test_a_set_nobody_judged_has_no_figures(sqlite_workspace: Workspace) -> None:
    identity = make_set(sqlite_workspace, [item("p", "a")])
    with sqlite_workspace.store.read() as connection:
        found = report(connection, sqlite_workspace.store.blobs, identity)
        assert find_set(connection) == find_set(connection, "pilot") == identity
        with pytest.raises(Missing, match="There are: pilot"):
            find_set(connection, "other")
    assert (found.judgements, found.scores, found.gaps, found.preferences) == (0, [], [], [])


def test_files_for_others(sqlite_workspace: Workspace, tmp_path: Path) -> None:
    identity = judged(sqlite_workspace)
    with sqlite_workspace.store.read() as connection:
        counts = export_answers(connection, identity, tmp_path / "out")
    assert counts == {"ratings.parquet": 24, "preferences.jsonl": 11, "spans.jsonl": 2}
    rows = pq.read_table(tmp_path / "out" / "ratings.parquet").to_pylist()
    assert {row["model"] for row in rows} == {"a", "b"}
    assert sum(row["fails"] == ["CF3"] for row in rows) == 3
    assert sum(row["better"] == "x" for row in rows) == 2
    assert dict(rows[0]["scores"]).keys() == {"DEV", "SAF", "FAI", "LID", "TON", "PRV", "USE"}
    pairs = [json.loads(line) for line in (tmp_path / "out" / "preferences.jsonl").read_text().splitlines()]
    for one in pairs:
        at = int(one["prompt"][0]["text"][1:])
        assert one["chosen_model"] == ("a" if at < 9 else "b")
        assert one["chosen"][0]["text"] == f"{one['chosen_model']}{at}"
        assert one["rejected"][0]["text"] == f"{one['rejected_model']}{at}"
        assert (one["dimension"], one["reason"], one["much"]) == ("SAF", "karena jelas", False)
    spans = [json.loads(line) for line in (tmp_path / "out" / "spans.jsonl").read_text().splitlines()]
    assert {(one["text"], one["tag"]) for one in spans} == {("a", "too_hard"), ("b", "too_hard")}
    assert list((tmp_path / "out").glob("*.part")) == []


def test_several_answers_to_one_prompt_are_no_more_prompts(sqlite_workspace: Workspace) -> None:
    """Model a answers every prompt three times alike; what is known is what three prompts tell."""
    items = [item(f"p{at}", "a", f"a{at} {again}") for at in range(4) for again in range(3)]
    items += [item(f"p{at}", "b", f"b{at}") for at in range(4)]
    identity = make_set(sqlite_workspace, items)
    sari = person(sqlite_workspace)
    with sqlite_workspace.store.read() as connection:
        about = {row.id: row for row in connection.execute(select(answer_item))}
        tasks = {row.id: row for row in connection.execute(select(answer_task))}
    scores = {("a", at): at + 1 for at in range(4)} | {("b", at): 3 for at in range(4)}
    while (lease := take(sqlite_workspace, sari)) is not None:
        row = about[tasks[lease.task].a]
        turns = json.loads(row.turns)
        at, again = int(turns[0]["text"][1:]), turns[-1]["text"][-1]
        score = scores[row.model, at] + (row.model == "a" and again == "2" and at == 0)
        with sqlite_workspace.store.read() as connection:
            guideline = view_task(connection, lease).guideline
        send(sqlite_workspace, sari, submission(lease, guideline, rating(score)))
    with sqlite_workspace.store.read() as connection:
        found = report(connection, sqlite_workspace.store.blobs, identity)
    mine = next(s for s in found.scores if (s.model, s.dimension, s.band) == ("a", "SAF", "all"))
    means = np.array([4 / 3, 2, 3, 4])
    low, high = stats.t.interval(0.95, 3, means.mean(), stats.sem(means))
    assert mine.judged == 12
    assert mine.estimate is not None
    assert (mine.estimate.low, mine.estimate.high) == pytest.approx((max(low, 1), min(high, 5)))
    gap = next(one for one in found.gaps if one.dimension == "SAF")
    assert gap.prompts == 4
    assert gap.estimate is not None
    assert gap.estimate.value == pytest.approx(means.mean() - 3)
