"""From table columns to one sparse matrix; what is learned is plain numbers and words.

A number becomes quantile bins, one of them for "missing", and its scaled logarithm: a linear model can then
bend. A category becomes one column per frequent value. A text is normalised (:mod:`tilik.learn.words`) and
counted in words (1-2) and in characters within words (3-5), as tf-idf with sublinear counts. Where a text
model is given, it also becomes that model's numbers (:mod:`tilik.learn.embedding`), read as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from scipy.sparse import csr_matrix, hstack

from tilik.kernel import Invalid
from tilik.learn.embedding import Embedder
from tilik.learn.extra import sklearn
from tilik.learn.slang import SLANG
from tilik.learn.tables import Cells, Floats, Plain
from tilik.learn.words import normalised

Analyser = Literal["word", "char_wb"]
BINS = 8
FREQUENT = 5
MOST_GRAMS = 60_000
GRAMS: dict[Analyser, tuple[int, int]] = {"word": (1, 2), "char_wb": (3, 5)}


@dataclass(frozen=True, eq=False)
class Number:
    """Bin edges, and centre and spread of the logarithm."""

    name: str
    edges: Floats
    centre: float
    spread: float

    @property
    def names(self) -> list[str]:
        """One per matrix column."""
        ends = [-np.inf, *self.edges.tolist(), np.inf]
        spans = [f"{self.name} in [{a:g}, {b:g})" for a, b in pairwise(ends)]
        return [*spans, f"{self.name} missing", f"log {self.name}"]

    def matrix(self, table: Plain) -> csr_matrix:
        """Bins, missing, logarithm."""
        x = table.numbers(self.name)
        gone = np.isnan(x)
        bins = np.where(
            gone, self.edges.size + 1, np.searchsorted(self.edges, np.nan_to_num(x), side="right")
        )
        held = np.zeros((x.size, self.edges.size + 3))
        held[np.arange(x.size), bins] = 1
        held[:, -1] = np.where(gone, 0, (_log(np.nan_to_num(x)) - self.centre) / self.spread)
        return csr_matrix(held)


@dataclass(frozen=True, eq=False)
class Category:
    """Frequent values; others and missing have a column each."""

    name: str
    values: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """One per matrix column."""
        return [f"{self.name} = {value}" for value in (*self.values, "another", "missing")]

    def matrix(self, table: Plain) -> csr_matrix:
        """One 1 per row."""
        place = {value: at for at, value in enumerate(self.values)}
        other, gone = len(self.values), len(self.values) + 1
        at = [gone if cell is None else place.get(cell, other) for cell in table.column(self.name)]
        return csr_matrix((np.ones(table.rows), (np.arange(table.rows), at)), shape=(table.rows, gone + 1))


@dataclass(frozen=True, eq=False)
class Text:
    """The grams that count, with their inverse document frequency."""

    name: str
    analyser: Analyser
    grams: tuple[str, ...]
    idf: Floats

    @property
    def names(self) -> list[str]:
        """One per matrix column."""
        mark = '"' if self.analyser == "word" else "'"
        return [f"{self.name}: {mark}{gram}{mark}" for gram in self.grams]

    def matrix(self, table: Plain) -> csr_matrix:
        """tf-idf, rows of length 1."""
        counter = _counter(self.analyser, vocabulary=self.grams)
        counts = csr_matrix(counter.transform(_held(table.column(self.name))), dtype=float)
        counts.data = 1 + np.log(counts.data)
        weighted = csr_matrix(counts.multiply(self.idf[None, :]))
        length = np.sqrt(weighted.multiply(weighted).sum(axis=1)).A1
        return csr_matrix(weighted.multiply((1 / np.where(length > 0, length, 1))[:, None]))


@dataclass(frozen=True, eq=False)
class Meaning:
    """A text's direction by the text model whose folder has this SHA-256; the model itself stays outside."""

    name: str
    digest: str
    width: int
    embedder: Embedder | None

    @property
    def names(self) -> list[str]:
        """One per matrix column."""
        return [f"{self.name}: embedding {at}" for at in range(1, self.width + 1)]

    def matrix(self, table: Plain) -> csr_matrix:
        """Rows of length 1; zeros where there is no text. Raises ``Invalid`` without the text model."""
        if self.embedder is None:
            raise Invalid(
                "embeddings-differ",
                f"this model reads {self.name} by a text model with the SHA-256 {self.digest}",
                mend="Name its folder with --embeddings.",
            )
        return csr_matrix(self.embedder.embed(table.column(self.name)))


Part = Number | Category | Text | Meaning


@dataclass(frozen=True, eq=False)
class Encoder:
    """The parts side by side."""

    parts: tuple[Part, ...]

    @property
    def names(self) -> list[str]:
        """What each matrix column is."""
        return [name for part in self.parts for name in part.names]

    def matrix(self, table: Plain, written: Plain | None = None) -> csr_matrix:
        """One row per row. Raises ``Invalid`` where a column is absent.

        ``written``  the table before :func:`folded`, for text models know case and punctuation.
        """
        raw = table if written is None else written
        each = [part.matrix(raw if isinstance(part, Meaning) else table) for part in self.parts]
        return csr_matrix(hstack(each, format="csr"))


def fit_encoder(
    table: Plain, features: Sequence[str], texts: Sequence[str], embedder: Embedder | None = None
) -> Encoder:
    """Learn bins, values and grams from all rows; no label is looked at.

    ``features`` are numbers or categories, ``texts`` normalised texts (:func:`folded`).

    Raises ``Invalid`` where a feature is neither, nothing remains, or there is no text for an ``embedder``.
    """
    if embedder is not None and not texts:
        raise Invalid(
            "nothing-to-learn", "no text column is learned from, so nothing is embedded", mend="Name --text."
        )
    parts: list[Part] = [_fit_feature(table, name) for name in features]
    parts += [part for name in texts for kind in GRAMS if (part := _fit_text(table, name, kind)) is not None]
    if embedder is not None:
        parts += [Meaning(name, embedder.digest, embedder.width, embedder) for name in texts]
    if not parts:
        raise Invalid(
            "nothing-to-learn", "no column is left to learn from", mend="Name --features or --text."
        )
    return Encoder(tuple(parts))


def folded(table: Plain, texts: Sequence[str], slang: Mapping[str, str] = SLANG) -> Plain:
    """The table with these columns normalised, which an encoder expects."""
    new = {name: [normalised(cell, slang) if cell else None for cell in table.column(name)] for name in texts}
    return Plain({**table.columns, **new}, table.rows)


def _held(cells: Cells) -> list[str]:
    return [cell or "" for cell in cells]


def _fit_feature(table: Plain, name: str) -> Part:
    kind = table.kind(name)
    x = table.numbers(name)
    if kind in {"number", "constant"} or not np.isnan(x).any():
        x = x[~np.isnan(x)]
        if not x.size:
            return Number(name, np.empty(0), 0.0, 1.0)
        edges = np.unique(np.quantile(x, np.linspace(0, 1, BINS + 1)[1:-1]))
        logs = _log(x)
        return Number(name, edges, float(logs.mean()), float(logs.std()) or 1.0)
    if kind == "category":
        names, counts = np.unique([c for c in table.column(name) if c is not None], return_counts=True)
        return Category(name, tuple(names[counts >= FREQUENT].tolist()))
    raise Invalid("feature-kind", f"column {name} is {kind}, not a number or a category", mend="Try --text.")


def _fit_text(table: Plain, name: str, analyser: Analyser) -> Text | None:
    texts = _held(table.column(name))
    counter = _counter(analyser, min_df=3, max_df=0.9, max_features=MOST_GRAMS)
    try:
        counts = counter.fit_transform(texts)
    except ValueError:  # no gram is in three rows
        return None
    held = np.asarray((counts > 0).sum(axis=0)).ravel()
    grams = counter.get_feature_names_out().tolist()
    return Text(name, analyser, tuple(grams), np.log((1 + len(texts)) / (1 + held)) + 1)


def _counter(analyser: Analyser, **options: Any) -> Any:
    vectorizer = sklearn("feature_extraction.text").CountVectorizer
    split = {"token_pattern": r"(?u)\S+"} if analyser == "word" else {}
    return vectorizer(analyzer=analyser, ngram_range=GRAMS[analyser], lowercase=False, **split, **options)


def _log(x: Floats) -> Floats:
    return np.asarray(np.sign(x) * np.log1p(np.abs(x)))
