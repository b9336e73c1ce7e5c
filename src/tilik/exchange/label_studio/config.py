"""The labelling configuration: a guideline as Label Studio's tags.

Every question is a control named by its id, every option a choice whose ``alias`` is its token, so that
names may be translated and answers stay the same. One timeline holds the spans: a label for each question
that a span may be marked for, and one for each kind of evidence, which only predictions use.
"""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from typing import get_args

from tilik.exchange.controls import NONE, every_question, option_title, title_of, token
from tilik.guideline import Guideline, Language, Question, Text
from tilik.kernel import EvidenceKind

VIDEO, SPANS, NOTE, EVIDENCE = "video", "spans", "note.", "evidence."
TYPES = {"many": "choices", "age": "number", "language": "textarea"}
"""Kinds of question that are no single choice, and the type of their results."""

_SPANS = Text(id="Rentang waktu", en="Time spans")
_NOTE = Text(id="Alasan atau catatan", en="Reason or remark")


def result_type(question: Question) -> str:
    """The type that Label Studio gives the results of this question."""
    return TYPES.get(question.kind, "choices")


def labelling_config(guideline: Guideline, language: Language = "id") -> str:
    """The configuration in XML; the same guideline and language give the same text."""
    root = Xml.Element("View")
    asked = every_question(guideline)
    Xml.SubElement(root, "Header", value="$title")
    Xml.SubElement(root, "Video", name=VIDEO, value="$video", frameRate="$fps", timelineHeight="120")
    Xml.SubElement(root, "Header", value=getattr(_SPANS, language), size="5")
    _timeline(root, guideline, asked, language)
    for question in asked:
        _question(_shown_when(root, guideline, question), guideline, question, language)
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode") + "\n"


def _timeline(
    root: Xml.Element, guideline: Guideline, asked: tuple[Question, ...], language: Language
) -> None:
    lane = Xml.SubElement(root, "TimelineLabels", name=SPANS, toName=VIDEO)
    for question in asked:
        name = f"{question.id} · {title_of(guideline, question, language)}"
        Xml.SubElement(lane, "Label", value=name, alias=question.id)
    for kind in get_args(EvidenceKind):
        Xml.SubElement(lane, "Label", value=EVIDENCE + kind, background="#868e96")


def _shown_when(root: Xml.Element, guideline: Guideline, question: Question) -> Xml.Element:
    """Labels wait for their family's yes, the language for the code that asks for it; hidden, not absent."""
    if question.id.startswith("label."):
        label = next(one for one in guideline.labels if one.code == question.entity)
        tag, value = f"family.{label.family}", token(True)
    elif question.id == "assessable.language":
        codes = [token(one.code) for one in guideline.assessability.codes if one.ask_language]
        tag, value = "assessable", ",".join(codes)
    else:
        return Xml.SubElement(root, "View")
    when = {"visibleWhen": "choice-selected", "whenTagName": tag, "whenChoiceValue": value}
    return Xml.SubElement(root, "View", when)


def _question(place: Xml.Element, guideline: Guideline, question: Question, language: Language) -> None:
    Xml.SubElement(place, "Header", value=title_of(guideline, question, language), size="5")
    named = {"name": question.id, "toName": VIDEO}
    if question.kind == "age":
        oldest = max(age for age in question.options if isinstance(age, int))
        Xml.SubElement(place, "Number", named, min="0", max=str(oldest), step="1")
    elif question.kind == "language":
        Xml.SubElement(place, "TextArea", named, maxSubmissions="1", rows="1", editable="true")
    else:
        many = question.kind == "many"
        choice, row = "multiple" if many else "single", "false" if many else "true"
        tag = Xml.SubElement(place, "Choices", named, choice=choice, showInline=row)
        for option in (*question.options, *([None] if many else [])):
            said = option_title(guideline, question, option, language)
            Xml.SubElement(tag, "Choice", value=said, alias=NONE if option is None else token(option))
    remark = {"name": NOTE + question.id, "toName": VIDEO, "placeholder": getattr(_NOTE, language)}
    Xml.SubElement(place, "TextArea", remark, rows="1", maxSubmissions="1", editable="true")
