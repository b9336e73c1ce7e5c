"""Searches that find nothing suitable: a list of searches with counts and results, read for gaps.

What few people searched for may tell who they are, so it is left out, and so is what looks like a number of a
phone or an identity card, or an address of e-mail. The list is a count of what it holds, not a sample.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from tilik.kernel import Invalid

FEWEST_SEARCHES = 10
"""Searches for the same words below which they are left out."""
FEW_RESULTS = 5
"""Suitable results below which a search counts as a gap."""
PERSONAL = re.compile(r"\d[\d .\-]{7,}\d|[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Search:
    """Words searched for: how often, and how many suitable videos came up."""

    query: str
    count: int
    results: int


@dataclass(frozen=True, slots=True)
class SearchGaps:
    """Searches with too few suitable results, the most frequent first; of ``searches`` in all, ``lacking``
    are theirs. ``left_out`` lines were too rare or personal.
    """

    gaps: tuple[Search, ...]
    searches: int
    lacking: int
    left_out: int


def search_gaps(text: str, *, few: int = FEW_RESULTS, name: str = "searches") -> SearchGaps:
    """Read a CSV with the columns ``query``, ``count`` and ``results`` (suitable ones, where that is known).

    Raises ``Invalid`` with the line that cannot be read.
    """
    reader = csv.DictReader(io.StringIO(text))
    absent = [column for column in ("query", "count", "results") if column not in (reader.fieldnames or ())]
    if absent:
        raise Invalid(
            "searches-columns",
            f"no column {', '.join(absent)}",
            where=name,
            mend="A list of searches has the columns query, count and results.",
        )
    every = [_search(row, f"{name}:{line}") for line, row in enumerate(reader, start=2)]
    kept = [one for one in every if one.count >= FEWEST_SEARCHES and not PERSONAL.search(one.query)]
    gaps = sorted((one for one in kept if one.results < few), key=lambda one: (-one.count, one.query))
    return SearchGaps(
        gaps=tuple(gaps),
        searches=sum(one.count for one in kept),
        lacking=sum(one.count for one in gaps),
        left_out=len(every) - len(kept),
    )


def _search(row: dict[str, str | None], where: str) -> Search:
    query = " ".join((row["query"] or "").split())
    try:
        count, results = int(row["count"] or ""), int(row["results"] or "")
    except ValueError:
        raise Invalid("searches-line", "count and results are whole numbers", where=where) from None
    if not query or count < 0 or results < 0:
        raise Invalid("searches-line", "a search has words, and counts are not negative", where=where)
    return Search(query, count, results)
