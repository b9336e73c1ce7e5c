"""Made-up tables with what is true of them known."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

from tilik.learn.tables import Cells, Plain

GOOD = ["lagu", "anak", "belajar", "huruf", "warna", "bersama", "kakak", "hutan", "kelinci"]
BAD = ["prank", "seram", "darah", "hantu", "pukul", "teriak", "racun", "jarum"]
ANY = [
    "video",
    "hari",
    "ini",
    "yang",
    "dan",
    "kita",
    "mereka",
    "bermain",
    "rumah",
    "besar",
    "kecil",
    "lihat",
    "seru",
    "baru",
]


def channels(rows: int = 400, seed: int = 0, each: int = 4, odd: float = 0.0) -> dict[str, list[Any]]:
    """Videos in channels of ``each``; title, views and minutes tell something of ``kind``, the truth.

    ``given`` has one kind in twelve turned round; ``score`` is a weak classifier's; a share ``odd`` of
    the titles speaks for the other kind.
    """
    random = np.random.default_rng(seed)
    channel = np.arange(rows) // each
    bad = (random.random(channel.max() + 1) < 0.4)[channel] ^ (random.random(rows) < 0.1)
    flipped = random.random(rows) < 1 / 12
    spoken = bad ^ (random.random(rows) < odd)
    title = [
        " ".join([*random.choice(BAD if one else GOOD, 2), *random.choice(ANY, 4)]) for one in spoken.tolist()
    ]
    return {
        "video": [f"v{at}" for at in range(rows)],
        "channel": [f"c{at}" for at in channel.tolist()],
        "kind": ["bad" if one else "fine" for one in bad.tolist()],
        "given": ["bad" if one else "fine" for one in (bad ^ flipped).tolist()],
        "title": title,
        "views": np.round(np.exp(random.normal(8 + bad, 1.5)), 1).tolist(),
        "minutes": np.round(random.gamma(2 + 2 * bad, 3), 2).tolist(),
        "lang": random.choice(["id", "jv", "su"], rows).tolist(),
        "score": np.round(1 / (1 + np.exp(-random.normal(0.8 * bad - 0.4, 1))), 4).tolist(),
    }


def plain(columns: dict[str, list[Any]], *but: str) -> Plain:
    """As read from a file, without some columns."""
    held: dict[str, Cells] = {
        name: [None if cell is None else str(cell) for cell in cells]
        for name, cells in columns.items()
        if name not in but
    }
    return Plain(held, len(next(iter(held.values()))))


def written(columns: dict[str, list[Any]], file: Path) -> Path:
    """The table as a CSV file."""
    with file.open("w", newline="") as opened:
        lines = csv.writer(opened)
        lines.writerow(columns)
        lines.writerows(zip(*columns.values(), strict=True))
    return file
