"""Texts as directions in space, by a text model that lies in a folder of the user's.

The folder holds ``model.onnx`` and ``tokenizer.json``, or ``config.json`` and ``model.safetensors`` as
``transformers`` writes them. The vectors of a text's tokens are averaged where the attention mask is 1, and
the mean is brought to length 1 (Reimers & Gurevych 2019), so that a text weighs what its tf-idf row weighs.
Nothing is fetched, and no code in the folder is run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tilik.kernel import Invalid, Missing, TilikError, digest
from tilik.learn.extra import onnxruntime, tokenizers, torch, transformers
from tilik.learn.tables import Cells, Floats

GRAPH, TOKENS = "model.onnx", "tokenizer.json"
CONFIG, WEIGHTS = "config.json", "model.safetensors"
BATCH, LONGEST = 64, 512
"""Texts that go through the model at once; tokens of a text that are read where the folder names no limit."""
PROBE = "uji"

Codes = NDArray[np.int64]
Run = Callable[[Sequence[str]], tuple[NDArray[Any], NDArray[Any]]]
"""Texts to token vectors (texts × tokens × width) and attention mask (texts × tokens)."""


@dataclass(frozen=True, eq=False)
class Embedder:
    """A text model, the SHA-256 of its folder, and how many numbers a text becomes."""

    folder: Path
    digest: str
    width: int
    run: Run

    def embed(self, cells: Cells) -> Floats:
        """One row of length 1 per cell (n × width); zeros where there is no text. Raises ``Invalid``."""
        texts = sorted({cell for cell in cells if cell}, key=lambda text: (len(text), text))
        place = {text: at for at, text in enumerate(texts, start=1)}
        rows = [np.zeros((1, self.width))]
        for start in range(0, len(texts), BATCH):  # like lengths together, so that little is padded
            rows.append(_embedded(self.run, texts[start : start + BATCH], self.folder))
        return np.concatenate(rows)[[place[cell] if cell else 0 for cell in cells]]


def open_embedder(folder: Path) -> Embedder:
    """The text model in a folder; ``model.onnx`` goes first where both kinds are there.

    Raises ``Missing`` where there is no such folder, ``Invalid`` where it holds no model that embeds texts,
    ``Unavailable`` where a library is not installed.
    """
    if not folder.is_dir():
        raise Missing("embeddings-missing", "there is no such folder", where=str(folder))
    if (folder / GRAPH).is_file() and (folder / TOKENS).is_file():
        load = _onnx
    elif (folder / CONFIG).is_file() and (folder / WEIGHTS).is_file():
        load = _transformers
    else:
        raise _unreadable(
            folder,
            f"holds neither {GRAPH} with {TOKENS} nor {CONFIG} with {WEIGHTS}",
            mend="Name the folder of a text model.",
        )
    run = load(folder)
    return Embedder(folder, digest_folder(folder), _embedded(run, [PROBE], folder).shape[1], run)


def digest_folder(folder: Path) -> str:
    """SHA-256 over the names and hashes of all files, for a model's weights may lie in any of them.

    Hidden files are left out.
    """
    names = {file.relative_to(folder): file for file in folder.rglob("*") if file.is_file()}
    shown = {name: file for name, file in names.items() if not any(one.startswith(".") for one in name.parts)}
    return digest({name.as_posix(): _hash(file) for name, file in shown.items()})


def pooled(tokens: NDArray[Any], mask: NDArray[Any]) -> Floats:
    """The mean over tokens whose mask is 1, brought to length 1 (n × width); zeros where there is none."""
    held = mask.astype(float)[:, :, None]
    mean = (tokens.astype(float) * held).sum(axis=1) / np.maximum(held.sum(axis=1), 1)
    length = np.linalg.norm(mean, axis=1, keepdims=True)
    return np.asarray(mean / np.where(length > 0, length, 1))


def _embedded(run: Run, texts: Sequence[str], folder: Path) -> Floats:
    try:
        tokens, mask = run(texts)
    except TilikError:
        raise
    except Exception as error:  # each library has errors of its own
        raise _unreadable(folder, f"cannot be run: {_first(error)}") from None
    if tokens.ndim != 3 or tokens.shape[:2] != mask.shape:
        shape = " × ".join(str(size) for size in tokens.shape)
        raise _unreadable(
            folder,
            f"gives {shape} numbers for {mask.shape[0]} × {mask.shape[1]} tokens, not a vector for each",
            mend="Export the model with its last hidden state as an output.",
        )
    if not np.isfinite(tokens[mask > 0]).all():
        raise _unreadable(folder, "gives numbers that are not finite")
    return pooled(tokens, mask)


def _onnx(folder: Path) -> Run:
    runtime, library = onnxruntime(), tokenizers()
    try:
        tokenizer = library.Tokenizer.from_file(str(folder / TOKENS))
    except Exception as error:
        raise _unreadable(folder / TOKENS, f"is no tokenizer: {_first(error)}") from None
    try:
        session = runtime.InferenceSession(str(folder / GRAPH), providers=["CPUExecutionProvider"])
    except Exception as error:
        raise _unreadable(folder / GRAPH, f"is no ONNX model: {_first(error)}") from None
    if tokenizer.padding is None:
        tokenizer.enable_padding()  # with id 0, which the mask hides
    if tokenizer.truncation is None:
        tokenizer.enable_truncation(LONGEST)
    asked = {one.name: np.int32 if one.type == "tensor(int32)" else np.int64 for one in session.get_inputs()}
    if unknown := sorted(asked.keys() - {"input_ids", "attention_mask", "token_type_ids"}):
        raise _unreadable(folder / GRAPH, f"asks for {', '.join(unknown)}, which a text does not give")
    output = _output(session, folder)

    def run(texts: Sequence[str]) -> tuple[NDArray[Any], NDArray[Any]]:
        read = tokenizer.encode_batch(list(texts))
        given = {
            "input_ids": [one.ids for one in read],
            "attention_mask": [one.attention_mask for one in read],
            "token_type_ids": [one.type_ids for one in read],
        }
        held = {name: np.array(given[name], dtype=kind) for name, kind in asked.items()}
        return session.run([output], held)[0], np.array(given["attention_mask"])

    return run


def _output(session: Any, folder: Path) -> str:
    """The output with a vector for each token."""
    outputs = session.get_outputs()
    for one in outputs:
        if one.shape is None or len(one.shape) in (0, 3):  # 0: the file does not say
            return str(one.name)
    raise _unreadable(
        folder / GRAPH,
        f"has no output with a vector for each token; it has {', '.join(one.name for one in outputs)}",
        mend="Export the model with its last hidden state as an output.",
    )


def _transformers(folder: Path) -> Run:
    library, machine = transformers(), torch()
    here = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer = library.AutoTokenizer.from_pretrained(str(folder), **here)
        model = library.AutoModel.from_pretrained(str(folder), use_safetensors=True, **here).eval()
    except Exception as error:
        raise _unreadable(folder, f"cannot be loaded by transformers: {_first(error)}") from None
    limit = min(tokenizer.model_max_length, LONGEST)

    def run(texts: Sequence[str]) -> tuple[NDArray[Any], NDArray[Any]]:
        read = tokenizer(list(texts), padding=True, truncation=True, max_length=limit, return_tensors="pt")
        with machine.inference_mode():
            found = model(**read).last_hidden_state
        return found.float().numpy(), read["attention_mask"].numpy()

    return run


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _first(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _unreadable(where: Path, what: str, *, mend: str = "") -> Invalid:
    return Invalid("embeddings-unreadable", what, where=str(where), mend=mend)
