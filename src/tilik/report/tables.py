"""Tables for authorities: accuracy of automated means, people by language, the seven aspects, ages."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel
from sqlalchemy import Connection, func, select

from tilik.guideline import CLEAR, Decision, Text
from tilik.kernel import Estimate
from tilik.log import Blobs
from tilik.measure import StudyFacts, classify, gather, usual_threshold
from tilik.measure.classifiers import chosen_score
from tilik.report.rules import Aspect, dsa_rules, tunas_rules
from tilik.report.source import share_of
from tilik.store.tables import judgement, task

FEWEST_PEOPLE = 3
"""Fewer people in a language are told as "below three", so that nobody is pointed at."""
NO_SCORE = Text(
    id="Tidak ada cara otomatis: kerangka tidak membawa skor.",
    en="No automated means: the frame has no score.",
)


class Means(BaseModel):
    """One figure of automated means."""

    code: str
    name: Text
    estimate: Estimate


class Speakers(BaseModel):
    """People who judged videos in a language; ``people`` None below three. ``official``: the DSA's code."""

    language: str
    official: str | None
    people: int | None
    videos: int


class Transparency(BaseModel):
    """Sections 1.6 and 1.7 of the harmonised transparency report: automated means, and moderators."""

    study: str
    score: str | None
    threshold: float | None
    means: list[Means]
    people: list[Speakers]
    gaps: list[Text]
    source: str


class AspectShare(BaseModel):
    """One of the seven aspects: share of views with a clear label that bears on it, the worst label first."""

    code: str
    name: Text
    labels: list[str]
    estimate: Estimate
    failing: Estimate
    youngest: int | None


class Tunas(BaseModel):
    """The seven aspects of PP TUNAS's self-assessment, as far as the content speaks to them."""

    study: str
    guideline: str
    aspects: list[AspectShare]
    gaps: list[Text]
    source: str


class AgeClass(BaseModel):
    """A class of an age scheme: share of views whose minimum age reads as it."""

    code: str
    name: Text
    estimate: Estimate


class AgeTable(BaseModel):
    """A minimum age in one scheme; ``note`` says how far the read-out holds, ``source`` where it is from."""

    scheme: str
    name: Text
    note: Text
    source: str
    classes: list[AgeClass]


def transparency(connection: Connection, blobs: Blobs, study: str) -> Transparency:
    """Accuracy and error rates of the score that acts, and people by language. Raises as ``classify``."""
    facts = gather(connection, blobs, study)
    score = chosen_score(facts)
    at = None if score is None else usual_threshold(connection, blobs, study, score)
    means = [] if score is None or at is None else _means(connection, blobs, study, score, at)
    gaps = [] if score else [NO_SCORE]
    if "language" not in facts.population.domains:
        gaps.append(Text(id="Kerangka tidak punya kolom language.", en="The frame has no column language."))
    return Transparency(
        study=facts.study.name,
        score=score,
        threshold=at,
        means=means,
        people=_people(connection, facts),
        gaps=gaps,
        source=dsa_rules().source,
    )


def _means(connection: Connection, blobs: Blobs, study: str, score: str, at: float) -> list[Means]:
    found = {one.code: one for one in classify(connection, blobs, study, score, at).figures}
    errors = {
        "precision": Text(id="Tingkat kekeliruan tindakan otomatis", en="Error rate of automated action"),
        "recall": Text(id="Bagian yang terlewat", en="Share missed"),
    }
    return [
        *(Means(code=code, name=one.name, estimate=one.estimate) for code, one in found.items()),
        *(
            Means(code=f"1-{code}", name=name, estimate=_rest(found[code].estimate))
            for code, name in errors.items()
        ),
    ]


def _rest(one: Estimate) -> Estimate:
    """What is left to one."""
    value = None if one.value is None else 1 - one.value
    told = {"value": value, "low": 1 - one.high, "high": 1 - one.low, "of": f"1 - {one.of}"}
    return Estimate.model_validate({**one.model_dump(), **told})


def _people(connection: Connection, facts: StudyFacts) -> list[Speakers]:
    if "language" not in facts.population.domains:
        return []
    spoken = dict(zip(facts.videos, facts.population.domain("language", facts.videos).tolist(), strict=True))
    rows = connection.execute(
        select(task.c.video, judgement.c.person, func.count())
        .join(judgement, judgement.c.task == task.c.id)
        .where(task.c.study == facts.study.id)
        .group_by(task.c.video, judgement.c.person)
    )
    people: dict[str, set[str]] = {}
    videos: dict[str, set[str]] = {}
    for name, person, _ in rows:
        people.setdefault(spoken[name], set()).add(person)
        videos.setdefault(spoken[name], set()).add(name)
    return [
        Speakers(
            language=language,
            official=dsa_rules().spoken.get(language),
            people=len(found) if len(found) >= FEWEST_PEOPLE else None,
            videos=len(videos[language]),
        )
        for language, found in sorted(people.items(), key=lambda one: (-len(videos[one[0]]), one[0]))
    ]


def tunas(connection: Connection, blobs: Blobs, study: str) -> Tunas:
    """The seven aspects by what was judged. Raises ``Missing``."""
    facts = gather(connection, blobs, study)
    gap = Text(
        id="Hanya isi video yang dinilai; fitur layanan (kontak, pembelian, data) dinilai terpisah.",
        en="Only what videos show is judged; the service's features (contact, sales, data) are apart.",
    )
    return Tunas(
        study=facts.study.name,
        guideline=f"{facts.guideline.id} {facts.guideline.version}",
        aspects=[_aspect(facts, one) for one in tunas_rules().aspects],
        gaps=[gap],
        source=tunas_rules().source,
    )


def _aspect(facts: StudyFacts, aspect: Aspect) -> AspectShare:
    among = [
        label.code
        for label in facts.guideline.labels
        if (label.code in aspect.of or label.family in aspect.of) and label.code not in aspect.but
    ]
    starts = [
        min(facts.guideline.starts(label), default=0)
        for label in facts.guideline.labels
        if label.code in among
    ]
    return AspectShare(
        code=aspect.code,
        name=aspect.name,
        labels=among,
        estimate=share_of(facts, _at_least(among, CLEAR), f"a clear label of {aspect.code}"),
        failing=share_of(facts, _at_least(among, CLEAR + 1), f"a grave label of {aspect.code}"),
        youngest=min(starts, default=None),
    )


def _at_least(codes: list[str], level: int) -> Callable[[Decision], bool]:
    return lambda decision: any(decision.labels.get(code, 0) >= level for code in codes)


def ages(connection: Connection, blobs: Blobs, study: str) -> list[AgeTable]:
    """The judged minimum ages, read out in each scheme of the guideline. Raises ``Missing``."""
    facts = gather(connection, blobs, study)
    sources = tunas_rules().schemes
    return [
        AgeTable(
            scheme=scheme.code,
            name=scheme.name,
            note=scheme.note,
            source=sources.get(scheme.code, "the guideline"),
            classes=[
                AgeClass(
                    code=one.code,
                    name=one.name,
                    estimate=share_of(facts, _reads(scheme.code, one.code), f"{scheme.code} {one.code}"),
                )
                for one in scheme.classes
            ],
        )
        for scheme in facts.guideline.age_schemes
    ]


def _reads(scheme: str, code: str) -> Callable[[Decision], bool]:
    def reads(decision: Decision) -> bool:
        found = decision.ages.get(scheme)
        return found is not None and found.code == code

    return reads
