"""In CI a browser test that failed is tried once more, and named so in the summary: decision 12.

Where what its module shares could not be made, all of that is made anew: a second try in a workspace where
half of a story has been told, with a sign-in link that is used up, could only fail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

NOT_READY = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("CI") == "true":
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    if item.stash.get(NOT_READY, False):
        _let_go_of_the_modules(item)
    item.stash[NOT_READY] = True
    yield
    item.stash[NOT_READY] = False


def _let_go_of_the_modules(item: Any) -> None:
    """Take down the fixtures of the module that this test asks for; pytest has no public way to."""
    for definitions in item._fixtureinfo.name2fixturedefs.values():
        for definition in definitions:
            if definition.scope == "module":
                definition.finish(item._request)
