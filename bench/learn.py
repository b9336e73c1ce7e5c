# ruff: noqa: PLC0415  each side imports what its own environment has
"""Label errors beside cleanlab 2.9.0 in one run: injected 5 % label flips in two real sets; and the baseline.

python bench/learn.py            both (needs shared/data beside the repository; cleanlab comes by pip)
python bench/learn.py errors     flips only
python bench/learn.py baseline   the baseline on the channels only

cleanlab runs in its own environment, made in a temporary folder by pip and removed at the end. It gets the
very probabilities that ours were ranked by ("same"), and on the tweets also works alone as its tutorials
do it: scikit-learn's tf-idf of words, logistic regression, five plain folds ("alone"). A hit is an
injected flip: real label errors among the top count as misses on both sides. The control is a random draw of
the same size from the rest of the rows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
CHANNELS = DATA / "kids_video" / "channel_features.csv"
TWEETS = DATA / "indonesian" / "tweets_12labels.csv"
PEER = ("cleanlab==2.9.0",)
FLIPPED, TOP = 0.05, 0.05
SEEDS = {"channels": 10, "tweets HS": 3, "tweets Abusive": 3}


def main() -> None:
    what = sys.argv[1:] or ["baseline", "errors"]
    if what[0] == "--peer":
        for place in what[1:]:
            peer_side(Path(place))
        return
    if not CHANNELS.is_file():
        print("skipped: shared/data is not beside the repository")
        return
    if "baseline" in what:
        baseline()
    if "errors" in what:
        with tempfile.TemporaryDirectory() as folder:
            errors(peer_environment(Path(folder) / "peer"), Path(folder))


def peer_environment(place: Path) -> Path:
    if already := os.environ.get("TILIK_BENCH_CLEANLAB"):
        return Path(already)
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PEER], check=True)
    return python


def asked(name: str) -> Any:
    from tilik.learn.choosing import Asked
    from tilik.learn.tables import read_plain

    if name == "channels":
        return read_plain(CHANNELS), Asked("category")
    return read_plain(TWEETS), Asked(name.split()[1], texts=("Tweet",))


def baseline() -> None:
    """AUC and calibration out of fold; then without the two columns counted on the labelled videos."""
    from tilik.learn.baseline import train
    from tilik.learn.choosing import Asked, pose

    table, _ = asked("channels")
    print("\nChannels, 559 disturbing and 779 suitable: the baseline out of fold, 95 % intervals\n")
    for left in ((), ("madeForKidsRatio", "madeForKidsVideosCount")):
        problem = pose(table, Asked("category", leave_out=left), "disturbing")
        found = train(problem, label="category")
        if not left:
            print("leaks: " + ", ".join(leak.column for leak in problem.leaks))
        print(f"without {', '.join(left) or 'the leaks'}:")
        for name, one in found.figures.items():
            print(f"  {name:<24}{one.value:8.3f}   {one.low:.3f} to {one.high:.3f}")


def errors(python: Path, folder: Path) -> None:
    print(f"\nInjected flips {FLIPPED:.0%}; hits in the top {TOP:.0%}, mean over seeds\n")
    head = ("ours", "cleanlab, same", "cleanlab alone", "control", "same order", "same doubts", "s")
    print(f"{'set':<16}{'rows':>7}{'seeds':>6}" + "".join(f"{one:>16}" for one in head))
    for name, seeds in SEEDS.items():
        runs = [one_run(python, folder / f"{name}-{seed}.npz", name, seed) for seed in range(seeds)]
        means = {key: np.mean([run[key] for run in runs]) for key in runs[0]}
        line = (
            f"{means['ours']:.1%}",
            f"{means['cleanlab']:.1%}",
            "–" if np.isnan(means["alone"]) else f"{means['alone']:.1%}",
            f"{means['control']:.1%}",
            f"{means['order']:.0%}",
            f"{means['doubts']:.0%}",
            f"{means['seconds']:.1f}",
        )
        print(
            f"{name:<16}{means['rows']:>7.0f}{seeds:>6}" + "".join(f"{one:>16}" for one in line), flush=True
        )
        low, high = np.mean([[run["low"], run["high"]] for run in runs], axis=0)
        print(f"{'':<16}ours less control: mean interval of one run {low:+.1%} to {high:+.1%}")


def one_run(python: Path, file: Path, name: str, seed: int) -> dict[str, float]:
    from dataclasses import replace

    from tilik.learn.choosing import pose
    from tilik.learn.errors import label_errors
    from tilik.learn.hits import hit_rate
    from tilik.learn.tables import Plain

    table, question = asked(name)
    cells = list(table.column(question.label))
    wrong = np.zeros(len(cells), dtype=bool)
    drawn = np.random.default_rng(seed).choice(len(cells), round(FLIPPED * len(cells)), replace=False)
    wrong[drawn] = True
    first, second = sorted(set(cells))
    turned = {first: second, second: first}
    flipped = [turned[cell] if at else cell for cell, at in zip(cells, wrong.tolist(), strict=True)]
    # Which columns leak is looked for before the flips, so that no copy of the truth stays by their noise.
    clean = pose(table, replace(question, seed=seed))
    named = replace(question, seed=seed, features=clean.features, texts=clean.texts)
    start = time.process_time()
    problem = pose(Plain({**table.columns, question.label: flipped}, table.rows), named)
    found = label_errors(problem)
    spent = time.process_time() - start
    hits = hit_rate(found.order, wrong, TOP, seed=seed)
    texts = [] if name == "channels" else [cell or "" for cell in table.column("Tweet")]
    np.savez(file, labels=problem.labels, p=found.probabilities, texts=np.array(texts, dtype=str))
    theirs = json.loads(subprocess.check_output([python, "-W", "ignore", __file__, "--peer", str(file)]))
    size = int(np.ceil(TOP * wrong.size))
    order = np.array(theirs["order"])
    alone = wrong[np.array(theirs["alone"])[:size]].mean() if theirs["alone"] else float("nan")
    return {
        "rows": wrong.size,
        "ours": hits.top.value or 0,
        "cleanlab": wrong[order[:size]].mean(),
        "alone": alone,
        "control": hits.control.value or 0,
        "order": float((order == found.order).mean()),
        "doubts": float(np.flatnonzero(found.doubtful).tolist() == theirs["doubtful"]),
        "low": hits.gain.low,
        "high": hits.gain.high,
        "seconds": spent,
    }


def peer_side(file: Path) -> None:
    """Runs in cleanlab's environment."""
    from cleanlab.filter import find_label_issues
    from cleanlab.rank import get_label_quality_scores

    held = np.load(file)
    labels, p = held["labels"], held["p"]
    scores = get_label_quality_scores(labels, p, method="self_confidence")
    told = {
        "order": np.argsort(scores, kind="stable").tolist(),
        "doubtful": np.flatnonzero(find_label_issues(labels, p, n_jobs=1)).tolist(),
        "alone": [],
    }
    if held["texts"].size:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import cross_val_predict

        matrix = TfidfVectorizer().fit_transform(held["texts"].tolist())
        model = LogisticRegression(max_iter=400)
        theirs = cross_val_predict(model, matrix, labels, cv=5, method="predict_proba")
        alone = get_label_quality_scores(labels, theirs, method="self_confidence")
        told["alone"] = np.argsort(alone, kind="stable").tolist()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
