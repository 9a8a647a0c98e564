"""What a model's own parameters tell of its reach."""

from collections.abc import Mapping

import pytest

from adapters.fluent_texts import load_texts
from adapters.telegram.bot.card.values import heading
from adapters.telegram.bot.words import words_for
from domain.capabilities import Capabilities, capabilities
from domain.media import MediaKind
from domain.model import Model, ModelId, ModelStatus, ModelType, Parameter, ParameterType
from tests.support.registry import catalog


def model(*parameters: Parameter) -> Model:
    return Model(
        id=ModelId("some/model"),
        title="Some <Model>",
        vendor="Some Vendor",
        type=ModelType.TEXT_TO_VIDEO,
        output=MediaKind.VIDEO,
        status=ModelStatus.CURRENT,
        parameters={parameter.name: parameter for parameter in parameters},
    )


def choice(name: str, *values: str | int) -> Parameter:
    return Parameter(name=name, type=ParameterType.ENUM, values=values)


def number(low: float | None, high: float | None) -> Parameter:
    return Parameter(name="duration", type=ParameterType.INTEGER, minimum=low, maximum=high)


def pictures(name: str, most: int | None) -> Parameter:
    return Parameter(name=name, type=ParameterType.ARRAY, media=MediaKind.IMAGE, maximum=most)


def test_a_model_without_such_parameters_promises_nothing() -> None:
    assert capabilities(model(choice("style", "oil", "ink"))) == Capabilities()


@pytest.mark.parametrize(
    ("parameter", "lengths"),
    [
        (choice("duration", "10", "5"), [5, 10]),
        (choice("duration", "5", "auto"), [5]),
        (number(3, 5), [3, 4, 5]),
        (number(0, 10), []),
        (number(3, None), []),
    ],
)
def test_lengths_are_those_that_can_be_chosen(parameter: Parameter, lengths: list[int]) -> None:
    assert list(capabilities(model(parameter)).lengths_s) == lengths


@pytest.mark.parametrize(
    ("values", "resolution"),
    [
        (("720p", "1080p", "4k"), "4K"),
        (("768P", "2K"), "2K"),
        (("720", "1080"), "1080p"),
        (("auto", "1K", "1.5K"), "1.5K"),
        (("basic", "high"), None),
    ],
)
def test_the_sharpest_tier_is_named_alike_however_the_model_writes_it(
    values: tuple[str, ...], resolution: str | None
) -> None:
    assert capabilities(model(choice("resolution", *values))).resolution == resolution


def test_of_several_lists_of_pictures_the_longest_counts_and_masks_do_not() -> None:
    lists = [pictures("image_urls", 3), pictures("reference_image_urls", 9), pictures("mask_url", 16)]
    assert capabilities(model(*lists)).pictures == 9
    assert capabilities(model(pictures("image_urls", 1))).pictures is None


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Shoots a video from your words.</i>\n<i>5, 10 s · up to 1080p · takes up to 9 pictures</i>"),
        ("ru", "Снимает видео по вашему описанию.</i>\n<i>5, 10 с · до 1080p · берёт до 9 картинок</i>"),
    ],
)
def test_a_card_begins_with_what_the_model_does(language: str, said: str) -> None:
    about = model(choice("duration", 5, 10), choice("resolution", "720p", "1080p"), pictures("image_urls", 9))
    shown = heading(about, words_for(load_texts(), language))
    assert shown == f"<b>Some &lt;Model&gt;</b> · Some Vendor\n<i>{said}"


@pytest.mark.parametrize("language", load_texts().languages)
def test_every_head_stays_short(language: str) -> None:
    words = words_for(load_texts(), language)
    lines: Mapping[str, list[str]] = {one.id: heading(one, words).splitlines() for one in catalog().models()}
    assert {name: shown for name, shown in lines.items() if len(shown) > 3 or max(map(len, shown)) > 110} == {}
