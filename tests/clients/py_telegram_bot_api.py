"""pyTelegramBotAPI talks to the simulated Telegram. Arguments: its address, the bot's token, a chat."""

import sys

from telebot import TeleBot, apihelper  # type: ignore[import-not-found]  # installed by make clients alone
from telebot.types import InlineKeyboardButton, InlineKeyboardMarkup, LabeledPrice  # type: ignore[import-not-found]  # installed by make clients alone

URL, TOKEN, CHAT = sys.argv[1:]
PICTURE = sys.stdin.buffer.read()

apihelper.API_URL, apihelper.FILE_URL = URL + "/bot{0}/{1}", URL + "/file/bot{0}/{1}"
bot = TeleBot(TOKEN)
me = bot.get_me()
(said,) = bot.get_updates(timeout=5)
keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])
asked = bot.send_message(CHAT, f"{me.first_name}: {said.message.text}?", reply_markup=keyboard)
(press,) = bot.get_updates(offset=said.update_id + 1, timeout=5, allowed_updates=["message", "callback_query"])
bot.answer_callback_query(press.callback_query.id, text=press.callback_query.data)
bot.edit_message_text("answered", CHAT, asked.message_id)
photo = bot.send_photo(CHAT, PICTURE, caption="a picture")
assert bot.download_file(bot.get_file(photo.photo[-1].file_id).file_path)
bot.set_webhook(f"{URL}/hook", secret_token="s" * 8)
assert bot.get_webhook_info().url == f"{URL}/hook"
bot.delete_webhook()
bot.send_invoice(CHAT, "Credits", "Ten of them", "payload", "", "XTR", [LabeledPrice("Credits", 10)])
