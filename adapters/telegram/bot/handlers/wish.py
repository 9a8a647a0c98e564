"""Anything a person writes or sends: it fills the card they work on, or begins a new wish."""

from aiogram import Bot, F, Router
from aiogram.types import Message
from attrs import evolve

from adapters.telegram.api.attachments import DOWNLOAD_LIMIT_BYTES
from adapters.telegram.api.incoming import destination_of, media_of, words_of
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.addressed import for_the_bot
from adapters.telegram.bot.card.arrivals import is_continued, is_told, of_album
from adapters.telegram.bot.card.cards import Cards
from adapters.telegram.bot.card.form import room_for
from adapters.telegram.bot.card.moves import received, written
from adapters.telegram.bot.card.place import Page, Place
from adapters.telegram.bot.handlers.start import introduction
from adapters.telegram.bot.menus.offered import Offered, fill
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.questions import Questions
from application.ports.model_catalog import ModelCatalog
from domain.draft import Draft
from domain.media import Attachment
from domain.model import Model


def wish_router() -> Router:
    """Private chats; in groups only what is said to the bot."""
    router = Router(name="wish")
    router.message.filter(for_the_bot)
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
    cards: Cards,
    offers: Offers,
    catalog: ModelCatalog,
    screens: Screens,
    questions: Questions,
) -> None:
    destination, quoted = destination_of(message), message.reply_to_message
    answered = media_of(quoted) if quoted else None
    text = words or (words_of(quoted) if quoted and not answered else "")
    if answered and _is_too_large(answered, bot):
        await screens.show(destination, _too_large(person))
        return
    if answered:
        await offers.make(person, destination, text, [answered], sent_at=message.date)
        return
    if not text:  # a group said the bot's name and nothing else
        await screens.show(destination, introduction(person))
        return
    draft = await cards.at_work(person, destination)
    if draft and (answer := questions.get(Place.read(draft.view).page)):
        await answer(draft, person, text)
        return
    model = _model_of(draft, catalog)
    if draft and _is_searched(draft):
        await offers.search(draft, person, text)
    elif draft and model and (changed := written(draft, model, text, message.date)):
        # an edit that changes nothing would be silence: the card comes anew, where the person looks
        await cards.show(evolve(changed, message=None) if _is_alike(draft, changed) else changed, model, person)
    elif draft and _is_offer(draft) and is_continued(draft, message.date):
        await offers.add_words(draft, person, text, message.date)
    else:
        await offers.make(person, destination, text, sent_at=message.date)


async def _file(
    message: Message,
    *,
    words: str,
    bot: Bot,
    person: Person,
    cards: Cards,
    offers: Offers,
    catalog: ModelCatalog,
    screens: Screens,
) -> None:
    file, destination = media_of(message), destination_of(message)
    assert file is not None  # noqa: S101  # the filter saw it
    answered = media_of(message.reply_to_message) if message.reply_to_message else None
    if any(_is_too_large(each, bot) for each in (file, answered) if each):
        await screens.show(destination, _too_large(person))
        return
    draft = await cards.at_work(person, destination)
    if draft and _is_same_album(draft, message):
        await offers.add_file(draft, person, file)
        return
    model, album = _model_of(draft, catalog), message.media_group_id or ""
    if answered:
        await offers.make(person, destination, words, [answered, file], album=album)
    elif draft and model and (changed := received(draft, model, file, album=album)):
        await cards.show(fill(changed, model, words, ()), model, person)
    elif draft and model and (room := room_for(model, file.kind)):
        if not is_told(draft, album):
            await cards.show(of_album(draft, album, is_told=True), model, person)
            screen = Screen(person.words("tg-files-full", model=model.title, count=room), [])
            await screens.show(destination, screen)
    else:
        await offers.make(person, destination, words, [file], album=album)


def _is_alike(before: Draft, after: Draft) -> bool:
    """Whether both cards look the same."""
    was, is_now = Place.read(before.view), Place.read(after.view)
    return before.values == after.values and evolve(was, arrival=is_now.arrival) == is_now


def _is_too_large(file: Attachment, bot: Bot) -> bool:
    return not bot.session.api.is_local and (file.size_bytes or 0) > DOWNLOAD_LIMIT_BYTES


def _too_large(person: Person) -> Screen:
    return Screen(person.words("tg-file-too-large", limit=DOWNLOAD_LIMIT_BYTES >> 20), [])


def _model_of(draft: Draft | None, catalog: ModelCatalog) -> Model | None:
    """The model of an open card; None for an offer and for a card that has done its work."""
    if draft is None or Place.read(draft.view).page in {Page.BROWSE, Page.OFFER, Page.SPENT}:
        return None
    return catalog.entry(draft.model_id)


def _is_searched(draft: Draft) -> bool:
    """Whether the lists are open, or what was found in them."""
    return Place.read(draft.view).page is Page.BROWSE or (_is_offer(draft) and bool(Offered.read(draft.values).query))


def _is_offer(draft: Draft) -> bool:
    return Place.read(draft.view).page is Page.OFFER


def _is_same_album(draft: Draft, message: Message) -> bool:
    return (
        _is_offer(draft) and bool(message.media_group_id) and Offered.read(draft.values).album == message.media_group_id
    )
