"""``tilik quality people|targets|agreement|forecast``: how right, how alike, how soon."""

from __future__ import annotations

from typing import Annotated

import typer

from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.place import workspace
from tilik.kernel import Estimate
from tilik.quality.people import (
    Targets,
    agreement_in,
    asked_in,
    forecast,
    overlap_in,
    period_of,
    set_targets,
    targets_of,
    team_quality,
)
from tilik.quality.people.forecast import USUAL_DAYS
from tilik.quality.people.wire import (
    AgreedView,
    AgreementView,
    ForecastView,
    PersonQualityView,
    TargetsBody,
    TeamQualityView,
)
from tilik.study import find_study

OneStudy = Annotated[str, typer.Argument(help="The study; may be left out where there is one.")]
Study = Annotated[str, typer.Option(help="In this study; in all without.")]
Since = Annotated[str, typer.Option(help="From this day; eight weeks before the last without.")]
Until = Annotated[str, typer.Option(help="To this day; today without.")]
Of = Annotated[str, typer.Option(help="`verdict`, or the code of a family of labels.")]
FINDINGS = {"none": "–", "open": "continue", "below": "below", "at-target": "fine"}


def people(
    study: Study = "", since: Since = "", until: Until = "", of: Of = "verdict", as_json: AsJson = False
) -> None:
    """Show how right each person is on known items, and their work beside its mix; nobody is ranked.

    A person is flagged only where the whole interval of a rate lies below its target.

    Example: `tilik quality people --since 2026-03-01 --of SYN`
    """
    with workspace() as opened, opened.store.read() as connection:
        identity = find_study(connection, study) if study else ""
        period = period_of(opened.store.clock(), since, until)
        found = team_quality(connection, opened.store.blobs, period, study=identity, of=of)
    told = TeamQualityView.of_team(found)
    if as_json:
        print_json(told.model_dump(mode="json"))
    else:
        _print_team(told)


def targets(
    sensitivity: Annotated[float | None, typer.Option(help="Share of failing videos found.")] = None,
    specificity: Annotated[float | None, typer.Option(help="Share of passing ones left alone.")] = None,
    daily: Annotated[int | None, typer.Option(help="Judgements a day.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Ask nothing but what is named here.")] = False,
    study: Study = "",
    as_json: AsJson = False,
) -> None:
    """Show or set what is asked of everybody, or in one study in its place; what is not named stays as it is.

    Example: `tilik quality targets --sensitivity 0.85 --specificity 0.95 --daily 150`
    """
    with workspace() as opened:
        with opened.store.read() as connection:
            where = find_study(connection, study) if study else ""
        if clear or any(one is not None for one in (sensitivity, specificity, daily)):
            with opened.store.write() as writing:
                before = Targets() if clear else asked_in(writing.connection, where)
                wanted = Targets(
                    before.sensitivity if sensitivity is None else sensitivity,
                    before.specificity if specificity is None else specificity,
                    before.daily if daily is None else daily,
                )
                set_targets(writing, wanted, where)
        with opened.store.read() as connection:
            now = targets_of(connection, where)
    told = TargetsBody(sensitivity=now.sensitivity, specificity=now.specificity, daily=now.daily)
    if as_json:
        print_json(told.model_dump(mode="json"))
    else:
        out.print(f"Targets: {_asked(told)}.", markup=False)


def agreement(
    study: Study = "",
    guideline: Annotated[str, typer.Option(help="The version's hash; the one used last without.")] = "",
    language: Annotated[str, typer.Option(help="Videos in this language of the frame.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show how far people agree on what they judged twice, blind: per question, label, language, version.

    Example: `tilik quality agreement --study march --language id`
    """
    with workspace() as opened, opened.store.read() as connection:
        overlap = overlap_in(connection, opened.store.blobs, find_study(connection, study) if study else "")
        told = AgreementView.of(agreement_in(overlap, guideline=guideline, language=language), overlap)
    if as_json:
        print_json(told.model_dump(mode="json"))
        return
    out.print(f"{told.tasks:,} tasks were judged blind by two of {told.people:,} people.", markup=False)
    for title, rows in (("", told.rows), ("By language", told.languages), ("By version", told.versions)):
        if rows:
            columns = ("", "on", "tasks", "raw", "alpha", "AC1", "kappa")
            print_table(columns, [_agreed(one) for one in rows], title=title)


def forecast_(
    study: OneStudy = "",
    days: Annotated[int, typer.Option(help="Days from which the pace is taken.")] = USUAL_DAYS,
    as_json: AsJson = False,
) -> None:
    """Say when a study will be done at the pace of its last days, with an interval.

    Example: `tilik quality forecast march --days 21`
    """
    with workspace() as opened, opened.store.read() as connection:
        identity = find_study(connection, study)
        told = ForecastView.of(forecast(connection, identity, opened.store.clock(), last_days=days))
    if as_json:
        print_json(told.model_dump(mode="json"))
        return
    out.print(
        f"{told.done:,} judgements done, {told.left:,} to come; "
        f"{sum(told.pace) / len(told.pace):,.1f} a day from {told.since} to {told.until}.",
        markup=False,
    )
    if told.left and told.on is None:
        out.print("At this pace no day can be named.", markup=False)
    elif told.left:
        out.print(f"Done on {told.on} (95 %: {told.earliest} to {told.latest or 'open'}).", markup=False)


def _print_team(told: TeamQualityView) -> None:
    out.print(f"{told.since} to {told.until}, {told.of}. Targets: {_asked(told.targets)}.", markup=False)
    print_table(
        ("person", "sensitivity", "n", "specificity", "n ", "flag", "test"),
        [_right(one) for one in told.people],
    )
    columns = ("person", "judged", "days", "video min", "s per min", "played", "NA", "stops", "languages")
    print_table(columns, [_work(one) for one in told.people])


def _right(one: PersonQualityView) -> tuple[object, ...]:
    right = one.right
    return (
        one.pseudonym + (" (simulated)" if one.simulated else ""),
        _short(right.sensitivity),
        right.sensitivity.n,
        _short(right.specificity),
        right.specificity.n,
        ", ".join(right.below) or "–",
        FINDINGS[right.test],
    )


def _work(one: PersonQualityView) -> tuple[object, ...]:
    work = one.work
    return (
        *(one.pseudonym, work.judged, work.days, round(work.minutes, 1)),
        "–" if work.pace is None else round(work.pace),
        percent(work.seen, 0),
        percent(work.unjudgeable.value, 0),
        work.stopped,
        ", ".join(f"{name} {count}" for name, count in work.languages.items()),
    )


def _agreed(one: AgreedView) -> tuple[object, ...]:
    figures = (one.raw, one.alpha, one.gwet, one.kappa)
    return one.kind, one.name.en if one.kind == "verdict" else one.code, one.raw.n, *map(_plain, figures)


def _plain(found: Estimate) -> str:
    return "–" if found.value is None else f"{found.value:.2f} ({found.low:.2f}–{found.high:.2f})"


def _short(found: Estimate) -> str:
    if found.value is None:
        return "–"
    return f"{percent(found.value, 1)} ({percent(found.low, 1)} to {percent(found.high, 1)})"


def _asked(told: TargetsBody) -> str:
    said = [
        f"{name} {percent(share, 1)}"
        for name, share in (("sensitivity", told.sensitivity), ("specificity", told.specificity))
        if share is not None
    ]
    return ", ".join([*said, *([f"{told.daily:,} a day"] if told.daily else [])]) or "none"


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.command("people")(people)
    parent.command("targets")(targets)
    parent.command("agreement")(agreement)
    parent.command("forecast")(forecast_)
