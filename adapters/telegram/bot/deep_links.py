"""Links that open something in the bot: ``https://t.me/<bot>?start=<prefix><key>``.

A payload has at most 64 of ``A-Z a-z 0-9 _ -``: https://core.telegram.org/bots/features#deep-linking, read 2026-11.
"""

from enum import StrEnum

from aiogram import Bot, F
from aiogram.filters import CommandStart
from aiogram.utils.deep_linking import create_start_link


class Target(StrEnum):
    """What a link opens, by the prefix of its payload. Each has a handler of its own."""

    MODEL = "m-"
    PRESET = "p-"
    INVITE = "i-"
    BUY = "buy"
    REFERRAL = "r-"
    PROMO = "c-"


PLAIN = "hello"
"""The payload of buttons that must have one and mean a plain /start."""


def opens(target: Target) -> CommandStart:
    """The filter of the handler for this target; ``command.args`` is the payload, prefix included."""
    return CommandStart(deep_link=True, ignore_case=True, magic=F.args.startswith(target))


async def link_to(bot: Bot, target: Target, key: str) -> str:
    """The address. Raises ValueError for a key that does not fit into one."""
    return await create_start_link(bot, target + key)
