"""Several people who do anything at all: the bot answers each, and nothing breaks.

A long run: ``CLUMSY_STEPS=5000 CLUMSY_SEEDS=100-119 pytest tests/contract/test_telegram_clumsy_user.py``.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Any, Final

import pytest
import structlog

from application.generating.creation_rate_limiter import CreationWindow
from application.limits import GroupLimits, UserLimits
from config.settings import Settings
from domain.generation import Generation, GenerationState
from tests.support.fuzzing_users import Crowd, Deed
from tests.support.telegram_journey import TEXTS, Journey, journey

STEPS: Final = int(os.environ.get("CLUMSY_STEPS", "400"))
FIRST, _, LAST = os.environ.get("CLUMSY_SEEDS", "0-3").partition("-")
SEEDS: Final = range(int(FIRST), int(LAST or FIRST) + 1)
AT_ONCE: Final = 4
LIMITS: Final = UserLimits(in_flight=3, per_day=25, credits_per_day=200)
GROUP_LIMITS: Final = GroupLimits(per_day=12, credits_per_day=100)
HARMLESS: Final = (
    "message is not modified",
    "message to edit not found",
    "message to delete not found",
    "there is no text in the message to edit",
)
"""What Telegram may refuse: someone was faster, deleted the message, or asked for words in place of a picture."""
EXPECTED: Final = {"wish.refused", "generation.failed"}
ANSWERS: Final = ("sendMessage", "sendPhoto", "sendMediaGroup", "editMessageText", "deleteMessage")
FOREIGN: Final = {TEXTS.text("tg-foreign-button", language) for language in TEXTS.languages}


@pytest.mark.parametrize("seed", SEEDS)
async def test_clumsy_people_meet_no_exception_no_silence_and_no_way_around_the_limits(seed: int) -> None:
    random = Random(seed)
    settings = Settings(
        user_limits=LIMITS, group_limits=GROUP_LIMITS, confirm_credits=30, creation_window=CreationWindow(20, 1.0)
    )
    async with journey(language=random.choice(["en", "ru"]), driving=True, settings=settings) as trip:
        crowd = crowd_in(trip, random)
        with structlog.testing.capture_logs() as logs:
            while len(crowd.deeds) < STEPS:
                accepted = len(trip.rows)
                deeds = [crowd.act() for _ in range(random.randint(1, AT_ONCE))]
                await crowd.settle()
                faults = [
                    *unanswered(deeds, trip, trip.rows[accepted:]),
                    *refused(trip),
                    *over_the_limits(trip.rows),
                    *(entry for entry in logs if is_fault(entry)),
                ]
                assert not faults, (
                    f"seed {seed}, step {len(crowd.deeds)}",
                    faults,
                    "; ".join(map(str, crowd.deeds[-8:])),
                )
                trip.telegram.log.calls.clear()
                await crowd.let_tasks_end()
        assert GenerationState.DELIVERED in {row.state for row in trip.rows}


def crowd_in(trip: Journey, random: Random) -> Crowd:
    people = [trip.person, *(trip.telegram.add_person(name, language=random.choice(["en", "ru"])) for name in "ABC")]
    groups = [trip.telegram.add_group("Foxes", people), trip.telegram.add_group("Hares", people, is_forum=True)]
    groups[1].threads.add(7)
    return Crowd(trip=trip, random=random, people=people, groups=groups)


def unanswered(deeds: Sequence[Deed], trip: Journey, accepted: Sequence[Generation]) -> list[object]:
    """What was done without an answer, or did something with a button of someone else's.

    A wish that was taken on is answered by its progress, in its turn.
    """
    spoken_to = {str(call.parameters.get("chat_id")) for call in trip.telegram.log.calls if call.method in ANSWERS}
    spoken_to |= {row.destination.chat for row in accepted}
    silent = [
        deed
        for deed in deeds
        if (deed.query and deed.query.answer is None)
        or (deed.message and deed.message.chat.bot and str(deed.who.id) not in spoken_to)
    ]
    foreign = [deed for deed in deeds if deed.is_foreign and deed.query]
    worked = [deed for deed in foreign if deed.query and (deed.query.answer or {}).get("text") not in FOREIGN]
    return [*silent, *worked]


def refused(trip: Journey) -> list[str]:
    """What Telegram would not take, beyond what happens when someone was faster."""
    refusals = [call for call in trip.telegram.log.calls if call.status >= 400]
    return [
        f"{call.method}: {call.description}"
        for call in refusals
        if not any(text in call.description for text in HARMLESS)
    ]


def is_fault(entry: Mapping[str, Any]) -> bool:
    return entry["log_level"] in {"error", "critical", "warning"} and entry["event"] not in EXPECTED


def over_the_limits(rows: Sequence[Generation]) -> list[str]:
    """Who, or which group, has more than the limits say."""
    lasting = [row for row in rows if row.failure is None and row.state is not GenerationState.CANCELLED]
    in_flight = Counter(row.user for row in rows if not row.is_terminal)
    over: list[str] = [user for user, count in in_flight.items() if count > (LIMITS.in_flight or 0)]
    of_people = (Counter(row.user for row in lasting), _credits((row.user, row) for row in lasting), LIMITS)
    in_groups = [(row.destination.chat, row) for row in lasting if row.destination.chat.startswith("-")]
    of_groups = (Counter(chat for chat, _ in in_groups), _credits(in_groups), GROUP_LIMITS)
    for counted, credits_, limits in (of_people, of_groups):
        over += [name for name, count in counted.items() if count > (limits.per_day or 0)]
        over += [name for name, spent in credits_.items() if spent > (limits.credits_per_day or 0)]
    return [f"{name} is over a limit" for name in over]


def _credits(rows: Iterable[tuple[str, Generation]]) -> Mapping[str, float]:
    spent: dict[str, float] = defaultdict(float)
    for name, row in rows:
        charged = row.charged_credits
        spent[name] += (row.reserved_credits or 0) if charged is None else charged
    return spent
