"""The ``tilik`` command: its options, its commands, and how errors end it (one line, exit 2)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from tilik import __version__
from tilik.cli.chosen import chosen
from tilik.cli.console import err
from tilik.cli.doors import Doors
from tilik.kernel import TilikError

app = typer.Typer(
    name="tilik",
    cls=Doors,
    help="Judge video aimed at minors with the rigour of a survey institute.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


INTERRUPTED = 130


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tilik {__version__}")
        raise typer.Exit


@app.callback()
def options(
    workspace: Annotated[
        Path,
        typer.Option("--workspace", "-w", envvar="TILIK_WORKSPACE", help="The workspace's folder."),
    ] = Path("tilik-data"),
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options that stand before the command."""
    del version
    chosen.set(workspace)


def run() -> NoReturn:
    """Entry point: bad input ends with one clear line on stderr and exit code 2."""
    try:
        code = app(standalone_mode=False)
    except TilikError as error:
        _end(str(error))
    except TyperException as error:
        _end(error.format_message())
    except typer.Abort:
        _end("Stopped.", code=1)
    except OSError as error:
        _end(f"{error.filename or 'this machine'}: {error.strerror or error}")
    if code == INTERRUPTED:
        _end("Stopped.", code)
    sys.exit(code if isinstance(code, int) else 0)


def _end(text: str, code: int = 2) -> NoReturn:
    # A group called without a command has printed its help already, and has nothing to add.
    if line := " ".join(text.split()):
        err.print("[bold red]tilik:[/]", end=" ")
        err.print(line, markup=False, soft_wrap=True)
    sys.exit(code)
