"""Indonesian as it is typed, brought nearer to how it is written: slang, repeated letters, reduplication."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from tilik.learn.slang import SLANG

ADDRESS = re.compile(r"https?://\S+|www\.\S+")
MENTION = re.compile(r"@\w+")
ESCAPED = re.compile(r"\\x[0-9a-f]{2}|\\n", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
RUN = re.compile(r"(.)\1{2,}")
DOUBLE = re.compile(r"([^\W\d_])\1")
TWICE = re.compile(r"^([^\W\d_]{3,})2(nya|an|in|ku|mu)?$")
INNER_DIGIT = re.compile(r"(?<=[a-z])[01345](?=[a-z])")
DOUBLED = frozenset(
    {"maaf", "maafkan", "saat", "taat", "manfaat", "keenam", "pemanfaatan", "google", "facebook"}
)
LETTER_OF = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s"}


def normalised(text: str, slang: Mapping[str, str] = SLANG) -> str:
    """The text in lower case, word by word: addresses and names of people masked, slang folded.

    ``"Bangeeet yg kyk gt, anak2 @budi"`` becomes ``"banget yang kayak begitu anak-anak user"``.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = MENTION.sub(" user ", ADDRESS.sub(" url ", ESCAPED.sub(" ", plain)))
    return " ".join(_word(word, slang) for word in WORD.findall(plain))


def _word(word: str, slang: Mapping[str, str]) -> str:
    if word in slang:
        return slang[word]
    if twice := TWICE.match(word):
        stem = _word(twice[1], slang)
        return f"{stem}-{stem}{twice[2] or ''}"
    twin = RUN.sub(r"\1\1", word)
    shorter = word if word.isdigit() else twin if twin in DOUBLED else RUN.sub(r"\1", word)
    if shorter != word and shorter in slang:
        return slang[shorter]
    letters = INNER_DIGIT.sub(lambda found: LETTER_OF[found[0]], shorter)
    if letters in slang:
        return slang[letters]
    return slang.get(DOUBLE.sub(r"\1", letters), letters)
