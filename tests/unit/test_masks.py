"""Which colour of a mask means what."""

import pytest

from domain.masks import is_light_where_painted, is_mask
from tests.support.registry import catalog


@pytest.mark.parametrize(
    ("model", "parameter", "is_light"),
    [
        ("ideogram/v3-edit", "mask_url", False),
        ("ideogram/character-edit", "mask_url", False),
        ("ideogram/character-remix", "reference_mask_urls", True),
        ("qwen2-1/image-to-image", "mask_url", True),
        ("omnihuman-1-5", "mask_url", True),
    ],
)
def test_what_is_painted_has_the_makers_colour(model: str, parameter: str, is_light: bool) -> None:
    found = catalog().find(model)
    assert found
    assert parameter in found.parameters
    assert is_mask(parameter)
    assert is_light_where_painted(found, parameter) is is_light
