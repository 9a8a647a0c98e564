"""python-telegram-bot talks to the simulated Telegram. Arguments: its address, the bot's token, a chat."""

import asyncio
import sys

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LabeledPrice, Update  # type: ignore[import-not-found]  # installed by make clients alone

URL, TOKEN, CHAT = sys.argv[1:]
PICTURE = sys.stdin.buffer.read()


async def main() -> None:
    async with Bot(TOKEN, base_url=f"{URL}/bot", base_file_url=f"{URL}/file/bot") as bot:
        me = await bot.get_me()
        (said,) = await bot.get_updates(timeout=5)
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])
        asked = await bot.send_message(CHAT, f"{me.first_name}: {said.message.text}?", reply_markup=keyboard)
        (press,) = await bot.get_updates(
            offset=said.update_id + 1, timeout=5, allowed_updates=[Update.MESSAGE, Update.CALLBACK_QUERY]
        )
        await bot.answer_callback_query(press.callback_query.id, text=press.callback_query.data)
        await bot.edit_message_text("answered", CHAT, asked.message_id)
        photo = await bot.send_photo(CHAT, PICTURE, caption="a picture")
        file = await bot.get_file(photo.photo[-1].file_id)
        assert await file.download_as_bytearray()
        await bot.set_webhook(f"{URL}/hook", secret_token="s" * 8)
        assert (await bot.get_webhook_info()).url == f"{URL}/hook"
        await bot.delete_webhook()
        await bot.send_invoice(CHAT, "Credits", "Ten of them", "payload", "XTR", [LabeledPrice("Credits", 10)])


asyncio.run(main())
