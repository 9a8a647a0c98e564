"""Names and nicknames of models, heard anywhere in a text."""

import pytest

from adapters.local_wish_reader.names import NameFinder
from adapters.local_wish_reader.tokens import plain
from adapters.yaml_catalog.names import load_names
from domain.reading import Wish
from tests.support.registry import REGISTRY, catalog
from tests.support.wishes import ranking, reader

FINDER = NameFinder(catalog().models(), load_names(REGISTRY.parent / "model_aliases.yaml"))


def named(text: str) -> list[str]:
    return [str(one.id) for mention in FINDER.find(plain(text)) for one in mention.models]


@pytest.mark.parametrize(
    ("text", "count", "prompt"),
    [
        ("draw four versions of an old tram", 4, "an old tram"),
        ("3 posters of an old tram", 3, "posters of an old tram"),
        ("make 2 logos for a tram depot", 2, "logos for a tram depot"),
        ("четыре варианта про старый трамвай", 4, "старый трамвай"),
        ("zwei Poster für ein Depot", 2, "Poster für ein Depot"),
    ],
)
async def test_what_is_counted_stays_in_the_prompt_where_it_says_what_is_wanted(
    text: str, count: int, prompt: str
) -> None:
    reading = await reader().read(Wish(text=text))
    assert (reading.parameters.get("count"), reading.prompt) == (count, prompt)


async def test_one_picture_is_what_every_model_makes() -> None:
    one = await reader().read(Wish(text="ein Poster für ein Depot"))
    assert one.parameters == {"count": 1}
    assert ranking()(one)[0].model.id == "gpt-image-2-5-sunburst-text-to-image"


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("suno v5 a march for brass", "a march for brass"),
        ("midjourney v7, an old tram", "an old tram"),
        ("stable diffusion xl, an old tram", "an old tram"),
        ("z image turbo, an old tram", "an old tram"),
        ("дали 3, старый трамвай", "старый трамвай"),
        ("суно, в 5 утра на вокзале", "в 5 утра на вокзале"),
    ],
)
async def test_a_version_that_is_not_there_is_no_part_of_the_prompt(text: str, prompt: str) -> None:
    assert (await reader().read(Wish(text=text))).prompt == prompt


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("нано банана про кот", "nano-banana-pro"),
        ("сделай нанобананой 2 постер", "nano-banana-2"),
        ("nano bananna 2.1 poster", "nano-banana-2-1"),
        ("клинг 2.6 кот бежит", "kling-2.6/image-to-video"),
        ("a cat running, kling 3.0", "kling-3.0/video"),
        ("через клинг 3 омни лев", "kling-3.0-omni/image-to-video"),
        ("kling o3 a lion", "kling-3.0-omni/image-to-video"),
        ("веофаст дрон над морем", "veo3_fast"),
        ("veo 3.1 fast drone", "veo3_fast"),
        ("сиданс 2.5 драка", "bytedance/seedance-2-5"),
        ("gpt image 2 постер", "gpt-image-2-image-to-image"),
        ("hailuo 2.3 animate", "hailuo/2-3-image-to-video-pro"),
        ("имаген 4 ультра", "google/imagen4-ultra"),
        ("recraft crisp", "recraft/crisp-upscale"),
        ("суно рок", "ai-music-api/generate"),
        ("топаз видео 4к", "topaz/image-upscale"),
        ("用可灵3.0 一只猫在弹琴", "kling-3.0/video"),
        ("banana pro: a map of the park", "nano-banana-pro"),
        ("ван 2.7 имидж про, груши", "wan/2-7-image-pro"),
        ("wan 2.7 image of a pear", "wan/2-7-image"),
        ("runway: clouds drift by", "runway"),
        ("got runway?", "runway"),
        ("z имидж, старый трамвай", "z-image"),
        ("tongyi z image boat", "z-image"),
        ("миджорни", "midjourney/api"),
    ],
)
def test_a_name_is_heard(text: str, first: str) -> None:
    if first == "midjourney/api":
        assert FINDER.find(plain(text))
        return
    assert first in named(text)[:3]


@pytest.mark.parametrize(
    "text",
    [
        "фото ван гога",
        "fashion show on a runway",
        "imagen de un gato",
        "a topaz ring",
        "minimal poster",
        "eleven people in a room",
        "банан на столе",
        "i want to see dance moves",
        "the magnetic flux of a star",
        "найди в энциклопедии про аниме",
        "a monkey with banana",
        "обезьяна на банане",
        "a hut in the black forest",
        "али баба и сорок разбойников",
    ],
)
def test_everyday_words_are_no_names(text: str) -> None:
    assert named(text) == []


def test_of_a_maker_and_its_model_the_model_is_meant() -> None:
    reading = reader().read_now(Wish(text="bytedance seedance 2.5, a robot waiter"))
    assert [one.id for one in reading.models] == ["bytedance/seedance-2-5"]


def test_a_version_that_does_not_do_it_leads_to_its_family() -> None:
    reading = reader().read_now(Wish(text="видео, клинг 2.1 про: бабочка садится на палец"))
    first = ranking()(reading)[0]
    assert first.is_named
    assert first.model.vendor == "Kuaishou Kling"


def test_short_words_are_not_guessed_at() -> None:
    assert named("vea the sea") == []
    assert named("flex and run") == []


def test_a_version_that_the_family_lacks_is_no_version() -> None:
    assert "bytedance/seedance-2-5" in named("seedance 9 cats")
