"""Machine answers as Inspect's eval logs and Langfuse's exports hold them. Only texts and ids are read."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
from pydantic import ValidationError

from tilik.answers.items import Item, Turn
from tilik.kernel import Invalid, Missing, digest

Source = Literal["inspect", "langfuse"]
SPOKEN = ("user", "assistant")
ZSTANDARD = 93
LOCAL_HEADER = 30
BROKEN = (zipfile.BadZipFile, NotImplementedError, struct.error)
LARGEST = 2 * 1024**3
"""Bytes of one part of an .eval archive, unpacked."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer and whose it is: ``at`` the sample's place in the log, or ids of trace and observation."""

    item: Item
    at: tuple[str, ...]

    @property
    def key(self) -> str:
        """The answer named by its texts and its model, whatever age band or language it was given here."""
        return key_of(self.item)


def key_of(item: Item) -> str:
    """The same for an answer that is here."""
    return digest([[turn.model_dump() for turn in item.turns], item.model])


def read_given(file: Path, source: Source) -> list[Given]:
    """The answers of a file. Raises ``Missing``, ``Invalid`` with the place."""
    return list(_inspect(file) if source == "inspect" else _langfuse(file))


# -------------------------------------------------------------------------------------------- Inspect
def read_log(file: Path) -> dict[str, Any]:
    """An eval log whole, of either format. Raises ``Missing``, ``Invalid``."""
    try:
        log = _archive(file) if zipfile.is_zipfile(file) else json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Missing("file-unreadable", f"cannot be read: {error.strerror}", where=str(file)) from None
    except (ValueError, KeyError, RecursionError, *BROKEN) as error:
        raise Invalid(
            "evals-file",
            f"this is no eval log that can be read here: {error}",
            where=str(file),
            mend="Write it as JSON: inspect log convert --to json --output-dir json LOG.",
        ) from None
    held = log if isinstance(log, dict) else {}
    if not (isinstance(held.get("eval"), dict) and isinstance(held.get("samples"), list)):
        raise Invalid("evals-file", "a log has eval and samples", where=str(file))
    return held


def _archive(file: Path) -> dict[str, Any]:
    with zipfile.ZipFile(file) as held:
        names = sorted(one for one in held.namelist() if one.startswith("samples/") and one.endswith(".json"))
        for name in ("header.json", *names):
            if held.getinfo(name).file_size > LARGEST:
                raise ValueError(f"{name} is too large")
        header = json.loads(_part(held, "header.json"))
        return {**header, "samples": [json.loads(_part(held, name)) for name in names]}


def _part(held: zipfile.ZipFile, name: str) -> bytes:
    """A part of an archive; Inspect packs by Zstandard, which Python's archives learn in 3.14."""
    told = held.getinfo(name)
    if told.compress_type != ZSTANDARD or held.fp is None:
        return held.read(name)
    held.fp.seek(told.header_offset)
    local = held.fp.read(LOCAL_HEADER)
    held.fp.seek(sum(struct.unpack_from("<HH", local, 26)), 1)
    packed = held.fp.read(told.compress_size)
    with pa.CompressedInputStream(pa.BufferReader(packed), "zstd") as unpacked:
        found = bytes(unpacked.read(told.file_size + 1))
    if zlib.crc32(found) != told.CRC:
        raise zipfile.BadZipFile(f"{name} is damaged")
    return found


def _inspect(file: Path) -> Iterator[Given]:
    log = read_log(file)
    usual = str(log["eval"].get("model") or file.stem)
    for at, sample in enumerate(log["samples"]):
        where = f"{file}:samples[{at}]"
        try:
            said = _completion(sample)
            if not said:
                continue  # a sample that broke off has nothing to be judged
            model = (sample.get("output") or {}).get("model") or usual
            yield Given(_item(_turns(sample["input"]), said, model), (str(at),))
        except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise _bad(error, where) from None


def _completion(sample: Mapping[str, Any]) -> str:
    output = sample.get("output") or {}
    choices = output.get("choices") or []
    return _text(choices[0]["message"]["content"]) if choices else str(output.get("completion") or "")


# ------------------------------------------------------------------------------------------- Langfuse
def _langfuse(file: Path) -> Iterator[Given]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Missing("file-unreadable", f"cannot be read: {error.strerror}", where=str(file)) from None
    except ValueError as error:
        raise Invalid("evals-file", f"this is no text: {error}", where=str(file)) from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            said = _answer(row["output"])
            if not said:
                continue
            model = row.get("model") or (row.get("metadata") or {}).get("model") or file.stem
            trace = row.get("traceId")
            at = (str(trace), str(row["id"])) if trace else (str(row["id"]),)
            yield Given(_item(_turns(row["input"]), said, str(model)), at)
        except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise _bad(error, f"{file}:{number}") from None


def _answer(output: Any) -> str:
    if isinstance(output, dict) and "messages" in output:
        output = output["messages"]
    if isinstance(output, list) and output:
        output = output[-1]
    return _text(output.get("content")) if isinstance(output, dict) else _text(output)


# ---------------------------------------------------------------------------------------------- texts
def _turns(given: Any) -> tuple[Turn, ...]:
    """What people and the machine said before; instructions and tools' answers are no turns."""
    if isinstance(given, dict) and "messages" in given:
        given = given["messages"]
    if isinstance(given, str):
        return (Turn(role="user", text=given),)
    if not isinstance(given, list):
        raise TypeError("input is a text, or a list of messages")
    said = [(one["role"], _text(one.get("content"))) for one in given]
    return tuple(Turn(role=role, text=text) for role, text in said if role in SPOKEN and text)


def _text(content: Any) -> str:
    """A message's text; of content in parts the texts. Raises ``ValueError`` for pictures and sounds."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content.strip()
    parts = [one for one in content if one.get("type") != "reasoning"]
    if any(one.get("type") != "text" for one in parts):
        raise ValueError("only texts can be judged; this message holds something else")
    return "\n".join(one["text"] for one in parts).strip()


def _item(before: tuple[Turn, ...], said: str, model: str) -> Item:
    return Item(turns=(*before, Turn(role="assistant", text=said)), model=model)


def _bad(error: Exception, where: str) -> Invalid:
    what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
    if isinstance(error, ValidationError):
        what = error.errors(include_url=False, include_input=False)[0]["msg"]
    return Invalid(
        "evals-record",
        what,
        where=where,
        mend="A record needs input and output as texts or chat messages, and in Langfuse's an id.",
    )
