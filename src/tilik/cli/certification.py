"""``tilik certification``: who may judge what is measured, by which rule, and in which languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from tilik.access.languages import languages_of, set_languages
from tilik.access.people import list_people
from tilik.cli.console import AsJson, out, percent, print_json, print_table
from tilik.cli.people import find_by_name
from tilik.cli.place import workspace
from tilik.kernel import Invalid
from tilik.quality.certification import grant, members, odds, revoke, set_rule, unserved
from tilik.quality.certification.wire import AskedOdds, CertificateView, CertifiedView, UnservedView
from tilik.store import Writing
from tilik.study.admission import Asked, CertificationRule, fewest_for, rule_of

app = typer.Typer(
    help="Who may judge what is measured: tests, certificates, languages.", no_args_is_help=True
)
Who = Annotated[str, typer.Argument(help="The person's pseudonym, such as R07.")]
Ground = Annotated[str, typer.Option(help="Why, in one sentence; kept as an erasable text.")]
Language = Annotated[str, typer.Option(help="A language with a test of its own; the general one without.")]
WHY = {
    "nobody": "no reviewer is given this study",
    "language": "no reviewer reads it",
    "certificate": "no reviewer has the certificate",
    "used-up": "every reviewer who could has judged it or given it back",
}


@app.command("show")
def show(as_json: AsJson = False) -> None:
    """Show the rule, who is certified, and the open tasks that nobody can be given.

    Example: `tilik certification show`
    """
    with workspace() as opened, opened.store.read() as connection:
        rule, blobs = rule_of(connection), opened.store.blobs
        people = [CertifiedView.of(one) for one in members(connection, blobs)]
        waiting = [UnservedView.of(one) for one in unserved(connection, blobs)]
    if as_json:
        print_json(
            {
                "rule": rule.model_dump(mode="json"),
                "people": [one.model_dump(mode="json") for one in people],
                "unserved": [one.model_dump(mode="json") for one in waiting],
            }
        )
        return
    out.print(_said(rule), markup=False)
    print_table(
        ("person", "languages", "for", "certificate", "tests", "last test"),
        [_row(person, one) for person in people for one in person.certificates],
    )
    for group in waiting:
        named = ", ".join(group.videos[:5]) + (" …" if group.tasks > 5 else "")
        language = group.language or "unknown language"
        out.print(
            f"{group.tasks:,} open tasks of {group.name} ({language}): {WHY[group.why]}: {named}",
            markup=False,
        )


@app.command("rule")
def rule_(
    need: Annotated[
        bool | None, typer.Option("--need/--need-not", help="Whether what is measured needs a certificate.")
    ] = None,
    ask: Annotated[
        list[str] | None,
        typer.Option(help="verdict=TARGET:UNACCEPTABLE, or a family's code in its place; repeat it."),
    ] = None,
    alpha: Annotated[float | None, typer.Option(help="Chance of failing somebody at the target.")] = None,
    beta: Annotated[float | None, typer.Option(help="Chance of passing somebody unacceptable.")] = None,
    most: Annotated[int | None, typer.Option(help="Items after which a test ends at the latest.")] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(help="Videos in this language have a test of their own; repeat it, or `none`."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show or set the rule of certification; what is not named stays as it is.

    Prints what a test comes to for people of various true shares of right answers: exact, not simulated.

    Example: `tilik certification rule --need --ask verdict=0.97:0.90 --most 120`
    """
    wanted = {"needed": need, "alpha": alpha, "beta": beta, "most": most}
    changes: dict[str, object] = {name: value for name, value in wanted.items() if value is not None}
    changes |= {"asked": [_asked(one) for one in ask]} if ask else {}
    changes |= {"languages": [one for one in language if one != "none"]} if language else {}
    with workspace() as opened:
        if changes:
            with opened.store.write() as writing:
                before = rule_of(writing.connection).model_dump()
                set_rule(writing, _checked({**before, **changes}))
        with opened.store.read() as connection:
            rule = rule_of(connection)
    told = [AskedOdds.told(one.of, odds(rule, one)) for one in rule.asked]
    if as_json:
        listed = [one.model_dump(mode="json") for one in told]
        print_json({"rule": rule.model_dump(mode="json"), "fewest": fewest_for(rule), "odds": listed})
        return
    out.print(_said(rule), markup=False)
    for about in told:
        rows = [
            (
                *(percent(part, 1) for part in (one.rate, one.passes, one.fails, one.undecided)),
                round(one.items),
            )
            for one in about.odds
        ]
        print_table(("truly right", "passes", "below", "not shown", "items"), rows, title=about.of)


@app.command("grant")
def grant_(person: Who, ground: Ground, language: Language = "", as_json: AsJson = False) -> None:
    """Certify somebody for the active guideline without a test.

    Example: `tilik certification grant R07 --ground "Wrote the guideline"`
    """
    _decide(person, as_json, lambda writing, found: grant(writing, found, language, ground))


@app.command("revoke")
def revoke_(person: Who, ground: Ground, language: Language = "", as_json: AsJson = False) -> None:
    """Take a certificate away; its person may take another test.

    Example: `tilik certification revoke R07 --ground "Away for half a year"`
    """
    _decide(person, as_json, lambda writing, found: revoke(writing, found, language, ground))


@app.command("languages")
def languages(
    person: Who,
    codes: Annotated[
        list[str] | None, typer.Argument(help="Codes such as id, jv, su, ms, en; `all` for every one.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show or set the languages of the videos that a person is given.

    Example: `tilik certification languages R07 id su`
    """
    with workspace() as opened:
        with opened.store.read() as connection:
            found = find_by_name(list_people(connection), person)
        if codes:
            with opened.store.write() as writing:
                set_languages(writing, found.id, () if codes == ["all"] else tuple(codes))
        with opened.store.read() as connection:
            now = languages_of(connection, found.id)
    if as_json:
        print_json({"person": found.pseudonym, "languages": list(now)})
    else:
        out.print(f"{found.pseudonym} is given videos in {', '.join(now) or 'every language'}.", markup=False)


def _decide(person: str, as_json: bool, act: Callable[[Writing, str], None]) -> None:
    with workspace() as opened:
        with opened.store.write() as writing:
            found = find_by_name(list_people(writing.connection), person)
            act(writing, found.id)
        with opened.store.read() as connection:
            every = members(connection, opened.store.blobs)
    told = next((CertifiedView.of(one) for one in every if one.person == found.id), None)
    if as_json:
        print_json(told.model_dump(mode="json") if told is not None else {})
    else:
        states = [f"{one.language or 'general'} {one.state}" for one in told.certificates] if told else []
        out.print(f"{found.pseudonym}: {', '.join(states) or 'no reviewer'}.", markup=False)


def _asked(said: str) -> dict[str, object]:
    of, _, rates = said.partition("=")
    target, _, unacceptable = rates.partition(":")
    try:
        return Asked(of=of, target=float(target), unacceptable=float(unacceptable)).model_dump()
    except ValueError as error:
        raise Invalid(
            "rule-unread",
            f"{said!r} is no WHAT=TARGET:UNACCEPTABLE",
            where="--ask",
            mend="Write it as verdict=0.97:0.90.",
        ) from error


def _checked(body: dict[str, object]) -> CertificationRule:
    try:
        return CertificationRule.model_validate(body)
    except ValueError as error:
        raise Invalid(
            "rule-unread", " ".join(str(error).split()[:20]), where="tilik certification rule"
        ) from error


def _said(rule: CertificationRule) -> str:
    asked = ", ".join(
        f"{one.of} {percent(one.target, 0)} against {percent(one.unacceptable, 0)}" for one in rule.asked
    )
    need = "What is measured needs a certificate" if rule.needed else "No certificate is needed"
    own = f"; tests of their own: {', '.join(rule.languages)}" if rule.languages else ""
    return f"{need}. A test asks {asked}, in {fewest_for(rule)} to {rule.most} items{own}."


def _row(person: CertifiedView, one: CertificateView) -> tuple[object, ...]:
    last = "–"
    if one.last is not None:
        shares = [
            f"{result.of} {percent(result.share.value, 1)} of {result.share.n}" for result in one.last.results
        ]
        last = f"{'passed' if one.last.passed else 'not passed'}: {', '.join(shares)}"
    return (
        person.pseudonym + (" (simulated)" if person.simulated else ""),
        " ".join(person.languages) or "every",
        one.language or "general",
        one.state + (f" ({one.source})" if one.source else ""),
        one.tests,
        last,
    )


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="certification")
