"""Which colour of a mask means what."""

import pytest

from domain.masks import is_colour_known, is_light_where_painted, is_mask
from tests.support.registry import catalog


@pytest.mark.parametrize(
    ("model", "parameter", "is_light", "is_known"),
    [
        ("ideogram/v3-edit", "mask_url", False, True),
        ("ideogram/character-edit", "mask_url", False, True),
        ("ideogram/character-remix", "reference_mask_urls", True, False),
        ("qwen2-1/image-to-image", "mask_url", True, True),
        ("omnihuman-1-5", "mask_url", True, False),
    ],
)
def test_what_is_painted_has_the_makers_colour(model: str, parameter: str, is_light: bool, is_known: bool) -> None:
    found = catalog().find(model)
    assert found
    assert parameter in found.parameters
    assert is_mask(parameter)
    assert is_light_where_painted(found, parameter) is is_light
    assert is_colour_known(found, parameter) is is_known
