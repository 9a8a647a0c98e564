"""Anything a person writes or sends: it fills the card they work on, or begins a new wish."""

from collections.abc import Sequence
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import Message
from attrs import evolve

from adapters.telegram.api.attachments import DOWNLOAD_LIMIT_BYTES
from adapters.telegram.api.incoming import answered_media, destination_of, for_the_bot, media_of, words_of
from adapters.telegram.api.markup import escape
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.card.card_session import (
    CardPageKind,
    CardSession,
    is_continued,
    is_same_album,
    of_album,
    was_informed,
)
from adapters.telegram.bot.card.moves import Move, received, written
from adapters.telegram.bot.handlers.start import introduction
from adapters.telegram.bot.library.characters import Characters
from adapters.telegram.bot.menus.offer_view import unsaid_text
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.middleware import FileIntake
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.questions import Questions
from adapters.telegram.bot.results.results import ResultActions
from application.drafts.edits import SetValues, edited
from application.drafts.fill_draft import room_for
from application.ports.model_catalog import ModelCatalog
from application.wishes.place_message import PlacedMessage, WishParts
from domain.edit_steps import as_result
from domain.generation import Destination
from domain.media import Attachment, MediaKind
from domain.model import Model


def wish_router() -> Router:
    """Private chats; in groups only what is said to the bot."""
    router = Router(name="wish")
    router.message.filter(for_the_bot)
    router.message.middleware(FileIntake())
    router.message.register(_text, F.text, ~F.text.startswith("/"))
    router.message.register(_file, has_file)
    return router


def has_file(message: Message) -> bool:
    """Whether there is a file in it that models could take."""
    return media_of(message) is not None


async def _text(
    message: Message,
    *,
    words: str,
    bot: Bot,
    person: Person,
    cards: CardService,
    offers: Offers,
    catalog: ModelCatalog,
    screens: Screens,
    questions: Questions,
    results: ResultActions,
) -> None:
    destination, quoted, answered = destination_of(message), message.reply_to_message, answered_media(message)
    text = words or (words_of(quoted) if quoted and not answered else "")
    if answered:
        await _on_file(message, answered, text, bot=bot, person=person, offers=offers, screens=screens, results=results)
        return
    if not text:  # a group said the bot's name and nothing else
        await screens.show(destination, introduction(person))
        return
    session = await cards.at_work(person, destination)
    answer = questions.get(session.page.page) if session else None
    if session and answer and not await offers.is_question(text):
        await answer(session, person, text)
        return
    if answer:
        await offers.make(person, destination, text)
        return
    model = _model_of(session, catalog)
    if session and _is_searched(session):
        await offers.search(session, person, text)
        return
    if session and await _goes_on(session, model, text, message.date, person=person, cards=cards, offers=offers):
        return
    placed = await offers.place(session, person, WishParts(text=text), destination.chat)
    if placed.step:
        await _follow(placed.step, [], person, destination, results=results, screens=screens)
    else:
        await _take(message, text, placed, session, model, person=person, cards=cards, offers=offers, screens=screens)


async def _on_file(
    message: Message,
    answered: Attachment,
    text: str,
    *,
    bot: Bot,
    person: Person,
    offers: Offers,
    screens: Screens,
    results: ResultActions,
) -> None:
    """Words that answer a file: an order to the chain of edits, or what to do with the file."""
    destination = destination_of(message)
    placed = await offers.place(None, person, WishParts(text=text), destination.chat)
    if placed.step:
        await _follow(placed.step, [answered], person, destination, results=results, screens=screens)
    else:
        await _about_file(message, answered, text, bot=bot, person=person, offers=offers, screens=screens)


async def _follow(
    order: str,
    files: Sequence[Attachment],
    person: Person,
    destination: Destination,
    *,
    results: ResultActions,
    screens: Screens,
) -> None:
    """Do what an order to the chain of edits says; in a message there is no pop-up for what can't be done."""
    toast = await results.follow(order, person, destination, files)
    if toast and toast.alert:
        await screens.show(destination, Screen(escape(toast.text), []))


async def _take(
    message: Message,
    text: str,
    placed: PlacedMessage,
    session: CardSession | None,
    model: Model | None,
    *,
    person: Person,
    cards: CardService,
    offers: Offers,
    screens: Screens,
) -> None:
    """Put the words into the card that they belong to, or offer what fits them."""
    is_for_card = session and model and placed.is_for_draft
    if session and model and is_for_card and placed.unsaid:
        await screens.show(destination_of(message), Screen(unsaid_text(model, placed.unsaid, person.words), []))
        if placed.edit and not placed.edit.values:
            return
    if session and model and is_for_card and (moved := _moved(session, model, text, message.date, placed.edit)):
        # an edit that changes nothing would be silence: the card comes in a new message, where the person looks
        await cards.move(moved, model, person, is_new_message=_is_alike(session, moved, model))
    else:
        await offers.make_placed(session, placed, person, destination_of(message), sent_at=message.date)


def _moved(session: CardSession, model: Model, text: str, sent_at: datetime, edit: SetValues | None) -> Move | None:
    """What the words do to the card: the change that they mean, else they are its words."""
    return Move(session=session.at(CardPageKind.MAIN), edit=edit) if edit else written(session, model, text, sent_at)


async def _goes_on(
    session: CardSession,
    model: Model | None,
    text: str,
    sent_at: datetime,
    *,
    person: Person,
    cards: CardService,
    offers: Offers,
) -> bool:
    """Add the next part of a text that an app cut into several messages. False: it is none."""
    if not is_continued(session, sent_at):
        return False
    if model and (moved := written(session, model, text, sent_at)):
        await cards.move(moved, model, person)
        return True
    if _is_offer(session):
        await offers.add_words(session, person, text, sent_at)
        return True
    return False


async def _about_file(
    message: Message, file: Attachment, text: str, *, bot: Bot, person: Person, offers: Offers, screens: Screens
) -> None:
    """Words that answer a file, which may be a result of the bot."""
    destination = destination_of(message)
    if _is_too_large(file, bot):
        await screens.show(destination, _too_large(person))
        return
    of_the_bot = _made_by_us(message.reply_to_message, file, bot)
    files = [as_result(file) if of_the_bot else file]
    await offers.make(person, destination, text, files, sent_at=message.date, reply_to=of_the_bot)


async def _file(
    message: Message,
    *,
    words: str,
    bot: Bot,
    person: Person,
    cards: CardService,
    offers: Offers,
    catalog: ModelCatalog,
    screens: Screens,
    characters: Characters,
) -> None:
    file, destination = media_of(message), destination_of(message)
    assert file is not None  # noqa: S101  # the filter saw it
    answered = answered_media(message)
    if any(_is_too_large(each, bot) for each in (file, answered) if each):
        await screens.show(destination, _too_large(person))
        return
    session = await cards.at_work(person, destination)
    album = message.media_group_id or ""
    if session and _is_offer(session) and is_same_album(session, album):
        await offers.add_file(session, person, file, words)
        return
    model = _model_of(session, catalog)
    if session and not answered and await characters.receive(session, model, file, person, album=album):
        return
    if answered:
        await offers.make(person, destination, words, [answered, file], album=album)
    elif session and model and (moved := received(session, model, file, album=album)):
        await cards.move(moved, model, person, words=words)
    elif session and model and (room := room_for(model, file.kind)):
        if not was_informed(session, album):
            await cards.show(of_album(session, album, is_informed=True), model, person)
            screen = Screen(person.words("tg-files-full", model=model.title, count=room), [])
            await screens.show(destination, screen)
    else:
        placed = await offers.place(session, person, WishParts(text=words, files=(file,)), destination.chat)
        await offers.make_placed(session, placed, person, destination, album=album)


def _made_by_us(quoted: Message | None, answered: Attachment, bot: Bot) -> MediaKind | None:
    """The kind of the result that a message answers; None where the file is the person's own."""
    is_ours = quoted is not None and quoted.from_user is not None and quoted.from_user.id == bot.id
    return answered.kind if is_ours else None


def _is_alike(before: CardSession, moved: Move, model: Model) -> bool:
    """Whether the card looks the same after the move."""
    values = edited(model, before.values, moved.edit, item=moved.item) if moved.edit else before.values
    page = moved.session.page
    return values == before.values and evolve(before.page, batch=page.batch) == page


def _is_too_large(file: Attachment, bot: Bot) -> bool:
    return not bot.session.api.is_local and (file.size_bytes or 0) > DOWNLOAD_LIMIT_BYTES


def _too_large(person: Person) -> Screen:
    return Screen(person.words("tg-file-too-large", limit=DOWNLOAD_LIMIT_BYTES >> 20), [])


def _model_of(session: CardSession | None, catalog: ModelCatalog) -> Model | None:
    """The model of an open card; None for an offer and for a card that has done its work."""
    if session is None or session.draft is None or session.page.page is CardPageKind.SPENT:
        return None
    return catalog.entry(session.draft.model_id)


def _is_searched(session: CardSession) -> bool:
    """Whether the lists are open, or what was found in them."""
    return session.page.page is CardPageKind.BROWSE or (_is_offer(session) and bool(session.offer.query))


def _is_offer(session: CardSession) -> bool:
    return session.page.page is CardPageKind.OFFER
