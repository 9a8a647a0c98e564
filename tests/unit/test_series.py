"""What a request key says of a series."""

import pytest

from domain.series import SeriesPlace, place_in_series


def test_a_key_names_its_place_and_all_the_others() -> None:
    place = SeriesPlace(name="abc:1", number=2, count=3)
    assert place_in_series(place.key) == place
    assert place.keys == ("series:abc:1:1/3", "series:abc:1:2/3", "series:abc:1:3/3")


@pytest.mark.parametrize("key", ["draft:abc", "series:abc", "series:abc:0/3", "series::1/3", "series:abc:1/1"])
def test_other_keys_stand_alone(key: str) -> None:
    assert place_in_series(key) is None
