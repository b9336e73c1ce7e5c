"""Which cases ask the same: proposals by words and facts in common, which a person confirms. Pure.

Each sign that two cases are alike lowers the chance that they are not (1 - likeness) by its own part: the
words of the sentence and of the video (TF-IDF cosine), the question, the type, a family of near-duplicates in
common, the kinds of evidence. What average linkage (Sokal & Michener 1958) then holds together at ``ENOUGH``
is proposed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from tilik.kernel import Unavailable
from tilik.media.folding import tokens

Floats = NDArray[np.float64]
ENOUGH = 0.2
"""Likeness from which cases are proposed as one group."""
SAME_QUESTION, SAME_TYPE, SAME_FAMILY, SAME_KINDS = 0.08, 0.03, 0.5, 0.02
"""All but the family together stay below ``ENOUGH``: facts in common alone do not make a question."""
OF_VIDEO = 0.25
"""What the words of the video weigh beside those of the sentence."""
SHARED_SHOWN = 4
EMPTY_WORDS = frozenset(
    word
    for line in (
        "yang dan di ke dari ini itu ada tidak bukan apakah atau juga untuk dengan pada dalam oleh karena",
        "saja sudah akan bisa harus kalau jika apa siapa kapan bagaimana mana seperti lebih sangat hanya",
        "tetapi namun lagi masih belum para si sang saya kamu anda dia mereka kita kami video tingkat",
        "level label masuk termasuk the a an of to in on is are it this that and or not for with as be by",
        "from at does do can if but which what who how we they he she its was were will would should",
        "there here count counts",
    )
    for word in line.split()
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a case. ``said`` the sentence, ``shown`` the words of its videos; ``families`` of
    near-duplicates its videos are in (a video alone is its own); ``kinds`` of evidence on them."""

    case: str
    said: str
    shown: str
    type: str
    question: str | None
    families: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Near:
    """Cases that may ask the same: their mean likeness 0..1, and the words that most hold them together."""

    cases: tuple[str, ...]
    likeness: float
    shared: tuple[str, ...]


def folded(text: str, slang: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The words of a text in one spelling each, without those that carry no sense of their own."""
    words = (min(one.forms, key=lambda form: (len(form), form)) for one in tokens(text, slang))
    return [word for word in words if len(word) > 1 and word not in EMPTY_WORDS]


def near(told: Sequence[Told], slang: Mapping[str, tuple[str, ...]], *, enough: float = ENOUGH) -> list[Near]:
    """Groups of two cases and more, the most alike first. Raises ``Unavailable`` without scikit-learn."""
    if len(told) < 2:
        return []
    said = [folded(one.said, slang) for one in told]
    alike = likeness(told, said, [folded(one.shown, slang) for one in told])
    tree = linkage(squareform(1 - alike, checks=False), "average")
    found = []
    for code in np.unique(codes := fcluster(tree, 1 - enough, "distance")):
        on = np.flatnonzero(codes == code)
        if on.size > 1:
            pairs = alike[np.ix_(on, on)][np.triu_indices(on.size, 1)]
            names = tuple(told[int(at)].case for at in on)
            found.append(Near(names, round(float(pairs.mean()), 3), _shared([said[int(at)] for at in on])))
    return sorted(found, key=lambda one: (-one.likeness, one.cases))


def likeness(told: Sequence[Told], said: Sequence[list[str]], shown: Sequence[list[str]]) -> Floats:
    """How alike each two cases are (n × n, 0..1, ones on the diagonal)."""
    words = _cosines(said)
    seen = _cosines(shown)
    has = np.array([bool(one) for one in said], dtype=float)
    both = np.outer(has, has)
    # Without a sentence on either side only the video speaks, and no louder than it may.
    unlike = (1 - words * both) * (1 - OF_VIDEO * seen)
    for name, part in (("question", SAME_QUESTION), ("type", SAME_TYPE)):
        unlike *= 1 - part * _same([getattr(one, name) for one in told])
    unlike *= 1 - SAME_FAMILY * _overlap([one.families for one in told])
    unlike *= 1 - SAME_KINDS * _jaccard([one.kinds for one in told])
    alike = 1 - unlike
    np.fill_diagonal(alike, 1.0)
    return np.asarray((alike + alike.T) / 2)


def _cosines(texts: Sequence[list[str]]) -> Floats:
    """TF-IDF over words and parts of words, so that ``menabung`` and ``tabungan`` come near."""
    joined = [" ".join(one) for one in texts]
    if not any(joined):
        return np.zeros((len(texts), len(texts)))
    found = np.zeros((len(texts), len(texts)))
    for analyser, grams, weight in (("word", (1, 2), 0.5), ("char_wb", (4, 5), 0.5)):
        matrix = _vectorizer(analyzer=analyser, ngram_range=grams, sublinear_tf=True).fit_transform(joined)
        found += weight * np.asarray((matrix @ matrix.T).todense())
    return np.clip(found, 0.0, 1.0)


def _vectorizer(**options: Any) -> Any:
    try:
        text = import_module("sklearn.feature_extraction.text")
    except ImportError:
        raise Unavailable(
            "library-missing",
            "finding near cases needs scikit-learn, which is not installed",
            mend="Install it: pip install 'tilik[learn]'.",
        ) from None
    return text.TfidfVectorizer(token_pattern=r"\S+" if options["analyzer"] == "word" else None, **options)


def _same(values: Sequence[str | None]) -> Floats:
    return np.array([[float(a is not None and a == b) for b in values] for a in values])


def _overlap(values: Sequence[frozenset[str]]) -> Floats:
    return np.array([[float(bool(a & b)) for b in values] for a in values])


def _jaccard(values: Sequence[frozenset[str]]) -> Floats:
    return np.array([[len(a & b) / len(a | b) if a | b else 0.0 for b in values] for a in values])


def _shared(texts: Sequence[list[str]]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for words in texts:
        for word in set(words):
            counts[word] = counts.get(word, 0) + 1
    most = sorted(((n, word) for word, n in counts.items() if n > 1), key=lambda row: (-row[0], row[1]))
    return tuple(word for _, word in most[:SHARED_SHOWN])
