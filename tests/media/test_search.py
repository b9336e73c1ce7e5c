"""Searching text: queries mean the same on both databases, and none of them can harm one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from tilik.kernel import Evidence, Invalid, Span
from tilik.media.events import VideoAdded
from tilik.media.keeping import keep_results
from tilik.media.record import MediaRecord
from tilik.media.registration import find_video, keep_prepared
from tilik.media.result import Result
from tilik.media.searching import index_texts, search
from tilik.media.words import Query, Term, folded_text, for_postgresql, for_sqlite, found_in, parse
from tilik.store import Workspace
from tilik.store.tables import text_piece, video


# --------------------------------------------------------------------------------------------- words
def test_a_query_is_words_phrases_beginnings_and_what_must_not_stand() -> None:
    query = parse('Slót "main game" hadi* -gratis')
    assert query == Query(
        (
            Term(("slot",)),
            Term(("main", "game")),
            Term(("hadi",), prefix=True),
            Term(("gratis",), without=True),
        )
    )
    assert for_sqlite(query) == '("slot" AND "main game" AND "hadi" *) NOT "gratis"'
    assert for_postgresql(query) == "(slot) & (main <-> game) & (hadi:*) & !(gratis)"


def test_hyphens_and_signs_make_words_in_a_row() -> None:
    assert parse("tik-tok").terms == (Term(("tik", "tok")),)
    assert folded_text("Kata-kata #SlotGacor!! 100% café_au") == "kata kata slotgacor 100 cafe au"


@pytest.mark.parametrize("text", ["", "   ", "-tanpa", '""', "!!! ***"])
def test_nothing_to_look_for_is_said(text: str) -> None:
    with pytest.raises(Invalid, match="no word") as told:
        parse(text)
    assert told.value.code == "search-empty"


@pytest.mark.parametrize("text", ["a" * 201, " ".join("abcdefghijklmnopq")])
def test_too_much_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as told:
        parse(text)
    assert told.value.code == "search-long"


def test_what_was_meant_is_marked_in_the_text_as_it_stands() -> None:
    text = "Ayo main SLÓT, slotku gratis"
    marked = [text[a:b] for a, b in found_in(text, parse("slot*"))]
    assert marked == ["SLÓT", "slotku"]
    assert found_in(text, parse('"main slot"')) == [(4, 13)]
    assert found_in("satu dua", parse("dua -tiga")) == [(5, 8)]


@given(st.text(max_size=200))
def test_no_query_leaves_anything_but_letters_and_digits_for_the_database(text: str) -> None:
    try:
        query = parse(text)
    except Invalid:
        return
    assert all(word.isalnum() for term in query.terms for word in term.words)


# ------------------------------------------------------------------------------------------ database
def cue(text: str, at: float, kind: str = "caption") -> Evidence:
    value = text if kind == "caption" else {"text": text, "score": 1.0, "box": [0, 0, 1, 1]}
    return Evidence(video="", span=Span(start=at, end=at + 2), kind=kind, value=value, source="captions/1")  # type: ignore[arg-type]


def bring(place: Workspace, identity: str, title: str, *said: Evidence) -> None:
    content = (identity * 64)[:64]
    with place.store.write() as writing:
        writing.record(VideoAdded(video=identity, title=title, content=content))
        record = MediaRecord(condition="ready", duration=60)
        keep_prepared(writing, video=identity, content=content, record=record, evidence=said)


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    bring(workspace, "a", "Main slot gacor", cue("bukan apa-apa", 3), cue("ayo main slot sekarang", 7))
    bring(
        workspace,
        "b",
        "Kucing lucu",
        cue("slot parkir penuh", 11),
        cue("slot 88 menang", 21),
        cue("slot", 40),
    )
    bring(workspace, "c", "Memancing", cue("Diamond gratis, klik tautan", 5, "on-screen-text"))
    assert index_texts(workspace.store) == 3
    return workspace


def found(place: Workspace, text: str, **more: object) -> list[tuple[str, int, list[float]]]:
    with place.store.read() as connection:
        rows = search(connection, parse(text), **more)  # type: ignore[arg-type]
    return [(row.video, row.count, [hit.start for hit in row.hits]) for row in rows]


def test_titles_come_first_then_who_says_it_most(filled: Workspace) -> None:
    assert found(filled, "slot") == [("a", 2, [0.0, 7.0]), ("b", 3, [11.0, 21.0, 40.0])]
    assert found(filled, "slot", places=("caption",)) == [("b", 3, [11.0, 21.0, 40.0]), ("a", 1, [7.0])]
    assert found(filled, "slot", limit=2) == [("a", 2, [0.0, 7.0])]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("slot -parkir -88 -main", [("b", [40.0])]),
        ('"slot gacor"', [("a", [0.0])]),
        ('"gacor slot"', []),
        ("dia* grat*", [("c", [5.0])]),
        ("APA-APA", [("a", [3.0])]),
        ("88", [("b", [21.0])]),
        ("tidak-ada", []),
        ("slot OR kucing", []),
        ("slot) OR (1", []),
        ("folded:slot", []),
        ("NEAR(slot, main)", []),
        ("'; drop table video --", []),
    ],
)
def test_queries_mean_the_same_on_both(filled: Workspace, text: str, said: list[object]) -> None:
    assert [(video, starts) for video, _, starts in found(filled, text)] == said


@settings(max_examples=150, deadline=None, suppress_health_check=[*settings().suppress_health_check])
@given(st.text(min_size=1, max_size=60))
def test_no_query_is_an_error_of_the_database(text: str) -> None:
    try:
        query = parse(text)
    except Invalid:
        return
    import sqlite3  # noqa: PLC0415

    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(folded, tokenize='unicode61 remove_diacritics 0')")
    base.execute("INSERT INTO t VALUES (?)", (folded_text(text),))
    rows = base.execute("SELECT count(*) FROM t WHERE t MATCH ?", (for_sqlite(query),)).fetchone()
    base.close()
    positive = all(not term.without for term in query.terms)
    assert rows[0] == 1 or not positive


def test_odd_letters_are_found_on_both(workspace: Workspace) -> None:
    odd = ["Æsop ﬁlm", "日本語 テスト", "ไทย ภาษา", "हिन्दी भाषा", "1e5 0x1F 12.5", "straße", "ﷺ", "a" * 80]
    bring(workspace, "o", "judul", *(cue(text, float(k)) for k, text in enumerate(odd)))
    index_texts(workspace.store)
    for k, text in enumerate(odd):
        assert found(workspace, text) == [("o", 1, [float(k)])], text


def test_only_what_changed_is_indexed_again(filled: Workspace) -> None:
    assert index_texts(filled.store) == 0
    bring(filled, "b", "Kucing galak", cue("meong", 1))
    assert index_texts(filled.store) == 1
    assert found(filled, "parkir") == []
    assert found(filled, "galak") == [("b", 1, [0.0])]
    with filled.store.write() as writing:
        result = Result(source="onscreen/1", evidence=(cue("teks baru", 9, "on-screen-text"),))
        row = find_video(writing.connection, "c")
        keep_results(writing, [result], content=row.content, keys=row.keys)
    assert index_texts(filled.store) == 1
    assert found(filled, "baru") == [("c", 1, [9.0])]


def test_what_is_said_is_found_as_speech(workspace: Workspace) -> None:
    bring(workspace, "s", "Pagi", cue("diamond gratis ya", 4, "speech-text"))
    index_texts(workspace.store)
    assert found(workspace, "diamond", places=("speech",)) == [("s", 1, [4.0])]
    assert found(workspace, "diamond", places=("caption",)) == []


def test_locked_and_hidden_videos_are_never_found(filled: Workspace) -> None:
    hidden = video.c.id == "a"
    assert [row[0] for row in found(filled, "slot", hidden=hidden)] == ["b"]
    with filled.store.write() as writing:
        writing.connection.execute(update(video).where(video.c.id == "b").values(locked=True))
    assert [row[0] for row in found(filled, "slot")] == ["a"]


def test_what_is_gone_is_forgotten(filled: Workspace) -> None:
    with filled.store.write() as writing:
        writing.connection.execute(video.delete().where(video.c.id == "b"))
    index_texts(filled.store)
    with filled.store.read() as connection:
        assert "b" not in set(connection.execute(select(text_piece.c.video)).scalars())
