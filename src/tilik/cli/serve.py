"""``tilik serve``: the browser's side of the workspace."""

from __future__ import annotations

import socket
from typing import Annotated

import typer
import uvicorn

from tilik.access import issue_link, list_people
from tilik.api import create_app
from tilik.api.app import LOCAL_HOSTS
from tilik.cli.console import err, out
from tilik.cli.media_screen import warn_unscreened
from tilik.cli.place import workspace
from tilik.exchange.webhooks import sending
from tilik.kernel import Missing, Unavailable
from tilik.safety import sealing
from tilik.store import Workspace, web_folder


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.", min=0, max=65535)] = 8765,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="Host name that browsers use, behind a proxy.")
    ] = None,
    link: Annotated[bool, typer.Option(help="Print a sign-in link for the first administrator.")] = True,
) -> None:
    """Serve the bench and the measurement page on this machine; send what webhooks are to be told; seal
    the files of stopped videos.

    Example: `tilik serve --port 8765`
    """
    with workspace() as opened:
        serve_workspace(opened, host=host, port=port, names=tuple(name or ()), link=link)


def serve_workspace(
    opened: Workspace,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    names: tuple[str, ...] = (),
    link: bool = True,
) -> None:
    """Serve until interrupted. Raises ``Unavailable`` when the port is taken."""
    listening = _listen(host, port)
    url = f"http://{names[0] if names else host}:{listening.getsockname()[1]}"
    if web_folder() is None:
        err.print("The web app is not built: run `make setup`. Only the API answers.")
    warn_unscreened(opened)
    if link:
        out.print(f"Sign in once with:\n  {url}/sign-in#{_first_admin_link(opened)}", soft_wrap=True)
    else:
        out.print(f"Serving on {url}")
    app = create_app(opened, hosts=(*LOCAL_HOSTS, host, *names))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, proxy_headers=False))
    with sending(opened), sealing(opened):
        server.run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only where the protocol is named; without it each answer waits 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise Unavailable(
            "port-taken",
            f"cannot listen: {error.strerror}",
            where=f"{host}:{port}",
            mend="Choose another --port.",
        ) from None
    listening.listen(128)
    return listening


def _first_admin_link(opened: Workspace) -> str:
    with opened.store.write() as writing:
        admins = [p for p in list_people(writing.connection) if p.active and "admin" in p.roles]
        if not admins:
            raise Missing(
                "admin-missing", "nobody here administers", mend="Make a workspace with `tilik init`."
            )
        return issue_link(writing, admins[0].id)


def add_to(app: typer.Typer) -> None:
    """Mount this command."""
    app.command()(serve)
