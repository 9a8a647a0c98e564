"""Messages and edits, judged by aiogram's types and Telegram's error texts."""

from collections.abc import AsyncIterator

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
    MessageOriginUser,
    ReplyParameters,
)

from simulators.telegram import PersonClient
from tests.support.telegram_simulator import OTHER_TOKEN, Simulated, photo, simulated


@pytest.fixture
async def sim() -> AsyncIterator[Simulated]:
    async with simulated() as running:
        yield running


def buttons(*labels: str) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=label, callback_data=label.lower()) for label in labels]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def test_a_message_arrives_with_its_formatting_and_buttons(sim: Simulated) -> None:
    sent = await sim.bot.send_message(sim.anna.id, "<b>Hi</b>", parse_mode="HTML", reply_markup=buttons("Yes"))
    assert sent.text == "Hi"
    assert sent.entities is not None
    assert sent.entities[0].type == "bold"
    seen = sim.anna.chat().messages[sent.message_id]
    assert seen.words == "Hi"
    assert seen.buttons == [[{"text": "Yes", "callback_data": "yes"}]]


async def test_a_person_is_who_they_are(sim: Simulated) -> None:
    sim.anna.say("hello")
    (update,) = await sim.bot.get_updates()
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "ru"
    assert update.message.chat.type == "private"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("🦊" * 2049, "message is too long"),
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ],
)
async def test_text_telegram_does_not_take(sim: Simulated, text: str, complaint: str) -> None:
    with pytest.raises(TelegramBadRequest) as caught:
        await sim.bot.send_message(sim.anna.id, text, parse_mode="HTML")
    assert caught.value.message == f"Bad Request: {complaint}"


async def test_the_limit_counts_what_is_seen_not_the_markup(sim: Simulated) -> None:
    sent = await sim.bot.send_message(sim.anna.id, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert sent.text == "x" * 4096


async def test_a_caption_has_a_limit_of_its_own(sim: Simulated) -> None:
    sent = await sim.bot.send_photo(sim.anna.id, photo(), caption="x" * 1024)
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await sim.bot.edit_message_caption(chat_id=sim.anna.id, message_id=sent.message_id, caption="x" * 1025)


async def test_an_edit_changes_the_message_in_place_and_its_past_is_kept(sim: Simulated) -> None:
    sent = await sim.bot.send_message(sim.anna.id, "1 %", reply_markup=buttons("Cancel"))
    edited = await sim.bot.edit_message_text("2 %", chat_id=sim.anna.id, message_id=sent.message_id)
    assert isinstance(edited, Message)
    assert edited.text == "2 %"
    assert edited.edit_date is not None
    assert edited.reply_markup is None
    message = sim.anna.chat().messages[sent.message_id]
    assert [past["words"] for past in message.history] == ["1 %"]


async def test_an_edit_that_changes_nothing_is_refused(sim: Simulated) -> None:
    sent = await sim.bot.send_message(sim.anna.id, "same", reply_markup=buttons("A"))
    with pytest.raises(TelegramBadRequest) as caught:
        await sim.bot.edit_message_text(
            "same", chat_id=sim.anna.id, message_id=sent.message_id, reply_markup=buttons("A")
        )
    assert caught.value.message == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await sim.bot.edit_message_reply_markup(
            chat_id=sim.anna.id, message_id=sent.message_id, reply_markup=buttons("A")
        )


async def test_what_cannot_be_edited_says_why(sim: Simulated) -> None:
    own = await sim.bot.send_photo(sim.anna.id, photo())
    words = await sim.bot.send_message(sim.anna.id, "words")
    theirs = sim.anna.say("mine")
    cases = [
        (sim.bot.edit_message_text("x", chat_id=sim.anna.id, message_id=999), "message to edit not found"),
        (sim.bot.edit_message_text("x", chat_id=sim.anna.id, message_id=theirs.id), "message can't be edited"),
        (
            sim.bot.edit_message_text("x", chat_id=sim.anna.id, message_id=own.message_id),
            "there is no text in the message to edit",
        ),
        (
            sim.bot.edit_message_caption(chat_id=sim.anna.id, message_id=words.message_id, caption="x"),
            "there is no caption in the message to edit",
        ),
    ]
    for call, complaint in cases:
        with pytest.raises(TelegramBadRequest, match=complaint):
            await call


async def test_media_and_caption_can_be_replaced(sim: Simulated) -> None:
    sent = await sim.bot.send_message(sim.anna.id, "working")
    media = InputMediaPhoto(media=photo(), caption="<i>done</i>", parse_mode="HTML")
    edited = await sim.bot.edit_message_media(media, chat_id=sim.anna.id, message_id=sent.message_id)
    assert isinstance(edited, Message)
    assert edited.photo is not None
    assert edited.caption == "done"
    changed = await sim.bot.edit_message_caption(chat_id=sim.anna.id, message_id=sent.message_id, caption="really done")
    assert isinstance(changed, Message)
    assert changed.caption == "really done"


async def test_deleted_messages_are_gone(sim: Simulated) -> None:
    first = await sim.bot.send_message(sim.anna.id, "one")
    second = await sim.bot.send_message(sim.anna.id, "two")
    theirs = sim.anna.say("three")
    assert await sim.bot.delete_message(sim.anna.id, first.message_id)
    assert await sim.bot.delete_messages(sim.anna.id, [second.message_id, theirs.id, 999])
    assert not sim.anna.chat().messages
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await sim.bot.delete_message(sim.anna.id, first.message_id)


async def test_a_message_of_two_days_ago_cannot_be_deleted() -> None:
    now = 1_800_000_000.0
    async with simulated(clock=lambda: now) as sim:
        sent = await sim.bot.send_message(sim.anna.id, "old")
        now += 48 * 3600 + 1
        with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
            await sim.bot.delete_message(sim.anna.id, sent.message_id)


async def test_a_reply_shows_what_it_answers(sim: Simulated) -> None:
    asked = sim.anna.say("question")
    sent = await sim.bot.send_message(sim.anna.id, "answer", reply_parameters=ReplyParameters(message_id=asked.id))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "question"
    sim.anna.say("thanks", reply_to=sim.anna.chat().messages[sent.message_id])
    update = (await sim.bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.message_id == sent.message_id


async def test_a_reply_to_nothing_is_refused_unless_allowed(sim: Simulated) -> None:
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await sim.bot.send_message(sim.anna.id, "x", reply_parameters=ReplyParameters(message_id=999))
    allowed = ReplyParameters(message_id=999, allow_sending_without_reply=True)
    sent = await sim.bot.send_message(sim.anna.id, "x", reply_parameters=allowed)
    assert sent.reply_to_message is None


async def test_a_copy_is_the_bots_own_and_a_forward_names_the_author(sim: Simulated) -> None:
    boris = sim.world.add_person("Boris")
    boris.say("hello")
    original = sim.anna.say("original")
    copy = await sim.bot.copy_message(boris.id, sim.anna.id, original.id)
    assert boris.chat().messages[copy.message_id].words == "original"
    forwarded = await sim.bot.forward_message(boris.id, sim.anna.id, original.id)
    assert isinstance(forwarded.forward_origin, MessageOriginUser)
    assert forwarded.forward_origin.sender_user.id == sim.anna.id
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await sim.bot.copy_message(boris.id, sim.anna.id, 999)


async def test_a_persons_edit_and_forward_reach_the_bot(sim: Simulated) -> None:
    message = sim.anna.say("first")
    sim.anna.edit(message, "second")
    sim.anna.forward(message)
    first, edited, forwarded = await sim.bot.get_updates()
    assert first.message is not None
    assert edited.edited_message is not None
    assert edited.edited_message.text == "second"
    assert forwarded.message is not None
    assert forwarded.message.forward_origin is not None


async def test_a_chat_action_shows_until_the_next_message(sim: Simulated) -> None:
    await sim.bot.send_chat_action(sim.anna.id, "upload_photo")
    action = sim.anna.chat().action
    assert action is not None
    assert action[0] == "upload_photo"
    await sim.bot.send_message(sim.anna.id, "done")
    assert sim.anna.chat().action is None
    with pytest.raises(TelegramBadRequest, match="wrong parameter action in request"):
        await sim.bot.send_chat_action(sim.anna.id, "dancing")


async def test_a_reply_keyboard_stays_until_another_comes(sim: Simulated) -> None:
    await sim.bot.send_message(sim.anna.id, "name?", reply_markup=ForceReply(input_field_placeholder="Name"))
    assert sim.anna.chat().keyboard == {"force_reply": True, "input_field_placeholder": "Name"}


async def blocked(sim: Simulated) -> PersonClient:
    sim.anna.block()
    return sim.anna


async def deactivated(sim: Simulated) -> PersonClient:
    sim.anna.person.deactivated = True
    return sim.anna


async def never_wrote(sim: Simulated) -> PersonClient:
    return sim.world.add_person("Stranger")


@pytest.mark.parametrize(
    ("prepare", "complaint"),
    [
        (blocked, "Forbidden: bot was blocked by the user"),
        (deactivated, "Forbidden: user is deactivated"),
        (never_wrote, "Forbidden: bot can't initiate conversation with a user"),
    ],
)
async def test_people_who_cannot_be_written_to(sim: Simulated, prepare: object, complaint: str) -> None:
    assert callable(prepare)
    person = await prepare(sim)
    with pytest.raises(TelegramForbiddenError, match=complaint):
        await sim.bot.send_message(person.id, "x")


async def test_an_unknown_chat_is_not_found(sim: Simulated) -> None:
    for chat_id in (999_999, -100_999, "@nobody_here"):
        with pytest.raises(TelegramBadRequest, match="Bad Request: chat not found"):
            await sim.bot.send_message(chat_id, "x")


async def test_blocking_is_reported_to_the_bot(sim: Simulated) -> None:
    sim.anna.block()
    sim.anna.block(blocked=False)
    gone, back = await sim.bot.get_updates()
    assert gone.my_chat_member is not None
    assert gone.my_chat_member.new_chat_member.status == "kicked"
    assert back.my_chat_member is not None
    assert back.my_chat_member.new_chat_member.status == "member"


async def test_two_bots_share_a_person_but_no_chat(sim: Simulated) -> None:
    async with sim.another_session(OTHER_TOKEN) as other:
        with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation"):
            await other.send_message(sim.anna.id, "x")
        sim.anna.say("hi", sim.anna.chat(sim.world.bots[OTHER_TOKEN]))
        assert (await other.send_message(sim.anna.id, "x")).message_id == 2
    assert not sim.anna.chat().messages
