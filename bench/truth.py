# ruff: noqa: PLC0415  each side imports what its own environment has
"""Truth inference beside crowd-kit 1.4.2 in one run: accuracy on nine public sets, seconds for 10⁶ labels.

python bench/truth.py            all of it; crowd-kit's GLAD takes minutes
python bench/truth.py accuracy   the nine sets only (needs shared/data/crowd beside the repository)
python bench/truth.py accuracy rte dog   two of the sets
python bench/truth.py speed      seconds only

crowd-kit runs in its own environment, made in a temporary folder by pip and removed at the end. Its methods
run with their defaults on the sets; for speed both sides do the same number of iterations, crowd-kit's
MACE one restart instead of ten. Ours are timed from raw columns, coding and table included. Seconds are
of the processor, since both sides use one core and other work on the machine stretches the clock.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# One core on both sides, so that processor seconds are seconds.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402

SETS = Path(__file__).resolve().parents[2] / "shared" / "data" / "crowd"
# From 1.7 on scikit-learn refuses the classes behind Wawa and ZeroBasedSkill.
PEER = ("crowd-kit==1.4.2", "scikit-learn<1.7")
ROUNDS = 20
MILLION, TENTH = (200_000, 5), (20_000, 5)
# ours, crowd-kit's, (tasks, labels each), classes
RACES = (
    ("majority", "MajorityVote", MILLION, 2),
    ("ds", "DawidSkene", MILLION, 2),
    ("ds", "DawidSkene", MILLION, 4),
    ("ds", "DawidSkene", (50_000, 20), 4),
    ("map", "DawidSkene", MILLION, 4),
    ("ibcc", "DawidSkene", MILLION, 4),
    ("onecoin", "OneCoinDawidSkene", MILLION, 4),
    ("mace", "MACE", TENTH, 4),
    ("glad", "GLAD", TENTH, 4),
)
PEERS = (
    "MajorityVote", "Wawa", "ZeroBasedSkill", "DawidSkene", "OneCoinDawidSkene", "MMSR", "MACE", "GLAD",
    "KOS",
)  # fmt: skip
CLASSIC = ("majority", "ds", "map", "onecoin", "mace", "glad", "ibcc")


def main() -> None:
    what = sys.argv[1:] or ["accuracy", "speed"]
    if what[0] == "--peer":
        peer_side(what[1], [Path(place) for place in what[2:]])
        return
    with tempfile.TemporaryDirectory() as folder:
        python = peer_environment(Path(folder) / "peer")
        if "accuracy" in what:
            accuracy_table(python, [name for name in what if (SETS / name).is_dir()])
        if "speed" in what:
            speed_table(python, Path(folder))


def peer_environment(place: Path) -> Path:
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PEER], check=True)
    return python


def peer(python: Path, what: str, *where: Path) -> Iterator[dict[str, Any]]:
    """The lines that this file prints when crowd-kit's environment runs it."""
    command = [str(python), "-W", "ignore", __file__, "--peer", what, *map(str, where)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        yield from (json.loads(line) for line in child.stdout)
    if child.returncode:
        raise SystemExit(f"crowd-kit's side ended with {child.returncode}")


def accuracy_table(python: Path, only: list[str]) -> None:
    if not SETS.is_dir():
        print(f"skipped: {SETS.name} is not beside the repository")
        return
    theirs: dict[str, dict[str, float]] = {}
    for line in peer(python, "accuracy", *([SETS / name for name in only] or sorted(SETS.iterdir()))):
        print(f"{line['set']} {line['method']} {line['value']:.4f}", file=sys.stderr, flush=True)
        theirs.setdefault(line["set"], {})[line["method"]] = 100 * line["value"]
    ours = {name: {method: 100 * right(name, method) for method in ("auto", *CLASSIC)} for name in theirs}
    print("\nAccuracy in %, tied classes share the credit\n\ncrowd-kit 1.4.2")
    print_rows(theirs)
    print("\nTilik")
    print_rows(ours)
    print(f"\n{'set':<12}{'best of crowd-kit':>26}{'auto':>8}{'points':>8}")
    gaps = []
    for name, values in theirs.items():
        best = max(values, key=lambda method: values[method])
        gaps.append(ours[name]["auto"] - values[best])
        print(f"{name:<12}{best:>18} {values[best]:7.2f}{ours[name]['auto']:8.2f}{gaps[-1]:+8.2f}")
    print(f"mean of the points against the best on each set: {np.mean(gaps):+.2f}; worst {min(gaps):+.2f}")


def print_rows(table: dict[str, dict[str, float]]) -> None:
    methods = list(dict.fromkeys(method for values in table.values() for method in values))
    print(f"{'set':<12}" + "".join(f"{method[:11]:>12}" for method in methods))
    for name, values in table.items():
        cells = (f"{values[m]:12.2f}" if m in values else f"{'–':>12}" for m in methods)
        print(f"{name:<12}" + "".join(cells))
    means = (
        f"{np.mean([v[m] for v in table.values()]):12.2f}"
        if all(m in v for v in table.values())
        else f"{'–':>12}"
        for m in methods
    )
    print(f"{'mean':<12}" + "".join(means), flush=True)


def right(name: str, method: Any) -> float:
    from tilik.stats.truth import accuracy, code, infer, label_table

    labels = np.loadtxt(SETS / name / "label.csv", delimiter=",", skiprows=1, dtype=int)
    truth = np.loadtxt(SETS / name / "truth.csv", delimiter=",", skiprows=1, dtype=int)
    task, worker, label = (code(column) for column in labels.T)
    place = {value: position for position, value in enumerate(label.names.tolist())}
    known = np.full(len(task.names), -1)
    known[np.searchsorted(task.names, truth[:, 0])] = [place.get(v, len(place)) for v in truth[:, 1].tolist()]
    value = accuracy(infer(label_table(task.codes, worker.codes, label.codes), method).posterior, known).value
    return value or 0.0


def speed_table(python: Path, folder: Path) -> None:
    from tilik.stats.truth import code, infer, label_table

    print(
        f"\nProcessor seconds, {ROUNDS} iterations on both sides, the least of 3 runs (crowd-kit's GLAD: 1)\n"
    )
    print(f"{'ours':<10}{'crowd-kit':<20}{'labels':>10}{'classes':>9}{'theirs':>9}{'ours':>8}{'ratio':>8}")
    for ours, theirs, (tasks, each), classes in RACES:
        rows = imagined(tasks, each, classes)
        np.save(folder / f"{theirs}.npy", rows)

        def once(rows: np.ndarray = rows, ours: Any = ours) -> object:
            table = label_table(*(code(column).codes for column in rows))
            return infer(table, ours, iterations=ROUNDS, tolerance=0)

        mine = min(seconds(once) for _ in range(3))
        (line,) = peer(python, "speed", folder / f"{theirs}.npy")
        print(
            f"{ours:<10}{theirs:<20}{tasks * each:>10,}{classes:>9}{line['value']:>9.2f}{mine:>8.3f}"
            f"{line['value'] / mine:>7.0f}×",
            flush=True,
        )


def imagined(tasks: int, each: int, classes: int, workers: int = 2_000) -> np.ndarray:
    """Rows task, worker, label in random order, of people who are right with probability Beta(6, 3)."""
    random = np.random.default_rng(1)
    truth, task = random.integers(0, classes, tasks), np.repeat(np.arange(tasks), each)
    worker = random.integers(0, workers, len(task))
    sure = random.random(len(task)) < random.beta(6, 3, workers)[worker]
    label = np.where(sure, truth[task], random.integers(0, classes, len(task)))
    return np.stack([task, worker, label])[:, random.permutation(len(task))]


def seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def peer_side(what: str, places: list[Path]) -> None:
    """Runs in crowd-kit's environment; one JSON value per line."""
    for place in places:
        if what == "speed":
            peer_speed(place)
        else:
            peer_accuracy(place)


def peer_speed(file: Path) -> None:
    import pandas as pd
    from crowdkit import aggregation

    frame = pd.DataFrame(np.load(file).T, columns=["task", "worker", "label"])
    settings: dict[str, dict[str, Any]] = {
        "MajorityVote": {},
        "DawidSkene": {"n_iter": ROUNDS, "tol": -1},
        "OneCoinDawidSkene": {"n_iter": ROUNDS, "tol": -1},
        "MACE": {"n_iter": ROUNDS, "n_restarts": 1},
        "GLAD": {"n_iter": ROUNDS, "tol": -1},
    }
    model = getattr(aggregation, file.stem)(**settings[file.stem])
    times = 1 if file.stem == "GLAD" else 3
    value = min(seconds(lambda: model.fit_predict(frame)) for _ in range(times))
    print(json.dumps({"value": value}), flush=True)


def peer_accuracy(folder: Path) -> None:
    import pandas as pd
    from crowdkit import aggregation

    frame = pd.read_csv(folder / "label.csv")
    truth = pd.read_csv(folder / "truth.csv").set_index("task").truth
    for method in PEERS:
        if method == "KOS" and frame.label.nunique() != 2:
            continue
        settings = {"random_state": 0} if method in {"KOS", "MACE"} else {}
        model = getattr(aggregation, method)(**settings)
        try:
            labels = model.fit_predict(frame)
        except (ValueError, KeyError) as error:  # MMSR and KOS cannot do every set
            print(f"{folder.name} {method}: {error!r}", file=sys.stderr)
            continue
        hit = (labels.reindex(truth.index) == truth).to_numpy(dtype=float)
        if getattr(model, "probas_", None) is not None:
            hit = shared(model.probas_.reindex(truth.index), truth)
        line = {"set": folder.name, "method": method, "value": float(hit.mean())}
        print(json.dumps(line), flush=True)


def shared(chances: Any, truth: Any) -> np.ndarray:
    """1/m where the truth is one of m tied classes."""
    values = chances.to_numpy()
    tied = values >= values.max(axis=1, keepdims=True) - 1e-9
    same = chances.columns.to_numpy()[None, :] == truth.to_numpy()[:, None]
    return np.asarray((tied & same).any(axis=1) / tied.sum(axis=1))


if __name__ == "__main__":
    main()
