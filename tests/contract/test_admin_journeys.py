"""The operator's pages, and what people notice of what the operator decides, over the simulated Telegram."""

from collections.abc import AsyncIterator

import pytest

from application.limits import GroupLimits
from config.settings import Settings
from domain.access import Subject
from domain.failure import Failure, FailureKind
from domain.model import ModelId
from domain.operation import Alarm, AlarmKind, ModelPause
from simulators.telegram import Message
from tests.support.desk import VERA, says
from tests.support.generations import a_generation
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_simulator import labels
from tests.support.telegram_updates import until

PICTURE = ModelId("z-image")


@pytest.fixture
async def desk() -> AsyncIterator[Journey]:
    """Vera, who acts for ``Journey.person``, is an admin."""
    async with journey(admins=[VERA]) as trip:
        yield trip


@pytest.mark.parametrize(("language", "title", "none"), [("en", "The desk", "No failure"), ("ru", "Пульт", "Сбоев за")])
async def test_the_first_page_says_how_it_goes(language: str, title: str, none: str) -> None:
    async with journey(language=language, admins=[VERA]) as trip:
        page = await trip.say("/admin")
        assert page.words.startswith(title)
        assert none in page.words
        failed = a_generation(created_at=trip.clock.now(), reserved_credits=2.0)
        await trip.generations.add(failed)
        await trip.generations.save(failed.failed(Failure(kind=FailureKind.NO_RESULT), at=trip.clock.now()))
        await trip.generations.add(a_generation(created_at=trip.clock.now(), reserved_credits=2.5))
        await trip.alarms.begin(Alarm(kind=AlarmKind.MODEL_FAILING, about=PICTURE), at=trip.clock.now())
        await trip.press(page, "🔄")
        assert none not in page.words
        assert "1 · 2 · 2.5" in page.words.replace(",", ".")
        assert "Z-Image" in page.words


async def test_to_everybody_else_the_command_is_unknown_and_its_buttons_are_old(desk: Journey) -> None:
    page = await desk.say("/admin")
    bob = desk.telegram.add_person("Bob")
    for text in ("/admin", "/admin pause z-image", f"/admin block {VERA.partition(':')[2]}", "/admin invite 9"):
        assert "do not know this command" in (await says(desk, bob, text)).words
    hello = await says(desk, bob, "/start")
    for data in (
        "a:home::0",
        "a:pause:" + "0" * 8 + ":0",
        "a:block:100001:0",
        "a:invite::0",
        "a:send:x:0",
        "a:stop:x:0",
    ):
        assert "too old" in await desk.toast(bob.press_data(hello, data).id)
        assert "too old" in await desk.toast(bob.press_data(page, data).id)
    assert not desk.switches.pauses
    assert not desk.access.in_force
    assert not desk.access.invites


async def test_in_a_group_even_an_admin_gets_no_figures(desk: Journey) -> None:
    group = desk.telegram.add_group("Foxes", [desk.person])
    answer = await desk.answer_to(desk.person.say("/start", group))
    asked = desk.person.say("/admin", group, reply_to=answer)
    assert "do not know this command" in (await desk.answer_to(asked)).words


async def test_an_admins_forged_buttons_break_nothing(desk: Journey) -> None:
    page = await desk.say("/admin")
    for name in (
        "home",
        "models",
        "model",
        "pause",
        "resume",
        "people",
        "person",
        "block",
        "unblock",
        "blocks",
        "nothing",
    ):
        for key in ("", "x", "-", "9" * 30):
            for number in ("-5", "99999"):
                toast = await desk.toast(desk.person.press_data(page, f"a:{name}:{key}:{number}").id)
                assert "on my side" not in toast, (name, key, number)
    assert "too old" in await desk.toast(desk.person.press_data(page, "a:home:x:y").id)
    assert not desk.switches.pauses
    assert not desk.access.in_force


async def test_a_paused_model_is_marked_says_why_and_takes_no_wish_until_it_is_resumed(desk: Journey) -> None:
    bob = desk.telegram.add_person("Bob")
    offer = await says(desk, bob, "a red fox")
    bobs = desk.press_as(bob)
    await bobs(offer, "Z-Image")
    page = await desk.say("/admin pause z-image <b>under repair</b>")
    assert "under repair" in page.words
    assert "under repair" in await bobs(offer, "Run")
    assert not desk.rows
    await bobs(offer, "Aspect ratio")
    await bobs(offer, "16:9")
    assert "under repair" in offer.words
    assert not any("Run" in label for label in labels(offer))
    olga = desk.telegram.add_person("Olga")
    others = await says(desk, olga, "z-image a fox")
    assert not any("Z-Image" in label for label in labels(others))
    assert "Z-Image is switched off for now; the nearest is " in others.words
    await desk.press_as(olga)(others, "more models")
    while not any("Z-Image" in label for label in labels(others)):  # it stands last
        await desk.press_as(olga)(others, "▶")
    named = [label for label in labels(others) if "Z-Image" in label]
    assert named
    assert all(label.startswith("⏸") for label in named)
    refused = await says(desk, bob, "/generate z-image a fox")
    assert "under repair" in refused.words
    assert any("Other models" in label for label in labels(refused))
    await desk.press(page, "Switch on")
    assert "Takes wishes" in page.words
    await bobs(offer, "Aspect ratio")
    await bobs(offer, "1:1")
    await bobs(offer, "Run")
    assert len(desk.rows) == 1


async def test_a_model_is_found_and_switched_off_by_buttons_with_a_reason_in_each_language(desk: Journey) -> None:
    page = await desk.say("/admin")
    await desk.press(page, "Models")
    first = labels(page)
    await desk.press(page, "▶")
    assert labels(page) != first
    found = await desk.say("/admin models z-imag")
    await desk.press(found, "Z-Image")
    await desk.press(found, "too dear")
    assert "it costs too much" in found.words
    olga = desk.telegram.add_person("Olga", language="ru")
    assert "обходится слишком дорого" in (await says(desk, olga, "/generate z-image лиса")).words
    await desk.press(page, "◀")
    assert labels(page)[0].startswith("⏸")


async def test_a_wish_already_taken_on_goes_on_when_its_model_is_paused() -> None:
    async with journey(admins=[VERA], driving=True) as trip:
        await trip.press(await card(trip), "Run")
        await trip.say("/admin pause z-image")
        assert (await trip.provider_rings()).results


async def card(trip: Journey) -> Message:
    offer = await trip.say("a red fox in snow")
    await trip.press(offer, "Z-Image")
    return offer


async def test_an_admin_may_run_a_paused_model_all_the_same(desk: Journey) -> None:
    await desk.switches.pause(ModelPause(model_id=PICTURE, at=desk.clock.now()))
    offer = await card(desk)
    assert "switched off by the owner" in offer.words
    await desk.press(offer, "Run anyway")
    assert len(desk.rows) == 1


async def test_a_failing_model_is_marked_in_the_menus_and_on_its_card(desk: Journey) -> None:
    await desk.alarms.begin(Alarm(kind=AlarmKind.MODEL_FAILING, about=PICTURE), at=desk.clock.now())
    offer = await desk.say("a red fox in snow")
    await desk.press(offer, "more models")
    assert any(label.startswith("⚠️") and "Z-Image" in label for label in labels(offer))
    await desk.press(offer, "Z-Image")
    assert "ended in failures" in offer.words
    await desk.press(offer, "Run")
    assert len(desk.rows) == 1


async def test_someone_blocked_from_the_list_is_informed_once_and_then_nothing(desk: Journey) -> None:
    bob = desk.telegram.add_person("Bob <&>")
    hello = await says(desk, bob, "/start")
    page = await desk.say("/admin")
    await desk.press(page, "People")
    await desk.press(page, "Bob <&>")
    await desk.press(page, "Block")
    assert "Blocked since" in page.words
    said = await says(desk, bob, "a fox")
    assert "does not answer you any more" in said.words
    bob.say("please")
    assert await desk.toast(bob.press_data(hello, "b::0").id) == ""
    olga = desk.telegram.add_person("Olga")
    await says(desk, olga, "/start")
    assert [each for each in bob.chat().messages.values() if each.id > said.id and each.sender is not bob.person] == []
    await desk.press(page, "Unblock")
    assert "Choose a model" in (await says(desk, bob, "a fox")).words


async def test_someone_blocked_by_id_gets_the_reason_and_nothing_in_groups(desk: Journey) -> None:
    bob = desk.telegram.add_person("Bob")
    assert "123456789" in (await desk.say("/admin block")).words
    assert "can't be blocked" in (await desk.say(f"/admin block {desk.person.id}")).words
    await desk.say(f"/admin block {bob.id} asked for <b>nasty</b> things")
    group = desk.telegram.add_group("Foxes", [bob, desk.person])
    bob.say("/start", group)
    hello = await desk.answer_to(desk.person.say("/start", group))
    bot = hello.sender
    assert [each for each in group.messages.values() if each.sender is bot] == [hello]
    assert await desk.toast(bob.press_data(hello, "b::0").id) == ""
    assert "asked for <b>nasty</b> things" in (await says(desk, bob, "hello")).words
    query = bob.ask_inline("fox")
    await desk.telegram.until(lambda: query.answer)
    assert not query.offers


async def test_a_blocked_group_gets_silence_and_its_people_are_served_elsewhere(desk: Journey) -> None:
    bob = desk.telegram.add_person("Bob")
    group = desk.telegram.add_group("Foxes", [bob, desk.person])
    await desk.say(f"/admin block {group.id} spam")
    assert Subject(f"telegram:{group.id}") in desk.access.in_force
    bob.say("/start", group)
    assert (await says(desk, bob, "/start")).words.startswith("Hello!")
    assert not [each for each in group.messages.values() if each.sender is not bob.person]
    page = await desk.say("/admin")
    await desk.press(page, "Blocked")
    await desk.press(page, str(group.id))
    await desk.press(page, "Unblock")
    assert (await desk.answer_to(bob.say("/start", group))).words.startswith("Hello!")


async def test_an_invite_lets_exactly_one_stranger_in() -> None:
    async with journey(allowed=[], admins=[VERA]) as trip:
        bob, eve = trip.telegram.add_person("Bob"), trip.telegram.add_person("Eve")
        assert "closed circle" in (await says(trip, bob, "/start")).words
        assert not trip.access.known.keys() - {VERA}
        page = await trip.say("/admin")
        await trip.press(page, "Invite")
        link = (await trip.answer_to(page)).words.split()[-1]
        assert link.startswith("https://t.me/")
        payload = link.partition("?start=")[2]
        welcome = await says(trip, bob, f"/start {payload}")
        assert "welcome" in welcome.words
        assert (await trip.answer_to(welcome)).words.startswith("Hello!")
        assert "Choose a model" in (await says(trip, bob, "a red fox")).words
        assert "holds no longer" in (await says(trip, eve, f"/start {payload}")).words
        assert "holds no longer" in (await says(trip, eve, "/start i-forged")).words
        assert "closed circle" in (await says(trip, eve, "a red fox")).words
        assert "for 3 people" in (await trip.say("/admin invite 3")).words


async def test_an_open_bot_needs_no_invite(desk: Journey) -> None:
    assert "no one needs an invite" in (await desk.say("/admin invite")).words
    assert not desk.access.invites


async def test_a_group_over_its_quota_is_reported_and_private_chats_go_on() -> None:
    async with journey(settings=Settings(group_limits=GroupLimits(per_day=1))) as trip:
        bob = trip.telegram.add_person("Bob", language="ru")
        group = trip.telegram.add_group("Foxes", [trip.person, bob])
        trip.person.say("/generate z-image a red fox", group)
        await until(lambda: trip.rows)
        refused = await trip.answer_to(bob.say("/generate z-image лиса", group))
        assert "Лимит этой группы исчерпан: 1 генерация" in refused.words
        trip.person.say("/generate z-image a red fox")
        await until(lambda: len(trip.rows) == 2)
