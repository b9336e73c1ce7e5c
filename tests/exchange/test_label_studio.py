"""Label Studio's shapes: whatever is judged goes out and comes back the same, and nothing else comes in."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from study.making import answers, shipped
from tilik.exchange.controls import every_question, option_of, token
from tilik.exchange.frames import to_frames, to_span
from tilik.exchange.label_studio.config import labelling_config, result_type
from tilik.exchange.label_studio.results import from_results, to_results
from tilik.exchange.said import Said
from tilik.guideline import Question, fits
from tilik.kernel import Evidence, Invalid, Span

ASKED = every_question(shipped())
BY_ID = {question.id: question for question in ASKED}
RATES = st.sampled_from([1.0, 12.5, 23.976, 24.0, 25.0, 29.97, 30.0, 50.0, 59.94, 60.0, 1000.0])
seconds = st.floats(0, 36_000, allow_nan=False)
spans = st.tuples(seconds, seconds).map(lambda two: Span(start=min(two), end=max(two)))
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=30)


def answer_to(question: Question) -> st.SearchStrategy[Any]:
    if question.kind == "many":
        return st.lists(st.sampled_from(question.options), unique=True)
    if question.kind == "age":
        return st.integers(0, max(int(age) for age in question.options if age is not None))
    if question.kind == "language":
        return st.sampled_from(["jv", "su", "ban", "zh-Hant"])
    return st.sampled_from(question.options)


@st.composite
def said(draw: st.DrawFn) -> Said:
    some = draw(st.lists(st.sampled_from(ASKED), unique_by=lambda one: one.id, max_size=12))
    ids = st.sampled_from(list(BY_ID))
    return Said(
        {one.id: draw(answer_to(one)) for one in some},
        tuple(draw(st.lists(st.tuples(ids, spans), max_size=6))),
        draw(st.dictionaries(ids, texts, max_size=4)),
    )


def back(results: object, fps: float) -> Said:
    return from_results(shipped(), results, fps=fps, video="v1", source="model/1", where="task[0]")


@settings(max_examples=150, deadline=None)
@given(said(), RATES)
def test_what_was_judged_comes_back_the_same(one: Said, fps: float) -> None:
    results = to_results(shipped(), one, fps)
    assert back(results, fps) == one
    assert back(results, fps).digest() == one.digest()
    assert len({result["id"] for result in results}) == len(results)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 10**6), st.integers(0, 10**5), RATES)
def test_frames_marked_there_come_back_as_the_same_frames(first: int, more: int, fps: float) -> None:
    assert to_frames(to_span(first, first + more, fps), fps) == (first, first + more)


@settings(max_examples=300, deadline=None)
@given(spans, RATES)
def test_the_frames_of_a_span_cover_it_by_less_than_two(span: Span, fps: float) -> None:
    first, last = to_frames(span, fps)
    covered = to_span(first, last, fps)
    assert covered.start <= span.start + 1e-5 / fps
    assert covered.end >= span.end - 1e-5 / fps
    assert span.start - covered.start <= (1 + 1e-5) / fps
    assert covered.end - max(span.end, covered.start) <= (1 + 1e-5) / fps


@settings(max_examples=100, deadline=None)
@given(spans, RATES, st.integers(1, 500))
def test_a_span_moved_there_is_where_its_frames_are(span: Span, fps: float, by: int) -> None:
    (result,) = to_results(shipped(), Said(marks=(("verdict", span),)), fps)
    reach = result["value"]["ranges"][0]
    reach["end"] += by
    assert back([result], fps).marks == (("verdict", to_span(reach["start"], reach["end"], fps)),)


@settings(max_examples=60, deadline=None)
@given(st.lists(spans, max_size=5), RATES, st.sampled_from(["flash", "shot", "lexicon", "speech"]))
def test_evidence_comes_back_the_same(found: list[Span], fps: float, kind: Any) -> None:
    told = tuple(
        Evidence(video="v1", span=span, kind=kind, value={"n": 1}, source="look/2", note="x")
        for span in found
    )
    assert back(to_results(shipped(), Said(evidence=told), fps), fps).evidence == told


def test_a_whole_judgement_comes_back_whole() -> None:
    whole = Said(answers({"audience.factors": [], "edge_case": None}))
    assert back(to_results(shipped(), whole, 25.0), 25.0) == whole


@pytest.mark.parametrize("code", ["13", "1e5", "true", "False", "null", "NaN", "0x1f", "-1"])
def test_no_token_looks_like_a_number(code: str) -> None:
    asked = Question("q", "s", "choice", (code, "AB3"))
    assert [token(option) for option in asked.options] == [f"={code}", "AB3"]
    assert option_of(asked, f"={code}") == code


def test_every_option_has_a_token_of_its_own() -> None:
    for question in ASKED:
        held = [token(option) for option in question.options]
        assert len(set(held)) == len(held)
        assert all(option_of(question, token(option)) is option for option in question.options)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_configuration_has_a_control_for_every_question(language: Any) -> None:
    root = Xml.fromstring(labelling_config(shipped(), language))
    tags = {tag.attrib["name"]: tag for tag in root.iter() if "toName" in tag.attrib}
    assert set(tags) == {"spans", *BY_ID, *(f"note.{name}" for name in BY_ID)}
    for question in ASKED:
        tag = tags[question.id]
        assert tag.tag.lower() == result_type(question)
        if tag.tag == "Choices":
            many = question.kind == "many"
            assert tag.attrib["choice"] == ("multiple" if many else "single")
            aliases = [choice.attrib["alias"] for choice in tag]
            assert aliases == [token(option) for option in question.options] + ["-"] * many
            assert not {one for one in aliases if re.fullmatch("true|false|[0-9.]+", one)}
            assert len({choice.attrib["value"] for choice in tag}) == len(aliases)
    lane = [label.attrib.get("alias", label.attrib["value"]) for label in tags["spans"]]
    assert lane[: len(BY_ID)] == list(BY_ID)
    assert "evidence.flash" in lane
    assert labelling_config(shipped(), language) == labelling_config(shipped(), language)


def choice(name: str, *chosen: Any, kind: str = "choices", key: str = "choices") -> dict[str, Any]:
    return {"from_name": name, "to_name": "video", "type": kind, "value": {key: list(chosen)}}


def stretch(start: Any, end: Any, label: str = "verdict") -> dict[str, Any]:
    value = {"ranges": [{"start": start, "end": end}], "timelinelabels": [label]}
    return {"from_name": "spans", "to_name": "video", "type": "timelinelabels", "value": value}


@pytest.mark.parametrize(
    ("results", "code"),
    [
        ("none", "label-studio-shape"),
        ([3], "label-studio-shape"),
        ([{"from_name": "verdict"}], "label-studio-shape"),
        ([choice("sentiment", "x")], "question-unknown"),
        ([choice("note.sentiment", "x", kind="textarea", key="text")], "question-unknown"),
        ([choice("verdict", "splendid")], "answer-unfit"),
        ([choice("verdict")], "answer-unfit"),
        ([choice("verdict", "x", kind="rating")], "answer-unfit"),
        ([choice("audience.factors", "-", "-")], "answer-unfit"),
        ([choice("confidence", "level-1"), choice("confidence", "level-1")], "answer-twice"),
        ([{**choice("min_age"), "type": "number", "value": {"number": 7.5}}], "answer-unfit"),
        ([{**choice("min_age"), "type": "number", "value": {"number": "7"}}], "answer-unfit"),
        ([choice("note.verdict", 7, kind="textarea", key="text")], "label-studio-shape"),
        ([stretch(0, 5)], "frames"),
        ([stretch(9, 5)], "frames"),
        ([stretch(True, 5)], "frames"),
        ([stretch(1, float("inf"))], "frames"),
        ([stretch(1, 5, "sentiment")], "question-unknown"),
        ([stretch(1, 5, "evidence.ghosts")], "evidence-unknown"),
    ],
)
def test_what_is_not_of_this_guideline_is_refused(results: Any, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        back(results, 25.0)
    assert refused.value.code == code
    assert refused.value.where.startswith("task[0]")


def test_a_number_may_come_as_a_fraction_and_a_text_alone() -> None:
    results = [
        {**choice("min_age"), "type": "number", "value": {"number": 7.0}},
        {**choice("assessable.language", kind="textarea"), "value": {"text": " jv "}},
    ]
    assert back(results, 25.0).answers == {"min_age": 7, "assessable.language": "jv"}
    assert fits(BY_ID["min_age"], 7)
