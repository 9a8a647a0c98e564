"""/settings: the language, and how results come."""

from typing import Final

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.screens import Rows, Screen, Screens, button
from adapters.telegram.bot.buttons import SettingButton
from adapters.telegram.bot.card.card_session import StaleButton
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace, check_owner
from adapters.telegram.bot.words import Words, words_for
from application.front_ends.people import PersonUseCases
from application.ports.preference_store import PreferenceStore
from application.ports.texts import Texts
from application.preferences.change_preferences import (
    SHAPES,
    ChooseLanguage,
    ChooseQuality,
    ChooseShape,
    Option,
    PreferenceChange,
    SwitchOption,
)
from domain.preferences import Preferences
from domain.reading import Preference

ON: Final = "1"
AUTOMATIC: Final = "auto"
SHAPE: Final = "shape"
QUALITY: Final = "quality"


def settings_router() -> Router:
    """The page and its buttons."""
    router = Router(name="settings")
    router.message.register(_settings, Command("settings", ignore_case=True))
    router.callback_query.register(_set, SettingButton.filter())
    return router


async def _settings(
    message: Message, *, person: Person, screens: Screens, preferences: PreferenceStore, texts: Texts
) -> None:
    mine = await preferences.get(person.user)
    await screens.show(destination_of(message, reply=False), _screen(mine, person.words, texts))


async def _set(
    press: CallbackQuery,
    *,
    callback_data: SettingButton,
    person: Person,
    place: PressPlace,
    screens: Screens,
    people: PersonUseCases,
    texts: Texts,
) -> Toast | None:
    change = _change(callback_data, texts)
    if change is None:
        raise StaleButton
    check_owner(callback_data.owner, person)
    mine = await people.change_preferences(person.user, change)
    words = words_for(texts, mine.language or press.from_user.language_code)
    await screens.show(place.destination, _screen(mine, words, texts), message=place.message)
    return Toast(words.plain("tg-settings-saved"))


def _change(pressed: SettingButton, texts: Texts) -> PreferenceChange | None:
    """What the button sets; None where this version has no such setting."""
    if pressed.name == "language" and pressed.value in {AUTOMATIC, *texts.languages}:
        return ChooseLanguage(code=None if pressed.value == AUTOMATIC else pressed.value)
    shape = pressed.value.replace("x", ":")  # a colon parts what a button holds
    if pressed.name == SHAPE and (pressed.value == AUTOMATIC or shape in SHAPES):
        return ChooseShape(aspect_ratio=None if pressed.value == AUTOMATIC else shape)
    if pressed.name == QUALITY and pressed.value in {AUTOMATIC, *Preference}:
        return ChooseQuality(quality=None if pressed.value == AUTOMATIC else Preference(pressed.value))
    if pressed.name in set(Option):
        return SwitchOption(option=Option(pressed.name), on=pressed.value == ON)
    return None


def _screen(mine: Preferences, words: Words, texts: Texts) -> Screen:
    def choice(name: str, value: str, label: str, chosen: str | None) -> InlineKeyboardButton:
        return setting(f"{'✅ ' * (value == chosen)}{label}", name, value)

    def switch(name: str, *, on: bool) -> InlineKeyboardButton:
        label = f"{words.plain(f'tg-setting-{name}')}: {words.plain('tg-on' if on else 'tg-off')}"
        return setting(label, name, "0" if on else ON)

    def setting(label: str, name: str, value: str) -> InlineKeyboardButton:
        return button(label, SettingButton(name=name, value=value.replace(":", "x"), owner=mine.user.partition(":")[2]))

    languages = [
        choice("language", code, Words(texts, code).plain("tg-language"), mine.language) for code in texts.languages
    ]
    automatic = choice("language", AUTOMATIC, words.plain("tg-language-auto"), mine.language or AUTOMATIC)
    shapes = [
        choice(
            SHAPE,
            value,
            words.plain("tg-setting-auto") if value == AUTOMATIC else value,
            mine.aspect_ratio or AUTOMATIC,
        )
        for value in (AUTOMATIC, *SHAPES)
    ]
    qualities = [
        choice(QUALITY, value, words.plain(f"tg-setting-quality-{value}"), mine.quality or AUTOMATIC)
        for value in (AUTOMATIC, *Preference)
    ]
    rows: Rows = [
        languages,
        [automatic],
        shapes,
        qualities,
        [switch("originals", on=mine.originals)],
        [switch("captions", on=mine.captions)],
        [switch("money", on=mine.money)],
        *([] if mine.safe_is_fixed else [[switch("safe", on=mine.safe)]]),
    ]
    return Screen(words("tg-settings"), rows)
