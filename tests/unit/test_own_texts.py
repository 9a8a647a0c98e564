"""A bot may say hello in its operator's words."""

import pytest
from attrs import evolve

from adapters.fluent_texts import OwnTexts, load_texts
from adapters.fluent_texts.texts import LANGUAGES
from config.fleet import settings_of
from config.settings import WELCOMES, Settings, SettingsError
from domain.bot import BotId, BotRecord
from tests.support.generations import NOON

TEXTS = load_texts()


def test_own_words_stand_for_their_language_and_others_for_the_rest() -> None:
    own = OwnTexts(TEXTS, {"tg-start": {"ru": "Лисы", "": "Foxes <3"}})
    assert own.text("tg-start", "ru") == "Лисы"
    assert own.text("tg-start", "en") == "Foxes &lt;3"
    assert own.text("tg-back", "en") == TEXTS.text("tg-back", "en")
    assert OwnTexts(TEXTS, {"tg-start": {"ru": "Лисы"}}).text("tg-start", "en") == TEXTS.text("tg-start", "en")


def test_no_bot_of_the_directory_is_called_like_that_of_the_environment() -> None:
    shared = Settings.from_env({"BOT_NAME": "Fox", "WELCOME": "Foxes"})
    record = BotRecord(id=BotId("1"), token="1:x", kie_key="k", added_at=NOON)
    assert (settings_of(shared, record).bot_name, settings_of(shared, record).welcome) == (None, {"": "Foxes"})
    named = evolve(record, options={"BOT_NAME": "Hare"})
    assert settings_of(shared, named).bot_name == "Hare"


def test_there_is_a_welcome_for_every_language() -> None:
    assert set(WELCOMES) == {"", *LANGUAGES}
    read = Settings.from_env({"WELCOME": "Foxes", "WELCOME_RU": "Лисы", "TERMS": "Be kind."})
    assert (read.welcome, read.billing.terms) == ({"": "Foxes", "ru": "Лисы"}, "Be kind.")


@pytest.mark.parametrize(("name", "length"), [("BOT_NAME", 65), ("WELCOME_EN", 4001)])
def test_a_name_or_a_welcome_that_telegram_would_refuse_is_refused_at_once(name: str, length: int) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: "x" * length})
