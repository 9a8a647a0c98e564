"""A Bot API server that is not Telegram: for tests, benches and the demo, with a chat page in the browser.

``TelegramWorld`` is everything in it; ``create_app`` and ``serve`` put it on HTTP. It shares no code with the adapter
that talks to Telegram, so that both cannot be wrong together.
"""

from simulators.telegram.events import Query
from simulators.telegram.faults import TelegramFault
from simulators.telegram.files import FileKind
from simulators.telegram.payments import Charge, PaymentFault, PaymentOutcome, SimulatedInvoice
from simulators.telegram.person import PersonClient, SentFile
from simulators.telegram.record import CallRecord
from simulators.telegram.server import create_app, serve
from simulators.telegram.state import Chat, ChatKind, Membership, Message, SimulatedBot, SimulatedPerson
from simulators.telegram.world import TelegramWorld

__all__ = [
    "CallRecord",
    "Charge",
    "Chat",
    "ChatKind",
    "FileKind",
    "Membership",
    "Message",
    "PaymentFault",
    "PaymentOutcome",
    "PersonClient",
    "Query",
    "SentFile",
    "SimulatedBot",
    "SimulatedInvoice",
    "SimulatedPerson",
    "TelegramFault",
    "TelegramWorld",
    "create_app",
    "serve",
]
