"""The Telegram front end, the only package that knows aiogram: `api` speaks the Bot API, `bot` holds handlers and screens."""

from adapters.telegram.deferred_models import defer_models

defer_models()
