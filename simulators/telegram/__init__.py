"""A Bot API server that is not Telegram: for tests, benches and the demo, with a chat page in the browser.

``TelegramWorld`` is everything in it; ``create_app`` and ``serve`` put it on HTTP. It shares no code with the adapter
that talks to Telegram, so that both cannot be wrong together.
"""

from simulators.telegram.events import Query
from simulators.telegram.faults import Fault
from simulators.telegram.files import MediaKind
from simulators.telegram.payments import Charge, Invoice, Outcome, PaymentFault
from simulators.telegram.person import PersonClient, Upload
from simulators.telegram.record import CallRecord
from simulators.telegram.server import create_app, serve
from simulators.telegram.state import Bot, Chat, ChatKind, Membership, Message, Person
from simulators.telegram.world import TelegramWorld

__all__ = [
    "Bot",
    "CallRecord",
    "Charge",
    "Chat",
    "ChatKind",
    "Fault",
    "Invoice",
    "MediaKind",
    "Membership",
    "Message",
    "Outcome",
    "PaymentFault",
    "Person",
    "PersonClient",
    "Query",
    "TelegramWorld",
    "Upload",
    "create_app",
    "serve",
]
