"""Captions: malformed files read as far as they can be, or refused with the line at fault."""

from __future__ import annotations

import time
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilik.kernel import Invalid, Span
from tilik.media import prepare
from tilik.media.caption_tracks import caption_tracks, packet_text, sidecars
from tilik.media.captions import Cue, read_captions
from tilik.media.limits import DEFAULT

Cues = list[tuple[float, float, str]]
GOOD = "1\n00:00:01,000 --> 00:00:02,500\nHalo\n\n2\n00:00:03,000 --> 00:00:04,000\nSelamat pagi\n"
BOTH: Cues = [(1, 2.5, "Halo"), (3, 4, "Selamat pagi")]
VTT = "WEBVTT\n\n00:01.000 --> 00:02.500\nHalo\n\n00:03.000 --> 00:04.000\nSelamat pagi\n"

MALFORMED: dict[str, tuple[bytes, Cues, list[int]]] = {
    "utf-8 mark": (b"\xef\xbb\xbf" + GOOD.encode(), BOTH, []),
    "utf-16 mark": (GOOD.encode("utf-16"), BOTH, []),
    "utf-16 without mark": (GOOD.encode("utf-16-le"), BOTH, []),
    "latin-1": ("1\n00:00:01,000 --> 00:00:02,000\nCaf\xe9\n".encode("latin-1"), [(1, 2, "Café")], []),
    "carriage returns": (GOOD.replace("\n", "\r\n").encode(), BOTH, []),
    "old Mac line ends": (GOOD.replace("\n", "\r").encode(), BOTH, []),
    "points in SRT": (GOOD.replace(",", ".").encode(), BOTH, []),
    "commas in WebVTT": (VTT.replace(".", ",").encode(), BOTH, []),
    "no header": (VTT.removeprefix("WEBVTT\n\n").encode(), BOTH, []),
    "header and text on one line": (VTT.replace("WEBVTT", "WEBVTT - takarir").encode(), BOTH, []),
    "header in small letters": (VTT.replace("WEBVTT", "webvtt").encode(), BOTH, []),
    "no empty line after the header": (VTT.replace("WEBVTT\n\n", "WEBVTT\n").encode(), BOTH, []),
    "no numbers": (GOOD.replace("1\n00", "00").replace("2\n00", "00").encode(), BOTH, []),
    "wrong numbers": (GOOD.replace("1\n00", "9\n00").encode(), BOTH, []),
    "no empty lines": (GOOD.replace("\n\n", "\n").encode(), BOTH, []),
    "empty line in a text": (
        GOOD.replace("Halo\n", "Halo\n\nlagi\n").encode(),
        [(1, 2.5, "Halo\nlagi"), BOTH[1]],
        [],
    ),
    "empty line after the times": (GOOD.replace("500\n", "500\n\n").encode(), BOTH, []),
    "one minus": (GOOD.replace("-->", "->").encode(), BOTH, []),
    "a dash": (GOOD.replace("-->", "—>").encode(), BOTH, []),
    "arrow as an entity": (GOOD.replace("-->", "--&gt;").encode(), BOTH, []),
    "no spaces": (GOOD.replace(" --> ", "-->").encode(), BOTH, []),
    "spaces in the times": (GOOD.replace("00:00:01,000", " 00 : 00 : 01 , 000 ").encode(), BOTH, []),
    "short fractions": (GOOD.replace(",000", ",0").replace(",500", ",5").encode(), BOTH, []),
    "no fractions": (GOOD.replace(",000", "").replace(",500", "").encode(), [(1, 2, "Halo"), BOTH[1]], []),
    "settings after the times": (VTT.replace("02.500", "02.500 line:80% align:start").encode(), BOTH, []),
    "mark-up": (VTT.replace("Halo", "<v Ani><b>Ha</b>lo</v> {\\an8}").encode(), BOTH, []),
    "entities": (GOOD.replace("Halo", "1 &lt; 2 &amp; 3").encode(), [(1, 2.5, "1 < 2 & 3"), BOTH[1]], []),
    "comments and styles": (
        VTT.replace("WEBVTT\n", "WEBVTT\n\nSTYLE\n::cue {}\n")
        .replace("\n\n00:03", "\n\nNOTE x\ny\n\n00:03")
        .encode(),
        BOTH,
        [],
    ),
    "names before the times": (VTT.replace("00:03", "salam\n00:03").encode(), BOTH, []),
    "overlapping": (GOOD.replace("02,500", "03,500").encode(), [(1, 3.5, "Halo"), BOTH[1]], []),
    "out of order": (
        b"00:00:03,000 --> 00:00:04,000\nSelamat pagi\n\n00:00:01,000 --> 00:00:02,500\nHalo\n",
        BOTH,
        [],
    ),
    "starts before zero": (GOOD.replace("00:00:01", "-00:00:01").encode(), [(0, 2.5, "Halo"), BOTH[1]], []),
    "ends before zero": (
        GOOD.replace("00:00:01,000 --> 00:00:02,500", "-00:00:03,000 --> -00:00:02,500").encode(),
        [BOTH[1]],
        [2],
    ),
    "ends before it begins": (GOOD.replace("02,500", "00,500").encode(), [BOTH[1]], [2]),
    "a time cut off": (GOOD.removesuffix("00:00:04,000\nSelamat pagi\n").encode(), [BOTH[0]], [6]),
    "text cut off": (GOOD.removesuffix("Selamat pagi\n").encode(), [BOTH[0]], [6]),
    "letters in a time": (GOOD.replace("00:00:01", "00:oo:01").encode(), [BOTH[1]], [2]),
    "past 24 hours": (GOOD.replace("00:00:04", "99:00:04").encode(), [BOTH[0]], [6]),
    "zero bytes": (GOOD.replace("Halo", "Ha\0lo").encode(), BOTH, []),
    "an arrow in the text": (
        GOOD.replace("Halo", "Halo -> sana").encode(),
        [(1, 2.5, "Halo -> sana"), BOTH[1]],
        [],
    ),
    "a number as text": (GOOD.replace("Halo", "10").encode(), [(1, 2.5, "10"), BOTH[1]], []),
}

REFUSED: dict[str, tuple[bytes, int]] = {
    "empty": (b"", 1),
    "empty lines": (b"\n\n\n", 1),
    "header alone": (b"WEBVTT\n", 1),
    "header and words": (b"WEBVTT\n\nHalo semua\n", 3),
    "plain words": (b"\nHalo\nsemua\n", 2),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1),
    "only broken times": (b"1\nsatu --> dua\nHalo\n", 2),
    "only a half": (b"1\n00:00:01,000 -->", 2),
    "too large": (b"x" * (8 * 1024 * 1024 + 1), 1),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_files_are_read(name: str) -> None:
    data, expected, faults = MALFORMED[name]
    found = read_captions(data, where="clip.srt")
    assert [(c.span.start, c.span.end, c.text) for c in found.cues] == expected
    assert [f.line for f in found.faults] == faults


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_line(name: str) -> None:
    data, line = REFUSED[name]
    with pytest.raises(Invalid) as told:
        read_captions(data, where="clip.vtt")
    assert told.value.code == "captions-unreadable"
    assert told.value.where == f"clip.vtt:{line}"


@given(st.one_of(st.binary(max_size=400), st.text(alphabet="0123:,.-> \n\rabWEBVTT<>&;", max_size=200)))
def test_any_bytes_give_cues_in_order_or_a_line(data: bytes | str) -> None:
    raw = data.encode() if isinstance(data, str) else data
    try:
        found = read_captions(raw, where="x")
    except Invalid as refused:
        assert int(refused.where.rpartition(":")[2]) >= 1
    else:
        starts = [cue.span.start for cue in found.cues]
        assert found.cues
        assert starts == sorted(starts)
        assert all(cue.text for cue in found.cues)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**5)), min_size=1, max_size=20))
def test_what_is_written_is_read(times: list[tuple[int, int]]) -> None:
    def clock(ms: int) -> str:
        return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"

    body = "\n".join(f"{k}\n{clock(a)} --> {clock(a + n + 1)}\nkata {k}\n" for k, (a, n) in enumerate(times))
    found = read_captions(body.encode(), where="x")
    assert found.faults == ()
    expected = sorted((round(a / 1000, 3), round((a + n + 1) / 1000, 3)) for a, n in times)
    assert [(c.span.start, c.span.end) for c in found.cues] == expected


# -------------------------------------------------------------------------------- beside and inside
def test_files_beside_a_video_are_found_by_name(tmp_path: Path) -> None:
    for name in (
        "clip.mp4",
        "clip.vtt",
        "clip.id.srt",
        "clip.pt_BR.VTT",
        "clip.mp4.srt",
        "clip2.srt",
        "clip.x1.srt",
    ):
        (tmp_path / name).write_text("x")
    found = {(f.name, f.language) for f in sidecars(tmp_path / "clip.mp4")}
    expected = {("clip.vtt", ""), ("clip.id.srt", "id"), ("clip.pt_BR.VTT", "pt-BR"), ("clip.mp4.srt", "")}
    assert found == expected


def test_a_track_inside_is_read(tmp_path: Path) -> None:
    (tmp_path / "in.srt").write_text(GOOD)
    with av.open(str(tmp_path / "in.srt")) as text, av.open(str(tmp_path / "clip.mkv"), "w") as out:
        track = out.add_stream_from_template(text.streams.subtitles[0])
        for packet in text.demux(text.streams.subtitles[0]):
            if packet.size:
                packet.stream = track
                out.mux(packet)
    tracks, cues = caption_tracks(tmp_path / "clip.mkv", DEFAULT)
    assert [(t.origin, t.cues, t.refused) for t in tracks] == [("embedded", 2, "")]
    assert [(c.span.length, c.text) for _, c in cues] == [(1.5, "Halo"), (1.0, "Selamat pagi")]


@pytest.mark.parametrize(
    ("codec", "data"),
    [
        ("subrip", b"<i>Halo</i>\nsemua"),
        ("mov_text", b"\0\x0aHalo\nsemua\0\0\0\x0cstyl"),
        ("ass", b"0,0,Default,,0,0,0,,{\\i1}Halo\\Nsemua"),
    ],
)
def test_text_of_packets(codec: str, data: bytes) -> None:
    assert packet_text(data, codec) == "Halo\nsemua"


def test_a_real_file_beside_a_real_clip(videos: Path, tmp_path: Path) -> None:
    made = prepare(videos / "mdn_friday.mp4", tmp_path / "out", video="v")
    told = [e for e in made.evidence if e.kind == "caption"]
    assert [t.name for t in made.captions] == ["mdn_friday.vtt"]
    assert len(told) == 5
    assert told[2].value == "Tell me, is the lord of the universe in?"
    assert told[2].span == Span(start=1.5, end=2.999)


def test_a_real_srt_with_odd_times(videos: Path) -> None:
    found = read_captions((videos / "me_echo-hereweare.srt").read_bytes(), where="x")
    assert found.cues[0] == Cue(
        Span(start=0.1, end=4), "HTML5 <video> and <audio> was supposed to be awesome, powerful, and fun."
    )
    assert found.faults == ()
    assert [c.span.start for c in found.cues[1:4]] == [4, 7, 10]


def test_lines_padded_with_spaces_take_no_time() -> None:
    padded = " " * 60_000
    text = f"{padded}\n1 → {padded}\n{padded}00:01.000 --> 00:02.000\nTeks\n"
    began = time.process_time()
    (cue,) = read_captions(text.encode(), where="x.srt").cues
    assert time.process_time() - began < 2
    assert (cue.span.start, cue.text) == (1.0, "Teks")
