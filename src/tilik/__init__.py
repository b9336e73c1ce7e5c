"""Tilik: judge video aimed at minors with the rigour of a survey institute."""

__version__ = "0.1.0"
