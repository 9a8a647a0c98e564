"""The texts of the Telegram front end: none missing, none unused, none too long."""

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from fluent.syntax import ast

from adapters.fluent_texts import catalogue_text, load_texts, parsed_catalogue
from adapters.telegram.api.markup import units
from adapters.telegram.api.screens import LABEL_LIMIT
from adapters.telegram.bot.guard import TOAST_LIMIT
from adapters.telegram.bot.menu import ADMIN_COMMANDS
from adapters.telegram.bot.words import about_key
from domain.broadcast import BroadcastState
from domain.failure import FailureKind
from domain.model import ModelType, Parameter, model_key
from domain.operation import OF_ACCOUNTS, AlarmKind
from tests.support.registry import catalog

TEXTS = load_texts()
PACKAGE = Path(str(files("adapters.telegram")))
SOURCE = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
FORMED = (
    "tg-use-",
    "tg-help-",
    "tg-offer-help-",
    "tg-link-",
    "tg-privacy-to-",
    "tg-progress-delivering-",
    "tg-alarm-",
    "tg-talk-",
    "tg-hint-",
    "tg-about-",
    "tg-command-",
    "tg-does-",
    "tg-type-",
    "tg-parameter-",
    "tg-limit-",
    "tg-setting-",
    "tg-step-",
    "tg-admin-to-",
    "tg-admin-broadcast-",
    "tg-alarm-",
    "tg-line-",
    "tg-admin-refund-",
    "tg-subscription-",
    "tg-fault-",
    "tg-bot-fault-",
)
"""Keys that code puts together."""
TOASTS = set(re.findall(r"""Toast\([\w.]*plain\(\s*["'](tg-[\w-]+)["']""", SOURCE)) | {"tg-stranger", "tg-error"}
LABELS = ("tg-button-", "tg-step-", "tg-shelf-", "tg-setting-", "tg-back", "tg-close", "tg-clear", "tg-card-", "tg-run")
"""Begin the keys of what stands on buttons."""
LONGEST = {"id": "12345678", "model": max((one.title for one in catalog().models()), key=len), "credits": 9999.5,
           "count": 188, "used": 10, "all": 10}  # fmt: skip


def keys(language: str = "en") -> set[str]:
    resource = parsed_catalogue(language)
    return {entry.id.name for entry in resource.body if isinstance(entry, ast.Message) and entry.id.name[:3] == "tg-"}


def test_every_key_the_code_names_has_a_text_in_each_language() -> None:
    named = {key for key in re.findall(r"""["'](tg-[\w-]+)["']""", SOURCE) if not f"{key}-".startswith(FORMED)}
    assert named
    assert {key for key in named for language in TEXTS.languages if not TEXTS.has(key, language)} == set()


def test_every_text_is_used() -> None:
    named = set(re.findall(r"""["'](tg-[\w-]+)["']""", SOURCE)) | set(
        re.findall(r"{ (tg-[\w-]+) }", catalogue_text("en"))
    )
    assert {key for key in keys() if not key.startswith(FORMED)} - named == set()


@pytest.mark.parametrize("language", TEXTS.languages)
def test_every_command_and_every_type_has_its_words(language: str) -> None:
    assert all(TEXTS.has(f"tg-command-{name}", language) for name in ADMIN_COMMANDS)
    assert all(TEXTS.has(f"tg-{form}-{kind}", language) for kind in ModelType for form in ("type", "does"))


@pytest.mark.parametrize("language", TEXTS.languages)
def test_every_failure_and_every_alarm_has_a_word_for_the_operator(language: str) -> None:
    assert all(TEXTS.has(f"tg-fault-{kind}", language) for kind in FailureKind)
    assert all(TEXTS.has(f"tg-alarm-{form}{kind}", language) for kind in AlarmKind for form in ("", "name-"))
    assert all(TEXTS.has(f"tg-alarm-account-{kind}", language) for kind in OF_ACCOUNTS)
    states = set(BroadcastState) - {BroadcastState.PREPARED}
    assert all(TEXTS.has(f"tg-admin-broadcast-{state}", language) for state in states)


@pytest.mark.parametrize("language", TEXTS.languages)
def test_every_parameter_of_the_registry_has_a_name_and_no_other(language: str) -> None:
    names = {f"tg-parameter-{name}" for model in catalog().models() for name in model.parameters}
    assert {key for key in keys(language) if key.startswith("tg-parameter-")} == names


def test_what_the_registry_says_of_its_parameters_is_all_in_russian_and_no_more() -> None:
    said = {about_key(about) for model in catalog().models() for about in abouts(model.parameters.values()) if about}
    assert {key for key in keys("ru") if key.startswith("tg-about-")} == said


def abouts(parameters: Iterable[Parameter]) -> Iterator[str]:
    """What people may read: of each parameter, and of what has to stand in one that is typed as JSON."""
    for parameter in parameters:
        yield parameter.about
        for part in [*([parameter.items] if parameter.items else []), *parameter.fields]:
            yield from (field.about for field in part.fields if field.required)


@pytest.mark.parametrize("language", TEXTS.languages)
def test_what_pops_up_fits_telegrams_limit(language: str) -> None:
    assert len(TOASTS) > 15
    assert {key for key in TOASTS if units(TEXTS.text(key, language, **LONGEST)) > TOAST_LIMIT} == set()


@pytest.mark.parametrize("language", TEXTS.languages)
def test_no_label_of_a_button_is_cut(language: str) -> None:
    labels = {key for key in keys() if key.startswith(LABELS) and key not in {"tg-card-spent", "tg-button-continue"}}
    assert {key for key in labels if units(TEXTS.text(key, language, **LONGEST)) > LABEL_LIMIT} == set()


@pytest.mark.parametrize("language", TEXTS.languages)
def test_no_text_is_longer_than_a_message(language: str) -> None:
    assert max(len(TEXTS.text(key, language)) for key in keys()) <= 4096


def test_no_two_models_share_a_button() -> None:
    models = catalog().models()
    assert len({model_key(model.id) for model in models}) == len(models)
