"""What a person sees of presets. Pure: values in, screens out."""

from collections.abc import Sequence
from urllib.parse import urlencode

from aiogram.types import CopyTextButton, InlineKeyboardButton

from adapters.telegram.buttons import DraftButton, PresetButton, PresetsButton, Rows, button
from adapters.telegram.card.form import files_in
from adapters.telegram.markup import escape
from adapters.telegram.paging import screenful
from adapters.telegram.screens import Screen
from adapters.telegram.words import Words
from domain.draft import Draft
from domain.model import Model
from domain.preset import Preset


def preset_list(presets: Sequence[Preset], number: int, words: Words, *, managing: bool) -> Screen:
    """A page of them. A press opens the card, or (``managing``) what can be done with the preset."""
    if not presets:
        return Screen(words("tg-presets-none"), [])
    shown, pager = screenful(presets, number)
    action = "view" if managing else "open"
    rows: Rows = [
        [button(f"{'🔗' if preset.link else '💾'} {preset.name}", PresetButton(preset=preset.id, action=action))]
        for preset in shown
    ]
    rows.append(pager.buttons(lambda turned_to: PresetsButton(page=turned_to, managing=managing)))
    other = words.plain("tg-presets-done" if managing else "tg-presets-manage")
    rows.append([button(other, PresetsButton(page=pager.number, managing=not managing))])
    return Screen(words("tg-presets-managing" if managing else "tg-presets"), rows)


def preset_view(preset: Preset, about: str, address: str | None, words: Words) -> Screen:
    """One of them: ``about`` is HTML with its values, ``address`` its link while it is shared."""
    lines = [f"💾 <b>{escape(preset.name)}</b>", "", about]
    lines += ["", words("tg-preset-shared", files=len(files_in(preset.values))), escape(address)] if address else []
    rows: Rows = [
        [_action(words, preset, "open"), _action(words, preset, "rename")],
        address_buttons(address, words) if address else [],
        [_action(words, preset, "unshare" if address else "share"), _action(words, preset, "delete")],
        [button(words.plain("tg-back"), PresetsButton(page=0, managing=True))],
    ]
    return Screen("\n".join(lines), rows)


def preset_deletion(preset: Preset, words: Words) -> Screen:
    """Asked once before it is gone."""
    rows: Rows = [
        [button(words.plain("tg-preset-delete-yes"), PresetButton(preset=preset.id, action="gone"))],
        [button(words.plain("tg-back"), PresetButton(preset=preset.id, action="view"))],
    ]
    return Screen(words("tg-preset-delete-sure", name=preset.name), rows)


def name_question(preset: Preset, fault: str | None, words: Words) -> Screen:
    """Asks for another name; ``fault`` is what was wrong with the last one, plain."""
    rows: Rows = [[button(words.plain("tg-back"), PresetButton(preset=preset.id, action="view"))]]
    return Screen(_asked(words("tg-preset-rename-ask", name=preset.name), fault), rows)


def keep_question(draft: Draft, model: Model, address: str, fault: str | None, words: Words) -> Screen:
    """On a card: asks for the name to keep it under, and has the model's link."""
    text = words("tg-preset-keep-ask", model=model.title, link=address, files=len(files_in(draft.values)))
    rows: Rows = [address_buttons(address, words), [_back_to_card(draft, words)]]
    return Screen(_asked(text, fault), rows)


def kept_card(draft: Draft, preset: Preset, words: Words) -> Screen:
    """On a card that has just been kept."""
    share = button(words.plain("tg-preset-share"), PresetButton(preset=preset.id, action="hand"))
    rows: Rows = [[share], [_back_to_card(draft, words)]]
    return Screen(words("tg-preset-kept", name=preset.name), rows)


def address_buttons(address: str, words: Words) -> list[InlineKeyboardButton]:
    """To take a link along: into the clipboard, into another chat."""
    return [
        InlineKeyboardButton(text=words.plain("tg-link-copy"), copy_text=CopyTextButton(text=address)),
        InlineKeyboardButton(
            text=words.plain("tg-link-send"), url=f"https://t.me/share/url?{urlencode({'url': address})}"
        ),
    ]


def _asked(question: str, fault: str | None) -> str:
    return f"⚠️ {escape(fault)}\n\n{question}" if fault else question


def _action(words: Words, preset: Preset, action: str) -> InlineKeyboardButton:
    return button(words.plain(_LABELS[action]), PresetButton(preset=preset.id, action=action))


def _back_to_card(draft: Draft, words: Words) -> InlineKeyboardButton:
    return button(words.plain("tg-back"), DraftButton(draft=draft.id, action="v"))


_LABELS = {
    "open": "tg-preset-open",
    "rename": "tg-preset-rename",
    "share": "tg-preset-share",
    "unshare": "tg-preset-unshare",
    "delete": "tg-preset-delete",
}
