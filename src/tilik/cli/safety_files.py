"""``tilik safety``: the sealed files of stopped videos, and the key that opens them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tilik.cli.answerable import BySafety, officer
from tilik.cli.console import AsJson, err, out, print_json
from tilik.cli.place import workspace
from tilik.kernel import Invalid, Missing
from tilik.safety import new_key, open_files, own_recipient, recipient_set, seal_stopped, set_recipient


def seal(as_json: AsJson = False) -> None:
    """Seal the files of stopped videos that still lie open. `tilik serve` does it by itself.

    Example: `tilik safety seal`
    """
    with workspace() as opened:
        count = seal_stopped(opened)
    if as_json:
        print_json({"sealed": count})
    else:
        out.print(f"{count} files sealed.")


def key(
    recipient: Annotated[
        str, typer.Option(help="Seal for this age recipient (age1…) from now on.", metavar="AGE1…")
    ] = "",
    new: Annotated[
        Path | None, typer.Option("--new", help="Make a key, write it to this new file, and seal for it.")
    ] = None,
    by: BySafety = "",
    as_json: AsJson = False,
) -> None:
    """Say for whose key files are sealed, or set it. What is sealed already keeps the key it was sealed for.

    Without one of your own, the workspace's `safety.key` opens them: whoever can read the server's disk has
    both. With one whose secret half is kept elsewhere, nobody on the server can open them.

    Example: `tilik safety key --new /media/usb/tilik-safety.key --by R07`
    """
    if recipient and new is not None:
        raise Invalid("safety-key", "give --recipient or --new, not both", where="--new")
    with workspace() as opened:
        if recipient or new is not None:
            with opened.store.write(officer(opened, by, "child-safety")) as writing:
                set_recipient(writing, recipient or _made(new))
        with opened.store.read() as connection:
            given = recipient_set(connection)
        told = given or own_recipient(opened)
    if as_json:
        print_json({"recipient": told, "own": given is None})
    else:
        out.print(told, markup=False, soft_wrap=True)
        if given is None:
            err.print("The workspace's own key opens what is sealed: safety.key, beside the database.")


def _made(file: Path | None) -> str:
    assert file is not None
    identity, public = new_key()
    try:
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(identity + "\n")
    except OSError as error:
        raise Invalid("safety-key", f"cannot be written: {error.strerror}", where=str(file)) from None
    return public


def open_(
    escalation: Annotated[str, typer.Argument(help="The escalation, by id.")],
    into: Annotated[
        Path, typer.Option("--out", help="A new folder for the files, each named by its SHA-256.")
    ],
    identity: Annotated[
        Path | None, typer.Option(help="File with the key's secret half; else the workspace's safety.key.")
    ] = None,
    by: BySafety = "",
    as_json: AsJson = False,
) -> None:
    """Open the sealed files of an escalation into a folder, for the authorities. The log keeps who did.

    Nothing is shown. The files are what the law may forbid to hold: hand them over, then delete the folder.

    Example: `tilik safety open 0197… --out /media/usb/case --identity /media/usb/tilik-safety.key`
    """
    with workspace() as opened:
        actor, file = officer(opened, by, "child-safety"), identity or opened.safety_key
        try:
            secret = file.read_text()
        except (OSError, UnicodeDecodeError):
            raise Missing(
                "safety-key", "there is no key here", where=str(file), mend="See --identity."
            ) from None
        files = open_files(opened, escalation, secret, into, actor)
    if as_json:
        print_json({"files": [str(one) for one in files]})
    else:
        out.print(f"{len(files)} files opened into {into}.", markup=False)


def add_to(app: typer.Typer) -> None:
    """Mount these commands."""
    app.command("seal")(seal)
    app.command("key")(key)
    app.command("open")(open_)
