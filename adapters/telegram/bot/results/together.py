"""Brings the results of several generations into their chat as one album, with a button for each."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import structlog
from aiogram.methods import SendMediaGroup, SendMessage
from aiogram.types import MediaUnion, Message
from attrs import frozen

from adapters.telegram.api.forms import MessageForm
from adapters.telegram.api.markup import cut, escape
from adapters.telegram.api.screens import UPLOAD_LIMIT_S, FormRefused, Rows, Screen, Sender, addressed, button, keyboard
from adapters.telegram.bot.buttons import GenerationButton
from adapters.telegram.bot.results.delivery import ResultSender, album_part
from adapters.telegram.bot.words import Words
from application.errors import ApplicationError, DestinationGone
from application.ports.messenger import AlbumPart, Deliverable
from domain.generation import Generation, GenerationState, Receipt
from domain.parameter_roles import is_unchecked
from domain.series import place_in_series

ALBUM_LIMIT: Final = 10
TEXT_LIMIT: Final = 300
TOGETHER: Final = frozenset({MessageForm.PHOTO, MessageForm.VIDEO})

log = structlog.get_logger()


@frozen(kw_only=True)
class Together:
    """``deliveries`` are those of the parts, in their order: each knows its caption and makes its receipt."""

    sender: Sender
    parts: Sequence[AlbumPart]
    deliveries: Sequence[ResultSender]
    words: Words

    async def send(self) -> Sequence[Receipt | ApplicationError]:
        """One receipt a part. What can't be in one album, or is too much for it, goes one by one, each with its own end."""
        flat = [
            (delivery, item) for part, delivery in zip(self.parts, self.deliveries, strict=True) for item in part.items
        ]
        forms = [delivery.first_form(item) for delivery, item in flat]
        fits = len(flat) <= ALBUM_LIMIT and (set(forms) <= TOGETHER or set(forms) == {MessageForm.AUDIO})
        if not fits or len(flat) < 2:
            return await self._apart()
        try:
            messages = await self._album(flat, forms)
        except FormRefused as error:
            log.info("album.refused", trouble=error.trouble)
            return await self._apart()
        receipts: list[Receipt | ApplicationError] = []
        start = 0
        for part, delivery in zip(self.parts, self.deliveries, strict=True):
            own = messages[start : start + len(part.items)]
            start += len(part.items)
            receipts.append(delivery.receipt(part.items, own))
        with suppress(FormRefused, ApplicationError):  # the album is there, and not sent again for what comes under it
            await self._buttons()
        return receipts

    async def _album(
        self, flat: Sequence[tuple[ResultSender, Deliverable]], forms: Sequence[MessageForm]
    ) -> list[Message]:
        media: list[MediaUnion] = [
            album_part(
                form,
                item,
                item.file,
                self._caption(delivery),
                hidden=is_unchecked(delivery.generation.input),
                performer=delivery.title,
            )
            for form, (delivery, item) in zip(forms, flat, strict=True)
            if item.file
        ]
        destination = self.parts[0].generation.destination
        method = addressed(SendMediaGroup(chat_id=destination.chat, media=media), destination)
        return await self.sender.send(method, limit_s=UPLOAD_LIMIT_S)

    async def _buttons(self) -> None:
        destination = self.parts[0].generation.destination
        rows: Rows = [
            [button(self._name(delivery), GenerationButton(generation=delivery.generation.id, action="show"))]
            for delivery in self.deliveries
        ]
        method = SendMessage(chat_id=destination.chat, text=self.words("tg-together-done"), reply_markup=keyboard(rows))
        await self.sender.send(addressed(method, destination))

    async def _apart(self) -> Sequence[Receipt | ApplicationError]:
        return [await _alone(part, delivery) for part, delivery in zip(self.parts, self.deliveries, strict=True)]

    def _caption(self, delivery: ResultSender) -> str:
        return self._name(delivery)

    def _name(self, delivery: ResultSender) -> str:
        """``2 · Nano Banana 2 · 8 credits``: which one it is, and what it cost."""
        place = place_in_series(delivery.generation.request_key)
        credits_ = delivery.generation.charged_credits
        cost = [] if credits_ is None else [self.words.credits(credits_)]
        return " · ".join([*([str(place.number)] if place else []), delivery.title, *cost])


def series_ended(generations: Sequence[Generation], titles: Sequence[str], words: Words) -> Screen:
    """What the message that began a series says in the end: how many are done, by which models, and what all of them cost."""
    done = sum(bool(one.results) for one in generations)
    cancelled = sum(one.state is GenerationState.CANCELLED for one in generations)
    head = words("tg-several-ended", done=done, failed=len(generations) - done - cancelled, cancelled=cancelled)
    paid = [one.paid_credits for one in generations if one.results]
    known = [credits_ for credits_ in paid if credits_ is not None]
    cost = [words("tg-several-cost", price=words.credits(sum(known)))] if known and len(known) == len(paid) else []
    return Screen("\n".join([head, *quoted(generations[0].prompt), counted(titles), *cost]), [])


def quoted(text: str) -> list[str]:
    """The words that all of them are made of, as a line. HTML."""
    return [f"<blockquote>{escape(cut(text, TEXT_LIMIT))}</blockquote>"] if text else []


def counted(titles: Sequence[str]) -> str:
    """``2 × Nano Banana 2, Z-Image``. HTML."""
    found = Counter(titles)
    return ", ".join(escape(f"{count} × {title}" if count > 1 else title) for title, count in found.items())


async def _alone(part: AlbumPart, delivery: ResultSender) -> Receipt | ApplicationError:
    """Its receipt or its error: what is in the chat already is not sent again for the trouble of another part."""
    try:
        return await delivery.send(part.items)
    except FormRefused as error:
        log.error("delivery.refused", generation_id=part.generation.id, trouble=error.trouble)  # noqa: TRY400  # no cause
        return DestinationGone(error.trouble)
    except ApplicationError as error:
        return error
