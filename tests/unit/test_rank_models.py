"""The order of models for a reading."""

import pytest

from application.wishes.rank_models import Ranked
from config.wishes import quality_order
from domain.media import MediaKind
from domain.reading import NamedModel, Preference, Reading, TaskGuess, Topic, UseGuess, WishIntent
from domain.use import FACTS, Use, missing_files, task_types
from tests.support.registry import catalog
from tests.support.wishes import ranking

IMAGE, VIDEO, AUDIO = MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO
QUALITY = quality_order()


def reading(*uses: Use, confidence: float = 0.9, files: tuple[MediaKind, ...] = (), **more: object) -> Reading:
    facts: dict[str, object] = {"intent": WishIntent.WISH, **more}
    return Reading(
        confidence=confidence,
        uses=tuple(UseGuess(use=use, confidence=confidence / (place + 1)) for place, use in enumerate(uses)),
        tasks=tuple(TaskGuess(type=FACTS[use].tasks[0], confidence=confidence) for use in uses),
        files=files,
        **facts,  # type: ignore[arg-type]  # the fields the test sets
    )


def ranked(*uses: Use, confidence: float = 0.9, files: tuple[MediaKind, ...] = (), **more: object) -> list[Ranked]:
    return list(ranking()(reading(*uses, confidence=confidence, files=files, **more)))


@pytest.mark.parametrize("use", [Use.PICTURE, Use.FILM, Use.SPEECH, Use.MUSIC])
def test_the_first_offer_of_the_quality_data_comes_first(use: Use) -> None:
    assert ranked(use)[0].model.id == QUALITY.uses[str(use)].first


def test_best_fast_and_cheap_are_marked() -> None:
    marks = {one.mark for one in ranked(Use.PICTURE)[:4]}
    assert {Preference.BEST, Preference.FAST, Preference.CHEAP} <= marks


def test_what_the_person_prefers_goes_first() -> None:
    assert ranked(Use.PICTURE, preference=Preference.CHEAP)[0].model.id == QUALITY.uses["text_to_image"].cheap


def test_who_wants_it_fast_is_shown_the_order_of_speed() -> None:
    quick = QUALITY.uses["text_to_image"].speed.models
    assert [one.model.id for one in ranked(Use.PICTURE, preference=Preference.FAST)][: len(quick)] == list(quick)


def test_every_model_does_the_task_and_takes_the_files() -> None:
    for one in ranked(Use.ANIMATE, files=(IMAGE,)):
        assert not task_types(one.model).isdisjoint(FACTS[Use.ANIMATE].tasks)
        assert missing_files(one.model, [IMAGE]) == one.missing


def test_a_named_model_goes_before_a_better_one() -> None:
    named = catalog().entry("kling-2.6/text-to-video")
    assert named is not None
    first = ranked(Use.FILM, models=(NamedModel(id=named.id),))[0]
    assert first.model is named
    assert first.is_named


def test_where_it_is_unsure_the_tasks_take_turns() -> None:
    uses = [one.use for one in ranked(Use.PICTURE, Use.FILM, Use.MUSIC, confidence=0.4)[:3]]
    assert uses == [Use.PICTURE, Use.FILM, Use.MUSIC]


def test_talk_is_offered_nothing() -> None:
    assert ranked(intent=WishIntent.CHAT, topic=Topic.GREETING) == []


def test_who_asks_for_models_sees_some_of_each_task() -> None:
    found = ranked(intent=WishIntent.MODELS_LIST, topic=Topic.MODELS)
    assert len({one.use for one in found}) == len(found) > 3


def test_a_task_without_its_file_says_what_is_missing() -> None:
    assert ranked(Use.IMAGE_EDIT)[0].missing == (IMAGE,)
    assert ranked(Use.TALKING_HEAD, files=(AUDIO,))[0].missing == (IMAGE,)
