"""One question to a chat model, what it costs, and the advice by which a model's prompt is improved."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NewType

from attrs import evolve, field, frozen

from domain.errors import InvalidTransition
from domain.generation import UserId
from domain.ledger import Entry, EntryKind
from domain.media import MediaKind
from domain.model import Model, ModelType
from domain.provider_account import MAIN_ACCOUNT, AccountName
from domain.reservation import Reservation, credits_of

TextCallId = NewType("TextCallId", str)
TextModelId = NewType("TextModelId", str)
"""A name of ``TEXT_MODELS``."""
PICTURE_TOKENS = 1_120
"""The most that one picture counts (Google's own counting; kie/CHAT.md §2.1, 2026-11-29)."""
SOUND_TOKENS_PER_S = 32
UNMEASURED_S = 120.0
"""Seconds that a sound of unknown length is taken to have."""


class TextPurpose(StrEnum):
    """What a chat model is asked for. No one presses a button for ``read``: its user pays nothing for it."""

    IMPROVE = "improve"
    READ = "read"
    TRANSCRIBE = "transcribe"
    DESCRIBE = "describe"


@frozen(kw_only=True)
class TextPrices:
    """Credits for a million tokens. A model whose price was never read has those of the dearest of its family."""

    credits_in: float
    credits_out: float

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """Return the credits of so many tokens."""
        return (tokens_in * self.credits_in + tokens_out * self.credits_out) / 1_000_000


@frozen(kw_only=True)
class TextModelFacts:
    """What is known of one chat model. ``form`` names the way its endpoint is spoken to, ``path`` what stands before it.
    ``takes`` are files beside words."""

    id: TextModelId
    vendor: str
    form: str
    path: str
    prices: TextPrices
    takes: frozenset[MediaKind] = frozenset()


@frozen(kw_only=True)
class TextFile:
    """A file to look at or to listen to, where the provider can fetch it. ``seconds`` None: not measured."""

    url: str = field(repr=False)
    kind: MediaKind
    seconds: float | None = None


@frozen(kw_only=True)
class TextQuestion:
    """``instructions`` come from this service; ``text`` comes from a person, and is data to the model.

    ``answer_tokens`` is how long the answer may be, thinking included, as far as the price is reckoned.
    """

    instructions: str = field(repr=False)
    text: str = field(default="", repr=False)
    files: tuple[TextFile, ...] = ()
    answer_tokens: int = 1_000

    @property
    def kinds(self) -> frozenset[MediaKind]:
        """What a model must take beside words."""
        return frozenset(file.kind for file in self.files)

    def most_credits(self, prices: TextPrices) -> float:
        """Return the most it costs: no token is shorter than a byte."""
        words = len(self.instructions.encode()) + len(self.text.encode())
        media = sum(_tokens(file) for file in self.files)
        return prices.cost(words + media, self.answer_tokens)


def _tokens(file: TextFile) -> int:
    if file.kind is MediaKind.IMAGE:
        return PICTURE_TOKENS
    return round((file.seconds or UNMEASURED_S) * SOUND_TOKENS_PER_S)


@frozen(kw_only=True)
class TextCall:
    """A question that was sent, or is about to be. ``most_credits`` counts in limits until the provider says more.

    ``reservation`` is what its user pays at most; None where users pay nothing. A call without an answer is free for its
    user, whatever the provider took. ``charged_credits`` None after the end: not known, so ``most_credits`` goes on counting.
    """

    id: TextCallId
    user: UserId
    purpose: TextPurpose
    model: TextModelId
    begun_at: datetime
    most_credits: float
    account: AccountName = MAIN_ACCOUNT
    reservation: Reservation | None = None
    ended_at: datetime | None = None
    is_answered: bool = False
    charged_credits: float | None = None

    @property
    def cost(self) -> float:
        """What it counts in the limits of the operator: the charge, or the most it can have been."""
        return self.most_credits if self.charged_credits is None else self.charged_credits

    @property
    def counted_credits(self) -> float:
        """What it counts in its user's daily limit: what they pay, in their credits; until that is known, the most it can be.
        Where users pay nothing, the same as for the operator."""
        if self.reservation is None:
            return self.cost
        if self.ended_at is None:
            return float(credits_of(self.reservation.units))
        return float(credits_of(self.reservation.charge(self.charged_credits))) if self.is_answered else 0.0

    def ended(self, *, at: datetime, is_answered: bool, credits: float | None) -> "TextCall":  # noqa: A002  # the field's word
        """Return the call at its end. Raises InvalidTransition where it has ended."""
        if self.ended_at is not None:
            raise InvalidTransition("the call has ended")
        return evolve(self, ended_at=at, is_answered=is_answered, charged_credits=credits)


def text_reservation_key(call_id: TextCallId) -> str:
    """The business key of what is held back for a question."""
    return f"text:{call_id}:{EntryKind.RESERVATION}"


def text_reservation(call: TextCall) -> Entry | None:
    """Return what to hold back when the question is asked; None where its user pays nothing."""
    if call.reservation is None:
        return None
    return _entry(call, EntryKind.RESERVATION, -call.reservation.units, at=call.begun_at)


def text_settlement(call: TextCall) -> tuple[Entry, ...]:
    """Return what to write at the end of a call: all is released, an answer is charged."""
    if call.reservation is None or call.ended_at is None:
        return ()
    release = _entry(call, EntryKind.RELEASE, call.reservation.units, at=call.ended_at)
    if not call.is_answered:
        return (release,)
    paid = call.reservation.charge(call.charged_credits)
    return release, _entry(call, EntryKind.CHARGE, -paid, at=call.ended_at)


def _entry(call: TextCall, kind: EntryKind, units: int, *, at: datetime) -> Entry:
    return Entry(
        user=call.user, kind=kind, units=units, key=f"text:{call.id}:{kind}", reference=f"text:{call.id}", at=at
    )


@frozen(kw_only=True)
class PromptRecipe:
    """``advice`` is for the chat model that writes, in English. ``is_english``: the model understands English best or alone."""

    advice: str = ""
    is_english: bool = False


@frozen(kw_only=True)
class PromptRecipes:
    """``types`` is the advice by task, and ``models`` what is special by the beginning of a model's id.

    A model of a type that is not listed takes no prompt that could be better: what is spoken word by word, say.
    """

    types: Mapping[ModelType, str] = field(factory=dict)
    models: Mapping[str, PromptRecipe] = field(factory=dict)

    def of(self, model: Model) -> PromptRecipe | None:
        """Return the recipe for a model; None where there is nothing to improve."""
        general = self.types.get(model.type)
        if general is None:
            return None
        starts = [start for start in self.models if model.id.startswith(start)]
        special = self.models[max(starts, key=len)] if starts else PromptRecipe()
        return evolve(special, advice=f"{general} {special.advice}".strip())
