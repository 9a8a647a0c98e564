"""What a model is given to take an earlier task further."""

import pytest
from attrs import evolve

from application.catalog.validate_input import ValidateInput
from application.errors import InvalidInput
from application.pricing.quote_price import QuotePrice
from domain.continuation import can_continue, continuation, values_to_continue
from domain.earlier_task import EarlierTask
from domain.generation import Generation, Result
from domain.media import MediaKind
from domain.model import Model
from domain.parameter_roles import song_parameter, task_parameter
from domain.price import PriceBasis
from tests.support.generations import a_generation, life_of
from tests.support.registry import catalog, model

SONG = Result(kind=MediaKind.AUDIO, url="https://a.example/1.mp3", id="song-1")
PLAIN = Result(kind=MediaKind.AUDIO, url="https://a.example/1.mp3")


def test_a_follow_up_of_a_song_names_the_task_and_the_song() -> None:
    stems = model("ai-music-api/separate-vocals")
    assert continuation(stems, "t1", [PLAIN, SONG]) == {"task_id": "t1", "audio_id": "song-1"}
    assert continuation(model("ai-music-api/extend"), "t1", [SONG]) == {"audio_id": "song-1"}


def test_what_needs_a_song_is_not_offered_where_none_is_known() -> None:
    assert continuation(model("ai-music-api/extend"), "t1", [PLAIN]) is None
    assert continuation(model("ai-music-api/convert-to-wav-format"), "t1", []) is None


def test_a_task_alone_is_enough_for_a_film() -> None:
    assert continuation(model("veo/get-1080p-video"), "t1", []) == {"taskId": "t1"}


def a_film(of: Model, **values: object) -> Generation:
    """A delivered film of this model, made of these values."""
    film = Result(kind=MediaKind.VIDEO, url="https://a.example/1.mp4")
    return evolve(life_of(a_generation(model_id=of.id, input=values))[-1], results=(film,))


@pytest.mark.parametrize(
    ("later", "asked", "earlier", "chosen", "price"),
    [
        ("veo/extend", {"prompt": "on"}, "veo3_fast", {}, 60),
        ("veo/extend", {"prompt": "on"}, "veo3", {}, 250),
        ("veo/extend", {"prompt": "on"}, "veo-3-1", {"model": "veo3_lite"}, 30),
        ("veo/extend", {"prompt": "on"}, "veo-3-1", {}, 60),
        ("grok-imagine/extend", {"prompt": "on", "extend_times": "10"}, "grok-imagine/text-to-video", {}, 24),
        (
            "grok-imagine/extend",
            {"prompt": "on", "extend_times": "6"},
            "grok-imagine/image-to-video",
            {"resolution": "720p"},
            27,
        ),
        ("grok-imagine/upscale", {"resolution": "1080p"}, "grok-imagine/text-to-video", {"resolution": "720p"}, 20),
    ],
)
def test_what_continues_our_own_result_has_its_exact_price(
    later: str, asked: dict[str, object], earlier: str, chosen: dict[str, object], price: float
) -> None:
    given = values_to_continue(model(later), model(earlier), a_film(model(earlier), prompt="a fox", **chosen))
    assert given
    valid = ValidateInput(catalog())(later, {**given, **asked})
    quote = QuotePrice(catalog())(valid.model, valid.input)
    assert (quote.basis, quote.credits) == (PriceBasis.EXACT, price)
    task_id = given["task_id"]
    written = ValidateInput(catalog())(later, {**asked, "task_id": f"{task_id}"})
    assert written.input == valid.input, "it is text to all but prices"
    unknown = QuotePrice(catalog())(written.model, written.input)
    assert (unknown.basis, unknown.credits) == (PriceBasis.RANGE, None)
    assert unknown.low <= price <= unknown.high


def test_a_second_extension_costs_by_the_first_clip() -> None:
    extend = model("grok-imagine/extend")
    first = values_to_continue(extend, model("grok-imagine/text-to-video"), a_film(model("grok-imagine/text-to-video")))
    assert first
    second = values_to_continue(extend, extend, a_film(extend, **first, prompt="on", extend_times="6"))
    assert second
    task = second["task_id"]
    assert isinstance(task, EarlierTask)
    assert task.facts == {"$source_resolution": "480p"}
    of_a_stranger = a_film(extend, task_id="written by hand", prompt="on", extend_times="6")
    unknown = values_to_continue(extend, extend, of_a_stranger)
    assert unknown
    assert type(unknown["task_id"]) is str


def test_a_price_that_asks_nothing_of_the_task_gets_its_id_alone() -> None:
    given = values_to_continue(model("veo/get-1080p-video"), model("veo3"), a_film(model("veo3"), prompt="a fox"))
    assert given
    assert type(given["taskId"]) is str


def test_an_earlier_task_is_held_to_the_limits_of_its_text() -> None:
    too_long = EarlierTask("x" * 101, {"$source_resolution": "480p"})
    asked = {"task_id": too_long, "resolution": "1080p"}
    with pytest.raises(InvalidInput):
        ValidateInput(catalog())("grok-imagine/upscale", asked)


def test_what_takes_an_earlier_result_says_whose_or_is_of_the_same_product() -> None:
    """Each model on offer has one on offer before it; a list of predecessors stands only where there is a place for their ids."""
    models = catalog().models()
    takers = [one for one in models if task_parameter(one) or song_parameter(one)]
    assert [one.id for one in models if one.follows and one not in takers] == []
    on_offer = [one for one in models if one.is_offered]
    assert len(on_offer) > 100
    alone = [
        one.id for one in takers if one.is_offered and not any(can_continue(one, it, {it.output}) for it in on_offer)
    ]
    assert alone == []


@pytest.mark.parametrize(
    ("later", "takes", "leaves"),
    [
        ("ai-music-api/separate-vocals", "ai-music-api/extend", "ai-music-api/separate-vocals"),
        ("ai-music-api/generate-midi-from-audio", "ai-music-api/separate-vocals", "ai-music-api/generate"),
        ("ai-music-api/create-voice", "ai-music-api/validation-phrase", "ai-music-api/generate-persona"),
        ("veo/get-1080p-video", "veo/extend", "veo/get-4k-video"),
        ("grok-imagine-image-2-0/segment-edit", "grok-imagine-image-2-0/segment-map", "grok-imagine/text-to-image"),
    ],
)
def test_a_later_model_takes_what_the_registry_says_it_follows(later: str, takes: str, leaves: str) -> None:
    for earlier, does in ((takes, True), (leaves, False)):
        before = model(earlier)
        assert can_continue(model(later), before, {before.output}) is does
