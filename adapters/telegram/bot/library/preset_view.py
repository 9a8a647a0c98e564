"""What a person sees of their presets."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from aiogram.types import CopyTextButton, InlineKeyboardButton
from attrs import frozen

from adapters.telegram.api.markup import escape
from adapters.telegram.api.screens import Rows, Screen, button, in_pairs
from adapters.telegram.bot.buttons import CardAction, DraftButton, PresetButton, PresetsButton
from adapters.telegram.bot.card.card_session import CardSession
from adapters.telegram.bot.menus.model_label import priced_row
from adapters.telegram.bot.paging import screenful
from adapters.telegram.bot.person import Person
from application.drafts.fill_draft import files_in
from domain.model import Model
from domain.preset import Preset, PresetId
from domain.price import PriceQuote

_LABELS: Final = {
    "open": "tg-preset-open",
    "rename": "tg-preset-rename",
    "share": "tg-preset-share",
    "unshare": "tg-preset-unshare",
    "delete": "tg-preset-delete",
}

NO_PRICES: Final[Mapping[PresetId, PriceQuote]] = {}


@frozen
class PresetView:
    """Draws for one person. Pure. ``fault``, where it is taken, is what was wrong with the last answer, plain."""

    _person: Person

    def index(
        self,
        presets: Sequence[Preset],
        number: int,
        *,
        managing: bool,
        prices: Mapping[PresetId, PriceQuote] = NO_PRICES,
    ) -> Screen:
        """A page of them. A press opens the card, or (``managing``) what can be done with the preset."""
        words = self._person.words
        if not presets:
            return Screen(words("tg-presets-none"), [])
        shown, pager = screenful(presets, number)
        action = "view" if managing else "open"
        rows: Rows = [
            [button(self._label(preset, prices.get(preset.id)), PresetButton(preset=preset.id, action=action))]
            for preset in shown
        ]
        rows.append(pager.buttons(lambda turned_to: self._page(turned_to, managing=managing)))
        other = words.plain("tg-presets-done" if managing else "tg-presets-manage")
        rows.append([button(other, self._page(pager.number, managing=not managing))])
        return Screen(words("tg-presets-managing" if managing else "tg-presets"), rows)

    def one(self, preset: Preset, about: str, address: str | None, price: PriceQuote | None = None) -> Screen:
        """``about`` is HTML with its values, ``address`` its link while it is shared."""
        words = self._person.words
        lines = [f"💾 <b>{escape(preset.name)}</b>", "", about]
        if address:
            lines += ["", words("tg-preset-shared", files=len(files_in(preset.values))), escape(address)]
        rows: Rows = [
            *in_pairs([self._action(preset, "open", price), self._action(preset, "rename")]),
            self._address_buttons(address) if address else [],
            [self._action(preset, "unshare" if address else "share"), self._action(preset, "delete")],
            [button(words.plain("tg-back"), self._page(0, managing=True))],
        ]
        return Screen("\n".join(lines), rows)

    def deletion(self, preset: Preset) -> Screen:
        """Asked once before it is gone."""
        words = self._person.words
        gone = button(words.plain("tg-preset-delete-yes"), PresetButton(preset=preset.id, action="gone"))
        return Screen(words("tg-preset-delete-sure", name=preset.name), [[gone], [self._back_to(preset)]])

    def name_question(self, preset: Preset, fault: str | None = None) -> Screen:
        """Asks for another name."""
        question = self._person.words("tg-preset-rename-ask", name=preset.name)
        return Screen(_asked(question, fault), [[self._back_to(preset)]])

    def keep_question(self, session: CardSession, model: Model, address: str, fault: str | None) -> Screen:
        """On a card: asks for the name to keep it under, and has the model's link."""
        files = len(files_in(session.values))
        question = self._person.words("tg-preset-keep-ask", model=model.title, link=address, files=files)
        return Screen(_asked(question, fault), [self._address_buttons(address), [self._back_to_card(session)]])

    def kept(self, session: CardSession, preset: Preset) -> Screen:
        """On a card that has just been kept."""
        words = self._person.words
        hand = button(words.plain("tg-preset-share"), PresetButton(preset=preset.id, action="hand"))
        return Screen(words("tg-preset-kept", name=preset.name), [[hand], [self._back_to_card(session)]])

    def _address_buttons(self, address: str) -> list[InlineKeyboardButton]:
        """To take a link along: into the clipboard, into another chat."""
        words = self._person.words
        sending = f"https://t.me/share/url?{urlencode({'url': address})}"
        return [
            InlineKeyboardButton(text=words.plain("tg-link-copy"), copy_text=CopyTextButton(text=address)),
            InlineKeyboardButton(text=words.plain("tg-link-send"), url=sending),
        ]

    def _label(self, preset: Preset, price: PriceQuote | None) -> str:
        """The name, and what it costs, which a phone shows however long the name is."""
        return priced_row("🔗 " if preset.link else "💾 ", preset.name, price, self._person.words)

    def _action(self, preset: Preset, action: str, price: PriceQuote | None = None) -> InlineKeyboardButton:
        label = self._person.words.plain(_LABELS[action])
        label += f" · {self._person.words.row_price(price)}" if price else ""
        return button(label, PresetButton(preset=preset.id, action=action))

    def _page(self, number: int, *, managing: bool) -> PresetsButton:
        return PresetsButton(owner=self._person.account, page=number, managing=managing)

    def _back_to(self, preset: Preset) -> InlineKeyboardButton:
        return button(self._person.words.plain("tg-back"), PresetButton(preset=preset.id, action="view"))

    def _back_to_card(self, session: CardSession) -> InlineKeyboardButton:
        return button(self._person.words.plain("tg-back"), DraftButton(draft=session.id, action=CardAction.MAIN))


def _asked(question: str, fault: str | None) -> str:
    return f"⚠️ {escape(fault)}\n\n{question}" if fault else question
