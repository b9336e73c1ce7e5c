"""Embeddings: pooled as numpy pools by hand, told apart by their digest, and of use where words are not.

The tests with ``transformers`` run where ``TILIK_TEST_TRANSFORMERS_PYTHON`` names the Python of an
environment with it, ``torch`` and Tilik's own dependencies; they are too large to come with the others.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the extra `learn` is not installed")
pytest.importorskip("onnxruntime", reason="the extra `embeddings` is not installed")
pytest.importorskip("tokenizers", reason="the extra `embeddings` is not installed")

from cli.conftest import tilik  # noqa: F401  a fixture
from cli.shell import Tilik, refused
from learn.text_models import graph, text_model, tokenizer
from learn.worlds import channels, plain, written
from tilik.kernel import Invalid, Missing, Unavailable
from tilik.learn import embedding, extra
from tilik.learn.baseline import train
from tilik.learn.choosing import Asked, pose
from tilik.learn.embedding import digest_folder, open_embedder, pooled
from tilik.learn.model import read_model, write_model

WHERE = "TILIK_TEST_TRANSFORMERS_PYTHON"
WORDS = ["Kuda", "kuda", "lari", "kencang"]
TABLE = np.array([[9, 9, 9], [0, 0, 0], [1, 0, 0], [0, 2, 0], [0, 0, 1], [3, 0, 4]], dtype=np.float32)
"""Rows: padding (which must not count), other words, and the words in order."""


def unit(*vector: float) -> list[float]:
    held = np.array(vector, dtype=float)
    return (held / np.linalg.norm(held)).tolist()  # type: ignore[no-any-return]


def test_tokens_are_averaged_without_padding_and_brought_to_length_one(tmp_path: Path) -> None:
    embedder = open_embedder(text_model(tmp_path / "m", WORDS, TABLE))
    got = embedder.embed(["kuda lari kencang", None, "Kuda", "kuda lari kencang", "asing", "asing Kuda lari"])
    want = [unit(3, 2, 5), [0, 0, 0], unit(1, 0, 0), unit(3, 2, 5), [0, 0, 0], unit(1, 0, 1)]
    assert embedder.width == 3
    assert got == pytest.approx(np.array(want), abs=1e-7)
    assert embedder.embed([]).shape == (0, 3)


def test_pooling_is_the_masked_mean_of_any_numbers() -> None:
    random = np.random.default_rng(4)
    tokens, mask = random.normal(size=(20, 7, 5)), random.random((20, 7)) < 0.6
    mask[3] = False
    for row, got in enumerate(pooled(tokens, mask.astype(int))):
        mean = tokens[row][mask[row]].mean(axis=0) if mask[row].any() else np.zeros(5)
        assert got == pytest.approx(mean / (np.linalg.norm(mean) or 1))


def test_batches_give_what_single_texts_give(tmp_path: Path) -> None:
    embedder = open_embedder(text_model(tmp_path / "m", WORDS, TABLE))
    random = np.random.default_rng(1)
    texts = [" ".join(random.choice(WORDS, random.integers(1, 40))) for _ in range(3 * embedding.BATCH + 5)]
    alone = np.concatenate([embedder.embed([text]) for text in texts])
    assert embedder.embed(texts) == pytest.approx(alone, abs=1e-6)


def test_all_that_a_model_asks_for_is_given_and_no_more(tmp_path: Path) -> None:
    all_three = ("token_type_ids", "attention_mask", "input_ids")
    folder = text_model(tmp_path / "m", WORDS, TABLE, all_three)
    told = tokenizer(WORDS)
    told["post_processor"] = {
        "type": "TemplateProcessing",
        "single": [{"Sequence": {"id": "A", "type_id": 1}}],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {},
    }
    (folder / "tokenizer.json").write_text(json.dumps(told))
    assert open_embedder(folder).embed(["kuda"])[0] == pytest.approx(unit(1, 3, 1))
    (folder / "model.onnx").write_bytes(graph(TABLE, ("input_ids", "pixel_values")))
    with pytest.raises(Invalid, match="asks for pixel_values"):
        open_embedder(folder)


def test_the_digest_is_of_every_file_that_is_not_hidden(tmp_path: Path) -> None:
    folder = text_model(tmp_path / "m", WORDS, TABLE)
    again = text_model(tmp_path / "other" / "name", WORDS, TABLE)
    first = digest_folder(folder)
    assert digest_folder(again) == first == open_embedder(folder).digest
    (folder / ".cache").mkdir()
    (folder / ".cache" / "lock").write_text("")
    assert digest_folder(folder) == first
    (folder / "data").mkdir()
    (folder / "data" / "weights").write_bytes(b"1")
    assert digest_folder(folder) != first
    turned = TABLE.copy()
    turned[2, 0] += 1e-3
    (again / "model.onnx").write_bytes(graph(turned))
    assert digest_folder(again) != first


def test_folders_that_hold_no_text_model_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="no such folder"):
        open_embedder(tmp_path / "none")
    folder = text_model(tmp_path / "m", WORDS, TABLE)
    whole = (folder / "model.onnx").read_bytes()
    broken: list[tuple[str, bytes, str]] = [
        ("model.onnx", whole[:-40], r"model\.onnx: is no ONNX model"),
        (
            "model.onnx",
            graph(TABLE, pool=True),
            r"model\.onnx: has no output with a vector for each token; it has pooled",
        ),
        ("model.onnx", graph(TABLE[:4]), "cannot be run"),
        ("model.onnx", graph(TABLE * np.float32(np.nan)), "not finite"),
        ("tokenizer.json", b'{"model": {}}', r"tokenizer\.json: is no tokenizer"),
    ]
    for name, data, says in broken:
        kept = (folder / name).read_bytes()
        (folder / name).write_bytes(data)
        with pytest.raises(Invalid, match=says) as told:
            open_embedder(folder).embed(["kuda lari kencang"])
        assert told.value.code == "embeddings-unreadable"
        (folder / name).write_bytes(kept)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(Invalid, match=r"neither model\.onnx with tokenizer\.json nor config\.json"):
        open_embedder(folder)


@pytest.mark.parametrize(
    ("module", "install"),
    [
        ("tokenizers", r"'tilik\[embeddings\]'"),
        ("onnxruntime", r"'tilik\[embeddings\]'"),
        ("transformers", "transformers torch"),
    ],
)
def test_what_is_not_installed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, install: str
) -> None:
    folder = text_model(tmp_path / "m", WORDS, TABLE)
    if module == "transformers":
        (folder / "model.onnx").rename(folder / "model.safetensors")
        (folder / "config.json").write_text("{}")

    def without(name: str) -> Any:
        if name == module:
            raise ModuleNotFoundError(name)
        return __import__(name)

    monkeypatch.setattr(extra, "import_module", without)
    with pytest.raises(Unavailable, match=f"needs {module}, which is not installed. .*pip install {install}"):
        open_embedder(folder)


# ------------------------------------------------------------------------------------------- learning
def strange(rows: int = 400) -> tuple[dict[str, list[Any]], list[str], np.ndarray[Any, Any]]:
    """Titles of words that stand in one row only, so that nothing but their vectors tells who is bad."""
    made, random = channels(rows, seed=3), np.random.default_rng(8)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    words = list(dict.fromkeys("".join(random.choice(letters, 7)).title() for _ in range(3 * rows)))[
        : 3 * rows
    ]
    bad = np.repeat(np.array(made["kind"]) == "bad", 3)
    table = random.normal(size=(3 * rows + 2, 8)).astype(np.float32)
    table[2:, 0] += np.where(bad, 1.0, -1.0)
    made["title"] = [" ".join(words[at : at + 3]) for at in range(0, 3 * rows, 3)]
    return {name: made[name] for name in ("channel", "kind", "title", "views")}, words, table


def test_embeddings_tell_what_words_do_not(tmp_path: Path) -> None:
    made, words, table = strange()
    embedder = open_embedder(text_model(tmp_path / "m", words, table))
    problem = pose(plain(made), Asked("kind", texts=("title",), features=("views",), group="channel"), "bad")
    without = train(problem, label="kind", draws=100)
    with_ = train(problem, label="kind", draws=100, embedder=embedder)
    assert with_.figures["auc"].low > without.figures["auc"].high + 0.05
    assert with_.figures["auc"].low > 0.9

    write_model(without.model, tmp_path / "without.json")
    assert "embedding" not in (tmp_path / "without.json").read_text()
    first = write_model(with_.model, tmp_path / "a.json")
    model = read_model(tmp_path / "a.json", embedder)
    assert write_model(model, tmp_path / "b.json") == first
    assert model.predict(plain(made)) == pytest.approx(with_.model.predict(plain(made)), abs=1e-9)
    with pytest.raises(Invalid, match=f"{embedder.digest}. Name its folder with --embeddings"):
        read_model(tmp_path / "a.json").predict(plain(made))
    held = json.loads((tmp_path / "a.json").read_text())
    held["parts"].append(held["parts"][-1] | {"digest": "0" * 64})
    held["coefficients"] += [0.0] * embedder.width
    (tmp_path / "two.json").write_text(json.dumps(held))
    with pytest.raises(Invalid, match="do not fit"):
        read_model(tmp_path / "two.json", embedder)


def test_the_commands(tilik: Tilik, tmp_path: Path) -> None:  # noqa: F811
    made, words, table = strange()
    file = written(made, tmp_path / "table.csv")
    folder = text_model(tmp_path / "m", words, table)
    other = text_model(tmp_path / "other", words, table + 1)
    options = (
        "--label",
        "kind",
        "--positive",
        "bad",
        "--group",
        "channel",
        "--text",
        "title",
        "--draws",
        100,
    )
    told = tilik("learn", "train", file, *options, "--embeddings", folder, "--out", "with", "--json").json
    digest = digest_folder(folder)
    assert told["embeddings"] == digest
    assert told["figures"]["auc"]["low"] > 0.9
    assert (
        f"`title`, each as 8 numbers (mean of the tokens, length 1) by the text model whose folder has the "
        f"SHA-256 `{digest}`" in Path("with/card.md").read_text()
    )
    scored = ("learn", "predict", "with/model.json", file, "--out", "p.csv")
    assert tilik(*scored, "--embeddings", folder).code == 0
    p = np.array([float(line.split(",")[1]) for line in Path("p.csv").read_text().splitlines()[1:]])
    bad = np.array(made["kind"]) == "bad"
    assert p[bad].mean() > p[~bad].mean() + 0.5
    Path("p.csv").unlink()
    refused(tilik(*scored), digest, "--embeddings")
    refused(tilik(*scored, "--embeddings", other), f"SHA-256 {digest}", digest_folder(other), "it learned by")
    refused(tilik(*scored, "--embeddings", tmp_path), "neither model.onnx")
    assert not Path("p.csv").exists()
    tilik("learn", "train", file, *options, "--out", "without")
    assert "Embeddings" not in Path("without/card.md").read_text()
    refused(
        tilik("learn", "predict", "without/model.json", file, "--out", "p.csv", "--embeddings", folder),
        "no text model",
        "Leave out --embeddings",
    )
    features = ("--label", "kind", "--positive", "bad", "--features", "views")
    refused(tilik("learn", "train", file, *features, "--embeddings", folder), "nothing is embedded", "--text")


# --------------------------------------------------------------------------------------- transformers
MAKE = """
import sys, json, numpy as np, torch
from pathlib import Path
from transformers import AutoModel, AutoTokenizer, BertConfig, BertModel, PreTrainedTokenizerFast
folder = sys.argv[1]
torch.manual_seed(0)
BertModel(BertConfig(vocab_size=6, hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
                     intermediate_size=16, max_position_embeddings=32)).save_pretrained(folder)
PreTrainedTokenizerFast(tokenizer_file=sys.argv[2], pad_token="[PAD]", unk_token="[UNK]",
                        model_max_length=32).save_pretrained(folder)
from tilik.learn.embedding import open_embedder
embedder = open_embedder(Path(folder))
texts = ["kuda lari kencang", "Kuda", "lari " * 90]
model, read = AutoModel.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)
want = []
for text in texts:
    with torch.no_grad():
        one = model(**read(text, truncation=True, return_tensors="pt")).last_hidden_state[0].mean(0).numpy()
    want.append(one / np.linalg.norm(one))
print(json.dumps([embedder.width, float(np.abs(embedder.embed(texts) - np.array(want)).max())]))
(Path(folder) / "model.safetensors").write_bytes(b"broken")
try:
    open_embedder(Path(folder))
except Exception as error:
    print(json.dumps([error.code, str(error)]))
"""


@pytest.mark.skipif(WHERE not in os.environ, reason=f"{WHERE} names no Python with transformers and torch")
def test_a_transformers_folder_gives_the_mean_of_its_tokens(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text(json.dumps(tokenizer(WORDS)))
    source = str(Path(embedding.__file__).parents[2])
    command = [os.environ[WHERE], "-c", MAKE, str(tmp_path / "m"), str(tmp_path / "tokenizer.json")]
    told = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": source}
    )
    assert told.returncode == 0, told.stderr
    (width, apart), (code, says) = map(json.loads, told.stdout.splitlines())
    assert (width, code) == (16, "embeddings-unreadable")
    assert apart < 1e-5
    assert "cannot be loaded by transformers" in says
