"""Whatever may be said at the terminal can be said, in every language."""

import re
from pathlib import Path

import attrs
import pytest
from structlog.testing import capture_logs

import adapters.cli
import config.registry_tools
from adapters.cli.words import TerminalWords, locale_language
from adapters.fluent_texts import catalogue_text
from application import errors
from application.errors import ApplicationError, InvalidInput, LimitReached
from application.limits import GroupLimits, UserLimits
from domain.errors import MediaBotError
from domain.failure import Charged, Failure, FailureKind
from tests.support.cli import texts

LANGUAGES = texts().languages
WORDS = [TerminalWords(texts(), language) for language in LANGUAGES]

INSIDE = {
    "stale_generation",
    "not_leader",
    "leadership_unusable",
    "provider_rejected",  # its failure is printed
    "provider_outcome_unknown",
    "destination_gone",
    "messenger_unavailable",
    "delivery_outcome_unknown",
    "secrets_unreadable",  # these four are sentences for operators, said as they are
    "still_running",
    "account_in_use",
    "store_unusable",
}
"""Errors between our own parts, and sentences for operators: no person meets them."""


LIMITS = [each.name for each in attrs.fields(UserLimits)] + [
    f"group_{each.name}" for each in attrs.fields(GroupLimits) if each.name != "name"
]


def codes_for_people() -> list[str]:
    raised = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, ApplicationError)]
    return sorted({each.code for each in raised} - INSIDE - {LimitReached.code} | {MediaBotError.code})


def keys_used() -> set[str]:
    folder = Path(adapters.cli.__file__).parent
    sync = Path(config.registry_tools.__file__).parent
    return {
        key
        for file in (*folder.glob("*.py"), *sync.glob("sync_*.py"))
        for key in re.findall(r'"(cli-[a-z-]+)"', file.read_text())
    }


def keys_of(language: str) -> set[str]:
    return set(re.findall(r"^(cli-[a-z-]+) =", catalogue_text(language), re.MULTILINE))


@pytest.mark.parametrize("words", WORDS, ids=LANGUAGES)
@pytest.mark.parametrize("kind", FailureKind)
def test_every_failure_says_whether_it_cost_anything(kind: FailureKind, words: TerminalWords) -> None:
    with capture_logs() as faults:
        said = {words.failure(Failure(kind=kind, charged=charged)) for charged in Charged}
    assert len(said) == len(Charged)
    assert faults == []
    assert texts().has(f"failure-{kind}", words.language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", codes_for_people())
def test_every_error_a_person_can_meet_has_its_text(code: str, language: str) -> None:
    assert texts().has(f"failure-{code}", language)


@pytest.mark.parametrize("words", WORDS, ids=LANGUAGES)
@pytest.mark.parametrize("limit", LIMITS)
def test_every_limit_says_how_much_is_allowed(limit: str, words: TerminalWords) -> None:
    with capture_logs() as faults:
        for allowed in (1, 2, 5, 21):
            assert str(allowed) in words.error(LimitReached(limit, allowed))
    assert faults == []


def test_an_error_of_a_wish_that_was_not_taken_on_cost_nothing() -> None:
    assert "It cost nothing." in TerminalWords(texts(), "en").error(InvalidInput([]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_what_the_commands_say_and_nothing_else(language: str) -> None:
    assert keys_of(language) == keys_used()


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LC_ALL": "ru_RU.UTF-8", "LANG": "en_US.UTF-8"}, "ru"),
        ({"LC_ALL": "", "LC_MESSAGES": "ru_RU", "LANG": "en_US.UTF-8"}, "ru"),
        ({"LANG": "ru"}, "ru"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_chooses_the_language(environ: dict[str, str], expected: str) -> None:
    assert texts().language(locale_language(environ)) == expected
