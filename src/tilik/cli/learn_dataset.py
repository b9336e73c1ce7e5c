"""``tilik learn dataset``: a study's judgements as a training set."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tilik.cli.console import AsJson, out, print_json
from tilik.cli.place import workspace
from tilik.learn.dataset import SHARES, training_set
from tilik.learn.dataset_files import Form, write_training_set
from tilik.study import find_study

Study = Annotated[str, typer.Argument(help="The study's name or id.")]
Into = Annotated[Path, typer.Option("--out", help="A new folder.")]
SplitSeed = Annotated[int, typer.Option("--seed", min=0, help="Fixes the splits.")]
Videos = Annotated[
    str,
    typer.Option(
        help="Where each video's file lies, with {video} for its id: it is written beside each row. "
        "Nothing is copied."
    ),
]
AsForm = Annotated[Form, typer.Option("--as", help="Parquet, or tar shards for the library webdataset.")]


def dataset(
    study: Study,
    into: Into,
    seed: SplitSeed = 0,
    videos: Videos = "",
    form: AsForm = "parquet",
    as_json: AsJson = False,
) -> None:
    """Write a study's judgements as a training set: files by split, a data card, a manifest with hashes.

    Videos of one channel or family are in one split. The same inputs give the same content hash.

    Example: `tilik learn dataset march --out sets/march-1`
    """
    with workspace() as opened, opened.store.read() as connection:
        identity = find_study(connection, study)
        found = training_set(connection, opened.store.blobs, identity, seed=seed)
    manifest = write_training_set(found, into, form=form, videos=videos)
    if as_json:
        print_json(manifest)
        return
    parts = ", ".join(f"{len(found.of(split)):,} {split}" for split, _ in SHARES)
    out.print(f"{len(found.rows):,} videos ({parts}) in {into}.", markup=False)
    out.print(f"For {found.use}. Content {found.content}.", markup=False, soft_wrap=True)
