"""The operator and the people of a journey."""

from typing import Final

from domain.generation import UserId
from simulators.telegram import Message, PersonClient
from tests.support.telegram_journey import Journey

VERA: Final = UserId("telegram:100001")
"""Who acts for ``Journey.person``."""


async def says(trip: Journey, person: PersonClient, text: str) -> Message:
    """Someone writes, and the bot answers."""
    return await trip.answer_to(person.say(text))


def said_to(person: PersonClient) -> list[str]:
    """All that the bot said to someone in private."""
    return [message.words for message in person.chat().messages.values() if message.sender is not person.person]
