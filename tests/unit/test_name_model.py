"""A command line begins with a model: people write its id, its title, a part of it, a family or a nickname, or a prompt alone."""

import pytest

from adapters.yaml_catalog.vocabulary import load_vocabulary
from application.catalog.find_models import FindModels
from application.catalog.name_model import CANDIDATES, NameModel
from tests.support.registry import REGISTRY, catalog
from tests.support.wishes import reader


@pytest.fixture(scope="module")
def name() -> NameModel:
    words = load_vocabulary(REGISTRY.parent / "search_words.yaml", catalog())
    return NameModel(catalog=catalog(), find_models=FindModels(catalog(), words), names=reader().names)


@pytest.mark.parametrize(
    ("text", "model_id", "rest"),
    [
        ("z-image a red fox", "z-image", "a red fox"),
        ("Z-IMAGE", "z-image", ""),
        ("nano banana 2  a fox", "nano-banana-2", "a fox"),
        ("Nano Banana a fox", "google/nano-banana", "a fox"),
        ("volcengine lip a fox", "volcengine/video-to-video-lip-sync", "a fox"),
        ("google nano banana pro a fox", "nano-banana-pro", "a fox"),
        ("seedance 2 mini, a fox", "bytedance/seedance-2-mini", "a fox"),
        ("нано банана про лиса", "nano-banana-pro", "лиса"),
        ("suno-v5 a song", "ai-music-api/generate", "a song"),
    ],
    ids=[
        "id",
        "id alone in capitals",
        "the longest title",
        "title",
        "only title that begins so",
        "maker and title",
        "version as people write it",
        "nickname and variant",
        "maker and a version that is not there",
    ],
)
def test_one_model_is_meant_and_the_prompt_is_what_follows(
    name: NameModel, text: str, model_id: str, rest: str
) -> None:
    meant = name(text)
    assert meant.model is not None
    assert (meant.model.id, meant.rest, meant.candidates) == (model_id, rest, ())


@pytest.mark.parametrize(
    ("text", "vendor", "rest"),
    [
        ("kling a fox", "Kuaishou Kling", "a fox"),
        ("клинг лиса", "Kuaishou Kling", "лиса"),
        ("банана лиса", "Google", "лиса"),
        ("black forest flux fox", "Black Forest Labs", "fox"),
        ("gpt image fox", "OpenAI", "fox"),
        ("alibaba wan fox", "Alibaba Wan", "fox"),
        ("ван 2.6 лиса", "Alibaba Wan", "лиса"),
    ],
    ids=[
        "family",
        "family in Russian",
        "nickname",
        "maker in several words",
        "first words of titles",
        "maker and family",
        "version of a family",
    ],
)
def test_of_a_family_the_person_chooses_among_a_few_of_one_maker(
    name: NameModel, text: str, vendor: str, rest: str
) -> None:
    meant = name(text)
    assert (meant.model, meant.rest) == (None, rest)
    assert 1 < len(meant.candidates) <= CANDIDATES
    assert {model.vendor for model in meant.candidates} == {vendor}


@pytest.mark.parametrize("text", ["", "  ", "a red fox in snow", "z", "картинка с лисой"])
def test_a_prompt_that_names_no_model_means_none(name: NameModel, text: str) -> None:
    meant = name(text)
    assert (meant.model, list(meant.candidates)) == (None, [])


def test_the_name_of_another_maker_begins_the_prompt(name: NameModel) -> None:
    meant = name("банана kling")
    assert {model.vendor for model in meant.candidates} == {"Google"}
    assert meant.rest == "kling"
