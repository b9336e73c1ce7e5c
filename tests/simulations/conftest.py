"""The demo frame of a million videos, imported once for all simulations."""

import pytest

from simulations.replicates import Population, make_population


@pytest.fixture(scope="session")
def population(tmp_path_factory: pytest.TempPathFactory) -> Population:
    return make_population(tmp_path_factory.mktemp("population"))
