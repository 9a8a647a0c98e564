"""Use case: what a message belongs to: the open draft, the offer before it, the last result, or nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from attrs import evolve, field, frozen

from application.drafts.edits import SetValues
from application.drafts.fill_draft import files_in, words_in
from application.ports.clock import Clock
from application.ports.current_result_store import CurrentResultStore
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from application.ports.wish_reader import WishReader
from application.results.edit_chain import LOOKED_AT
from application.wishes.offer_models import TALK_LIMIT, Offer
from application.wishes.rank_models import SURE
from domain.draft import Draft
from domain.edit_steps import StepOrder, is_step
from domain.generation import Generation, UserId
from domain.media import Attachment, MediaKind
from domain.model import Model, ModelId, ModelType
from domain.parameter_roles import prompt_parameter
from domain.reading import Reading, Topic, Wish
from domain.stated_values import MUST_BE_SAID, fill_stated
from domain.use import FACTS, Use, fits_files, task_types

TOGETHER: Final = timedelta(minutes=10)
"""How long words wait for their picture, and a picture for its words."""
SPOKEN_OF: Final = timedelta(minutes=15)
"""How long a result is what "it" means."""
SURELY_TALK: Final = 0.95
"""Confidence from which on words are talk although a draft could take them."""
SURELY_APART: Final = 0.95
"""Confidence from which on a file with words of its own has nothing to do with the file before it."""
ABOUT: Final = 0.5
"""Confidence from which on words are taken to be about the last result, when they need something to work on."""
RATHER_ABOUT: Final = 0.75
"""The same where the words could do without it."""
QUESTIONS: Final = frozenset({Topic.PRICE, Topic.BALANCE, Topic.HELP, Topic.ABILITIES, Topic.TROUBLE})
"""Talk that waits for an answer, whatever was asked for."""
SPOKEN: Final = frozenset({ModelType.TEXT_TO_SPEECH, ModelType.LIP_SYNC, ModelType.TEXT_TO_AUDIO})
"""Tasks whose words are heard in what is made: people have "hello, how much is it?" read aloud."""
SURELY_A_WISH: Final = 0.95
"""Confidence from which on what stands behind thanks or a greeting is a wish: of 182 labelled texts and phrases of talk that have
a second part none is one (2026-12)."""
SURELY_NEW: Final = 0.5
"""Confidence from which on words on a card with words describe another thing, although they could change what is described."""
GOES_ON: Final = re.compile(r"(?:and|also|plus|и|а также|а ещё|а еще)\s", re.IGNORECASE)
"""How words begin that go on from those before."""
PART_OF_A_SENTENCE: Final = re.compile(
    r"(?:with|without|wearing|holding|in the style of|in front of|с|со|без|на фоне|в стиле|в духе)(?:\s+[^\s,;]+){1,5}\s*",
    re.IGNORECASE,
)
"""A few words that describe nothing by themselves: *with a red hat*. Longer ones may be a picture: *с неба падает …*."""
CLEARLY_TALK: Final = 0.8
"""Confidence from which on words after a result are talk, although with the result they would read as an order: *haha nice
one*. Of 453 labelled texts of talk one is below it and would be taken for an order (2026-12)."""
SENTENCE_ENDS: Final = (".", ",", "!", "?", ";", ":", "…", "。")
OPENS_A_WISH: Final = frozenset({Topic.THANKS, Topic.SMALL_TALK, Topic.GREETING})
"""Talk that people begin an order with."""
AFTER_TALK: Final = re.compile(r"^[^,.!;:，。！、،।—]*[,.!;:，。！、،।—]\s*(?:but|and|но|а|и|only|только)?\s*")
"""The first part of a text and what joins the rest to it."""


@frozen(kw_only=True)
class WishParts:
    """The words and files of one message, or of several that are one wish."""

    text: str = field(default="", repr=False)
    files: Sequence[Attachment] = ()


@frozen(kw_only=True)
class JoinWish:
    """Words after a picture belong to it, and so does a picture after the words, or a second file; one that has words of its
    own where it is of another kind: a face, and then a recording with "let it say this"."""

    def __call__(self, parts: WishParts, offer: Offer | None, made_at: datetime, now: datetime) -> WishParts:
        """Return the wish that a new message makes together with the offer that is open; the message alone where they are two.

        ``made_at`` is when that offer was shown last, ``now`` when the message came.
        """
        if offer is None or offer.query or now - made_at > TOGETHER:
            return parts
        if parts.text and not parts.files and offer.files and not offer.text:
            return evolve(parts, files=offer.files)
        if parts.files and parts.text and offer.files and not offer.text and set(_kinds(parts)) != set(_kinds(offer)):
            return evolve(parts, files=(*offer.files, *parts.files))
        if parts.files and not parts.text:
            return WishParts(text=offer.text, files=(*offer.files, *parts.files))
        return parts


@frozen(kw_only=True)
class FindLastResult:
    """The newest result of a person in a chat, or the one that they went back to, while it is new enough to be spoken of."""

    _generations: GenerationStore
    _clock: Clock
    _current: CurrentResultStore

    async def __call__(self, user: UserId, chat: str) -> Generation | None:
        """Return the generation; None where there is none. Raises ``StoreUnavailable``."""
        newest = await self._generations.history(user, limit=1, delivered=True)
        here = [one for one in newest if one.destination.chat == chat and one.closed_at is not None]
        current = await self._current.get(user, chat)
        if (
            current
            and self._is_fresh(current.at)
            and not any(one.closed_at > current.at for one in here if one.closed_at)
        ):
            return await self._generations.get(current.generation)
        return next((one for one in here if one.closed_at and self._is_fresh(one.closed_at)), None)

    async def step(self, user: UserId, chat: str, files: Sequence[Attachment] = ()) -> Generation | None:
        """Return the step of a chain of edits that words are about: the one that made these files, where words answer them,
        else the last result. None where that is no step. Raises ``StoreUnavailable``."""
        if files:
            references = {file.reference for file in files}
            made = await self._generations.history(user, limit=LOOKED_AT, delivered=True)
            meant = next((one for one in made if references & set(_file_ids(one))), None)
        else:
            meant = await self(user, chat)
        return meant if meant and is_step(meant) else None

    def _is_fresh(self, moment: datetime) -> bool:
        return self._clock.now() - moment <= SPOKEN_OF


@frozen(kw_only=True)
class ChatContext:
    """What stands in a chat when a message comes.

    ``offer`` was shown last at ``offered_at``. ``draft`` is open; ``is_asked``: one of its values is asked for. ``last_files``
    are those of the newest result, where it is new enough to be spoken of.
    """

    offer: Offer | None = None
    offered_at: datetime | None = None
    draft: Draft | None = None
    is_asked: bool = False
    last_files: Sequence[Attachment] = ()
    last_model: ModelId | None = None


@frozen(kw_only=True)
class PlacedMessage:
    """``is_for_draft``: it changes the open draft: by ``edit``, or as its words. ``unsaid`` are stated values that the model has
    no setting for. Otherwise ``parts`` are the whole wish, with what came before.

    ``joined``: the offer before is part of it, and so is ``use``, what the person had chosen there. ``prefer``: the model of the
    result that the words are about. ``step``: the words are an order to the chain of edits, and no wish.
    """

    parts: WishParts
    is_for_draft: bool = False
    edit: SetValues | None = None
    unsaid: Mapping[str, object] = field(factory=dict)
    joined: bool = False
    use: Use | None = None
    prefer: ModelId | None = None
    step: StepOrder | None = None


@frozen(kw_only=True)
class PlaceMessage:
    """An open draft does not swallow another wish; words after a result may be about it."""

    _reader: WishReader
    _join: JoinWish
    _catalog: ModelCatalog
    _clock: Clock

    async def __call__(self, parts: WishParts, context: ChatContext) -> PlacedMessage:
        """Return what the message belongs to."""
        reading = await self._reader.read(Wish(text=parts.text, attachments=_kinds(parts)))
        if reading.step and not parts.files and not context.is_asked:
            return PlacedMessage(parts=parts, step=reading.step)
        if context.draft and not self._is_another(parts.text, reading, context.draft, is_asked=context.is_asked):
            return await self._in_draft(parts, reading, context.draft, is_asked=context.is_asked)
        if behind := await self._behind_talk(parts, reading):
            return await self(behind, context)
        now = self._clock.now()
        joined = self._join(parts, context.offer, context.offered_at or now, now)
        if joined != parts and not _does_without(reading, parts, joined):
            return PlacedMessage(parts=joined, joined=True, use=_chosen(context.offer, joined))
        if parts.text and not parts.files and await self._is_about(parts.text, reading, context.last_files):
            return PlacedMessage(parts=evolve(parts, files=tuple(context.last_files[:1])), prefer=context.last_model)
        return PlacedMessage(parts=parts)

    async def _in_draft(self, parts: WishParts, reading: Reading, draft: Draft, *, is_asked: bool) -> PlacedMessage:
        """What the message does to the draft: bare values are set, words that change what it describes are added to its words,
        and others take their place."""
        its_words = PlacedMessage(parts=parts, is_for_draft=True)
        model = self._catalog.entry(draft.model_id)
        prompt = prompt_parameter(model) if model else None
        if model is None or prompt is None or is_asked or parts.files or model.type in SPOKEN:
            return its_words
        bare = fill_stated(model, reading.bare_values)
        if reading.bare_values and bare.unsaid <= MUST_BE_SAID:
            unsaid = {name: value for name, value in reading.bare_values.items() if name in bare.unsaid}
            return evolve(its_words, edit=SetValues(values=bare.values), unsaid=unsaid)
        before = words_in(model, draft.values)
        if not before or not (reading.bare_values or await self._goes_on(parts.text, reading, model, draft)):
            return its_words
        return evolve(its_words, edit=SetValues(values={prompt.name: _joined(before, parts.text)}))

    async def _goes_on(self, text: str, reading: Reading, model: Model, draft: Draft) -> bool:
        """Whether words change what the draft describes. Where it works on a file, they are another order for that file."""
        if GOES_ON.match(text) or PART_OF_A_SENTENCE.fullmatch(text):
            return True
        if files_in(draft.values):
            return False
        return await self._works_on(text, reading, model.output, SURELY_NEW)

    async def is_question(self, text: str) -> bool:
        """Return whether words that a name was asked for are a question instead. One word is a name."""
        reading = await self._reader.read(Wish(text=text))
        return len(text.split()) > 1 and reading.topic in QUESTIONS and _is_surely_talk(text, reading)

    def _is_another(self, text: str, reading: Reading, draft: Draft, *, is_asked: bool) -> bool:
        """Whether the words are surely no words for this draft: they name another model, another task, or are talk.

        A value that was asked for (``is_asked``) is anything but a question; a model that reads aloud says whatever it is given
        first.
        """
        model = self._catalog.entry(draft.model_id)
        if model is None:
            return True
        is_talk = _is_surely_talk(text, reading)
        named = {one.id for one in reading.models}
        if is_asked or not words_in(model, draft.values):
            is_question = is_talk and reading.topic in QUESTIONS
            is_elsewhere = not is_asked and (is_talk or bool(named and model.id not in named))
            return (is_question or is_elsewhere) and not SPOKEN.intersection(task_types(model))
        if reading.confidence < SURE:
            return False
        works_on_nothing = bool(reading.uses) and not FACTS[reading.uses[0].use].works_on
        is_elsewhere = works_on_nothing and bool(reading.tasks) and reading.tasks[0].type not in task_types(model)
        return is_talk or is_elsewhere or bool(named and model.id not in named)

    async def _behind_talk(self, parts: WishParts, reading: Reading) -> WishParts | None:
        """The wish that stands behind thanks or a greeting; None where there is none for sure."""
        rest = AFTER_TALK.sub("", parts.text, count=1)
        if parts.files or reading.topic not in OPENS_A_WISH or rest in {"", parts.text}:
            return None
        behind = await self._reader.read(Wish(text=rest))
        is_wish = behind.topic is None and behind.confidence >= SURELY_A_WISH
        return evolve(parts, text=rest) if is_wish else None

    async def _is_about(self, text: str, reading: Reading, files: Sequence[Attachment]) -> bool:
        """Whether the words work on the last result rather than on nothing."""
        if not files or reading.links:  # a link is a file of its own
            return False
        if reading.topic is not None and reading.confidence >= CLEARLY_TALK:
            rest = AFTER_TALK.sub("", text, count=1)  # "great, now make it darker"
            if reading.topic not in OPENS_A_WISH or rest in {"", text}:
                return False
            return await self._is_about(rest, await self._reader.read(Wish(text=rest)), files)
        return await self._works_on(text, reading, files[0].kind, SURE)

    async def _works_on(self, text: str, reading: Reading, kind: MediaKind, sure: float) -> bool:
        """Whether the words, which read so without a file, work on one of this kind; not where they are ``sure`` without."""
        about = await self._reader.read(Wish(text=text, reply_to=kind))
        if about.topic is not None or not about.uses or kind not in FACTS[about.uses[0].use].works_on:
            return False
        needs_file = bool(reading.uses) and bool(FACTS[reading.uses[0].use].works_on)
        is_sure_without = reading.topic is None and reading.confidence >= sure and not needs_file
        return not is_sure_without and about.confidence >= (ABOUT if needs_file else RATHER_ABOUT)


def _file_ids(generation: Generation) -> Iterator[str]:
    """What its results are called where they were delivered."""
    yield from (file_id for receipt in generation.receipts for file_id in receipt.file_ids if file_id)


def _is_surely_talk(text: str, reading: Reading) -> bool:
    return reading.topic is not None and reading.confidence >= SURELY_TALK and len(text) <= TALK_LIMIT


def _joined(before: str, added: str) -> str:
    """One prompt of the words before and those that go on from them."""
    before = before.rstrip()
    return f"{before}{'' if before.endswith(SENTENCE_ENDS) else ','} {added.strip()}"


def _does_without(reading: Reading, parts: WishParts, joined: WishParts) -> bool:
    """Whether a file with words of its own is surely for what the file before it has no place in."""
    is_clear = reading.topic is None and bool(reading.uses) and reading.uses[0].confidence >= SURELY_APART
    return bool(parts.text and parts.files) and is_clear and not fits_files(reading.uses[0].use, _kinds(joined))


def _chosen(offer: Offer | None, joined: WishParts) -> Use | None:
    """What the person had chosen, where it is for such files."""
    use = offer.chosen if offer else None
    return use if use and fits_files(use, _kinds(joined)) else None


def _kinds(wish: WishParts | Offer) -> tuple[MediaKind, ...]:
    return tuple(file.kind for file in wish.files)
