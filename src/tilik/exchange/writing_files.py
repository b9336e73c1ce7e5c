"""Writing files for other programs: whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from tilik.kernel import Invalid, Json


def refuse_no_place(into: Path) -> None:
    """Raise ``Invalid`` where no file can be put."""
    if into.is_dir():
        raise Invalid("export-file", "this is a folder", where=str(into), mend="Name a file in it.")
    if not into.parent.is_dir():
        raise Invalid("export-file", "there is no such folder", where=str(into.parent), mend="Make it first.")


def write_list(into: Path, items: Iterable[Json]) -> int:
    """Write a JSON list, an item a line, never all of it in memory; returns the count. Raises ``Invalid``."""
    refuse_no_place(into)
    part = into.with_name(into.name + ".part")
    count = 0
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write("[")
            for item in items:
                text = json.dumps(item, ensure_ascii=False, allow_nan=False)
                file.write(("," if count else "") + "\n" + text)
                count += 1
            file.write("\n]\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(into)
    finally:
        part.unlink(missing_ok=True)
    return count


def write_text(into: Path, text: str) -> None:
    """Write a text file. Raises ``Invalid``."""
    refuse_no_place(into)
    part = into.with_name(into.name + ".part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(into)
    finally:
        part.unlink(missing_ok=True)
