"""The commands' workspace serves the client's tests as well."""

from cli.conftest import frame, ready, tilik

__all__ = ["frame", "ready", "tilik"]
