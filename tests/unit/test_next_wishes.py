"""What can follow a result: another seed, the same task further, the next step. By the registry alone."""

import pytest

from domain.continuation import can_continue
from domain.generation import Result, TaskId
from domain.media import MediaKind
from domain.model import Model, ModelId, ParameterType
from domain.parameter_roles import is_unchecked, safety_switches, seed_parameter, task_parameter
from domain.seed import with_another_seed
from tests.support.core_fixture import NEXT_STEPS
from tests.support.generations import a_generation
from tests.support.registry import catalog, model
from tests.support.telegram_journey import TEXTS

SEEDED = [one for one in catalog().models() if seed_parameter(one)]


@pytest.mark.parametrize("end", [0, 1], ids=["lowest", "highest"])
@pytest.mark.parametrize("one", SEEDED, ids=lambda one: one.id)
def test_another_seed_stays_in_the_models_range(one: Model, end: int) -> None:
    values = with_another_seed(one, {"prompt": "a fox"}, lambda low, high: (low, high)[end])
    parameter = seed_parameter(one)
    assert parameter
    seed = int(str(values[parameter.name]))
    assert values["prompt"] == "a fox"
    assert seed >= 0
    if parameter.type is not ParameterType.STRING:
        assert (parameter.minimum or 0) <= seed <= (parameter.maximum or seed)


def test_a_model_without_a_seed_keeps_its_values() -> None:
    values = {"prompt": "a fox"}
    assert with_another_seed(model("z-image"), values, lambda low, _: low) is values


@pytest.mark.parametrize(
    ("later", "earlier", "made", "expected"),
    [
        ("veo/extend", "veo3_fast", MediaKind.VIDEO, True),
        ("veo/extend", "veo-3-1", MediaKind.VIDEO, True),
        ("veo/extend", "gemini-omni-video", MediaKind.VIDEO, False),
        ("grok-imagine/upscale", "grok-imagine/text-to-video", MediaKind.VIDEO, True),
        ("grok-imagine/upscale", "grok-imagine/text-to-image", MediaKind.IMAGE, False),
        ("grok-imagine/image-to-video", "grok-imagine/text-to-image", MediaKind.IMAGE, True),
        ("grok-imagine/upscale", "grok-imagine-video-1-5-preview", MediaKind.VIDEO, False),
        ("pixverse-v6/extend", "pixverse-v6/text-to-video", MediaKind.VIDEO, True),
        ("pixverse-v6/extend", "runway", MediaKind.VIDEO, False),
        ("topaz/video-upscale", "veo3", MediaKind.VIDEO, False),
    ],
)
def test_only_a_near_relations_task_is_continued(later: str, earlier: str, made: MediaKind, *, expected: bool) -> None:
    assert can_continue(model(later), model(earlier), {made}) is expected


def test_every_model_that_takes_a_task_has_some_model_that_makes_it() -> None:
    takers = [one for one in catalog().models() if one.is_offered and task_parameter(one)]
    makers = {one.id: [each for each in catalog().models() if can_continue(one, each, {each.output})] for one in takers}
    assert takers
    assert all(makers.values())


def test_steps_begin_with_what_continues_the_same_task_and_repeat_none() -> None:
    video = Result(kind=MediaKind.VIDEO, url="https://files.example/fox.mp4")
    steps = NEXT_STEPS(
        a_generation(model_id=ModelId("grok-imagine/text-to-video"), task_id=TaskId("t"), results=(video, video))
    )
    assert [step.models[0].id for step in steps if step.continues] == ["grok-imagine/extend", "grok-imagine/upscale"]
    names = [step.name for step in steps if not step.continues]
    assert len(set(names)) == len(names)
    assert {"video_upscale", "video_extend", "lip_sync"} <= set(names)


@pytest.mark.parametrize("kind", [MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO])
def test_no_two_steps_from_a_result_are_called_the_same(kind: MediaKind) -> None:
    steps = NEXT_STEPS(a_generation(results=(Result(kind=kind, url="https://files.example/fox"),)))
    for language in TEXTS.languages:
        names = [TEXTS.text(f"tg-step-{step.name}", language) for step in steps]
        assert len(set(names)) == len(names) > 1


def test_words_alone_have_no_next_step() -> None:
    assert NEXT_STEPS(a_generation(results=(Result(kind=MediaKind.TEXT, text="a fox"),))) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"nsfw_checker": True}, False),
        ({"nsfw_checker": False}, True),
        ({"enable_safety_checker": False, "nsfw_checker": True}, True),
        ({"mode": "spicy"}, True),
        ({"prompt": "spicy soup"}, False),
        ({}, False),
    ],
)
def test_what_no_one_checked_is_known_by_its_input(values: dict[str, object], *, expected: bool) -> None:
    assert is_unchecked(values) is expected


def test_the_registrys_switches_are_switches() -> None:
    assert {one.name for each in catalog().models() for one in safety_switches(each)} == {
        "enable_safety_checker",
        "nsfw_checker",
    }
