"""The public Python client: the API of a Tilik server, by a token. It needs no workspace of its own."""

from tilik.client.client import Client

__all__ = ["Client"]
