"""Where a person's words and files go in a draft."""

import pytest
from attrs import evolve

from application.drafts.fill_draft import (
    FILES_AT_MOST,
    Values,
    as_last_time,
    as_list,
    files_in,
    new_values,
    room_for,
    with_all,
    with_file,
    with_link,
    with_text,
    words_in,
)
from domain.media import Attachment, MediaKind
from domain.parameter_roles import ids_in, prompt_parameter
from tests.support.product import PHOTO
from tests.support.registry import catalog, model

EDITOR = model("google/nano-banana-edit")
ONE_PICTURE = model("qwen/image-edit")
WITH_MASK = model("ideogram/v3-edit")
NO_WORDS = model("wan/2-2-animate-move")
DIALOGUE = model("elevenlabs/text-to-dialogue-v3")
EXTENDS = model("grok-imagine/extend")
Z_IMAGE = model("z-image")
OTHER = evolve(PHOTO, reference="file-2")
VOICE = Attachment(reference="v", kind=MediaKind.AUDIO, mime="audio/mpeg", name="v.mp3")
LINK = "https://files.example/fox.png"


def test_a_switch_that_must_be_set_begins_as_off() -> None:
    assert new_values(model("kling-2.6/text-to-video"), safe=True)["sound"] is False


def test_the_last_generations_values_come_back_but_not_its_words_files_or_task() -> None:
    last = {"prompt": "a hare", "aspect_ratio": "16:9", "no_parameter_now": 1}
    assert as_last_time(Z_IMAGE, {"prompt": "a fox", "aspect_ratio": "1:1"}, last) == {
        "prompt": "a fox",
        "aspect_ratio": "16:9",
    }
    filled = as_last_time(EXTENDS, {"task_id": "newest"}, {"task_id": "an old one", "prompt": "go on"})
    assert filled["task_id"] == "newest"
    assert "task_id" not in as_last_time(EXTENDS, {}, {"task_id": "an old one"})


@pytest.mark.parametrize(
    ("values", "asked", "filled"),
    [
        ({}, None, {"image_url": PHOTO}),
        ({"image_url": OTHER}, None, {"image_url": OTHER, "mask_url": PHOTO}),
        ({}, "mask_url", {"mask_url": PHOTO}),
        ({"mask_url": OTHER}, "mask_url", {"mask_url": PHOTO}),
        ({"image_url": OTHER, "mask_url": OTHER}, None, {"image_url": PHOTO, "mask_url": OTHER}),
    ],
)
def test_a_file_goes_where_it_is_asked_for_else_into_the_first_free_place_else_in_place_of_the_first(
    values: Values, asked: str | None, filled: Values
) -> None:
    assert with_file(WITH_MASK, values, PHOTO, asked=asked) == filled


def test_a_file_no_place_takes_is_left_out() -> None:
    assert with_file(WITH_MASK, {}, VOICE) is None
    assert with_file(ONE_PICTURE, {"image_url": OTHER}, PHOTO, replace=False) is None
    full = {"image_urls": [PHOTO] * room_for(EDITOR, MediaKind.IMAGE)}
    assert with_file(EDITOR, full, OTHER) is None


def test_a_link_goes_where_its_file_would_and_nowhere_where_all_is_full() -> None:
    assert with_link(ONE_PICTURE, {}, MediaKind.IMAGE, LINK) == {"image_url": LINK}
    assert with_link(ONE_PICTURE, {"image_url": PHOTO}, MediaKind.IMAGE, LINK) == {"image_url": PHOTO}
    assert with_link(EDITOR, {"image_urls": [PHOTO]}, MediaKind.IMAGE, LINK) == {"image_urls": [PHOTO, LINK]}
    full = {"image_urls": [PHOTO] * room_for(EDITOR, MediaKind.IMAGE)}
    assert with_link(EDITOR, full, MediaKind.IMAGE, LINK) == full
    assert with_link(Z_IMAGE, {}, MediaKind.IMAGE, LINK) == {}


def test_words_are_the_prompt_also_where_a_file_is_asked_for_and_a_link_is_the_file() -> None:
    assert with_text(EDITOR, {}, "a red fox", asked="image_urls") == {"prompt": "a red fox"}
    two = with_text(EDITOR, {"image_urls": [PHOTO]}, f"{LINK} {LINK}2", asked="image_urls")
    assert two == {"image_urls": [PHOTO, LINK, f"{LINK}2"]}
    assert with_text(ONE_PICTURE, {}, LINK, asked="image_url") == {"image_url": LINK}


def test_words_name_a_choice_in_any_letter_case_and_others_stay_for_the_check_to_refuse() -> None:
    sizes = model("qwen/image-edit")
    value = str(sizes.parameters["output_format"].values[0])
    assert with_text(sizes, {}, f" {value.upper()} ", asked="output_format") == {"output_format": value}
    assert with_text(sizes, {}, "papyrus", asked="output_format") == {"output_format": "papyrus"}


@pytest.mark.parametrize(
    ("text", "value"),
    [('[{"text": "Hi", "voice": "Rachel"}]', [{"text": "Hi", "voice": "Rachel"}]), ("not quite [", "not quite [")],
)
def test_a_list_of_parts_is_read_as_json_and_other_words_stay_as_they_are(text: str, value: object) -> None:
    assert with_text(DIALOGUE, {}, text, asked="dialogue") == {"dialogue": value}


def test_a_model_that_takes_no_words_has_none_and_keeps_its_files() -> None:
    film = evolve(PHOTO, kind=MediaKind.VIDEO, mime="video/mp4")
    assert with_text(NO_WORDS, {}, "a red fox") is None
    values = with_all(NO_WORDS, {}, "a red fox", [PHOTO, film, VOICE])
    assert files_in(values) == [PHOTO, film]
    assert words_in(NO_WORDS, values) == ""


def test_of_many_files_the_first_ones_are_taken_and_none_is_replaced() -> None:
    assert with_all(ONE_PICTURE, {}, "", [PHOTO, OTHER]) == {"image_url": PHOTO}
    assert words_in(ONE_PICTURE, {"prompt": "a red fox"}) == "a red fox"
    assert words_in(ONE_PICTURE, {"prompt": 7}) == ""


def test_there_is_room_for_one_in_a_single_place_and_for_some_in_a_list_without_a_known_end() -> None:
    assert room_for(WITH_MASK, MediaKind.IMAGE) == 2
    assert room_for(model("ideogram/character-remix"), MediaKind.AUDIO) == 0
    assert room_for(model("ai-music-api/generate"), MediaKind.AUDIO) == FILES_AT_MOST


@pytest.mark.parametrize(("held", "items"), [(None, []), (PHOTO, [PHOTO]), ((PHOTO, OTHER), [PHOTO, OTHER])])
def test_what_a_list_holds_is_a_list_however_it_was_given(held: object, items: list[object]) -> None:
    assert as_list(held) == items


def test_words_are_never_taken_for_the_id_of_an_earlier_result() -> None:
    for each in catalog().models():
        if (prompt := prompt_parameter(each)) is not None:
            assert not ids_in(each, {prompt.name: "a red fox"}), each.id
    assert with_text(model("veo/get-1080p-video"), {}, "a red fox") is None
