"""The use case: names of models, what is not offered, and the same verdict every time."""

import pytest

from application.catalog.validate_input import ValidateInput
from application.errors import InvalidInput
from domain.violation import Violation, ViolationCode
from tests.support.registry import catalog, model


@pytest.fixture
def validate() -> ValidateInput:
    return ValidateInput(catalog())


def refused(validate: ValidateInput, name: object, raw: object) -> tuple[Violation, ...]:
    with pytest.raises(InvalidInput) as caught:
        validate(name, raw)
    return caught.value.violations


def test_a_good_input_comes_back_as_the_provider_wants_it(validate: ValidateInput) -> None:
    valid = validate("wan/2-5-text-to-video", {"prompt": "a red fox", "duration": 10, "enable_prompt_expansion": "yes"})
    assert valid.model is model("wan/2-5-text-to-video")
    assert dict(valid.input) == {
        "prompt": "a red fox",
        "duration": "10",
        "enable_prompt_expansion": True,
        "resolution": "720p",  # sent for those who say nothing: the provider's own is not known
    }


def test_an_alias_is_validated_as_the_real_model(validate: ValidateInput) -> None:
    valid = validate(" Google/Veo-3 ", {"prompt": "a red fox", "duration": "8"})
    assert valid.model.id == "veo-3-1"
    assert dict(valid.input) == {"prompt": "a red fox", "duration": 8, "model": "veo3_fast"}


def test_an_unknown_model_is_reported_with_the_closest_names(validate: ValidateInput) -> None:
    (violation,) = refused(validate, "google/imagen5", {})
    assert violation.code is ViolationCode.UNKNOWN_MODEL
    assert violation.values["name"] == "google/imagen5"
    assert violation.values["closest"][0] == "google/imagen4"  # type: ignore[index]  # None would fail the test


@pytest.mark.parametrize("name", [None, 5, "", "\ud800", "x" * 100_000, ["google/imagen4"]])
def test_a_name_that_is_none_is_an_unknown_model(validate: ValidateInput, name: object) -> None:
    (violation,) = refused(validate, name, {})
    assert violation.code is ViolationCode.UNKNOWN_MODEL
    assert len(str(violation.values["name"]).encode()) <= 80


@pytest.mark.parametrize(
    ("name", "real", "status", "closest"),
    [
        ("sora-2-text-to-video", "sora-2-text-to-video", "suspended", 1),
        ("elevenlabs/sound-effect", "elevenlabs/sound-effect-v2", "retired", 1),
        ("elevenlabs/speech-to-text", "elevenlabs/speech-to-text", "retired", 0),
        ("midjourney/api", "midjourney/api", "not_a_kie_id", 1),
    ],
)
def test_a_model_not_offered_is_refused_with_the_reason_and_the_nearest_current_one(
    validate: ValidateInput, name: str, real: str, status: str, closest: int
) -> None:
    (violation,) = refused(validate, name, {"prompt": "x"})
    assert violation.code is ViolationCode.MODEL_NOT_OFFERED
    assert (violation.values["model"], violation.values["status"]) == (real, status)
    near = violation.values["closest"]
    assert isinstance(near, list)
    assert len(near) == closest
    assert all(model(one).is_offered and model(one).type is model(real).type for one in near)


def test_a_model_not_offered_is_validated_when_forced(validate: ValidateInput) -> None:
    assert validate("sora-2-text-to-video", {"prompt": "x"}, forced=True).model.id == "sora-2-text-to-video"
    with pytest.raises(InvalidInput) as caught:
        validate("sora-2-text-to-video", {}, forced=True)
    assert caught.value.violations[0].code is ViolationCode.REQUIRED


def test_private_hosts_are_allowed_by_configuration() -> None:
    raw = {"image": "http://127.0.0.1/fox.png"}
    assert [one.code for one in refused(ValidateInput(catalog()), "recraft/crisp-upscale", raw)] == [
        ViolationCode.URL_PRIVATE_HOST
    ]
    allowing = ValidateInput(catalog(), allow_private_hosts=True)
    assert dict(allowing("recraft/crisp-upscale", raw).input) == raw
