"""A Bot API server that is not Telegram: for tests, benches and the demo, with a chat page in the browser.

``TelegramWorld`` is everything in it; ``create_app`` and ``serve`` put it on HTTP. It shares no code with the adapter
that talks to Telegram, so that both cannot be wrong together.
"""

from adapters.telegram_simulator.events import Query
from adapters.telegram_simulator.faults import Fault
from adapters.telegram_simulator.files import MediaKind
from adapters.telegram_simulator.person import PersonClient, Upload
from adapters.telegram_simulator.record import CallRecord
from adapters.telegram_simulator.server import create_app, serve
from adapters.telegram_simulator.state import Bot, Chat, ChatKind, Membership, Message, Person
from adapters.telegram_simulator.world import TelegramWorld

__all__ = [
    "Bot",
    "CallRecord",
    "Chat",
    "ChatKind",
    "Fault",
    "MediaKind",
    "Membership",
    "Message",
    "Person",
    "PersonClient",
    "Query",
    "TelegramWorld",
    "Upload",
    "create_app",
    "serve",
]
