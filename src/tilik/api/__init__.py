"""The HTTP door: routes are mounted here and errors are put into words; rules live in the rooms."""

from tilik.api.app import create_app

__all__ = ["create_app"]
