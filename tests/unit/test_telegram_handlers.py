"""Every handler asks for what the dispatcher gives, by name and by type."""

import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from aiogram import Bot, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, InlineQuery, Message, PreCheckoutQuery
from aiogram.types.bot_subscription_updated import BotSubscriptionUpdated
from attrs import fields

from adapters.telegram.bot import buttons
from adapters.telegram.bot.dispatcher import routers
from adapters.telegram.bot.handler_arguments import HandlerArguments
from adapters.telegram.bot.middleware import SeenWords
from adapters.telegram.bot.person import Person, Refusal
from adapters.telegram.bot.presses import PressPlace
from adapters.telegram.bot.questions import Questions
from adapters.telegram.bot.updates.update_handler import ALLOWED_UPDATES

GIVEN: Mapping[str, object] = {
    **{argument.name: argument.type for argument in fields(HandlerArguments)},
    "questions": Questions,
    "person": Person,
    "bot": Bot,
}
BY_EVENT: Mapping[str, Mapping[str, object]] = {
    "message": {"words": str, "command": CommandObject},
    "edited_message": {"seen_words": SeenWords},
    "callback_query": {"place": PressPlace},
    "inline_query": {},
    "pre_checkout_query": {"refusal": Refusal | None},
    "subscription": {"refusal": Refusal | None},
}
EVENTS = {
    "message": Message,
    "edited_message": Message,
    "callback_query": CallbackQuery,
    "inline_query": InlineQuery,
    "pre_checkout_query": PreCheckoutQuery,
    "subscription": BotSubscriptionUpdated,
}


def handlers() -> Iterator[tuple[str, Callable[..., Any]]]:
    for router in routers(sells=True):
        for each in _tree(router):
            for event in EVENTS:
                for handler in each.observers[event].handlers:
                    yield event, handler.callback


def _tree(router: Router) -> Iterator[Router]:
    yield router
    for each in router.sub_routers:
        yield from _tree(each)


@pytest.mark.parametrize(("event", "handler"), list(handlers()), ids=lambda value: getattr(value, "__module__", value))
def test_a_handler_is_given_all_it_asks_for(event: str, handler: Callable[..., Any]) -> None:
    hints = typing.get_type_hints(handler)
    first, *others = inspect.signature(handler).parameters.values()
    assert hints[first.name] is EVENTS[event]
    given = {**GIVEN, **BY_EVENT[event]}
    for parameter in others:
        assert parameter.kind is inspect.Parameter.KEYWORD_ONLY
        if parameter.name == "callback_data":
            assert hints["callback_data"] in vars(buttons).values()
        else:
            assert given[parameter.name] == hints[parameter.name], parameter.name


def test_there_are_handlers_to_look_at_for_every_update_that_is_taken() -> None:
    found = list(handlers())
    assert len(found) > 30
    assert {event for event, _ in found} == set(ALLOWED_UPDATES)
