"""Text models small enough to write by hand: a table of vectors as an ONNX graph, words as a tokenizer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

INT64, FLOAT = 7, 1


def text_model(
    folder: Path, words: Sequence[str], table: NDArray[np.float32], inputs: Sequence[str] = ("input_ids",)
) -> Path:
    """A folder with ``model.onnx`` and ``tokenizer.json``; row 0 of ``table`` pads, row 1 is for other words.

    The vector of a token is its row of the table. ``token_type_ids``, if asked for, add 1 for each type.
    """
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(graph(table, inputs))
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer(words)))
    return folder


def tokenizer(words: Sequence[str]) -> dict[str, object]:
    """Words between blanks, each a token; case counts."""
    ids = {word: at for at, word in enumerate(["[PAD]", "[UNK]", *words])}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": None,
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": ids, "unk_token": "[UNK]"},
    }


def graph(table: NDArray[np.float32], inputs: Sequence[str] = ("input_ids",), pool: bool = False) -> bytes:
    """The bytes of an ONNX model (field numbers: onnx.proto3), which takes ``inputs`` in this order.

    With ``pool`` it gives a vector for each text only: the sum over its tokens.
    """
    initial = _tensor("table", table.shape, FLOAT, table.astype("<f4").tobytes())
    nodes, last = [_node("Gather", ["table", "input_ids"], "looked_up")], "looked_up"
    held = [initial]
    if "token_type_ids" in inputs:
        held.append(_tensor("last_axis", (1,), INT64, np.array([-1], "<i8").tobytes()))
        nodes += [
            _node("Cast", ["token_type_ids"], "types", _field(5, _attribute("to", FLOAT))),
            _node("Unsqueeze", ["types", "last_axis"], "each"),
            _node("Add", [last, "each"], "added"),
        ]
        last = "added"
    if pool:
        held.append(_tensor("tokens_axis", (1,), INT64, np.array([1], "<i8").tobytes()))
        nodes.append(
            _node("ReduceSum", [last, "tokens_axis"], "pooled", _field(5, _attribute("keepdims", 0)))
        )
        last = "pooled"
    shape = ["batch", table.shape[1]] if pool else ["batch", "tokens", table.shape[1]]
    body = b"".join(_field(1, node) for node in nodes) + _field(2, b"made") + _many(5, held)
    body += b"".join(_field(11, _value(name, INT64, ["batch", "tokens"])) for name in inputs)
    body += _field(12, _value(last, FLOAT, shape))
    return _varint(1, 8) + _field(7, body) + _field(8, _varint(2, 17))


def _node(operator: str, inputs: Sequence[str], output: str, more: bytes = b"") -> bytes:
    return (
        _many(1, [one.encode() for one in inputs])
        + _field(2, output.encode())
        + _field(4, operator.encode())
        + more
    )


def _attribute(name: str, value: int) -> bytes:
    return _field(1, name.encode()) + _varint(3, value) + _varint(20, 2)


def _tensor(name: str, shape: Sequence[int], kind: int, raw: bytes) -> bytes:
    return (
        b"".join(_varint(1, size) for size in shape)
        + _varint(2, kind)
        + _field(8, name.encode())
        + _field(9, raw)
    )


def _value(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    sizes = [_field(2, one.encode()) if isinstance(one, str) else _varint(1, one) for one in shape]
    tensor = _varint(1, kind) + _field(2, _many(1, sizes))
    return _field(1, name.encode()) + _field(2, _field(1, tensor))


def _many(number: int, all_of: Sequence[bytes]) -> bytes:
    return b"".join(_field(number, one) for one in all_of)


def _field(number: int, data: bytes) -> bytes:
    return _number(number << 3 | 2) + _number(len(data)) + data


def _varint(number: int, value: int) -> bytes:
    return _number(number << 3) + _number(value)


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
