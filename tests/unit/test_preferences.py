"""Changing a person's settings."""

import pytest

from application.errors import EditRefused
from application.preferences.change_preferences import (
    ChooseLanguage,
    Option,
    PreferenceChange,
    SwitchOption,
    ToggleFavourite,
)
from domain.model import ModelId
from domain.preferences import Preferences
from tests.support.generations import ANN
from tests.support.product import open_product

FOX, OWL = ModelId("fox"), ModelId("owl")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (ChooseLanguage(code="ru"), Preferences(user=ANN, language="ru")),
        (ChooseLanguage(code=None), Preferences(user=ANN)),
        (SwitchOption(option=Option.ORIGINALS, on=True), Preferences(user=ANN, originals=True)),
        (SwitchOption(option=Option.CAPTIONS, on=False), Preferences(user=ANN, captions=False)),
        (SwitchOption(option=Option.SAFE, on=False), Preferences(user=ANN, safe=False)),
        (ToggleFavourite(model_id=FOX), Preferences(user=ANN, favourites=(FOX,))),
    ],
)
async def test_a_change_is_kept(change: PreferenceChange, expected: Preferences) -> None:
    world, product = open_product()
    assert await product.change_preferences()(ANN, change) == expected
    assert await world.preferences.get(ANN) == expected


async def test_the_newest_favourite_comes_first_and_the_second_press_takes_it_away() -> None:
    _, product = open_product()
    change = product.change_preferences()
    for model_id in (FOX, OWL):
        changed = await change(ANN, ToggleFavourite(model_id=model_id))
    assert changed.favourites == (OWL, FOX)
    assert (await change(ANN, ToggleFavourite(model_id=OWL))).favourites == (FOX,)


async def test_a_language_without_texts_is_refused() -> None:
    world, product = open_product()
    with pytest.raises(EditRefused):
        await product.change_preferences()(ANN, ChooseLanguage(code="tlh"))
    assert not world.preferences.preferences
