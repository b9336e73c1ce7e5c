"""A Whisper of a few thousand numbers in CTranslate2's own format, made to say one thing whatever it hears.

Its weights are written by ``ctranslate2.specs``, its tokenizer by ``tokenizers``; faster-whisper loads and
runs it like any other. Each place of the decoder points at one token, so what comes out is known. It proves
loading, features, encoding, decoding, times and what is done with the answers; it says nothing of how well
real models hear.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

WIDE, PLACES, MELS, TOKENS = 64, 448, 80, 51_865
"""Width; places of the decoder; bands; tokens, as many as a Whisper of many languages has."""

END, START, TRANSCRIBE, NO_SPEECH, NO_TIMES = 50_257, 50_258, 50_359, 50_362, 50_363
NAMED = {
    "": 50_256,  # by this one a Whisper of many languages is known
    "<|endoftext|>": END,
    "<|startoftranscript|>": START,
    "<|en|>": 50_259,
    "<|id|>": 50_260,
    "<|ms|>": 50_261,
    "<|translate|>": 50_358,
    "<|transcribe|>": TRANSCRIBE,
    "<|startoflm|>": 50_360,
    "<|startofprev|>": 50_361,
    "<|nospeech|>": NO_SPEECH,
    "<|notimestamps|>": NO_TIMES,
}
MERGED = (("Ġ", "-"), ("Ġ", "'"), ("Ġ", "â"))
"""What a space melts into in every Whisper tokenizer; else a suppressed `` -`` would take the space along."""


@dataclass(frozen=True)
class Tiny:
    """The pieces it says with their seconds, how strongly; the language it hears; how strongly nobody."""

    says: tuple[tuple[float, float, str], ...] = ((0.0, 1.5, " Halo teman"), (1.5, 2.6, " ayo main"))
    sure: float = 4.0
    language: str = "id"
    language_sure: float = 2.0
    nothing: float = 0.0

    def write(self, folder: Path) -> Path:
        """Write the model's folder."""
        folder.mkdir(parents=True, exist_ok=True)
        letters = tokenizer(folder / "tokenizer.json")
        spec = empty_model()
        spec.decoder.embeddings.weight = np.zeros((TOKENS, WIDE), np.float32)
        spec.decoder.position_encodings.encodings = np.eye(PLACES, WIDE, dtype=np.float32) * 8
        points = np.zeros((TOKENS, WIDE), np.float32)
        points[NAMED[f"<|{self.language}|>"], 0] = self.language_sure
        points[NO_SPEECH, 0] = self.nothing
        for place, token in enumerate(self._tokens(letters)):
            points[token, place + 2] = self.sure
        spec.decoder.projection.weight = points
        spec.register_vocabulary(sorted(letters, key=lambda token: letters[token]))
        for name in ("suppress_ids", "suppress_ids_begin"):
            setattr(spec.config, name, [])
        spec.config.lang_ids = [50_259, 50_260, 50_261]
        spec.config.alignment_heads = [(0, 0)]
        spec.validate()
        spec.save(str(folder))
        return folder

    def _tokens(self, letters: dict[str, int]) -> list[int]:
        tokens = []
        for start, end, text in self.says:
            tokens += [NO_TIMES + 1 + round(start * 50)]
            tokens += [letters[letter.replace(" ", "Ġ")] for letter in text]
            tokens += [NO_TIMES + 1 + round(end * 50)]
        assert len(tokens) < WIDE - 3
        return [*tokens, END]


def tokenizer(file: Path) -> dict[str, int]:
    """Write a tokenizer that knows bytes and Whisper's signs; returns all its tokens."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers  # noqa: PLC0415  (an extra)

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokens = {token: place for place, token in enumerate([*letters, *("".join(pair) for pair in MERGED)])}
    tokens |= {f"filler{place}": place for place in range(len(tokens), TOKENS)}
    names = {place: name for name, place in tokens.items()}
    names |= {place: name for name, place in NAMED.items()}
    names |= {NO_TIMES + 1 + k: f"<|{k * 0.02:.2f}|>" for k in range(1501)}
    tokens = {name: place for place, name in names.items()}
    made = Tokenizer(models.BPE(vocab=tokens, merges=list(MERGED)))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)  # type: ignore[assignment]
    made.decoder = decoders.ByteLevel()  # type: ignore[assignment]
    made.add_special_tokens([name for name in NAMED if name])
    made.save(str(file))
    return tokens


def empty_model() -> Any:
    """One layer on either side, which adds nothing to what passes through."""
    from ctranslate2.specs import WhisperSpec  # noqa: PLC0415  (an extra)

    spec = WhisperSpec(1, 1, 1, 1)
    rng = np.random.default_rng(4)
    spec.encoder.conv1.weight = rng.normal(0, 0.1, (WIDE, MELS, 3)).astype(np.float32)
    spec.encoder.conv2.weight = rng.normal(0, 0.1, (WIDE, WIDE, 3)).astype(np.float32)
    spec.encoder.conv1.bias = spec.encoder.conv2.bias = np.zeros(WIDE, np.float32)
    spec.encoder.position_encodings.encodings = np.zeros((1500, WIDE), np.float32)
    for side in (spec.encoder, spec.decoder):
        _norm(side.layer_norm)
        for layer in side.layer:
            _norm(layer.self_attention.layer_norm)
            _norm(layer.ffn.layer_norm)
            _linear(layer.ffn.linear_0, 4 * WIDE, WIDE)
            _linear(layer.ffn.linear_1, WIDE, 4 * WIDE)
            _linear(layer.self_attention.linear[0], 3 * WIDE, WIDE)
            _linear(layer.self_attention.linear[1], WIDE, WIDE)
    heard = spec.decoder.layer[0].attention
    _norm(heard.layer_norm)
    for linear, high in zip(heard.linear, (WIDE, 2 * WIDE, WIDE), strict=True):
        _linear(linear, high, WIDE)
    return spec


def _linear(linear: Any, high: int, wide: int) -> None:
    linear.weight = np.zeros((high, wide), np.float32)
    linear.weight[0, 0] = 1e-6  # a row of nothing cannot be scaled to eight bits
    linear.bias = np.zeros(high, np.float32)


def _norm(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(WIDE, np.float32), np.zeros(WIDE, np.float32)
