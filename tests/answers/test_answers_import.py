"""Answers from files: every shape that is taken, and every fault named with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from answers.made import item, make_set
from tilik.answers import import_answers, read_items
from tilik.answers.importing import choose, choose_pairs
from tilik.answers.view import answer_sets
from tilik.kernel import Conflict, Invalid, Missing
from tilik.store import Workspace

RECORD = {"prompt": "Apa itu hujan?", "response": "Air dari awan.", "model": "m1", "age_band": "AB2",
          "age_stated": True, "language": "id", "topic": "alam", "video": "v1"}  # fmt: skip
DIALOGUE = {
    "dialogue": [{"role": "user", "text": "Hai"}, {"role": "assistant", "text": "Hai!"},
                 {"role": "user", "text": "Apa kabar?"}],
    "response": "Baik.",
    "model": "m1",
}  # fmt: skip


def write(file: Path, *records: Any) -> Path:
    file.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return file


def test_a_prompt_and_a_dialogue(tmp_path: Path) -> None:
    one, two = read_items(write(tmp_path / "a.jsonl", RECORD, DIALOGUE))
    assert (one.model, one.band, one.stated, one.language, one.topic, one.video) == (
        "m1",
        "AB2",
        True,
        "id",
        "alam",
        "v1",
    )
    assert [turn.text for turn in one.turns] == ["Apa itu hujan?", "Air dari awan."]
    assert [turn.role for turn in two.turns] == ["user", "assistant", "user", "assistant"]
    assert (two.band, two.stated) == (None, False)


def test_parquet_and_json_by_topic_are_read_alike(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist([RECORD, {**RECORD, "video": None}]), tmp_path / "a.parquet")
    (tmp_path / "m1.json").write_text(
        json.dumps({"alam": [{"prompt": "Apa itu hujan?", "response": " Air dari awan. "}]})
    )
    first = next(read_items(write(tmp_path / "a.jsonl", RECORD)))
    assert next(read_items(tmp_path / "a.parquet")) == first
    (plain,) = read_items(tmp_path / "m1.json")
    assert (plain.model, plain.topic, plain.turns) == ("m1", "alam", first.turns)


@pytest.mark.parametrize(
    ("record", "part"),
    [
        ({"response": "x"}, "either prompt or dialogue"),
        ({**RECORD, "dialogue": []}, "either prompt or dialogue"),
        ({"prompt": "x"}, "at least 1 character"),
        ({**RECORD, "respons": "x"}, "unknown field respons"),
        ({"dialogue": [{"role": "robot", "text": "x"}], "response": "y"}, "'user' or 'assistant'"),
        ([1, 2], "object with named fields"),
    ],
)
def test_a_bad_record_is_named_with_its_line(tmp_path: Path, record: Any, part: str) -> None:
    file = write(tmp_path / "a.jsonl", RECORD, record)
    with pytest.raises(Invalid, match=part) as caught:
        list(read_items(file))
    assert caught.value.where == f"{file}:2"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="No such file"):
        list(read_items(tmp_path / "none.jsonl"))
    (tmp_path / "a.jsonl").write_text("{not json")
    with pytest.raises(Invalid, match="cannot be read"):
        list(read_items(tmp_path / "a.jsonl"))
    (tmp_path / "a.json").write_text('{"x": 3}')
    with pytest.raises(Invalid, match="map of topics"):
        list(read_items(tmp_path / "a.json"))


def test_a_limit_keeps_whole_prompts_so_that_models_meet() -> None:
    items = [item(f"p{at}", model) for at in range(30) for model in ("a", "b", "c")]
    kept = choose(items, 20, 5)
    assert len(kept) == 18
    assert len({one.prompt for one in kept}) == 6
    assert choose(items, 20, 5) == kept
    assert {one.prompt for one in choose(items, 20, 6)} != {one.prompt for one in kept}
    assert len(choose(items, 0, 5)) == 90


def test_pairs_are_two_models_on_one_prompt() -> None:
    items = [item(f"p{at}", model) for at in range(10) for model in ("a", "b", "c")]
    pairs = choose_pairs(items, 12, 5)
    assert len(pairs) == 12
    assert all(a.prompt == b.prompt and a.model != b.model for a, b in pairs)
    assert len({(a.id, b.id) for a, b in pairs}) == 12


def test_a_set_is_kept_once(workspace: Workspace) -> None:
    items = [item("p", "a"), item("p", "b"), item("p", "a")]
    make_set(workspace, items, pairs=5)
    with workspace.store.read() as connection:
        (found,) = answer_sets(connection)
    assert (found.answers, found.ratings, found.pairs, found.pairs_settled) == (2, 2, 1, 0)
    with pytest.raises(Conflict, match="name exists"):
        import_answers(workspace.store, items, name="pilot", seed=1)
    with pytest.raises(Invalid, match="no age band AB99"):
        import_answers(workspace.store, [item("p", "a", band="AB99")], name="other", seed=1)
    with pytest.raises(Invalid, match="no answers"):
        import_answers(workspace.store, [], name="none", seed=1)


def test_a_flag_in_words_means_what_it_says(tmp_path: Path) -> None:
    said = ("false", "no", False, "true", True, None)
    file = write(tmp_path / "a.jsonl", *({**RECORD, "age_stated": one} for one in said))
    assert [one.stated for one in read_items(file)] == [False, False, False, True, True, False]
    with pytest.raises(Invalid, match="valid boolean"):
        list(read_items(write(tmp_path / "b.jsonl", {**RECORD, "age_stated": "perhaps"})))


@pytest.mark.parametrize("response", [5, ["a"], {"text": "a"}])
def test_a_response_that_is_no_text_is_named_with_its_line(tmp_path: Path, response: Any) -> None:
    with pytest.raises(Invalid, match="response must be a text") as refused:
        list(read_items(write(tmp_path / "a.jsonl", RECORD, {**RECORD, "response": response})))
    assert refused.value.where.endswith("a.jsonl:2")
