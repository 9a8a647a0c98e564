"""What a group sees of its members, and who is answered there."""

from collections.abc import AsyncIterator

import pytest

from application.limits import UserLimits
from config.settings import Settings
from simulators.telegram import Chat
from tests.support.telegram_journey import Journey, journey


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey(driving=True) as running:
        yield running


@pytest.fixture
def group(trip: Journey) -> Chat:
    return trip.telegram.add_group("Friends", [trip.person])


async def wish(trip: Journey, text: str) -> None:
    trip.person.say(f"/generate z-image {text}")
    await trip.provider_rings()


@pytest.mark.parametrize("command", ["/history", "/presets"])
async def test_what_is_personal_is_answered_in_private(trip: Journey, group: Chat, command: str) -> None:
    await wish(trip, "a private fox")
    before = set(trip.chat.messages)
    answer = await trip.answer_to(trip.person.say(f"{command}@{_name(trip)}", group))
    assert "private" in answer.words
    assert set(trip.chat.messages) - before
    assert "fox" not in str(
        [(message.words, message.buttons) for message in group.messages.values() if message.buttons]
    )


@pytest.mark.parametrize(
    ("language", "words", "answer", "said"),
    [
        ("en", "how many credits do I have left", "5 left", "private chat"),
        ("ru", "сколько у меня осталось кредитов", "осталось 5", "личный чат"),
    ],
)
async def test_a_question_for_the_balance_is_answered_in_private(
    language: str, words: str, answer: str, said: str
) -> None:
    settings = Settings(user_limits=UserLimits(credits_per_day=5))
    async with journey(language=language, settings=settings) as trip:
        await trip.say("/help")
        group, before = trip.telegram.add_group("Friends", [trip.person]), set(trip.chat.messages)
        in_group = await trip.answer_to(trip.person.say(f"@{_name(trip)} {words}", group))
        [private] = set(trip.chat.messages) - before
        assert said in in_group.words
        assert answer in trip.chat.messages[private].words


async def test_one_who_never_wrote_to_the_bot_is_informed_how_to_see_it(trip: Journey) -> None:
    stranger = trip.telegram.add_person("Boris")
    group = trip.telegram.add_group("Others", [stranger])
    stranger.block()
    answer = await trip.answer_to(stranger.say(f"/history@{_name(trip)}", group))
    assert "press Start" in answer.words


async def test_an_old_list_in_a_group_turns_its_pages_in_private(trip: Journey, group: Chat) -> None:
    await wish(trip, "a private fox")
    page = await trip.answer_to(trip.person.say(f"/settings@{_name(trip)}", group))
    before = set(trip.chat.messages)
    toast = await trip.toast(trip.person.press_data(page, f"h:{trip.person.id}:list::0:").id)
    assert "private" in toast
    assert set(trip.chat.messages) - before
    assert "fox" not in page.words + str(page.buttons)


@pytest.mark.parametrize("label", ["⭐ Favourites", "🕘 Recent"])
async def test_a_persons_own_models_open_in_private(trip: Journey, group: Chat, label: str) -> None:
    await wish(trip, "a private fox")
    page = await trip.answer_to(trip.person.say(f"/models@{_name(trip)}", group))
    before = set(trip.chat.messages)
    toast = await trip.press(page, label)
    assert "private" in toast
    [own] = [message for number, message in trip.chat.messages.items() if number not in before]
    assert "Z-Image" in str(own.buttons) or "Favourites" in label
    assert "Z-Image" not in page.words + str(page.buttons)


def _name(trip: Journey) -> str:
    return next(iter(trip.telegram.bots.values())).username


async def test_an_anonymous_admin_is_informed_why_nothing_happens(trip: Journey, group: Chat) -> None:
    answer = await trip.answer_to(trip.person.say_anonymously(f"/generate@{_name(trip)} z-image a fox", group))
    assert "Write as yourself" in answer.words
    assert trip.rows == []


async def test_a_post_of_the_linked_channel_that_names_the_bot_gets_no_answer(trip: Journey, group: Chat) -> None:
    trip.person.forward_from_channel(f"@{_name(trip)} is a fine bot", group)
    answer = await trip.answer_to(trip.person.say(f"/help@{_name(trip)}", group))
    between = [message for message in group.messages.values() if message.id < answer.id and message.id > 1]
    assert len([message for message in between if message.sender is not trip.person.person]) == 0
