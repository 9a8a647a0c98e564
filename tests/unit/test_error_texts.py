"""What people read when something goes wrong: complete in each language, and short enough for where it is said."""

from collections.abc import Iterator
from itertools import product

import pytest
from attrs import evolve

from adapters.fluent_texts import load_texts
from adapters.telegram.api.markup import units
from adapters.telegram.bot.guard import TOAST_LIMIT, explain
from adapters.telegram.bot.results.results import ACTIONS
from adapters.telegram.bot.results.under_result import LABELS
from adapters.telegram.bot.words import Words
from adapters.web.words import PageWords
from application import errors
from application.catalog.validate_input import ValidateInput
from application.drafts.fill_draft import Values
from application.errors import ApplicationError, InvalidInput
from application.generating.fit_files import FileOutsideLimits
from application.limits import DAY, STEP
from application.results.follow_ups import REMEDIES, FollowUp
from domain.failure import Charged, Failure, FailureKind
from domain.media import MediaKind
from domain.media_fit import LimitBreach
from domain.model import Parameter, ParameterType
from domain.violation import ViolationCode
from tests.support.registry import catalog

TEXTS = load_texts()
LANGUAGES = list(TEXTS.languages)
MESSAGE_LIMIT = 4096


@pytest.mark.parametrize(("language", "kind", "charged"), list(product(LANGUAGES, FailureKind, Charged)))
def test_each_failure_says_what_happened_and_whether_it_was_charged(
    language: str, kind: FailureKind, charged: Charged
) -> None:
    words = Words(TEXTS, language)
    said, cost = words.failure(Failure(kind=kind, charged=charged)), words.plain("failure-charged", charged=charged)
    what, _, advice = said.partition(f" {cost} ")
    assert what.endswith(".")
    assert advice.endswith(".")


FILES = {
    "en": {
        "seconds": "Video: the file does not fit: it lasts 12 s; allowed from 2 up to 10",
        "format": "Video: a video is needed (video/mp4)",
        "max_mb": "Video: the file has 12 MB, at most 10 MB",
        "same_size_as": "Video: it has 10×20 pixels, and the picture in “image_url” has 20×20: make both the same size",
        "price": "Video: with this file it costs up to 12 credits, and 10 were agreed: agree to the new price, or send a shorter or smaller file",
        "price_of_unread_length": "Video: its length cannot be read, so it could cost up to 12 credits, and 10 were agreed: agree to the new price, or send another file",
    },
    "ru": {
        "seconds": "Видео: файл не подходит: длится 12 с; можно от 2 до 10",
        "format": "Видео: нужно видео (video/mp4)",
        "max_mb": "Видео: в файле 12 МБ, можно не больше 10 МБ",
        "same_size_as": "Видео: размер 10×20 px, а у картинки «image_url» — 20×20 px: сделайте их одинаковыми",
        "price": "Видео: с этим файлом выходит до 12 кредитов, а вы согласились на 10: согласитесь на новую цену или пришлите файл короче или меньше",
        "price_of_unread_length": "Видео: длину файла не удалось узнать, поэтому это может стоить до 12 кредитов, а вы согласились на 10: согласитесь на новую цену или пришлите другой файл",
    },
}


@pytest.mark.parametrize(("language", "limit"), [(language, limit) for language in FILES for limit in FILES["en"]])
def test_a_file_that_was_refused_once_it_was_measured_is_named_with_its_limit(language: str, limit: str) -> None:
    film = Parameter(name="video_url", type=ParameterType.STRING, media=MediaKind.VIDEO, accepted=("video/mp4",))
    is_size = limit == "same_size_as"
    breach = LimitBreach(limit=limit, least=2 if limit == "seconds" else None, most=10, actual=12)
    breach = evolve(breach, most="20×20", actual="10×20") if is_size else breach
    found = FileOutsideLimits("video_url", breach, film, other="image_url" if is_size else "").violation
    said = Words(TEXTS, language).failure(Failure(kind=FailureKind.INVALID_INPUT, violation=found))
    assert said.partition("\n")[2] == FILES[language][limit]


def test_each_failure_has_buttons_for_what_its_words_advise() -> None:
    assert REMEDIES.keys() == set(FailureKind)
    for remedies in REMEDIES.values():
        assert remedies
        for remedy in remedies:
            assert remedy in ACTIONS
            assert all(TEXTS.has(LABELS[remedy], language) for language in LANGUAGES)


@pytest.mark.parametrize("kind", FailureKind)
def test_a_failure_that_advises_another_model_has_a_button_for_it(kind: FailureKind) -> None:
    said = Words(TEXTS, "en").failure(Failure(kind=kind)).lower()
    advised = "another model" in said or "or model" in said or "choose another one" in said
    assert (FollowUp.OTHER in REMEDIES[kind]) is advised


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_error_that_a_person_meets_is_reported_in_a_pop_up_without_being_cut(language: str) -> None:
    reported = [error for error in met() if explain(error, Words(TEXTS, language))]
    assert len(reported) >= 10
    for error in reported:
        said = explain(error, Words(TEXTS, language)) or ""
        assert "tg-" not in said
        assert "failure-" not in said
        assert units(said) <= TOAST_LIMIT, said


@pytest.mark.parametrize(("language", "code"), list(product(LANGUAGES, ViolationCode)))
def test_each_violation_has_a_text(language: str, code: ViolationCode) -> None:
    assert TEXTS.has(f"violation-{code}", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_news_fits_a_message_whatever_the_model_is_called(language: str) -> None:
    longest = max(units(model.title) for model in catalog().models())
    said = [Words(TEXTS, language).failure(Failure(kind=kind, charged=Charged.UNKNOWN)) for kind in FailureKind]
    provider, small_print = 300, 100
    assert max(map(units, said)) + longest + provider + small_print <= MESSAGE_LIMIT


def met() -> Iterator[ApplicationError]:
    """One of each that a handler may meet, the limits with the largest of numbers."""
    group = ("group_per_day", "group_credits_per_day", "key_credits_per_day")
    for limit in ("in_flight", "per_day", "credits_per_day", "presets", *group):
        yield errors.LimitReached(limit, 1_000_000)
        yield errors.LimitReached(limit, 1_000_000, fits=False)
        yield from (errors.LimitReached(limit, 1_000_000, room_in=wait) for wait in (STEP, DAY))
    yield errors.InsufficientCredits(1_000_000_001, 2_000_000_001)
    yield errors.ModelPaused("KIE repairs it until Friday evening")
    yield from (errors.GenerationNotFound("x"), errors.PresetNotFound("x"), errors.ModelGone("x"))
    yield from (errors.NotCancellable("x"), errors.StoreUnavailable("x"), errors.MessageRefused("x"))


@pytest.mark.parametrize(
    ("language", "asked", "said"),
    [
        (
            "en",
            ("ai-music-api/generate", {"custom_mode": False, "instrumental": False}),
            "“Prompt” must be given with “Detailed mode” = off",
        ),
        (
            "ru",
            ("ai-music-api/generate", {"custom_mode": False, "instrumental": False}),
            "нужно задать «Описание» при «Подробный режим» = нет",
        ),
        (
            "en",
            ("gpt-image-2-text-to-image", {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "4K"}),
            "“Resolution” must be 1K, 2K with “Aspect ratio” = 1:1, not 4K",
        ),
        (
            "ru",
            (
                "kling-3.0-omni/text-to-video",
                {"prompt": "a fox", "prefer_multi_shots": True, "customize_multi_shots": True, "multi_prompt": []},
            ),
            "«Лучше несколько планов» может быть только нет при «Свои планы» = да, а не да",
        ),
    ],
)
def test_a_broken_rule_names_parameters_as_forms_do(language: str, asked: tuple[str, Values], said: str) -> None:
    name, values = asked
    with pytest.raises(InvalidInput) as refused:
        ValidateInput(catalog())(name, values)
    assert said in [Words(TEXTS, language).violation(one) for one in refused.value.violations]
    assert said.replace("off", "no") in [PageWords(TEXTS, language).violation(one) for one in refused.value.violations]
