"""What can be done with something that was made: once more, with another seed, or a next step with its words or without."""

import pytest

from application.results.follow_ups import FollowUp, Step, repeats_of, values_again, words_for
from domain.generation import Generation
from tests.support.generations import a_generation, life_of
from tests.support.registry import model

SEEDED = model("bytedance/seedream")


def a_picture(**values: object) -> Generation:
    return life_of(a_generation(input={"prompt": "a red fox", **values}))[-1]


@pytest.mark.parametrize(
    ("model_id", "ways"),
    [
        ("bytedance/seedream", [FollowUp.AGAIN, FollowUp.SEED, FollowUp.PROMPT]),
        ("z-image", [FollowUp.AGAIN, FollowUp.PROMPT]),
        ("omnihuman-1-5/human-identification", [FollowUp.AGAIN]),
    ],
)
def test_another_seed_and_other_words_are_offered_where_the_model_has_them(model_id: str, ways: list[FollowUp]) -> None:
    assert repeats_of(model(model_id)) == ways


def test_of_a_model_that_is_gone_only_the_same_is_offered() -> None:
    assert repeats_of(None) == [FollowUp.AGAIN]


def test_again_means_the_same_values() -> None:
    made = a_picture(seed=7)
    values = values_again(FollowUp.AGAIN, made, SEEDED)
    assert values == made.input
    assert values is not made.input


def test_another_seed_changes_nothing_but_the_seed() -> None:
    made = a_picture(seed=-5)
    values = values_again(FollowUp.SEED, made, SEEDED)
    seed = values.pop("seed")
    assert isinstance(seed, int)
    assert seed >= 0
    assert values == {"prompt": "a red fox"}


def test_a_film_hears_the_pictures_words_and_another_picture_is_answered_with_what_to_do() -> None:
    picture = a_picture()
    film, edit = model("wan/2-5-image-to-video"), model("qwen/image-edit")
    assert words_for(Step(name="film", models=(film,)), picture) == "a red fox"
    assert not words_for(Step(name="edit", models=(edit,)), picture)
    assert not words_for(Step(name="either", models=(film, edit)), picture)
