"""``tilik webhooks``: other programs are told of what happens here, signed and at least once."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from tilik.cli.console import AsJson, out, print_json
from tilik.cli.place import workspace
from tilik.exchange.webhooks import (
    KINDS,
    Endpoint,
    Sender,
    State,
    add_endpoint,
    deliveries,
    endpoints,
    remove_endpoint,
    resend,
    rotate_secret,
    seal_of,
    send_test,
)
from tilik.kernel import Conflict, Json

app = typer.Typer(help="Signed messages to other programs.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The endpoint's id, as `tilik webhooks list` shows it.")]


@app.command("add")
def add(
    url: Annotated[str, typer.Argument(help="https://…, or http://127.0.0.1:PORT/… on this machine.")],
    kind: Annotated[list[str], typer.Option(help=f"What it is told of, repeatable: {', '.join(KINDS)}.")],
    private: Annotated[
        bool, typer.Option("--private", help="Allow addresses of this machine and the own network.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Tell another program of these kinds of things; the secret is printed once.

    Example: `tilik webhooks add https://hooks.example.org/tilik --kind escalation.raised --kind study.done`
    """
    with workspace() as opened, opened.store.write() as writing:
        secret, made = add_endpoint(writing, seal_of(opened), url, kind, private=private)
    if as_json:
        print_json({**_row(made), "secret": secret})
    else:
        out.print(f"{made.id} is told of {', '.join(made.kinds)}.", markup=False)
        _show_secret(secret)


@app.command("list")
def show(as_json: AsJson = False) -> None:
    """List the endpoints; of an address its host alone is shown.

    Example: `tilik webhooks list`
    """
    with workspace() as opened, opened.store.read() as connection:
        found = endpoints(connection)
    if as_json:
        print_json([_row(one) for one in found])
        return
    for one in found:
        _line(one.id, one.removed_why or "told", one.host, " ".join(one.kinds))


@app.command("rotate")
def rotate(
    endpoint: Name,
    hours: Annotated[int, typer.Option(help="So long the secret before signs too.", min=0, max=720)] = 24,
    as_json: AsJson = False,
) -> None:
    """Give an endpoint a new secret, printed once; both sign until the old one's time is up.

    Example: `tilik webhooks rotate 01999f5e-2a4b-7c3d-9e8f-0a1b2c3d4e5f --hours 48`
    """
    with workspace() as opened, opened.store.write() as writing:
        secret = rotate_secret(writing, seal_of(opened), endpoint, hours=hours)
    if as_json:
        print_json({"id": endpoint, "secret": secret})
    else:
        _show_secret(secret)


@app.command("remove")
def remove(endpoint: Name, as_json: AsJson = False) -> None:
    """Tell an endpoint nothing more; its address and secrets are forgotten.

    Example: `tilik webhooks remove 01999f5e-2a4b-7c3d-9e8f-0a1b2c3d4e5f`
    """
    with workspace() as opened, opened.store.write() as writing:
        remove_endpoint(writing, endpoint)
    _done({"removed": endpoint}, f"{endpoint} is told nothing more.", as_json=as_json)


@app.command("test")
def test(endpoint: Name, as_json: AsJson = False) -> None:
    """Put a test message into the outbox; `tilik serve` or `tilik webhooks send` sends it.

    Example: `tilik webhooks test 01999f5e-2a4b-7c3d-9e8f-0a1b2c3d4e5f`
    """
    with workspace() as opened, opened.store.write() as writing:
        message = send_test(writing, endpoint)
    _done({"message": message}, f"{message} waits to be sent.", as_json=as_json)


@app.command("send")
def send(as_json: AsJson = False) -> None:
    """Send all that is due now, once; for cron where no server runs. `tilik serve` does it by itself.

    Example: `tilik webhooks send`
    """
    with workspace() as opened:
        tried = Sender(opened).send_due()
    _done({"tried": tried}, f"{tried:,} messages tried.", as_json=as_json)


@app.command("messages")
def messages(
    state: Annotated[State | None, typer.Option(help="Those in this state alone.")] = None,
    limit: Annotated[int, typer.Option(help="So many at most.", min=1, max=10_000)] = 100,
    as_json: AsJson = False,
) -> None:
    """List what was told and what came of it, the newest first, without the messages' bodies.

    Example: `tilik webhooks messages --state failed`
    """
    with workspace() as opened, opened.store.read() as connection:
        found = deliveries(connection, state=state, limit=limit)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        tried = f"{one.tries} tries" + (f", {one.status}" if one.status else "")
        _line(one.message, one.state, one.kind, f"to {one.webhook}", tried, one.said)


@app.command("resend")
def again(
    message: Annotated[str, typer.Argument(help="The message's id, as `tilik webhooks messages` shows it.")],
    to: Annotated[str, typer.Option(help="To this endpoint alone; to all that got it if left out.")] = "",
    as_json: AsJson = False,
) -> None:
    """Send a message again under the id that it has, so that a receiver can tell.

    Example: `tilik webhooks resend msg_0f3a5c7e9b1d2f4a6c8e0b2d4f6a8c0e`
    """
    with workspace() as opened, opened.store.write() as writing:
        live = {one.id for one in endpoints(writing.connection) if one.removed_at is None}
        got = {one.webhook for one in deliveries(writing.connection, message=message, limit=10_000)}
        heard = [to] if to else sorted(live & got)
        if not heard:
            raise Conflict("webhook-nobody", "nobody who is told still got such a message", where=message)
        for endpoint in heard:
            resend(writing, message, endpoint)
    listed: list[Json] = [*heard]
    _done({"message": message, "to": listed}, f"{message} waits to be sent again.", as_json=as_json)


def _row(one: Endpoint) -> dict[str, Json]:
    return {**asdict(one), "kinds": list(one.kinds)}


def _line(*parts: str) -> None:
    """One line, however narrow the window: ids are there to be copied."""
    out.print("  ".join(filter(None, parts)), markup=False, soft_wrap=True)


def _show_secret(secret: str) -> None:
    out.print(f"It signs with this secret, shown only now:\n  {secret}", soft_wrap=True)


def _done(told: dict[str, Json], text: str, *, as_json: bool) -> None:
    if as_json:
        print_json(told)
    else:
        out.print(text, markup=False, soft_wrap=True)


def add_to(parent: typer.Typer) -> None:
    """Mount these commands."""
    parent.add_typer(app, name="webhooks")
