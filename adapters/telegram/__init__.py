"""The Telegram front end: people write to a bot, and their wishes become use cases. The only package that knows aiogram."""
