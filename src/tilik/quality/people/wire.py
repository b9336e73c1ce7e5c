"""What this room sends and takes over HTTP. Pseudonyms only; nobody's rank."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from tilik.guideline import Guideline, Text
from tilik.kernel import Estimate
from tilik.quality.people.agreement import Agreed, Agreement, Kind
from tilik.quality.people.figures import Finding, Rightness, Side
from tilik.quality.people.forecast import Forecast
from tilik.quality.people.known import Source
from tilik.quality.people.naming import name_of
from tilik.quality.people.overlap import Overlap
from tilik.quality.people.targets import Targets
from tilik.quality.people.team import Member, TeamQuality
from tilik.quality.people.work import Work


class TargetsBody(BaseModel):
    """What is asked of everybody, or in one study; null where nothing is."""

    model_config = ConfigDict(extra="forbid")

    sensitivity: float | None = Field(default=None, allow_inf_nan=False)
    specificity: float | None = Field(default=None, allow_inf_nan=False)
    daily: int | None = None

    @property
    def targets(self) -> Targets:
        """As the room keeps them."""
        return Targets(self.sensitivity, self.specificity, self.daily)


class RightnessView(BaseModel):
    """How right one person is: ``below`` names the rates whose whole interval lies below the target."""

    sensitivity: Estimate
    specificity: Estimate
    flagged: bool
    below: list[Side]
    test: Finding
    answers: int
    sources: dict[Source, int]

    @staticmethod
    def of(found: Rightness) -> RightnessView:
        """As it is sent."""
        return RightnessView(
            sensitivity=found.sensitivity,
            specificity=found.specificity,
            flagged=found.flagged,
            below=list(found.below),
            test=found.test,
            answers=found.answers,
            sources=dict(found.sources),
        )


class WorkView(BaseModel):
    """One person's work beside its mix: minutes of video, languages of work, levels 0 to 3 by count."""

    judged: int
    days: int
    reached: int
    minutes: float
    active_seconds: float
    pace: float | None
    seen: float | None
    hardly: Estimate
    unjudgeable: Estimate
    stopped: int
    languages: dict[str, int]
    levels: list[int]

    @staticmethod
    def of(found: Work) -> WorkView:
        """As it is sent."""
        told = {name: getattr(found, name) for name in WorkView.model_fields}
        return WorkView(**{**told, "languages": dict(found.languages), "levels": list(found.levels)})


class OwnQualityView(BaseModel):
    """One's own figures, up to yesterday."""

    right: RightnessView
    work: WorkView

    @staticmethod
    def of(found: Member) -> OwnQualityView:
        """As it is sent."""
        return OwnQualityView(right=RightnessView.of(found.right), work=WorkView.of(found.work))


class PersonQualityView(OwnQualityView):
    """One person under their pseudonym."""

    person: str
    pseudonym: str
    simulated: bool

    @staticmethod
    def of(found: Member) -> PersonQualityView:
        """As it is sent."""
        named = {name: getattr(found, name) for name in ("person", "pseudonym", "simulated")}
        right, work = RightnessView.of(found.right), WorkView.of(found.work)
        return PersonQualityView(right=right, work=work, **named)


class TeamQualityView(BaseModel):
    """Everybody who judged from ``since`` to ``until``, in the order of their pseudonyms.

    ``targets`` hold; ``own_targets`` were set for this study, or for everybody where no study is named.
    """

    study: str
    since: str
    until: str
    of: str
    families: list[str]
    targets: TargetsBody
    own_targets: TargetsBody
    people: list[PersonQualityView]

    @staticmethod
    def of_team(found: TeamQuality) -> TeamQualityView:
        """As it is sent."""
        return TeamQualityView(
            study=found.study,
            since=found.period.first.isoformat(),
            until=found.period.last.isoformat(),
            of=found.of,
            families=list(found.families),
            targets=TargetsBody(**found.targets._asdict()),
            own_targets=TargetsBody(**found.own._asdict()),
            people=[PersonQualityView.of(one) for one in found.people],
        )


class AgreedView(BaseModel):
    """Agreement on one thing, by its code and its name."""

    kind: Kind
    code: str
    name: Text
    raw: Estimate
    alpha: Estimate
    gwet: Estimate
    kappa: Estimate

    @staticmethod
    def of(found: Agreed, name: Text) -> AgreedView:
        """As it is sent."""
        told = {one: getattr(found, one) for one in AgreedView.model_fields if one != "name"}
        return AgreedView(name=name, **told)


class AgreementView(BaseModel):
    """Agreement by one guideline version, in all languages or in one."""

    guideline: str
    language: str
    tasks: int
    people: int
    rows: list[AgreedView]
    languages: list[AgreedView]
    versions: list[AgreedView]

    @staticmethod
    def of(found: Agreement, overlap: Overlap) -> AgreementView:
        """As it is sent."""
        document = overlap.guidelines.get(found.guideline)
        return AgreementView(
            guideline=found.guideline,
            language=found.language,
            tasks=found.tasks,
            people=found.people,
            rows=[AgreedView.of(one, name_of(document, one.code)) for one in found.rows],
            languages=[AgreedView.of(one, Text(id=one.code, en=one.code)) for one in found.languages],
            versions=[AgreedView.of(one, _version(overlap.guidelines[one.code])) for one in found.versions],
        )


def _version(document: Guideline) -> Text:
    said = f"{document.id} {document.version}"
    return Text(id=said, en=said)


class ForecastView(BaseModel):
    """When a study will be done; ``pace`` is judgements by day from ``since`` to ``until``."""

    study: str
    since: str
    until: str
    done: int
    left: int
    pace: list[int]
    days: Estimate
    on: str | None
    earliest: str | None
    latest: str | None

    @staticmethod
    def of(found: Forecast) -> ForecastView:
        """As it is sent."""
        dates = {
            name: day.isoformat() if (day := getattr(found, name)) is not None else None
            for name in ("on", "earliest", "latest")
        }
        return ForecastView(
            study=found.study,
            since=found.period.first.isoformat(),
            until=found.period.last.isoformat(),
            done=found.done,
            left=found.left,
            pace=list(found.pace),
            days=found.days,
            **dates,
        )
