"""Finding a person by what somebody types in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from tilik.access import Person
from tilik.kernel import Missing


def find_by_name(people: Sequence[Person], name: str) -> Person:
    """The one person of this name, pseudonym or id. Raises ``Missing`` when there are none or several."""
    matches = [person for person in people if name in (person.name, person.pseudonym, person.id)]
    if len(matches) != 1:
        raise Missing(
            "person-missing",
            f"{len(matches)} people are called {name!r}",
            mend="Use the pseudonym, such as R01.",
        )
    return matches[0]
