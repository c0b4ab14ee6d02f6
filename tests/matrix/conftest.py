"""The fixture of a homeserver with Synapse's limits on a quicker clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.matrix import synapse as surroundings
from tests.matrix.synapse import Synapse


@pytest.fixture(scope="session")
def quick_synapse() -> Iterator[Synapse]:
    """The bot of a test runs as the module ``quick``, whose pauses are as much shorter."""
    from tests.matrix.evening import quick

    if not surroundings.installed():
        pytest.skip(surroundings.MISSING)
    with Synapse(settings=quick.limits()) as server:
        yield server
