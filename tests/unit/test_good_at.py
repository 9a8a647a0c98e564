"""What a list says of a model in a few words: read off the registry, never written by hand."""

import pytest

from adapters.fluent_texts import load_texts
from config.wishes import quality_order
from domain.good_at import AT_MOST, SPECIAL_USES, good_at
from tests.support.registry import catalog, model

QUALITY = quality_order()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nano-banana-pro", [("picture_with_text", ""), ("resolution", "4K"), ("pictures", "8")]),
        ("kling-2.6/text-to-video", [("seconds", "10"), ("sound", "")]),
        ("minimax-h3/reference-to-video", [("reference_to_video", ""), ("seconds", "15"), ("resolution", "2K")]),
        ("topaz/image-upscale", [("factor", "4")]),
        ("recraft/remove-background", [("transparent", "")]),
        ("z-image", [("shapes", "5"), ("letters", "1000")]),
        ("ideogram/v3-remix", [("at_once", "4"), ("shapes", "6"), ("letters", "5000")]),
    ],
)
def test_a_model_is_said_to_be_good_at_what_its_data_tell(name: str, said: list[tuple[str, str]]) -> None:
    assert [(one.name, one.value) for one in good_at(model(name), QUALITY)] == said


def test_every_purpose_is_of_a_model_on_offer() -> None:
    assert set(QUALITY.purposes) <= {one.id for one in catalog().offered()}


def test_every_special_use_is_one_of_the_quality_data() -> None:
    assert set(SPECIAL_USES) <= set(QUALITY.uses)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_strength_has_words_and_a_line_stays_short(language: str) -> None:
    texts = load_texts()
    for one in catalog().offered():
        strengths = good_at(one, QUALITY)
        said = ", ".join(texts.text(f"good-at-{each.name}", language, value=each.value) for each in strengths)
        assert 0 < len(strengths) <= AT_MOST
        assert len(said) <= 75, said
