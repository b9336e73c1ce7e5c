"""``tilik token``: tokens by which programs call the API for a person."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, cast

import typer

from tilik.access import Person, Scope, Token, issue_token, list_people, list_tokens, revoke_token
from tilik.cli.console import AsJson, out, print_json, print_table
from tilik.cli.people import find_by_name
from tilik.cli.place import workspace
from tilik.kernel import Json

app = typer.Typer(help="Tokens by which programs call the API for a person.", no_args_is_help=True)


@app.command("issue")
def issue(
    name: Annotated[str, typer.Argument(help="Name or pseudonym of the person.")],
    label: Annotated[str, typer.Option(help="What it is for: small letters, digits, hyphens.")],
    scope: Annotated[
        list[str], typer.Option(help="read (look), write (change) or export (take data away); repeatable.")
    ],
    days: Annotated[int, typer.Option(help="How long it is good for.", min=1, max=366)] = 90,
    as_json: AsJson = False,
) -> None:
    """Make a token for a person; its secret is printed once and kept nowhere.

    It opens what the person's roles open, as far as its scopes go, and nothing of how people sign in.
    Programs send it as `Authorization: Bearer SECRET`.

    Example: `tilik token issue R01 --label nightly --scope read --scope export`
    """
    with workspace() as opened, opened.store.write() as writing:
        person = find_by_name(list_people(writing.connection), name)
        scopes = cast(tuple[Scope, ...], tuple(scope))
        secret, made = issue_token(writing, person.id, label=label, scopes=scopes, days=days)
    if as_json:
        print_json({**_row(made, person), "secret": secret})
    else:
        out.print(f"Good until {made.expires_at[:10]}, and shown only now:\n  {secret}", soft_wrap=True)


@app.command("list")
def show(as_json: AsJson = False) -> None:
    """List every token with its person, scopes and end.

    Example: `tilik token list --json`
    """
    with workspace() as opened, opened.store.read() as connection:
        people = {person.id: person for person in list_people(connection)}
        tokens = list_tokens(connection)
    if as_json:
        print_json([_row(token, people[token.person]) for token in tokens])
        return
    print_table(
        ("id", "person", "label", "scopes", "until"),
        [
            (
                token.id,
                people[token.person].pseudonym,
                token.label,
                " ".join(token.scopes),
                "revoked" if token.revoked_at else token.expires_at[:10],
            )
            for token in tokens
        ],
    )


@app.command("revoke")
def revoke(
    token: Annotated[str, typer.Argument(help="The token's id, as `tilik token list` shows it.")],
    as_json: AsJson = False,
) -> None:
    """Make a token worthless at once.

    Example: `tilik token revoke 01999f5e-2a4b-7c3d-9e8f-0a1b2c3d4e5f`
    """
    with workspace() as opened, opened.store.write() as writing:
        revoke_token(writing, token)
    if as_json:
        print_json({"revoked": token})
    else:
        out.print(f"Token {token} opens nothing any more.", markup=False)


def _row(token: Token, person: Person) -> dict[str, Json]:
    return {**asdict(token), "person": person.pseudonym, "scopes": list(token.scopes)}


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="token")
