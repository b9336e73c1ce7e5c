"""The second try of a browser test starts where the first one did."""

from __future__ import annotations

import pytest

STORY = """
import pytest

pytestmark = pytest.mark.browser
PLACES = []

@pytest.fixture(scope="module")
def place():
    PLACES.append([])
    yield PLACES[-1]
    PLACES[-1].append("gone")

@pytest.fixture(scope="module")
def told(place):
    assert place == []
    place.append("told")
    assert len(PLACES) > {fails}, "a standstill"
    return place

def test_first(told): assert told == ["told"]
def test_next(told): assert told == ["told"]
"""


@pytest.mark.parametrize(
    ("ci", "fails", "outcomes"),
    [
        ("true", 0, {"passed": 2}),
        ("true", 1, {"passed": 2, "rerun": 1}),
        ("true", 9, {"errors": 2, "rerun": 2}),
        ("", 1, {"errors": 2}),
    ],
)
def test_what_the_module_shares_is_made_anew(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    ci: str,
    fails: int,
    outcomes: dict[str, int],
) -> None:
    monkeypatch.setenv("CI", ci)
    pytester.makeini("[pytest]\nmarkers = browser: drives Chromium")
    pytester.makepyfile(STORY.format(fails=fails))
    result = pytester.runpytest("-p", "second_try")
    assert {name: n for name, n in result.parseoutcomes().items() if n} == outcomes
