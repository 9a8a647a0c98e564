"""Finding models: by task in two languages, by name, by the file at hand, best first."""

from pathlib import Path

import pytest

from adapters.yaml_catalog import RegistryError
from adapters.yaml_catalog.vocabulary import load_vocabulary
from application.catalog.find_models import FindModels
from domain.media import MediaKind
from domain.model import ModelType
from tests.support.registry import REGISTRY, catalog

WORDS = REGISTRY.parent / "search_words.yaml"


@pytest.fixture(scope="module")
def find() -> FindModels:
    return FindModels(catalog(), load_vocabulary(WORDS, catalog()))


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("нарисуй кота", ModelType.TEXT_TO_IMAGE),
        ("картинка по описанию", ModelType.TEXT_TO_IMAGE),
        ("draw a fox", ModelType.TEXT_TO_IMAGE),
        ("сделай видео", ModelType.TEXT_TO_VIDEO),
        ("text to video", ModelType.TEXT_TO_VIDEO),
        ("оживи фото", ModelType.IMAGE_TO_VIDEO),
        ("хочу оживить старую фотографию", ModelType.IMAGE_TO_VIDEO),
        ("видео из картинки", ModelType.IMAGE_TO_VIDEO),
        ("Animate my photo!", ModelType.IMAGE_TO_VIDEO),
        ("anmate photo", ModelType.IMAGE_TO_VIDEO),
        ("отредактируй фото", ModelType.IMAGE_EDIT),
        ("image to image", ModelType.IMAGE_EDIT),
        ("увеличь фото", ModelType.UPSCALE),
        ("upscael image", ModelType.UPSCALE),
        ("upscale video", ModelType.VIDEO_UPSCALE),
        ("улучши качество видео", ModelType.VIDEO_UPSCALE),
        ("измени видео", ModelType.VIDEO_EDITING),
        ("говорящий аватар", ModelType.LIP_SYNC),
        ("lip sync", ModelType.LIP_SYNC),
        ("озвучь текст", ModelType.TEXT_TO_SPEECH),
        ("text to speech", ModelType.TEXT_TO_SPEECH),
        ("напиши песню", ModelType.TEXT_TO_AUDIO),
        ("music", ModelType.TEXT_TO_AUDIO),
        ("убери шум", ModelType.AUDIO_TO_AUDIO),
        ("продли видео", ModelType.VIDEO_EXTEND),
    ],
)
def test_a_task_is_understood_as_people_say_it(find: FindModels, text: str, type_: ModelType) -> None:
    found = find(text)
    assert found
    assert found[0].type is type_


@pytest.mark.parametrize("text", ["убери фон", "удали фон с фотографии", "remove background", "Remove the backgruond"])
def test_a_model_made_for_a_task_comes_first(find: FindModels, text: str) -> None:
    assert find(text)[0].id == "recraft/remove-background"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("nano banana pro", "nano-banana-pro"),
        ("нано банана про", "nano-banana-2"),
        ("google/imagen4-fast", "google/imagen4-fast"),
        ("flux kontext", "flux1-kontext"),
        ("клинг", "kling-3.0/video"),
        ("kling оживи фото", "kling-2.6/image-to-video"),
        ("suno", "ai-music-api/generate"),
        ("z-image", "z-image"),
        ("elevnlabs", "elevenlabs/text-to-speech-turbo-2-5"),
    ],
)
def test_a_name_is_found_with_its_slips(find: FindModels, text: str, first: str) -> None:
    assert find(text)[0].id == first


def test_who_names_a_model_is_shown_that_one_and_its_like(find: FindModels) -> None:
    assert [model.id for model in find("z-image", hidden=True)] == ["z-image"]
    assert {model.vendor for model in find("nano banana")} == {"Google"}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("расшифруй голосовое", ModelType.SPEECH_TO_TEXT),
        ("transcribe audio", ModelType.SPEECH_TO_TEXT),
        ("outpaint the image", ModelType.OUTPAINT),
        ("дорисуй картинку", ModelType.OUTPAINT),
        ("оживи фото", None),
        ("a red fox in snow", None),
    ],
)
def test_a_task_no_model_is_made_for_today_is_known(find: FindModels, text: str, missing: ModelType | None) -> None:
    assert find.unavailable(text) is missing


@pytest.mark.parametrize("text", ["a red fox in snow", "рыжая лиса в снегу", "🦊", "…", "?!", "a banana on a table"])
def test_a_prompt_is_about_no_model(find: FindModels, text: str) -> None:
    assert find(text) == []


def test_without_text_featured_models_come_first_of_their_type(find: FindModels) -> None:
    found = find(type=ModelType.TEXT_TO_IMAGE)
    assert found[0].id == "nano-banana-2"
    assert {one.type for one in found} == {ModelType.TEXT_TO_IMAGE}
    assert len(found) == sum(one.type is ModelType.TEXT_TO_IMAGE for one in catalog().offered())
    assert find(type=ModelType.TEXT_TO_IMAGE, limit=3) == found[:3]


def test_what_is_not_offered_is_hidden_unless_asked_for(find: FindModels) -> None:
    assert all(one.is_offered and not one.is_alias for one in find())
    assert find("sora 2") == []
    assert find("sora 2", hidden=True)[0].id.startswith("sora-2")
    assert len(find(hidden=True)) == len(catalog().models())


def test_models_are_kept_by_vendor_and_by_what_they_take(find: FindModels) -> None:
    assert {one.vendor for one in find(vendor="google")} == {"Google"}
    videos = find("google", takes=MediaKind.VIDEO)
    assert {one.id for one in videos} == {"google/gemini-omni-flash-1-1", "gemini-omni-video"}


def test_the_words_name_their_own_faults(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text(
        "ignored: [on, a]\nsame: [[a, b]]\ntasks: [{phrases: [x], models: [google/imagen5], typs: []}]\n"
        "featured: [z-image]\ntakers: {image: [upscal]}\n",
        encoding="utf-8",
    )
    with pytest.raises(RegistryError) as caught:
        load_vocabulary(file, catalog())
    assert [str(fault) for fault in caught.value.faults] == [
        "words.yaml: ignored: expected a list of texts without true (text needs quotes here), found [True, 'a']",
        "words.yaml: takers.image: expected one of "
        + ", ".join(ModelType)
        + ", did you mean 'upscale'?, found ['upscal']",
        "words.yaml: tasks[0]: unknown key 'typs', did you mean 'types'?",
        "words.yaml: tasks[0].models: expected the id of a model, did you mean 'google/imagen4'?, found 'google/imagen5'",
    ]
