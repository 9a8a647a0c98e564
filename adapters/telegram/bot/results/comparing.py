"""Two steps of one picture beside each other, from the files that Telegram keeps."""

from aiogram.methods import SendMediaGroup
from aiogram.types import InputMediaPhoto, MediaUnion
from attrs import frozen

from adapters.telegram.api.forms import MessageForm
from adapters.telegram.api.screens import FormRefused, Sender, addressed
from adapters.telegram.bot.results.kept import kept_results
from adapters.telegram.bot.words import Words
from domain.generation import Destination, Generation
from domain.parameter_roles import is_unchecked


@frozen
class Comparing:
    """An album of before and after."""

    _sender: Sender

    async def send(self, before: Generation, after: Generation, destination: Destination, words: Words) -> bool:
        """Send it. False where Telegram does not keep both as photos. Raises what ``Sender`` does, except ``FormRefused``."""
        first, second = _photo(before), _photo(after)
        if first is None or second is None:
            return False
        hidden = is_unchecked(after.input)
        media: list[MediaUnion] = [
            InputMediaPhoto(media=first, caption=words("tg-compare-before"), has_spoiler=hidden),
            InputMediaPhoto(media=second, caption=words("tg-compare-after"), has_spoiler=hidden),
        ]
        try:
            await self._sender.send(addressed(SendMediaGroup(chat_id=destination.chat, media=media), destination))
        except FormRefused:
            return False
        return True


def _photo(generation: Generation) -> str | None:
    kept = kept_results(generation).values()
    return next((one.file_id for one in kept if MessageForm.PHOTO in one.forms), None)
