"""/privacy: what is kept about a person, all of it as a file, and its end. Everybody has it, also where nothing is sold."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.methods import SendDocument
from aiogram.types import CallbackQuery, FSInputFile, InlineKeyboardButton, Message

from adapters.telegram.api.forms import UPLOAD_LIMIT_BYTES
from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.screens import UPLOAD_LIMIT_S, Rows, Screen, Screens, Sender, button
from adapters.telegram.bot.billing.screens import operators_text
from adapters.telegram.bot.buttons import PrivacyButton
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace, check_owner
from adapters.telegram.bot.studio_links import StudioLinks
from application.front_ends.billing import BillingUseCases
from application.front_ends.people import PersonUseCases


def privacy_router() -> Router:
    """``/privacy`` and its buttons."""
    router = Router(name="privacy")
    router.message.register(_privacy, Command("privacy", ignore_case=True))
    router.callback_query.register(_export, PrivacyButton.filter(F.action == "export"))
    router.callback_query.register(_ask, PrivacyButton.filter(F.action == "forget"))
    router.callback_query.register(_forget, PrivacyButton.filter(F.action == "erase"))
    return router


async def _privacy(message: Message, *, person: Person, screens: Screens, billing: BillingUseCases) -> None:
    screen = operators_text(billing.privacy, "tg-privacy", billing, person)
    rows: Rows = [[_button("export", person), _button("forget", person)]]
    await screens.show(destination_of(message, reply=False), Screen(screen.text, rows))


async def _export(
    _: CallbackQuery,
    *,
    callback_data: PrivacyButton,
    person: Person,
    sender: Sender,
    screens: Screens,
    place: PressPlace,
    people: PersonUseCases,
    studio_links: StudioLinks,
) -> None:
    check_owner(callback_data.owner, person)
    if await people.export.least_bytes(person.user) <= UPLOAD_LIMIT_BYTES:
        async with people.export.in_passing(person.user) as archive:
            if archive.stat().st_size <= UPLOAD_LIMIT_BYTES:
                file = FSInputFile(archive)
                await sender.send(SendDocument(chat_id=int(person.account), document=file), limit_s=UPLOAD_LIMIT_S)
                return
    link = studio_links.to_studio(person.words, chat=person.account)
    text = person.words("tg-privacy-too-large", studio="yes" if link else "no")
    await screens.show(place.in_private(person).destination, Screen(text, [[link]] if link else []))


async def _ask(
    _: CallbackQuery,
    *,
    callback_data: PrivacyButton,
    person: Person,
    place: PressPlace,
    screens: Screens,
    billing: BillingUseCases,
) -> None:
    check_owner(callback_data.owner, person)
    lines = ["tg-privacy-sure", *(["tg-privacy-credits"] if billing.is_on else [])]
    text = "\n".join(person.words(line) for line in lines)
    await screens.show(place.in_private(person).destination, Screen(text, [[_button("erase", person)]]))


async def _forget(
    _: CallbackQuery,
    *,
    callback_data: PrivacyButton,
    person: Person,
    place: PressPlace,
    screens: Screens,
    people: PersonUseCases,
) -> None:
    check_owner(callback_data.owner, person)
    await people.forget_myself(person.user)
    done = Screen(person.words("tg-privacy-erased"), [])
    await screens.show(place.destination, done, message=place.message)


def _button(action: str, person: Person) -> InlineKeyboardButton:
    return button(person.words.plain(f"tg-privacy-to-{action}"), PrivacyButton(owner=person.account, action=action))
