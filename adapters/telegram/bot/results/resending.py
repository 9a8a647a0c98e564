"""Shows a generation again, from the files that Telegram keeps."""

from collections.abc import Collection, Mapping
from typing import Final

import structlog
from aiogram.methods import (
    GetFile,
    SendAnimation,
    SendAudio,
    SendDocument,
    SendPhoto,
    SendVideo,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import Message
from attrs import evolve, frozen

from adapters.telegram.api.errors import TelegramTrouble
from adapters.telegram.api.forms import UPLOAD_LIMIT_BYTES, MessageForm
from adapters.telegram.api.markup import escape, split
from adapters.telegram.api.screens import FormRefused, Screen, Screens, Sender, addressed, keyboard
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.results.delivery import ResultSender
from adapters.telegram.bot.results.kept import Kept, kept_results
from adapters.telegram.bot.results.under_result import ResultButtons, caption, link
from application.errors import ApplicationError, ResultGone, ResultRefused, ResultTooLarge, ResultUnavailable
from application.generating.fetch_result import OpenResult
from application.ports.messenger import Deliverable
from application.ports.model_catalog import ModelCatalog
from application.results.note_sent_again import NoteSentAgain
from domain.edit_steps import RESULT_NAME
from domain.generation import Destination, Generation, Receipt
from domain.media import Attachment, MediaKind
from domain.parameter_roles import is_unchecked

TEXT_MESSAGES: Final = 3
_MIME: Final[Mapping[MediaKind, str]] = {
    MediaKind.IMAGE: "image/jpeg",
    MediaKind.VIDEO: "video/mp4",
    MediaKind.AUDIO: "audio/mpeg",
}

log = structlog.get_logger()


def kept_files(generation: Generation, lost: Collection[int] = ()) -> list[Attachment]:
    """The media results that Telegram still has, as files someone might have sent; without those that are ``lost``."""
    found: list[Attachment] = []
    for index, kept in kept_results(generation).items():
        kind = generation.results[index].kind
        if kind in _MIME and index not in lost:
            mime = _MIME[kind]
            name = f"{RESULT_NAME}{index + 1}.{mime.partition('/')[2]}"
            found.append(Attachment(reference=kept.file_id, kind=kind, mime=mime, name=name))
    return found


@frozen(kw_only=True)
class Resending:
    """One message a result, by the file that Telegram keeps, else by our own or the provider's.

    A file that Telegram does not know any more is not asked for again. What did not end says how it stands.
    """

    _sender: Sender
    _screens: Screens
    _catalog: ModelCatalog
    _buttons: ResultButtons
    _open_result: OpenResult
    _note_sent_again: NoteSentAgain

    async def send(self, generation: Generation, destination: Destination, person: Person) -> None:
        """Raises what ``Sender`` does, except ``FormRefused``."""
        if not generation.results:
            await self._screens.show(destination, Screen(self._state(generation, person), []))
            return
        kept = kept_results(generation)
        for index, result in enumerate(generation.results):
            if file := kept.get(index):
                await self._send_file(generation, file, destination, person)
            elif result.text is not None:
                for piece in split(result.text)[:TEXT_MESSAGES]:
                    await self._screens.show(destination, Screen(escape(piece), []))
            else:
                await self._send_bytes(generation, index, destination, person)

    async def _send_file(self, generation: Generation, file: Kept, destination: Destination, person: Person) -> None:
        is_lost = False
        for form in file.forms:
            method = self._method(form, generation, file.file_id, destination.chat, person)
            try:
                await self._sender.send(addressed(method, destination))
            except FormRefused as refusal:  # a file id can only be sent as what it was
                is_lost = is_lost or refusal.trouble is TelegramTrouble.FILE_LOST
            else:
                return
        receipt = await self._send_bytes(generation, file.index, destination, person)
        if is_lost and receipt:
            await self._note_sent_again(generation.id, receipt)
        elif is_lost:
            await self._note_lost(generation, file.index)

    async def lost_results(self, generation: Generation) -> Collection[int]:
        """Ask Telegram for the files of these results, and return the indexes of those that it does not know any more.

        They are noted: no one is offered them again. While Telegram gives no answer a file counts as known.
        """
        lost = []
        for index, kept in kept_results(generation).items():
            try:
                await self._sender.send(GetFile(file_id=kept.file_id))
            except FormRefused as refusal:
                if refusal.trouble is TelegramTrouble.FILE_LOST:
                    lost.append(index)
                    await self._note_lost(generation, index)
            except ApplicationError as error:
                log.info("file.not_asked", error=error.code)
        return lost

    async def _note_lost(self, generation: Generation, index: int) -> None:
        """It was another bot's, or Telegram forgot it."""
        gone = Receipt(indexes=(index,), message=generation.receipts[-1].message, file_ids=("",), forms=("",))
        await self._note_sent_again(generation.id, gone)

    async def _send_bytes(
        self, generation: Generation, index: int, destination: Destination, person: Person
    ) -> Receipt | None:
        """Our own file is sent, else the provider's; None where there is neither, which is said."""
        result = generation.results[index]
        delivery = ResultSender(
            sender=self._sender,
            generation=evolve(generation, destination=destination),
            title=self._catalog.title_of(generation.model_id),
            words=person.words,
            preferences=person.preferences,
            buttons=keyboard(self._buttons.few(generation, person.words)),
        )
        try:
            async with self._open_result(generation, index, limit_bytes=UPLOAD_LIMIT_BYTES) as file:
                return await delivery.send([Deliverable(index=index, result=result, file=file)])
        except ResultTooLarge:
            await self._screens.show(destination, Screen(link(generation, result, person.words), []))
        except (ResultGone, ResultRefused):
            await self._screens.show(destination, Screen(person.words("tg-result-gone"), []))
        except (ResultUnavailable, FormRefused):
            await self._screens.show(destination, Screen(person.words("tg-result-later"), []))
        return None

    def _method(
        self, form: MessageForm, generation: Generation, file_id: str, chat: str, person: Person
    ) -> TelegramMethod[Message]:
        text = caption(generation, self._catalog.title_of(generation.model_id), person.words)
        markup, hidden = keyboard(self._buttons.few(generation, person.words)), is_unchecked(generation.input)
        match form:
            case MessageForm.PHOTO:
                return SendPhoto(chat_id=chat, photo=file_id, caption=text, reply_markup=markup, has_spoiler=hidden)
            case MessageForm.VIDEO:
                return SendVideo(chat_id=chat, video=file_id, caption=text, reply_markup=markup, has_spoiler=hidden)
            case MessageForm.ANIMATION:
                return SendAnimation(
                    chat_id=chat, animation=file_id, caption=text, reply_markup=markup, has_spoiler=hidden
                )
            case MessageForm.AUDIO:
                return SendAudio(chat_id=chat, audio=file_id, caption=text, reply_markup=markup)
            case MessageForm.VOICE:
                return SendVoice(chat_id=chat, voice=file_id, caption=text, reply_markup=markup)
            case _:
                return SendDocument(chat_id=chat, document=file_id, caption=text, reply_markup=markup)

    def _state(self, generation: Generation, person: Person) -> str:
        title = f"<b>{escape(self._catalog.title_of(generation.model_id))}</b>"
        if generation.failure:
            return f"{title}\n{escape(person.words.failure(generation.failure))}"
        return f"{title}\n{person.words('tg-cancelled' if generation.is_terminal else 'tg-history-running')}"
