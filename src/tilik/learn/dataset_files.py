"""A training set on disk: Parquet by use and split, a data card that Hugging Face reads, and a manifest."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from tilik.kernel import Conflict, Invalid, Json, digest_bytes
from tilik.learn.dataset import FRAME_COLUMNS, SHARES, TrainingSet
from tilik.learn.sharding import write_shards
from tilik.learn.soft_labels import FEWEST, FEWEST_OF_A_KIND, METHOD, VIEWS, Told

FORMAT = "tilik-training-set-3"
Form = Literal["parquet", "webdataset"]
PLACE = "{video}"


def _named(value: pa.DataType) -> pa.DataType:
    """Values by name. Arrow's maps would say it shorter, but Hugging Face ``datasets`` cannot read them."""
    return pa.list_(pa.struct([("name", pa.string()), ("value", value)]))


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
        ("verdict_votes", _named(pa.int32())),
        ("fails_share", pa.float64()),
        ("fails_posterior", pa.float64()),
        ("label_shares", _named(pa.float64())),
        ("label_posteriors", _named(pa.float64())),
        ("levels", _named(pa.float64())),
        ("min_age", pa.float64()),
        ("answers", pa.list_(pa.string())),
        ("ruling", pa.string()),
        (
            "spans",
            pa.list_(pa.struct([("question", pa.string()), ("start", pa.float64()), ("end", pa.float64())])),
        ),
        ("guideline", pa.string()),
        ("file_name", pa.string()),
    ]
)
"""``verdict``, ``fails``, ``levels`` and ``min_age``: what a ruling says, else what most votes say (``fails``
and ``verdict`` null for a tie; of levels and ages the median; a label that is absent has level 0).
``fails_share``, ``label_shares``: share of votes for a failing verdict, and for a label at level 2 and up;
a label absent from ``label_shares`` was given level 0 by all.
``fails_posterior``, ``label_posteriors``: the probability by an error model of the people, 1 or 0 where it
was ruled; null where the votes cannot bear a model; a label that is absent has none.
``answers``: one JSON text per vote; ``ruling``: the answers of the ruling. ``spans``: of the votes, in
seconds. ``weight`` is 1/π. ``file_name``: where the video lies, null where that was not asked for."""
MAPS = ("verdict_votes", "label_shares", "label_posteriors", "levels")


def write_training_set(
    found: TrainingSet, into: Path, *, form: Form = "parquet", videos: str = ""
) -> dict[str, Json]:
    """Write ``<use>/<split>.parquet`` or shards, ``README.md`` and ``dataset.json``, all or nothing.

    ``videos`` is the address of a video's file with ``{video}`` in it: no video is copied. Returns what
    stands in ``dataset.json``. Raises ``Conflict`` where the folder holds another training set or anything
    else, and ``Invalid`` for an address without ``{video}``.
    """
    if videos and PLACE not in videos:
        raise Invalid(
            "videos-address",
            f"the address {videos!r} is the same for all videos",
            where="--videos",
            mend=f"Put {PLACE} where the video's id stands, as in /clips/{PLACE}.mp4.",
        )
    _refuse(found, into, form, videos)
    into.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(mkdtemp(prefix=f".{into.name}.", dir=into.parent))
    try:
        files = _write(found, scratch / found.use, form, videos)
        manifest = {"form": form, "videos": videos} | _manifest(
            found, {f"{found.use}/{name}": hashed for name, hashed in files.items()}
        )
        (scratch / "README.md").write_text(data_card(found, form), encoding="utf-8")
        (scratch / "dataset.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
        if into.exists():
            shutil.rmtree(into)
        scratch.chmod(0o755)
        scratch.rename(into)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return manifest


def data_card(found: TrainingSet, form: Form = "parquet") -> str:
    """The card, with the front matter by which Hugging Face ``datasets`` finds the files."""
    counts = Counter(str(row["split"]) for row in found.rows)
    lines = ["---", "configs:", f"- config_name: {found.use}", "  data_files:"]
    for split, _ in SHARES:
        if counts[split]:
            file = f"{split}.parquet" if form == "parquet" else f"{split}-*.tar"
            lines += [f"  - split: {split}", f"    path: {found.use}/{file}"]
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
        f"- Ruled on: {sum(row['ruling'] is not None for row in found.rows):,}; "
        "there the ruling is the outcome, whatever the votes say",
        "- No name, pseudonym or free text of a person is in it",
        "",
        *_soft(found),
    ]


def _soft(found: TrainingSet) -> list[str]:
    """What stands behind the posteriors, or why there are none."""
    head = [
        "## Soft labels",
        "",
        "`fails_share` and `label_shares` are shares of votes: all people count as equally right. "
        "`fails_posterior` and `label_posteriors` are the probabilities by an error model of the people "
        f"(`tilik.stats.truth`, method `{METHOD}`: the Bayesian average of one-coin, MACE and IBCC by their "
        f"evidence), 1 or 0 where it was ruled. A question has a posterior where {FEWEST} videos that share "
        f"people have {VIEWS} votes or a ruling, with {FEWEST_OF_A_KIND} of them a yes and "
        f"{FEWEST_OF_A_KIND} a no; else it is null, for it would rest on the model's priors alone.",
        "",
    ]
    if not any(one.tasks for one in found.soft):
        why = Counter[str]()
        for one in found.soft:
            why.update(one.lacking)
        return [*head, f"**None of the questions has a posterior** ({', '.join(why)})."]
    lines = [
        "| question | videos with one | expected share | models | without, and why |",
        "|---|---|---|---|---|",
    ]
    return [*head, *lines, *(_told(one) for one in found.soft)]


def _told(one: Told) -> str:
    models = ", ".join(f"{name} {weight:.2f}" for name, weight in one.models.items() if weight >= 0.005)
    lacking = ", ".join(f"{count:,} {why}" for why, count in one.lacking.items())
    share = "–" if one.expected is None else f"{one.expected:.4f}"
    return f"| {one.question} | {one.tasks:,} | {share} | {models or '–'} | {lacking or '–'} |"


def _write(found: TrainingSet, folder: Path, form: Form, videos: str) -> dict[str, str]:
    folder.mkdir(parents=True)
    files: list[Path] = []
    for split, _ in SHARES:
        rows = [row | {"file_name": _address(videos, row)} for row in found.of(split)]
        if rows and form == "webdataset":
            files += write_shards(rows, folder, split)
        elif rows:
            files.append(folder / f"{split}.parquet")
            table = pa.Table.from_pylist([_flat(row) for row in rows], SCHEMA)
            pq.write_table(table, files[-1], compression="zstd")
    return {file.name: digest_bytes(file.read_bytes()) for file in files}


def _address(videos: str, row: dict[str, Json]) -> str | None:
    return videos.replace(PLACE, str(row["video"])) if videos else None


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    held = {name: row[name].items() for name in MAPS if row[name] is not None}
    return row | {
        name: [{"name": key, "value": value} for key, value in pairs] for name, pairs in held.items()
    }


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
        "soft_labels": {
            "method": METHOD,
            "questions": {
                one.question: {
                    "videos": one.tasks,
                    "models": dict(one.models),
                    "lacking": dict(one.lacking),
                }
                for one in found.soft
            },
        },
        "files": dict(files),
    }


def _refuse(found: TrainingSet, into: Path, form: Form, videos: str) -> None:
    if not into.exists() or (into.is_dir() and not any(into.iterdir())):
        return
    try:
        held = json.loads((into / "dataset.json").read_text())
        wanted = (FORMAT, found.content, found.use, form, videos)
        same = tuple(held[name] for name in ("format", "content", "use", "form", "videos")) == wanted
    except (OSError, ValueError, KeyError, TypeError):
        same = False
    if not same:
        raise Conflict(
            "folder-not-empty",
            "the folder holds something else already",
            where=str(into),
            mend="Name a new folder with --out: a version that was used is never overwritten.",
        )
