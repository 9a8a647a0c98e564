"""Brings some results of one generation into its chat, as one message or one album."""

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import Any, Final, assert_never

import structlog
from aiogram.methods import (
    SendAnimation,
    SendAudio,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    FSInputFile,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    MediaUnion,
    Message,
)
from attrs import frozen

from adapters.telegram.api.forms import UPLOAD_LIMIT_BYTES, MessageForm, forms
from adapters.telegram.api.incoming import form_of, media_of
from adapters.telegram.api.markup import escape, split
from adapters.telegram.api.screens import UPLOAD_LIMIT_S, Addressed, FormRefused, Sender, addressed
from adapters.telegram.api.session import patiently
from adapters.telegram.bot.results.under_result import caption, link
from adapters.telegram.bot.words import Words
from application.errors import ApplicationError
from application.ports.messenger import Deliverable, LinkReason
from domain.generation import Generation, Receipt
from domain.media import MediaFile
from domain.parameter_roles import is_unchecked
from domain.preferences import Preferences

TEXT_MESSAGES: Final = 3
"""A longer text comes as a file."""


log = structlog.get_logger()


@frozen(kw_only=True)
class ResultSender:
    """``send`` raises ``FormRefused`` when not even the plainest form goes, else what the port says."""

    sender: Sender
    generation: Generation
    title: str
    words: Words
    preferences: Preferences
    buttons: InlineKeyboardMarkup | None = None

    async def send(self, items: Sequence[Deliverable]) -> Receipt:
        """One receipt for as many of them as reached the chat, the first at least."""
        if len(items) == 1:
            return await self._send_one(items[0])
        sendable = [item for item in items if MessageForm.LINK is not self.first_form(item)]
        if len(sendable) < 2:
            return await self._send_apart(items)
        return await self._send_album(items, sendable)

    async def _send_one(self, item: Deliverable) -> Receipt:
        if item.result.text is not None:
            return await self._send_text(item, item.result.text)
        refused: FormRefused | None = None
        for form in forms(item.file, original=self.preferences.originals):
            try:
                message = await self._post(self._method(form, item), limit_s=UPLOAD_LIMIT_S)
            except FormRefused as error:
                log.info("delivery.form_refused", generation_id=self.generation.id, form=form, trouble=error.trouble)
                refused = error
            else:
                return self.receipt([item], [message])
        assert refused is not None  # noqa: S101  # there is always a last form, and it was refused
        raise refused

    async def _send_apart(self, items: Sequence[Deliverable]) -> Receipt:
        receipts: list[Receipt] = []
        for item in items:
            try:
                receipts.append(await self._send_one(item))
            except (FormRefused, ApplicationError):
                if not receipts:
                    raise
                break  # what is in the chat is not sent again; the next call meets the same trouble, or none
        return Receipt(
            indexes=tuple(index for receipt in receipts for index in receipt.indexes),
            message=receipts[0].message,
            file_ids=tuple(file_id for receipt in receipts for file_id in receipt.file_ids or ("",)),
            forms=tuple(form for receipt in receipts for form in receipt.forms or ("",)),
        )

    async def _send_album(self, items: Sequence[Deliverable], sendable: Sequence[Deliverable]) -> Receipt:
        """An album can have no buttons: they come under it, with the links of what was too large for it."""
        try:
            messages = await self._post_album(sendable)
        except FormRefused as error:
            log.info("delivery.album_refused", generation_id=self.generation.id, trouble=error.trouble)
            return await self._send_apart(items)
        links = [
            link(self.generation, item.result, self.words, item.why_link) for item in items if item not in sendable
        ]
        arrived = sendable
        with suppress(FormRefused, ApplicationError):  # the album is there, and not sent again for what comes under it
            await self._post(self._message("\n\n".join(links) or self.words("tg-album-done", count=len(items))))
            arrived = [*sendable, *(item for item in items if item not in sendable)]
        return self.receipt(arrived, messages)

    async def _post_album(self, items: Sequence[Deliverable]) -> list[Message]:
        first_forms = [self.first_form(item) for item in items]
        together = {MessageForm.PHOTO, MessageForm.VIDEO}
        alike = set(first_forms) <= together or set(first_forms) == {MessageForm.AUDIO}
        media: list[MediaUnion] = [
            album_part(
                form if alike else MessageForm.DOCUMENT,
                item,
                item.file,
                self._caption() if position == 0 else None,
                hidden=is_unchecked(self.generation.input),
                performer=self.title,
            )
            for position, (form, item) in enumerate(zip(first_forms, items, strict=True))
            if item.file
        ]
        method = SendMediaGroup(chat_id=self.generation.destination.chat, media=media)
        return await self.sender.send(self._addressed(method), limit_s=UPLOAD_LIMIT_S)

    async def _send_text(self, item: Deliverable, text: str) -> Receipt:
        pieces = split(text) or [self.words.plain("tg-empty-text")]
        if len(pieces) > TEXT_MESSAGES:
            file = BufferedInputFile(text.encode(), filename="result.txt")
            message = await self._post(self._document(file), limit_s=UPLOAD_LIMIT_S)
            return self.receipt([item], [message])
        *before, last = pieces
        with ExitStack() as begun:
            for piece in before:
                await self._post(self._message(escape(piece), buttons=False))
                begun.enter_context(patiently())  # what has begun is not begun again because of a 429
            message = await self._post(self._message(escape(last)))
        return self.receipt([item], [message])

    async def _post(self, method: TelegramMethod[Message], *, limit_s: int = 20) -> Message:
        return await self.sender.send(self._addressed(method), limit_s=limit_s)

    def _addressed(self, method: Addressed) -> Addressed:
        """To the generation's chat; without a sound for someone who does not wait any more."""
        sent = addressed(method, self.generation.destination)
        return sent.model_copy(update={"disable_notification": True}) if self.generation.quiet else sent

    def _method(self, form: MessageForm, item: Deliverable) -> TelegramMethod[Message]:
        if item.file is None or form is MessageForm.LINK:
            text = link(self.generation, item.result, self.words, _why(item))
            return self._message(f"{self._caption() or ''}\n{text}".strip())
        file = _upload(item.file)
        chat, text_, buttons = self.generation.destination.chat, self._caption(), self.buttons
        hidden = is_unchecked(self.generation.input)
        match form:
            case MessageForm.PHOTO:
                return SendPhoto(chat_id=chat, photo=file, caption=text_, reply_markup=buttons, has_spoiler=hidden)
            case MessageForm.VIDEO:
                return SendVideo(
                    chat_id=chat,
                    video=file,
                    caption=text_,
                    reply_markup=buttons,
                    has_spoiler=hidden,
                    supports_streaming=True,
                )
            case MessageForm.ANIMATION:
                return SendAnimation(
                    chat_id=chat, animation=file, caption=text_, reply_markup=buttons, has_spoiler=hidden
                )
            case MessageForm.AUDIO:
                return self._audio(file, item)
            case MessageForm.VOICE:
                return SendVoice(chat_id=chat, voice=file, caption=text_, reply_markup=buttons)
            case MessageForm.DOCUMENT:
                return self._document(file)
            case _:
                assert_never(form)

    def _audio(self, file: InputFile, item: Deliverable) -> SendAudio:
        return SendAudio(
            chat_id=self.generation.destination.chat,
            audio=file,
            caption=self._caption(),
            reply_markup=self.buttons,
            **_shown_of_song(item, self.title),
        )

    def _document(self, file: InputFile) -> SendDocument:
        return SendDocument(
            chat_id=self.generation.destination.chat,
            document=file,
            caption=self._caption(),
            reply_markup=self.buttons,
            disable_content_type_detection=True,
        )

    def _message(self, text: str, *, buttons: bool = True) -> SendMessage:
        markup = self.buttons if buttons else None
        return SendMessage(chat_id=self.generation.destination.chat, text=text, reply_markup=markup)

    def first_form(self, item: Deliverable) -> MessageForm:
        """The richest form that it could go in."""
        return next(forms(item.file, original=self.preferences.originals))

    def _caption(self) -> str | None:
        return caption(self.generation, self.title, self.words) if self.preferences.captions else None

    def receipt(self, items: Sequence[Deliverable], messages: Sequence[Message]) -> Receipt:
        """For items that went as these messages, one each; those beyond the last went as links."""
        kept = [(media, form) for message in messages if (media := media_of(message)) and (form := form_of(message))]
        links = ("",) * (len(items) - len(kept)) if kept else ()
        return Receipt(
            indexes=tuple(item.index for item in items),
            message=str(messages[0].message_id),
            file_ids=(*(media.reference for media, _ in kept), *links),
            forms=(*(form for _, form in kept), *links),
        )


def _upload(file: MediaFile) -> FSInputFile:
    return FSInputFile(file.path, filename=file.name)


def album_part(
    form: MessageForm, item: Deliverable, file: MediaFile, text: str | None, *, hidden: bool, performer: str
) -> MediaUnion:
    """One file of an album. ``hidden``: no content filter was on. ``performer``: the model's title, for a song."""
    match form:
        case MessageForm.PHOTO:
            return InputMediaPhoto(media=_upload(file), caption=text, has_spoiler=hidden)
        case MessageForm.VIDEO:
            return InputMediaVideo(media=_upload(file), caption=text, has_spoiler=hidden, supports_streaming=True)
        case MessageForm.AUDIO:
            return InputMediaAudio(media=_upload(file), caption=text, **_shown_of_song(item, performer))
        case _:
            return InputMediaDocument(media=_upload(file), caption=text)


def _shown_of_song(item: Deliverable, performer: str) -> dict[str, Any]:
    """What players show: a song without a title of its own has the model's in its place."""
    song = item.result
    return {
        "title": song.title or performer,
        "performer": performer if song.title else None,
        "duration": None if song.seconds is None else round(song.seconds),
        "thumbnail": _upload(item.cover) if item.cover else None,
    }


def _why(item: Deliverable) -> LinkReason | None:
    """A file that is here and does not go was refused, or is larger than Telegram takes."""
    if item.file is not None and item.file.size_bytes > UPLOAD_LIMIT_BYTES:
        return LinkReason.TOO_LARGE
    return item.why_link
