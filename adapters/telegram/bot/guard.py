"""The last line before a person: everybody gets an answer, no one an exception."""

import secrets
from contextlib import suppress
from typing import Any, Final

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramForbiddenError
from aiogram.types import CallbackQuery, InlineQuery, Message, TelegramObject
from attrs import frozen

from adapters.telegram.api.errors import TELEGRAM_FAULTS, trouble_of
from adapters.telegram.api.incoming import destination_of, for_the_bot
from adapters.telegram.api.markup import cut, escape
from adapters.telegram.api.screens import Rows, Screen, Screens, button
from adapters.telegram.bot.buttons import BuyButton
from adapters.telegram.bot.card.card_session import StaleButton
from adapters.telegram.bot.deep_links import Target
from adapters.telegram.bot.middleware import Data, Handler
from adapters.telegram.bot.person import Person, Refusal
from adapters.telegram.bot.presses import UNANSWERED, ForeignButton, PressPlace, RecentTaps, place_of
from adapters.telegram.bot.words import Words
from application.errors import (
    ApplicationError,
    DeliveryOutcomeUnknown,
    DestinationGone,
    InsufficientCredits,
    MessengerUnavailable,
)
from application.explanations import REFUSALS

TOAST_LIMIT: Final = 200
"""Characters of an answer to a button: https://core.telegram.org/bots/api#answercallbackquery, read 2026-10."""


log = structlog.get_logger()


@frozen
class Toast:
    """What a handler of a button may return: a line at the top of the screen, or (``alert``) a box to be closed."""

    text: str
    alert: bool = False


class GuardedMessages(BaseMiddleware):
    """Around the handlers of messages."""

    def __init__(self, screens: Screens) -> None:
        self._screens = screens

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        assert isinstance(event, Message)  # noqa: S101  # registered for messages alone
        person: Person = data["person"]
        refusal: Refusal | None = data["refusal"]
        if is_money(event):  # who has paid is served, and what can't be written down must come again: hide nothing
            return await handler(event, data)
        if refusal and not (refusal.is_stranger and is_invited(event)):
            if refusal.text and event.chat.type == "private":
                await self._say(event, escape(refusal.text))
            return None
        try:
            if data.get("too_many"):
                await self._say_too_many(event, person.words, data["bot"])
                return None
            return await handler(event, data)
        except Exception as error:
            if text := explain(error, person.words):
                await self._say(event, escape(text), remedies(error, person.words))
            return None

    async def _say_too_many(self, message: Message, words: Words, bot: Bot) -> None:
        """The one answer to all messages that were more than is taken of one chat at once."""
        if await for_the_bot(message, bot):
            await self._say(message, words("tg-too-many"))

    async def _say(self, message: Message, text: str, rows: Rows | None = None) -> None:
        try:
            await self._screens.show(destination_of(message), Screen(text, rows or []))
        except ApplicationError as error:
            log.info("answer.not_sent", error=error.code)


class GuardedPresses(BaseMiddleware):
    """Around the handlers of buttons, which may return a ``Toast``. Every press is answered, or the app shows it waiting.

    It gives them the ``place`` of the press, and says for all of them that a button is not known any more (``StaleButton``)
    or belongs to another person (``ForeignButton``).
    """

    def __init__(self, screens: Screens) -> None:
        self._screens = screens
        self._taps = RecentTaps()

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        assert isinstance(event, CallbackQuery)  # noqa: S101  # registered for presses alone
        toast = self._taps.answer_of(event)
        if toast is UNANSWERED:
            toast = await self._toast(handler, event, data)
            self._taps.note(event, toast)
        await self._answer(event, toast)
        return None

    async def _toast(self, handler: Handler, event: CallbackQuery, data: dict[str, Any]) -> object:
        """What the press is answered with."""
        person: Person = data["person"]
        refusal: Refusal | None = data["refusal"]
        toast: object = None
        data["place"] = place_of(event, person)
        if refusal:
            toast = Toast(refusal.text, alert=True) if refusal.text else None
        elif data.get("too_many"):
            toast = Toast(person.words.plain("tg-too-many"), alert=True)
        else:
            try:
                toast = await handler(event, data)
            except StaleButton:
                toast = Toast(person.words.plain("tg-old-button"), alert=True)
            except ForeignButton:
                toast = Toast(person.words.plain("tg-foreign-button"), alert=True)
            except DestinationGone:  # the private chat of a person who pressed in a group
                log.info("chat.gone")
                toast = Toast(person.words.plain("tg-write-first"), alert=True)
            except Exception as error:
                text = explain(error, person.words)
                toast = Toast(text, alert=True) if text else None
                await self._remedy(error, data["place"], person.words)
        return toast

    async def _remedy(self, error: Exception, place: PressPlace, words: Words) -> None:
        """What a pop-up has no room for: a message with the button that helps."""
        rows = remedies(error, words)
        if not rows:
            return
        try:
            text = escape(explain(error, words) or "")
            await self._screens.show(place.destination, Screen(text, rows))
        except ApplicationError as failure:
            log.info("answer.not_sent", error=failure.code)

    async def _answer(self, press: CallbackQuery, toast: object) -> None:
        try:
            if isinstance(toast, Toast):
                await press.answer(cut(toast.text, TOAST_LIMIT), show_alert=toast.alert)
            else:
                await press.answer()
        except TELEGRAM_FAULTS as error:  # the press is too old for an answer, or Telegram is away
            log.info("press.not_answered", trouble=trouble_of(error))


class GuardedQueries(BaseMiddleware):
    """Around the handlers of inline queries. There is no place for a sentence: who is not served, and who meets a fault,
    finds nothing."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        assert isinstance(event, InlineQuery)  # noqa: S101  # registered for inline queries alone
        person: Person = data["person"]
        try:
            if data["refusal"] is None and not data.get("too_many"):
                return await handler(event, data)
        except TELEGRAM_FAULTS as error:  # too old for an answer, or Telegram is away
            log.info("query.not_answered", trouble=trouble_of(error))
            return None
        except Exception as error:
            explain(error, person.words)
        with suppress(*TELEGRAM_FAULTS):
            await event.answer([], cache_time=0, is_personal=True)
        return None


def is_invited(message: Message) -> bool:
    """Whether they come with an invite, which its handler looks at."""
    return (message.text or "").startswith(f"/start {Target.INVITE}")


def is_money(message: Message) -> bool:
    """Whether it reports a payment, or a payment given back."""
    return bool(message.successful_payment or message.refunded_payment)


def remedies(error: Exception, words: Words) -> Rows:
    """The buttons that help against it."""
    if isinstance(error, InsufficientCredits):
        return [[button(words.plain("tg-top-up"), BuyButton())]]
    return []


def explain(error: Exception, words: Words) -> str | None:
    """Plain text for a person; None when there is no one to tell. What is a fault of our own is logged with its id."""
    match error:
        case DestinationGone() | TelegramForbiddenError():
            log.info("chat.gone")
            return None
        case MessengerUnavailable() | DeliveryOutcomeUnknown():
            log.warning("answer.not_sent", error=error.code, reason=str(error))
            return None
        case TelegramAPIError() | ClientDecodeError():  # its words may quote a message
            log.warning("answer.not_sent", trouble=trouble_of(error))
            return None
        case ApplicationError() if isinstance(error, REFUSALS):
            log.info("wish.refused", error=error.code)
            return words.error(error)
        case _:
            error_id = secrets.token_hex(4)
            log.exception("handler.failed", error_id=error_id, exc_info=error)
            return words.plain("tg-error", id=error_id)
