"""What the buttons say to us: a short id each, the rest is in the store. They never expire."""

from enum import StrEnum
from typing import Final

from aiogram.filters.callback_data import CallbackData


class PrivacyButton(CallbackData, prefix="pv"):
    """About the data of ``owner`` (a Telegram id): ``export`` it, ask whether to ``forget``, ``erase`` it."""

    owner: str
    action: str


class BuyButton(CallbackData, prefix="buy"):
    """Asks for the invoice of a package; without one, for the list of packages."""

    package: str = ""


class BalanceButton(CallbackData, prefix="bal"):
    """In the account of ``owner`` (a Telegram id): ``page`` older entries, ``stop`` or ``renew`` a ``package``."""

    owner: str
    action: str
    before: int = 0
    package: str = ""


class CardAction(StrEnum):
    """What a button of a card or an offer does. One letter each, and a large one once the small ones are used up: a button holds 64 bytes, and old ones live for ever."""

    MAIN = "v"
    """Back to the first page of the card."""
    MORE = "o"
    """A page of what is seldom set."""
    PARAMETER = "p"
    """The page of a parameter."""
    CHOOSE = "e"
    """A value of a list."""
    TOGGLE = "t"
    """A switch."""
    STEP = "n"
    """One up or down."""
    CLEAR = "c"
    """No value."""
    ADD_ITEM = "a"
    """One more in a list of groups."""
    OPEN_ITEM = "i"
    """The small card of one in a list."""
    REMOVE_ITEM = "w"
    """Take one out of a list."""
    RUN = "r"
    """Run, or ask first where it is dear."""
    CONFIRM = "y"
    """Run at the price that was shown."""
    FORCE = "f"
    """Run a model that is switched off; for admins."""
    CLOSE = "x"
    """Take the card or the offer away."""
    MODELS = "b"
    """From the card to the models that fit it."""
    LAST_TIME = "l"
    """Fill in as last time."""
    KEEP = "k"
    """Keep as a preset."""
    CONTINUE = "h"
    """Go on from an earlier task."""
    CHARACTER = "C"
    """A character of the person's, put in or taken out."""
    DELETE_CHARACTER = "D"
    """A list of the person's characters (no index, ``.3`` its fourth screen), one of them asked about (its id), deleted
    (``.yes`` behind it)."""
    STAR = "s"
    """A favourite, or not any more."""
    PICK_MODEL = "m"
    """In an offer: the card of a model."""
    RUN_OFFERED = "g"
    """In an offer: run a model as it stands."""
    TURN = "q"
    """In an offer: another page."""
    USE = "u"
    """In an offer: what an attached file is for."""
    SEVERAL = "d"
    """In an offer: several models at once. The page (no index), a model put in or out (its key), another take (``+``),
    run at the price on the button (``run.12.5``), or at the one that was asked about (``yes.12.5``)."""
    HELP = "j"
    """In an offer: take a voice as words (``hear``), or say what a picture shows (``see``)."""
    IMPROVE = "z"
    """Ask for better words (no index), take them (``use``) or leave them (``no``)."""


PRICE: Final = "="
"""Between a model's key and the price that the button shows."""


class DraftButton(CallbackData, prefix="d"):
    """On a card: ``action`` and the index it needs (``3``, ``3.7``; the price, where it runs). aiogram refuses more than 64
    bytes."""

    draft: str
    action: str
    index: str = ""


class ModelButton(CallbackData, prefix="m"):
    """Opens a card for a model."""

    key: str


class IdeaButton(CallbackData, prefix="i"):
    """Shows the sample of an idea, or (``use``) the models for it; without a name the list of ideas."""

    name: str = ""
    action: str = ""


class BrowseButton(CallbackData, prefix="b"):
    """A page of a shelf of models; without a shelf the list of shelves."""

    shelf: str = ""
    page: int = 0


class GenerationButton(CallbackData, prefix="g"):
    """Under progress, results and the history."""

    generation: str
    action: str


class HistoryButton(CallbackData, prefix="h"):
    """In the history of ``owner`` (a Telegram id). ``at`` is a generation's id or a moment, ``search`` a draft with words."""

    owner: str
    action: str
    at: str = ""
    index: int = 0
    search: str = ""


class PresetButton(CallbackData, prefix="p"):
    """On a preset, which knows its owner."""

    preset: str
    action: str


class PresetsButton(CallbackData, prefix="pl"):
    """A page of the presets of ``owner`` (a Telegram id), to be opened or (``managing``) to be changed."""

    owner: str
    page: int = 0
    managing: bool = False


class SettingButton(CallbackData, prefix="s"):
    """Sets a setting of ``owner`` (a Telegram id)."""

    name: str
    value: str
    owner: str


class AdminButton(CallbackData, prefix="a"):
    """On the operator's pages: what to show or do; ``key`` is a model, a person, a chat or a broadcast."""

    page: str
    key: str = ""
    number: int = 0
