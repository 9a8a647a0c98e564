"""Where a button was pressed, whose it is, and whether it was pressed just before."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final

from aiogram.types import CallbackQuery, InaccessibleMessage, Message
from attrs import evolve, frozen

from adapters.telegram.api.incoming import destination_of, is_group
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.person import Person
from application.errors import DestinationGone
from domain.generation import Destination

WITHIN_S: Final = 2.0
KEPT: Final = 1_000
ONCE: Final = ("g:", "m:", "p:")
"""Buttons of generations, models and presets. On a card a quick second tap is meant: one more step of a number."""
TURNING: Final = (":more", ":less", ":star")
"""Of these, those that a person may well press back and forth."""
UNANSWERED: Final = object()


class ForeignButton(Exception):
    """The button belongs to another person."""


@frozen(kw_only=True)
class PressPlace:
    """The chat and message of a press.

    A button works for ever, so the message may be out of reach: Telegram then shows its number and nothing else
    (``date: 0``), or neither the message nor the chat, as for a button that was sent by inline mode.
    """

    destination: Destination
    """Where to answer: the chat and topic of the button; the person's private chat where that does not show."""
    message: str | None
    """The number of the message with the button."""
    has_text: bool | None
    """Whether that is a message of text, not a file with a caption; None: Telegram does not show it."""
    is_known: bool = True
    """Whether the chat is the button's own."""

    @property
    def replying(self) -> Destination:
        """The same as an answer to the message with the button."""
        return evolve(self.destination, reply_to=self.message)

    @property
    def is_group(self) -> bool:
        """Whether others read what is shown there."""
        return is_group(self.destination.chat)

    def or_at(self, destination: Destination) -> "PressPlace":
        """This place; where the chat does not show, the one in which the button's subject lives."""
        return self if self.is_known else evolve(self, destination=evolve(destination, reply_to=None), is_known=True)

    def in_private(self, person: Person) -> "PressPlace":
        """This place when no one else reads there, else a new message in the person's private chat."""
        return private_place(person) if self.is_group else self


def place_of(press: CallbackQuery, person: Person) -> PressPlace:
    """Where this button was pressed."""
    match press.message:
        case Message() as message:
            return PressPlace(
                destination=destination_of(message, reply=False),
                message=str(message.message_id),
                has_text=message.text is not None,
            )
        case InaccessibleMessage() as message:
            chat = Destination(chat=str(message.chat.id))
            return PressPlace(destination=chat, message=str(message.message_id), has_text=None)
        case _:
            return private_place(person, is_known=False)


def private_place(person: Person, *, is_known: bool = True) -> PressPlace:
    """A new message in the person's private chat with the bot."""
    return PressPlace(destination=Destination(chat=person.account), message=None, has_text=None, is_known=is_known)


def check_owner(owner: str, person: Person) -> None:
    """Raises ForeignButton unless the button is this person's. ``owner`` is a user id or a Telegram id."""
    if owner not in {person.user, person.account}:
        raise ForeignButton


async def show_in_private(
    asked: Destination, person: Person, screens: Screens, show: Callable[[Destination], Awaitable[None]]
) -> None:
    """Answer with something personal: in a group it comes to the private chat, and the group hears where it is.

    ``asked`` is where it was asked for, with the message that did.
    """
    if not is_group(asked.chat):
        await show(evolve(asked, reply_to=None))
        return
    try:
        await show(Destination(chat=person.account))
    except DestinationGone:  # the person has never written to the bot
        await screens.show(asked, Screen(person.words("tg-write-first"), []))
    else:
        await screens.show(asked, Screen(person.words("tg-in-private"), []))


class RecentTaps:
    """The answers of the last seconds, by who pressed which button of which message."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[int, str, str], tuple[float, object]] = OrderedDict()

    def answer_of(self, press: CallbackQuery) -> object:
        """What the same press was just answered with; ``UNANSWERED`` where it is no second tap."""
        at, answer = self._answers.get(_key(press), (float("-inf"), UNANSWERED))
        return answer if _now() - at < WITHIN_S else UNANSWERED

    def note(self, press: CallbackQuery, answer: object) -> None:
        """Remember an answer for a moment."""
        data = press.data or ""
        if not data.startswith(ONCE) or data.endswith(TURNING):
            return
        self._answers[_key(press)] = (_now(), answer)
        if len(self._answers) > KEPT:
            self._answers.popitem(last=False)


def _key(press: CallbackQuery) -> tuple[int, str, str]:
    message = str(press.message.message_id) if press.message else press.inline_message_id or ""
    return press.from_user.id, message, press.data or ""


def _now() -> float:
    return asyncio.get_running_loop().time()
