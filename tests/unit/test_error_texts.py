"""What people read when something goes wrong: complete in each language, and short enough for where it is said."""

from collections.abc import Iterator
from itertools import product

import pytest

from adapters.fluent_texts import load_texts
from adapters.telegram.api.markup import units
from adapters.telegram.bot.guard import TOAST_LIMIT, explain
from adapters.telegram.bot.results.results import ACTIONS
from adapters.telegram.bot.results.under_result import LABELS
from adapters.telegram.bot.words import Words
from application import errors
from application.errors import ApplicationError
from application.results.follow_ups import REMEDIES, FollowUp
from domain.failure import Charged, Failure, FailureKind
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
    yield errors.InsufficientCredits(1_000_000_001, 2_000_000_001)
    yield errors.ModelPaused("KIE repairs it until Friday evening")
    yield from (errors.GenerationNotFound("x"), errors.PresetNotFound("x"), errors.ModelGone("x"))
    yield from (errors.NotCancellable("x"), errors.StoreUnavailable("x"), errors.MessageRefused("x"))
