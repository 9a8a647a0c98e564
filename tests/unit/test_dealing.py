"""How the tests of a run are dealt to its workers."""

from itertools import groupby

import pytest

from tests.support.dealing import dealt


@pytest.mark.parametrize("workers", [2, 3, 6])
def test_every_test_is_dealt_once_and_files_stay_whole(workers: int, request: pytest.FixtureRequest) -> None:
    items = request.session.items
    order = dealt(items, workers)
    assert sorted(item.nodeid for item in order) == sorted(item.nodeid for item in items)
    assert len(list(groupby(order, key=lambda item: item.path))) == len({item.path for item in items})
