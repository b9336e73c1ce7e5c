"""Which language a text is in, for titles, captions, metadata and text in the pictures.

py3langid knows the large languages but mixes up Indonesian, Malay and Javanese in short texts; words that one
of the three has and the others lack settle that. Needs the extra ``speech``. Sundanese and other languages of
the archipelago are not known to it and come out as one of these.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec

from tilik.kernel import Evidence
from tilik.media.language_words import STRONG, WORDS
from tilik.media.said import Said

SOURCE = "language/1"
LANGUAGES = (
    "id", "ms", "jv", "en", "ar", "zh", "ja", "ko", "hi", "ta", "bn", "ur", "th", "vi", "tl", "es", "pt",
    "fr", "de", "nl", "it", "ru", "tr",
)  # fmt: skip
"""What may come out: languages that videos seen in Indonesia are in."""

A_WORD, MOST, LOWEST = 1.1, 12.0, -7.0
"""Log odds that one marker word gives, that all together may give, and the floor of what the model says."""

AT_HOME = 1.0
"""Log odds for Indonesian where nothing else tells: the videos come from Indonesia."""

SURE, FEWEST_LETTERS, MOST_LETTERS = 0.6, 12, 8_000
"""Least probability that is told; letters below which nothing is told, and of which no more are read."""

TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
NOISE = re.compile(r"https?://\S+|[@#]\w+|www\.\S+")
JAVANESE_SPELLING = re.compile(r"[aeiou](?:dh|th)[aeiou]|^(?:mb|nd|ngg|nj)[aeiou]")
COLLOQUIAL = re.compile(r"^(?:ng|ny|di)[a-z]{2,}in$")
"""``nyobain``, ``diambilin``: the spoken Indonesian suffix."""

ENGLISH_TH = ("other", "another", "mother", "father", "brother", "weather", "whether", "rather", "together")

Model = Callable[[str], dict[str, float]]


@dataclass(frozen=True, slots=True)
class Told:
    """A language (ISO 639-1) and how sure it is, 0..1."""

    language: str
    sure: float


def lacking() -> str:
    """What this analyser misses on this machine, ``""`` when it can run."""
    return "" if find_spec("py3langid") else "py3langid not installed; install tilik[speech]"


@lru_cache(maxsize=1)
def model() -> Model:
    """The model of this process: from a text to the probability of each language."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  (an extra)

    known = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known.set_languages(LANGUAGES)
    return lambda text: dict(known.rank(text))


def markers(text: str) -> dict[str, float]:
    """How much the words speak for Indonesian, Malay and Javanese, in log odds. Pure."""
    found = dict.fromkeys(WORDS, 0.0)
    tokens = [token.casefold() for token in TOKEN.findall(text)]
    for token in tokens:
        for language, words in WORDS.items():
            if token in STRONG[language]:
                found[language] += 2 * A_WORD
            elif token in words:
                found[language] += A_WORD
        if token.endswith("iti") and len(token) > 6:
            found["ms"] += A_WORD
        if token.endswith("itas") and len(token) > 6:
            found["id"] += A_WORD
        if COLLOQUIAL.search(token):
            found["id"] += A_WORD
        if JAVANESE_SPELLING.search(token) and not token.startswith(ENGLISH_TH):
            found["jv"] += A_WORD
    return {language: min(MOST, weight) for language, weight in found.items()}


def tell(text: str, known: Model | None = None) -> Told | None:
    """The language of a text; ``None`` where there is too little of it, or it stays open."""
    clean = " ".join(NOISE.sub(" ", text).split())[:MOST_LETTERS]
    if sum(letter.isalpha() for letter in clean) < FEWEST_LETTERS and not _dense(clean):
        return None
    scores = {
        name: max(LOWEST, math.log(p) if p > 0 else LOWEST) for name, p in (known or model())(clean).items()
    }
    for language, weight in markers(clean).items():
        scores[language] = scores.get(language, LOWEST) + weight
    scores["id"] += AT_HOME
    best = max(scores, key=lambda name: scores[name])
    total = sum(math.exp(score - scores[best]) for score in scores.values())
    sure = round(1 / total, 3)
    return Told(best, sure) if sure >= SURE else None


def _dense(text: str) -> bool:
    """Scripts that say much with few letters."""
    return sum(ord(letter) > 0x2E80 for letter in text) >= 4


def evidence(video: str, said: Iterable[Said]) -> list[Evidence]:
    """One ``language`` for each place that has words enough: title, captions, on-screen text, metadata."""
    together: dict[str, list[Said]] = {}
    for piece in said:
        together.setdefault(piece.where, []).append(piece)
    told = []
    for where, pieces in together.items():
        found = tell("\n".join(dict.fromkeys(piece.text for piece in pieces)))
        if found is not None:
            span = pieces[0].span.model_copy(
                update={
                    "start": min(p.span.start for p in pieces),
                    "end": max(p.span.end for p in pieces),
                }
            )
            value = {"language": found.language, "sure": found.sure, "from": where}
            told.append(Evidence(video=video, span=span, kind="language", value=value, source=SOURCE))
    return told
