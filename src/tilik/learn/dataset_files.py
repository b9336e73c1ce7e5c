"""A training set on disk: Parquet by use and split, a data card that Hugging Face reads, and a manifest."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tilik.kernel import Conflict, Json, digest_bytes
from tilik.learn.dataset import FRAME_COLUMNS, SHARES, TrainingSet

FORMAT = "tilik-training-set-1"
SCHEMA = pa.schema(
    [
        ("video", pa.string()),
        *((name, pa.string()) for name in FRAME_COLUMNS),
        ("split", pa.string()),
        ("purpose", pa.string()),
        ("stratum", pa.string()),
        ("pi", pa.float64()),
        ("weight", pa.float64()),
        ("impressions", pa.float64()),
        ("votes", pa.int32()),
        ("not_judgeable", pa.int32()),
        ("verdict", pa.string()),
        ("fails", pa.bool_()),
        ("verdict_votes", pa.map_(pa.string(), pa.int32())),
        ("labels", pa.map_(pa.string(), pa.float64())),
        ("levels", pa.map_(pa.string(), pa.float64())),
        ("min_age", pa.float64()),
        ("answers", pa.list_(pa.string())),
        (
            "spans",
            pa.list_(pa.struct([("question", pa.string()), ("start", pa.float64()), ("end", pa.float64())])),
        ),
        ("guideline", pa.string()),
    ]
)
"""``labels``: the share of votes at level 2 and up; ``levels``: the median level. A label absent from both
was given level 0 by all. ``fails``: whether most votes are for a failing verdict, null for a tie.
``answers``: one JSON text per vote. ``spans``: seconds. ``weight`` is 1/π."""
MAPS = ("verdict_votes", "labels", "levels")


def write_training_set(found: TrainingSet, into: Path) -> dict[str, Json]:
    """Write ``<use>/<split>.parquet``, ``README.md`` and ``dataset.json``, all or nothing; returns the last.

    Raises ``Conflict`` where the folder holds another training set or anything else.
    """
    _refuse(found, into)
    into.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(mkdtemp(prefix=f".{into.name}.", dir=into.parent))
    try:
        files = _write(found, scratch / found.use)
        manifest = _manifest(found, {f"{found.use}/{name}": hashed for name, hashed in files.items()})
        (scratch / "README.md").write_text(data_card(found), encoding="utf-8")
        (scratch / "dataset.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
        if into.exists():
            shutil.rmtree(into)
        scratch.chmod(0o755)
        scratch.rename(into)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return manifest


def data_card(found: TrainingSet) -> str:
    """The card, with the front matter by which Hugging Face ``datasets`` finds the files."""
    counts = Counter(str(row["split"]) for row in found.rows)
    lines = ["---", "configs:", f"- config_name: {found.use}", "  data_files:"]
    for split, _ in SHARES:
        if counts[split]:
            lines += [f"  - split: {split}", f"    path: {found.use}/{split}.parquet"]
    return "\n".join([*lines, "---", "", *_body(found, counts)]) + "\n"


def _body(found: TrainingSet, counts: Counter[str]) -> list[str]:
    votes = Counter(int(str(row["votes"])) for row in found.rows)
    several = [row for row in found.rows if int(str(row["votes"])) > 1]
    agreed = sum(isinstance(row["verdict_votes"], dict) and len(row["verdict_votes"]) == 1 for row in several)
    verdicts = Counter(str(row["verdict"]) for row in found.rows)
    gaps = ", ".join(f"{n:,} {why}" for why, n in found.left_out.items()) or "none"
    use = (
        "Measurement: a blind probability draw. With `weight` it stands for the frame."
        if found.use == "measurement"
        else "Assisted: not a blind draw. Train on it; never measure with it."
    )
    return [
        f"# Training set of study {found.name}",
        "",
        f"- Content: SHA-256 `{found.content}`, {len(found.rows):,} videos "
        f"({', '.join(f'{counts[split]:,} {split}' for split, _ in SHARES)})",
        f"- {use}",
        f"- Design: `{json.dumps(found.design, sort_keys=True)}`; guideline {found.guideline_version} "
        f"(`{found.guideline}`); log `{found.log}`",
        f"- Votes for a video: {', '.join(f'{n:,} with {k}' for k, n in sorted(votes.items()))}",
        f"- Agreement: of {len(several):,} videos with several votes {agreed:,} got one verdict from all",
        f"- Verdicts: {', '.join(f'{n:,} {code}' for code, n in sorted(verdicts.items()))} (None: a tie)",
        f"- Drawn but not in: {gaps}",
        f"- Judgements by simulated people: {found.simulated:,}",
        "- Splits: videos of one channel or one family are in one split, chosen by hash",
        "- Soft labels are shares of votes, not corrected for how reliable each person is",
        "- No name, pseudonym or free text of a person is in it",
    ]


def _write(found: TrainingSet, folder: Path) -> dict[str, str]:
    folder.mkdir(parents=True)
    hashes: dict[str, str] = {}
    for split, _ in SHARES:
        rows = found.of(split)
        if rows:
            file = folder / f"{split}.parquet"
            table = pa.Table.from_pylist([_flat(row) for row in rows], SCHEMA)
            pq.write_table(table, file, compression="zstd")
            hashes[file.name] = digest_bytes(file.read_bytes())
    return hashes


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: list(row[name].items()) for name in MAPS}


def _manifest(found: TrainingSet, files: dict[str, str]) -> dict[str, Json]:
    return {
        "format": FORMAT,
        "content": found.content,
        "study": found.study,
        "name": found.name,
        "use": found.use,
        "guideline": found.guideline,
        "guideline_version": found.guideline_version,
        "design": found.design,
        "split_seed": found.seed,
        "log": found.log,
        "rows": len(found.rows),
        "left_out": dict(found.left_out),
        "simulated_judgements": found.simulated,
        "files": dict(files),
    }


def _refuse(found: TrainingSet, into: Path) -> None:
    if not into.exists() or (into.is_dir() and not any(into.iterdir())):
        return
    try:
        held = json.loads((into / "dataset.json").read_text())
        same = held["format"] == FORMAT and held["content"] == found.content and held["use"] == found.use
    except (OSError, ValueError, KeyError, TypeError):
        same = False
    if not same:
        raise Conflict(
            "folder-not-empty",
            "the folder holds something else already",
            where=str(into),
            mend="Name a new folder with --out: a version that was used is never overwritten.",
        )
