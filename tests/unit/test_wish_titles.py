"""Every model on offer, called by its title, as people write it."""

import re
from collections.abc import Callable
from typing import Final

import pytest

from domain.model import Model
from domain.reading import Topic, Wish
from tests.support.registry import catalog
from tests.support.wishes import ranking, reader

MODELS: Final = [one for one in catalog().models() if one.is_offered and not one.is_alias]
IN_RUSSIAN: Final = {
    "kling": "клинг",
    "veo": "вео",
    "seedance": "сиданс",
    "seedream": "сидрим",
    "nano banana": "нано банана",
    "gpt image": "гпт имидж",
    "imagen": "имаген",
    "gemini omni": "джемини омни",
    "gemini": "джемини",
    "wan": "ван",
    "qwen image": "квен имидж",
    "hailuo": "хайло",
    "minimax": "минимакс",
    "flux": "флюкс",
    "kontext": "контекст",
    "ideogram": "идеограм",
    "recraft": "рекрафт",
    "topaz": "топаз",
    "grok imagine": "грок имеджин",
    "runway": "ранвей",
    "aleph": "алеф",
    "suno": "суно",
    "elevenlabs": "элевенлабс",
    "z-image": "з имидж",
    "infinitalk": "инфинитолк",
    "omnihuman": "омнихьюман",
    "pixverse": "пиксверс",
    "happyhorse": "хэппи хорс",
    "motion control": "моушн контрол",
    "image to video": "фото в видео",
    "reference to video": "референс в видео",
    "turbo": "турбо",
    "fast": "фаст",
    "pro": "про",
    "lite": "лайт",
    "flash": "флеш",
    "mini": "мини",
    "ultra": "ультра",
    "master": "мастер",
    "standard": "стандарт",
    "omni": "омни",
    "quality": "качество",
    "edit": "эдит",
    "remix": "ремикс",
    "character": "персонаж",
    "avatar": "аватар",
    "upscale": "апскейл",
    "layers": "слои",
    "tts": "ттс",
}


def in_russian(title: str) -> str:
    said = title.lower()
    for english in sorted(IN_RUSSIAN, key=len, reverse=True):
        said = re.sub(rf"(?<!\w){re.escape(english)}(?!\w)", IN_RUSSIAN[english], said)
    return said


def misspelt(title: str) -> str:
    """Two letters of the name change places; a name with a digit of its own (MiniMax H3) has to be right."""
    name, _, rest = title.lower().partition(" ")
    is_long = len(name) >= 6 and name.isalpha() and not rest.startswith("h3")
    return f"{name[:2]}{name[3]}{name[2]}{name[4:]} {rest}" if is_long else title.lower()


def squeezed(title: str) -> str:
    """No blank before the version, and none of its zeros."""
    return re.sub(r" (?=\d)", "", title.lower(), count=1).replace(".0", "")


def first_for(text: str) -> str:
    ranked = ranking()(reader().read_now(Wish(text=text)))
    return ranked[0].model.id if ranked else ""


@pytest.mark.parametrize("said", [str, str.lower, in_russian, misspelt, squeezed])
def test_a_title_leads_to_its_model(said: Callable[[str], str]) -> None:
    wrong = {said(one.title): first_for(said(one.title)) for one in MODELS if first_for(said(one.title)) != one.id}
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("veo3.1 fast", "veo3_fast"),
        ("нанобанана про", "nano-banana-pro"),
        ("nanobanana2", "nano-banana-2"),
        ("клинг 2,6", "kling-2.6/text-to-video"),
        ("kling v3 turbo", "kling/v3-turbo-text-to-video"),
        ("сиданс 2 фаст", "bytedance/seedance-2-fast"),
        ("ван 2.7 видео эдит", "wan/2-7-videoedit"),
        ("кван имидж 3 про", "qwen3/pro-text-to-image"),
        ("гпт имедж 2.5 флер", "gpt-image-2-5-flare-text-to-image"),
        ("минимакс h3", "minimax-h3/text-to-video"),
        ("Suno Lyrics", "ai-music-api/generate-lyrics"),
    ],
)
def test_a_nickname_with_a_version_leads_to_its_model(text: str, first: str) -> None:
    assert first_for(text) == first


@pytest.mark.parametrize(
    "text", ["sora 2", "есть сора?", "stable diffusion", "is midjourney available?", "а далли 3 есть?"]
)
def test_a_model_that_is_not_on_offer_is_asked_about(text: str) -> None:
    reading = reader().read_now(Wish(text=text))
    assert reading.topic is Topic.AVAILABILITY


@pytest.mark.parametrize("model", [one for one in MODELS if one.type.startswith("text_to")], ids=lambda one: one.id)
def test_a_title_before_a_description_leads_to_its_model(model: Model) -> None:
    reading = reader().read_now(Wish(text=f"{model.title.lower()}: a fox in the snow"))
    assert reading.models
    assert model.id in {one.id for one in reading.models if one.distance == 0}
