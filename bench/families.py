"""Look-ups among many hashes: numpy that compares all, faiss that looks up by bands.

    python bench/families.py                     200,000 by numpy, 1,000,000 by faiss
    python bench/families.py --hashes 10000000   needs some 6 GB of memory

Queries are random, as most of a new video's are; found are copies with so many of 256 bits changed.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from tilik.media.family_index import Banded, Exact, Hashes, large_possible

QUERIES, COPIES = 10_000, 1_000


def words(random: np.random.Generator, n: int) -> np.ndarray:
    return random.integers(0, 2**64, (n, 4), dtype=np.uint64)


def changed(random: np.random.Generator, kept: np.ndarray, bits: int) -> np.ndarray:
    """The same hashes with some bits turned over."""
    flips = np.argsort(random.random((len(kept), 256)), axis=1)[:, :bits]
    mask = np.zeros((len(kept), 256), np.uint8)
    np.put_along_axis(mask, flips, 1, axis=1)
    return kept ^ np.packbits(mask, axis=1).view(np.uint64)


def measure(name: str, index: Hashes, n: int, queries: int) -> None:
    random = np.random.default_rng(0)
    kept = words(random, n)
    began = time.perf_counter()
    for start in range(0, n, 100_000):
        index.add(kept[start : start + 100_000])
    index.near(kept[:1])
    built = time.perf_counter() - began
    asked = words(random, queries)
    began, used = time.perf_counter(), time.process_time()
    index.near(asked)
    rate, a_core = queries / (time.perf_counter() - began), queries / (time.process_time() - used)
    print(
        f"{name}: {n:,} hashes, taken in {built:.1f} s, {rate:,.0f} queries a second, "
        f"{a_core:,.0f} in a second of one core"
    )
    for bits in (8, 16, 24, 32, 44, 56):
        copies = changed(random, kept[:COPIES], bits)
        q, h, _ = index.near(copies)
        print(f"  {bits:2d} bits changed: {np.mean(np.isin(np.arange(COPIES), q[q == h])):.3f} found")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hashes", type=int, default=1_000_000)
    wanted = parser.parse_args().hashes
    measure("numpy", Exact(), min(wanted, 200_000), 500)
    if large_possible():
        measure("faiss", Banded(), wanted, QUERIES)
    else:
        print("faiss is not installed: pip install tilik[dedup-large]")


if __name__ == "__main__":
    main()
