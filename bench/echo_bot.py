"""The least a bot on aiogram can do: ``python -m bench.echo_bot BASE_URL TOKEN``."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

BUTTON = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="again", callback_data="again")]])


async def main(base: str, token: str) -> None:
    """Poll until stopped."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def _echo(message: Message) -> None:
        await message.answer(message.text or "", reply_markup=BUTTON)

    @dispatcher.callback_query()
    async def _pressed(press: CallbackQuery) -> None:
        await press.answer()

    await dispatcher.start_polling(Bot(token, AiohttpSession(api=TelegramAPIServer.from_base(base))))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
