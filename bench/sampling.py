"""Drawing from a large frame: seconds and peak memory of each design, beside pandas and numpy.

python bench/sampling.py                 10⁷ rows
python bench/sampling.py --rows 1e8      10⁸ rows: some 2 GB on disk; only on an idle machine
python bench/sampling.py --folder DIR    put the generated frame there, and keep it
python bench/sampling.py --only NAME     one run only; again for several

``scan`` reads the columns that the draw by impressions must read and does next to nothing with them: what
the engine and the disk allow. Each run is a process of its own, and has made a small draw before it is
timed, so that imports and the like do not count. Peak memory is above that of the small draw. CPU seconds are
of all cores together: on a busy machine they tell more than the clock.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.parquet as pq

from tilik.sampling import (
    AnyDesign,
    MultiTargetDesign,
    PpsDesign,
    SimpleRandomDesign,
    StratifiedDesign,
    Target,
    draw,
)

BUDGET, SEED = 1000, 1
DESIGNS: dict[str, AnyDesign] = {
    "simple-random": SimpleRandomDesign(),
    "pps": PpsDesign(),
    "stratified": StratifiedDesign(score="score_harm"),
    "multi-target": MultiTargetDesign(targets=(Target(score="score_harm", threshold=0.9),)),
}
MAKE = """
copy (
    select
        printf('v%010d', i) as video,
        cast(exp(2.2 * sqrt(-2 * ln((hash(i) >> 11) / 9007199254740992.0 + 1e-17))
             * cos(6.283185307179586 * (hash(i + {rows}) >> 11) / 9007199254740992.0) + 4) as bigint)
            as impressions,
        round(power((hash(i + 2 * {rows}) >> 11) / 9007199254740992.0, 6), 4) as score_harm,
        greatest(1, hash(i + 3 * {rows}) >> 11) / 9007199254740992.0 as prn
    from range({rows}) t(i)
) to '{file}' (format parquet, compression zstd)
"""


def make(file: Path, rows: int) -> None:
    """A frame with lognormal impressions, a skewed score and permanent random numbers."""
    with duckdb.connect() as connection:
        connection.execute(MAKE.format(rows=rows, file=file))


def by_tilik(file: Path, name: str) -> set[str]:
    """The product's own draw."""
    return set(draw(file, DESIGNS[name], BUDGET, None).table["video"].to_pylist())


def by_scanning(file: Path, _name: str) -> set[str]:
    """The bare scan of the two number columns that a draw by impressions needs, twice, as the draw does."""
    with duckdb.connect() as connection:
        scan = connection.read_parquet(str(file))
        first = scan.aggregate("sum(impressions), count(*)").fetchall()
        second = scan.aggregate("max(prn / impressions)").fetchall()
    return {str(first), str(second)}


def by_numpy(file: Path, _name: str) -> set[str]:
    """The same draw by impressions with numpy: read three columns, divide, partition."""
    table = pq.read_table(file, columns=["video", "impressions", "prn"])
    size, u = table["impressions"].to_numpy(), table["prn"].to_numpy()
    key = np.divide(u, size, out=np.full(u.size, np.inf), where=size > 0)
    return set(table["video"].take(np.argpartition(key, BUDGET)[:BUDGET]).to_pylist())


def by_pandas(file: Path, _name: str) -> set[str]:
    """The same draw by impressions with pandas, as one would write it."""
    import pandas as pd  # noqa: PLC0415

    frame = pd.read_parquet(file)
    frame = frame[frame.impressions > 0]
    return set((frame.assign(key=frame.prn / frame.impressions)).nsmallest(BUDGET, "key").video)


RUNS: dict[str, tuple[Callable[[Path, str], set[str]], str]] = {
    "scan": (by_scanning, "pps"),
    **{f"tilik {name}": (by_tilik, name) for name in DESIGNS},
    "numpy pps": (by_numpy, "pps"),
    "pandas pps": (by_pandas, "pps"),
}


def measure(file: Path, run: str) -> tuple[float, float, float, str] | None:
    """Seconds, CPU seconds, peak megabytes, digest of the ids, in its own process; None where it died."""
    done = subprocess.run(
        [sys.executable, __file__, "--run", run, "--file", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        print(f"{run}: ended with {done.returncode} {done.stderr.strip()[-200:]}")
        return None
    seconds, cpu, peak, ids = done.stdout.split()
    return float(seconds), float(cpu), float(peak), ids


def one(file: Path, run: str) -> None:
    """A single measured run: prints seconds, CPU seconds, peak MB above a small draw's, digest."""
    work, name = RUNS[run]
    with tempfile.TemporaryDirectory() as scratch:
        small = Path(scratch) / "small.parquet"
        make(small, 5000)
        work(small, name)
    before, start, cpu = peak_mb(), time.perf_counter(), time.process_time()
    found = work(file, name)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(f"{seconds:.2f} {cpu:.2f} {peak_mb() - before:.0f} {zlib.crc32(' '.join(sorted(found)).encode())}")


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Make the frame, run every method in its own process, print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=float, default=1e7)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", choices=RUNS, action="append")
    parser.add_argument("--run", choices=RUNS)
    parser.add_argument("--file", type=Path)
    chosen = parser.parse_args()
    if chosen.run:
        one(chosen.file, chosen.run)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"frame-{int(chosen.rows)}.parquet"
        if not file.exists():
            make(file, int(chosen.rows))
        table(file, chosen.only or list(RUNS))


def table(file: Path, runs: Sequence[str]) -> None:
    """These runs on one frame."""
    rows = pq.ParquetFile(file).metadata.num_rows
    print(f"{rows:,} rows, {file.stat().st_size / 1e6:,.0f} MB of Parquet, {BUDGET} drawn")
    print(f"{'':22}{'seconds':>9}{'CPU s':>9}{'peak MB':>9}{'pps is ×':>10}  ids")
    found = {run: measure(file, run) for run in runs}
    ours = found.get("tilik pps")
    for run, result in found.items():
        if result is None:
            print(f"{run:22}{'did not survive':>18}")
            continue
        ratio = f"{result[0] / ours[0]:.1f}" if ours and not run.startswith("tilik") else ""
        same = "same as pps" if ours and result[3] == ours[3] else ""
        print(f"{run:22}{result[0]:9.2f}{result[1]:9.2f}{result[2]:9.0f}{ratio:>10}  {same}")


if __name__ == "__main__":
    main()
