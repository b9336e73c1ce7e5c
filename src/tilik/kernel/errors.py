"""The one tree of errors that Tilik raises on purpose.

    TilikError
    ├── Invalid       the input is wrong            (HTTP 422, exit 2)
    ├── Refused       permission, lease or policy   (HTTP 403, exit 2)
    ├── Missing       it is not there               (HTTP 404, exit 2)
    ├── Conflict      somebody was there before you (HTTP 409, exit 2)
    └── Unavailable   a service or file cannot be reached now (HTTP 503, exit 2)

Every error says what is wrong, where, and how to mend it. ``code`` is stable: screens
translate by it, tests and clients may rely on it; the sentences may be reworded at any time.
"""

from __future__ import annotations


class TilikError(Exception):
    """What went wrong, for a person and for a program.

    ``code``  stable, kebab-case, e.g. ``lease-expired``;
    ``message``  one plain sentence;
    ``where``  the place: a file and line, a field, a column, an id ("" when there is none);
    ``mend``  what the reader can do about it ("" when nothing can be done).
    """

    def __init__(self, code: str, message: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head.rstrip('.')}. {self.mend}".rstrip()


class Invalid(TilikError):
    """The input cannot be accepted as it is."""


class Refused(TilikError):
    """The input is sound, but this person may not do this now."""


class Missing(TilikError):
    """Nothing of that name or id is here."""


class Conflict(TilikError):
    """The state has moved on: somebody else acted first, or the same act was sent with another body."""


class Unavailable(TilikError):
    """A service, file or program that is needed cannot be reached at the moment."""
