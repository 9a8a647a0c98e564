"""Groups, buttons, inline queries, commands, and what a bot says about itself."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
    ReactionTypeEmoji,
)

from simulators.telegram import Chat, ChatKind, Membership
from tests.support.telegram_simulator import TOKEN, Simulated, photo, simulated


@pytest.fixture
async def sim() -> AsyncIterator[Simulated]:
    async with simulated() as running:
        yield running


@pytest.fixture
def group(sim: Simulated) -> Chat:
    return sim.world.add_group("Friends", [sim.anna], [sim.world.bots[TOKEN]])


async def asked(sim: Simulated) -> Message:
    """A message of the bot with a button."""
    row = [InlineKeyboardButton(text="Yes", callback_data="yes")]
    keyboard = InlineKeyboardMarkup(inline_keyboard=[row])
    return await sim.bot.send_message(sim.anna.id, "Sure?", reply_markup=keyboard)


async def test_in_a_group_the_bot_sees_what_is_meant_for_it(sim: Simulated, group: Chat) -> None:
    name = sim.world.bots[TOKEN].username
    sent = await sim.bot.send_message(group.id, "hello, group")
    sim.anna.say("idle talk", group)
    sim.anna.say("/models", group)
    sim.anna.say("/models@somebody_else_bot", group)
    sim.anna.say(f"hey @{name}", group)
    sim.anna.say("a reply", group, reply_to=group.messages[sent.message_id])
    texts = [update.message.text for update in await sim.bot.get_updates() if update.message]
    assert texts == ["/models", f"hey @{name}", "a reply"]


async def test_an_administrator_sees_everything(sim: Simulated, group: Chat) -> None:
    group.bots[sim.world.bots[TOKEN].id] = Membership.ADMINISTRATOR
    sim.anna.say("idle talk", group)
    assert len(await sim.bot.get_updates()) == 1


@pytest.mark.parametrize(
    ("kind", "how", "complaint"),
    [
        (ChatKind.GROUP, Membership.KICKED, "Forbidden: bot was kicked from the group chat"),
        (ChatKind.SUPERGROUP, Membership.KICKED, "Forbidden: bot was kicked from the supergroup chat"),
        (ChatKind.CHANNEL, Membership.KICKED, "Forbidden: bot was kicked from the channel chat"),
        (ChatKind.SUPERGROUP, Membership.LEFT, "Forbidden: bot is not a member of the supergroup chat"),
    ],
)
async def test_a_bot_put_out_of_a_chat_cannot_write_there(
    sim: Simulated, kind: ChatKind, how: Membership, complaint: str
) -> None:
    chat = sim.world.add_group("Chat", [sim.anna], kind=kind)
    sim.world.remove_bot(sim.world.bots[TOKEN], chat, how=how)
    with pytest.raises(TelegramForbiddenError, match=complaint):
        await sim.bot.send_message(chat.id, "x")
    (update,) = await sim.bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == how.value


async def test_an_upgraded_group_names_its_new_id(sim: Simulated) -> None:
    group = sim.world.add_group("Small", [sim.anna], kind=ChatKind.GROUP)
    supergroup = sim.world.upgrade(group)
    with pytest.raises(TelegramMigrateToChat) as caught:
        await sim.bot.send_message(group.id, "x")
    assert caught.value.migrate_to_chat_id == supergroup.id
    old, new = [update.message for update in await sim.bot.get_updates() if update.message]
    assert (old.migrate_to_chat_id, new.migrate_from_chat_id) == (supergroup.id, group.id)
    assert (await sim.bot.send_message(supergroup.id, "x")).chat.type == "supergroup"


async def test_only_known_threads_of_a_forum_take_messages(sim: Simulated) -> None:
    forum = sim.world.add_group("Forum", [sim.anna], is_forum=True)
    forum.threads.add(5)
    sent = await sim.bot.send_message(forum.id, "x", message_thread_id=5)
    assert (sent.message_thread_id, sent.is_topic_message) == (5, True)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await sim.bot.send_message(forum.id, "x", message_thread_id=6)


async def test_a_bot_can_leave_a_group_and_look_at_one(sim: Simulated, group: Chat) -> None:
    assert (await sim.bot.get_chat(group.id)).title == "Friends"
    assert (await sim.bot.get_chat_member(group.id, sim.anna.id)).status == "member"
    assert await sim.bot.leave_chat(group.id)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the supergroup chat"):
        await sim.bot.send_message(group.id, "x")


async def test_messages_can_be_pinned_and_reacted_to(sim: Simulated) -> None:
    sent = await asked(sim)
    assert await sim.bot.pin_chat_message(sim.anna.id, sent.message_id)
    assert await sim.bot.set_message_reaction(sim.anna.id, sent.message_id, [ReactionTypeEmoji(emoji="👍")])
    assert await sim.bot.unpin_chat_message(sim.anna.id, message_id=sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message to pin not found"):
        await sim.bot.pin_chat_message(sim.anna.id, 999)


async def test_a_press_reaches_the_bot_and_its_answer_the_person(sim: Simulated) -> None:
    sent = await asked(sim)
    query = sim.anna.press(sim.anna.chat().messages[sent.message_id], "Yes")
    (update,) = await sim.bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "yes"
    assert isinstance(update.callback_query.message, Message)
    assert await sim.bot.answer_callback_query(update.callback_query.id, text="Noted", show_alert=True)
    assert query.answer == {"text": "Noted", "show_alert": True}


async def test_a_press_is_answered_once_and_in_time() -> None:
    now = 1_800_000_000.0
    too_old = "query is too old and response timeout expired or query ID is invalid"
    async with simulated(clock=lambda: now) as sim:
        sent = await asked(sim)
        message = sim.anna.chat().messages[sent.message_id]
        first, second = sim.anna.press(message, "Yes"), sim.anna.press(message, "yes")
        await sim.bot.answer_callback_query(first.id)
        with pytest.raises(TelegramBadRequest, match=too_old):
            await sim.bot.answer_callback_query(first.id)
        now += 151
        with pytest.raises(TelegramBadRequest, match=too_old):
            await sim.bot.answer_callback_query(second.id)
        with pytest.raises(TelegramBadRequest, match=too_old):
            await sim.bot.answer_callback_query("12345")


async def test_a_button_of_a_deleted_message_still_sends_its_data(sim: Simulated) -> None:
    sent = await asked(sim)
    message = sim.anna.chat().messages[sent.message_id]
    await sim.bot.delete_message(sim.anna.id, sent.message_id)
    sim.anna.press_data(message, "yes")
    (update,) = await sim.bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert not isinstance(update.callback_query.message, Message)


async def test_a_long_answer_is_refused(sim: Simulated) -> None:
    sent = await asked(sim)
    query = sim.anna.press(sim.anna.chat().messages[sent.message_id], "Yes")
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await sim.bot.answer_callback_query(query.id, text="x" * 201)


async def test_an_inline_query_gets_results_to_choose_from(sim: Simulated) -> None:
    sent = await sim.bot.send_photo(sim.anna.id, photo())
    assert sent.photo is not None
    query = sim.anna.ask_inline("fox")
    (update,) = await sim.bot.get_updates()
    assert update.inline_query is not None
    assert update.inline_query.query == "fox"
    article = InlineQueryResultArticle(
        id="1", title="Fox", input_message_content=InputTextMessageContent(message_text="A fox")
    )
    picture = InlineQueryResultCachedPhoto(id="2", photo_file_id=sent.photo[-1].file_id, caption="The fox")
    await sim.bot.answer_inline_query(update.inline_query.id, [article, picture])
    chosen = sim.anna.choose(query, "2")
    assert (chosen.words, chosen.media is not None) == ("The fox", True)
    result, message = (await sim.bot.get_updates(offset=update.update_id + 1))[:2]
    assert result.chosen_inline_result is not None
    assert result.chosen_inline_result.result_id == "2"
    assert message.message is not None
    assert message.message.via_bot is not None
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await sim.bot.answer_inline_query(update.inline_query.id, [article])


async def test_inline_results_are_checked(sim: Simulated) -> None:
    content = InputTextMessageContent(message_text="A fox")
    article = InlineQueryResultArticle(id="1", title="Fox", input_message_content=content)
    wrong_file = InlineQueryResultCachedPhoto(id="2", photo_file_id="nothing")
    query = sim.anna.ask_inline("fox")
    with pytest.raises(TelegramBadRequest, match="RESULT_ID_DUPLICATE"):
        await sim.bot.answer_inline_query(query.id, [article, article])
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await sim.bot.answer_inline_query(query.id, [wrong_file])
    with pytest.raises(TelegramBadRequest, match="too many inline query results"):
        await sim.bot.answer_inline_query(query.id, [article] * 51)
    with pytest.raises(TelegramBadRequest, match="NEXT_OFFSET_INVALID"):
        await sim.bot.answer_inline_query(query.id, [article], next_offset="9" * 65)
    with pytest.raises(TelegramBadRequest, match="RESULT_ID_INVALID"):
        await sim.bot.answer_inline_query(query.id, [article.model_copy(update={"id": "1" * 65})])
    with pytest.raises(TelegramBadRequest, match="RESULT_TITLE_EMPTY"):
        await sim.bot.answer_inline_query(query.id, [article.model_copy(update={"title": ""})])
    button = InlineQueryResultsButton(text="Write to me", start_parameter="no blanks here")
    with pytest.raises(TelegramBadRequest, match="START_PARAM_INVALID"):
        await sim.bot.answer_inline_query(query.id, [], button=button)


async def test_a_file_is_offered_only_as_what_it_is(sim: Simulated) -> None:
    sent = await sim.bot.send_document(sim.anna.id, photo())
    assert sent.document is not None
    as_photo = InlineQueryResultCachedPhoto(id="1", photo_file_id=sent.document.file_id)
    query = sim.anna.ask_inline("fox")
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await sim.bot.answer_inline_query(query.id, [as_photo])


async def test_more_inline_results_are_asked_for_with_the_offset_of_the_last_answer(sim: Simulated) -> None:
    button = InlineQueryResultsButton(text="Write to me", start_parameter="hello")
    first = sim.anna.ask_inline("fox")
    (update,) = await sim.bot.get_updates()
    await sim.bot.answer_inline_query(first.id, [], next_offset="50", button=button)
    assert (first.next_offset, first.switch) == ("50", {"text": "Write to me", "start_parameter": "hello"})
    sim.anna.ask_inline("fox", offset=first.next_offset)
    (following,) = await sim.bot.get_updates(offset=update.update_id + 1)
    assert following.inline_query is not None
    assert following.inline_query.offset == "50"


async def test_commands_are_kept_by_scope_and_language(sim: Simulated) -> None:
    scope = BotCommandScopeAllPrivateChats()
    await sim.bot.set_my_commands([BotCommand(command="models", description="Models")])
    await sim.bot.set_my_commands([BotCommand(command="m", description="Модели")], scope=scope, language_code="ru")
    assert [each.description for each in await sim.bot.get_my_commands()] == ["Models"]
    russian = await sim.bot.get_my_commands(scope=scope, language_code="ru")
    assert [each.description for each in russian] == ["Модели"]
    assert await sim.bot.get_my_commands(scope=scope) == []
    await sim.bot.delete_my_commands(scope=scope, language_code="ru")
    assert await sim.bot.get_my_commands(scope=scope, language_code="ru") == []


async def test_a_wrong_command_is_refused(sim: Simulated) -> None:
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await sim.bot.set_my_commands([BotCommand(command="Not good", description="x")])


async def test_the_bot_is_what_it_says_it_is(sim: Simulated) -> None:
    await sim.bot.set_my_name("Painter")
    await sim.bot.set_my_description("Paints")
    me = await sim.bot.get_me()
    assert (me.id, me.is_bot, me.first_name) == (42, True, "Painter")
    assert (await sim.bot.get_my_description()).description == "Paints"
    assert await sim.bot.log_out()


async def test_tokens_are_checked(sim: Simulated) -> None:
    async with sim.another_session("44:not-in-this-world") as stranger:
        with pytest.raises(TelegramUnauthorizedError, match="Unauthorized"):
            await stranger.get_me()
    async with aiohttp.ClientSession() as session, session.get(f"{sim.url}/botnonsense/getMe") as response:
        assert response.status == 404
        assert await response.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_an_unknown_method_is_not_found_and_case_does_not_matter(sim: Simulated) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{sim.url}/bot{TOKEN}/GETME") as response:
            assert (await response.json())["result"]["id"] == 42
        async with session.post(f"{sim.url}/bot{TOKEN}/sendJoy") as response:
            assert response.status == 404
            assert (await response.json())["description"] == "Not Found: method not found"


@pytest.mark.parametrize("how", ["query", "json", "form"])
async def test_parameters_may_come_in_any_way(sim: Simulated, how: str) -> None:
    values = {"chat_id": str(sim.anna.id), "text": "привет & пока"}
    given = {"query": {"params": values}, "json": {"json": values}, "form": {"data": values}}[how]
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{sim.url}/bot{TOKEN}/sendMessage", **given) as response:  # type: ignore[arg-type]  # one of several keyword arguments of aiohttp
            assert (await response.json())["result"]["text"] == "привет & пока"
        async with session.post(
            f"{sim.url}/bot{TOKEN}/sendMessage", data=b"{", headers={"Content-Type": "application/json"}
        ) as response:
            assert response.status == 400


async def test_a_download_of_nothing_is_not_found(sim: Simulated) -> None:
    with pytest.raises((TelegramNotFound, aiohttp.ClientResponseError)):
        await sim.bot.download_file("photos/file_999.jpg")


async def test_a_test_can_wait_for_what_the_bot_says(sim: Simulated) -> None:
    wish = sim.anna.say("a fox")
    await sim.bot.send_message(sim.anna.id, "on its way")
    answer = await sim.world.next_message(sim.anna.chat(), after=wish.id)
    assert answer.words == "on its way"
    with pytest.raises(TimeoutError):
        await sim.world.next_message(sim.anna.chat(), after=answer.id, timeout_s=0.01)


async def test_other_content_reaches_the_bot_as_it_is(sim: Simulated) -> None:
    sim.anna.send_other({"contact": {"phone_number": "1", "first_name": "Bob"}})
    (update,) = await sim.bot.get_updates()
    assert update.message is not None
    assert update.message.contact is not None
    assert update.message.contact.first_name == "Bob"
