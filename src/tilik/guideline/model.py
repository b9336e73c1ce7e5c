"""The guideline: one document, two languages, that drives screen, validation, docs and decisions.

Its JSON form (``model_dump(mode="json")``) is what the API sends and what the content hash covers, but
for ``status``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from tilik.guideline.ages import AgeBands, AgeScheme
from tilik.guideline.ai_response import AiResponse
from tilik.guideline.faults import disagreeing
from tilik.guideline.rules import SumRule, VerdictRule
from tilik.guideline.words import Code, Language, Level, Named, Part, Stated, Text, in_steps
from tilik.kernel import digest

Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$")]
Section = Literal[
    "escalations",
    "assessability",
    "audience",
    "age_bands",
    "families",
    "labels",
    "high_quality",
    "verdict",
    "confidence_scale",
    "casebook",
]


def _from_zero(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    return in_steps(levels, 0)


def _from_one(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    return in_steps(levels, 1)


FromZero = Annotated[tuple[Level, ...], AfterValidator(_from_zero)]
FromOne = Annotated[tuple[Level, ...], AfterValidator(_from_one)]


class Escalation(Part):
    """A reason to stop work at once; never a quality label. ``lock`` hides the item from everyone else."""

    code: Code
    name: Text
    action: Text
    sla_minutes: Annotated[int, Field(ge=1)]
    lock: bool
    text_fields_disabled: bool


class NotAssessable(Part):
    """Why a video cannot be judged by this person now.

    ``hands_back``  the task goes to somebody else; otherwise nobody could judge it, and it is settled so.
    """

    code: Code
    name: Text
    ask_language: bool = False
    no_penalty: bool = False
    hands_back: bool = False


class Assessability(Part):
    """The first gate. ``languages`` are offered when a code asks for the language; others may be written."""

    yes: Text
    language_question: Text
    languages: tuple[Named, ...]
    codes: tuple[NotAssessable, ...]


class AudienceValue(Part):
    """One kind of audience."""

    code: Code
    name: Text
    definition: Text


class Factor(Part):
    """A sign that a video addresses children; negative weights speak against it."""

    code: Code
    weight: int
    text: Text


class Audience(Part):
    """Whom the video speaks to: what was seen (factors), what that suggests (rules), and the choice."""

    factors_question: Text
    factors: tuple[Factor, ...]
    values: tuple[AudienceValue, ...]
    rules: tuple[SumRule, ...]
    note: Text


class Family(Part):
    """A group of labels behind one yes/no question."""

    code: Code
    name: Text
    quick: Text


class DsaMap(Part):
    """Where a label belongs in the transparency database of the EU Digital Services Act."""

    dsa_category: Annotated[str, StringConstraints(pattern=r"^STATEMENT_CATEGORY_[A-Z_]+$")]
    dsa_keyword: Annotated[str, StringConstraints(pattern=r"^KEYWORD_[A-Z_]+$")]
    dsa_also: tuple[Annotated[str, StringConstraints(pattern=r"^STATEMENT_CATEGORY_[A-Z_]+$")], ...] = ()


class Label(Part):
    """Something that can be wrong with a video, from level 0 (not present) to the top of the scale.

    ``ages`` are the bands it matters to, ``prefer`` the labels to take instead where both would fit,
    ``signals`` the machine measurements that may help to see it.
    """

    code: Code
    family: Code
    name: Text
    definition: Text
    ask: tuple[Text, ...]
    severity: FromOne
    ages: tuple[Code, ...]
    example_yes: Text | None = None
    example_no: Text | None = None
    edge_case: Text | None = None
    prefer: tuple[Code, ...] = ()
    signals: tuple[Code, ...] = ()
    map: DsaMap


class Strength(Part):
    """Something good about a video."""

    code: Code
    name: Text
    definition: Text
    ask: Text


class VerdictValue(Named):
    """One overall judgement. ``fails``: not fit to be recommended to minors; prevalence counts these."""

    fails: bool = False


class Verdict(Part):
    """The overall judgement, and the rules that propose it: the first that holds."""

    values: tuple[VerdictValue, ...]
    rules: tuple[VerdictRule, ...]


class Step(Part):
    """One step of the form, in keyboard order; ``uses`` is the section its questions come from."""

    step: Code
    uses: Section
    title: Text
    question: Text
    note: Text | None = None


class Casebook(Part):
    """The kinds of difficult cases and missing content, and the states a case passes through."""

    edge_case_types: tuple[Named, ...]
    content_gap_types: tuple[Named, ...]
    states: tuple[Named, ...]


def _each_section_once(flow: tuple[Step, ...]) -> tuple[Step, ...]:
    uses = [step.uses for step in flow]
    twice = sorted({use for use in uses if uses.count(use) > 1})
    if twice:
        raise disagreeing("flow-twice", uses=", ".join(twice))
    if "assessability" not in uses:
        raise disagreeing("flow-first")
    return flow


def _both_languages(languages: tuple[Language, ...]) -> tuple[Language, ...]:
    if sorted(languages) != ["en", "id"]:
        raise disagreeing("languages")
    return languages


class Guideline(Part):
    """A whole guideline. Make one with :func:`tilik.guideline.load`, which also checks every reference."""

    format: Literal[1]
    id: Code
    version: Version
    status: Literal["draft", "trial", "active", "retired"]
    languages: Annotated[tuple[Language, ...], AfterValidator(_both_languages)]
    primary_language: Language
    name: Text
    summary: Text
    principles: tuple[Stated, ...]
    age_bands: AgeBands
    age_schemes: tuple[AgeScheme, ...]
    severity_scale: FromZero
    strength_scale: FromZero
    confidence_scale: FromOne
    signals: tuple[Named, ...]
    escalations: tuple[Escalation, ...]
    assessability: Assessability
    audience: Audience
    families: tuple[Family, ...]
    labels: tuple[Label, ...]
    high_quality: tuple[Strength, ...]
    verdict: Verdict
    flow: Annotated[tuple[Step, ...], AfterValidator(_each_section_once)]
    casebook: Casebook
    ai_response: AiResponse

    def starts(self, label: Label) -> tuple[int, ...]:
        """The ages (years) at which the bands that a label matters to begin."""
        return tuple(band.from_ for band in self.age_bands if band.code in label.ages)


def content_hash(guideline: Guideline) -> str:
    """SHA-256 (hex) of the guideline's canonical JSON; comments and layout of the file do not enter.

    Neither does ``status``: where a version stands in its life is a fact about a workspace, which its log
    holds, and activating a version must not make another one of it.
    """
    return digest(guideline.model_dump(mode="json", exclude={"status"}))
