"""Labels of models on buttons: short enough for a phone, and no two alike on one page, over the whole registry."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from attrs import evolve

from adapters.telegram.api.markup import units
from adapters.telegram.bot.menus.model_label import LEAST_NAME, ROW_LIMIT, row_label, shortened
from adapters.telegram.bot.words import words_for
from domain.model import Model
from domain.reading import Preference
from tests.support.product import open_product
from tests.support.registry import catalog
from tests.support.telegram_journey import TEXTS

NARROWEST = 17
"""Units that a button leaves a name beside the longest usual price."""


def pages() -> Iterator[Sequence[Model]]:
    """What is listed together: a task, a maker, and anything a search may find."""
    models = [one for one in catalog().offered() if not one.is_alias]
    yield models
    yield from ([one for one in models if one.type is type_] for type_ in {one.type for one in models})
    yield from ([one for one in models if one.vendor == vendor] for vendor in {one.vendor for one in models})


@pytest.mark.parametrize("money", [False, True])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_two_models_of_a_page_have_the_same_label(language: str, *, money: bool) -> None:
    _, product = open_product()
    words, notices, prices = words_for(TEXTS, language, money=money), product.notices(), product.person_price()
    for models in pages():
        is_mixed = len({one.type for one in models}) > 1
        labels = [row_label(one, notices, words, prices.usual(one), with_task=is_mixed) for one in models]
        assert [label for label, count in Counter(labels).items() if count > 1] == []
        assert max(map(units, labels)) <= ROW_LIMIT


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_money_goes_before_the_name_does(language: str) -> None:
    _, product = open_product()
    words, prices = words_for(TEXTS, language, money=True), product.person_price()
    said = set()
    for one in catalog().offered():
        price = prices.usual(one)
        label = row_label(one, product.notices(), words, price, with_task=False, mark=Preference.BEST)
        name, _, cost = label.removeprefix("⭐ ").rpartition(" · ")
        assert units(name) >= min(units(f"🎬 {one.short_title}"), LEAST_NAME), label
        assert cost.startswith(evolve(words, money=False).row_price(price))
        said.add("$" in cost)
    assert said == {False, True}


@pytest.mark.parametrize("room", range(NARROWEST, ROW_LIMIT))
def test_a_shortened_name_tells_the_models_of_a_task_apart(room: int) -> None:
    models = [one for one in catalog().offered() if not one.is_alias]
    names = Counter((one.type, shortened(one.short_title, room)) for one in models)
    assert [name for name, count in names.items() if count > 1] == []


def test_a_shortened_name_keeps_a_part_of_every_word() -> None:
    assert shortened("Wan 2.2 Animate Replace", 20) == "Wan 2.2 Anima… Repl…"
    assert shortened("Wan 2.2 Animate Move", 18) == "Wan 2.2 Anim… Move"
    assert shortened("Wan 2.2 Animate Move", 20) == "Wan 2.2 Animate Move"
    assert shortened("ElevenLabs Multilingual v2", 20) == "ElevenL… Multili… v2"
    assert shortened("Recraft Remove Background", 22) == "Recraft Remove Backgr…"
