"""What every middleware of aiogram is called with."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import TelegramObject

Data = dict[str, Any]
"""What handlers get by name."""

Handler = Callable[[TelegramObject, Data], Awaitable[Any]]
"""The next middleware, or the handler itself."""
