"""Two reviewers at their desks."""

from __future__ import annotations

import pytest

from review.desk import Desk
from study.making import people
from tilik.access import Person
from tilik.store import Workspace


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    return Desk(workspace)


@pytest.fixture
def sari(workspace: Workspace) -> Person:
    return people(workspace, "Sari")[0]


@pytest.fixture
def budi(workspace: Workspace) -> Person:
    return people(workspace, "Budi")[0]
