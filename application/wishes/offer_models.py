"""Use cases: which models to offer for a person's words and files, and which of them could be run with one tap."""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Final

from attrs import evolve, field, frozen

from application.catalog.find_models import FindModels
from application.catalog.model_notices import ModelNotices, OwnRecord
from application.catalog.unsafe_requests import UnsafeRequests
from application.drafts.fill_draft import (
    DraftContent,
    PrepareValues,
    Values,
    files_in,
    new_values,
    with_all,
    with_link,
)
from application.drafts.quote_draft import Quote, QuoteDraft
from application.ports.model_catalog import ModelCatalog
from application.ports.wish_reader import WishReader
from application.pricing.quote_price import PersonPrice
from application.wishes.rank_models import SURE, Ranked, RankModels
from domain.media import Attachment, MediaKind
from domain.model import Model, ModelId, ModelType
from domain.parameter_roles import ordinary_prompt, ordinary_values, prompt_parameter
from domain.preferences import Preferences
from domain.price import PriceQuote
from domain.reading import LinkedFile, Preference, Reading, Topic, UseGuess, Wish
from domain.stated_values import MUST_BE_SAID, fill_stated
from domain.use import FACTS, Use

OFFERED: Final = 40
TALK_LIMIT: Final = 300
"""Characters up to which words may be talk: no one greets at greater length."""
BESIDE_FILES: Final = frozenset(
    {Topic.GREETING, Topic.THANKS, Topic.SMALL_TALK, Topic.ABUSE, Topic.HELP, Topic.ABILITIES}
)
"""Talk that says nothing of the file it comes with: what can be done with the file is the answer."""
CHOICES: Final = 3
"""How many things a wish may be for are put to the person."""
FOR_ANY_WORDS: Final = (ModelType.TEXT_TO_IMAGE, ModelType.TEXT_TO_VIDEO, ModelType.TEXT_TO_SPEECH)
"""What a search in the lists shows that finds nothing."""
EVERYDAY: Final = (Use.PICTURE, Use.FILM, Use.MUSIC)
"""What to choose between where the words say nothing of the task."""
WORTH: Final = 0.1
"""Confidence from which on a use is worth putting to the person."""
AS_LIKELY: Final = 0.5
"""Share of the likeliest use's confidence from which on a description is put to the person as a picture first."""
AT_MOST: Final = 3


@frozen(kw_only=True)
class AbsentModel:
    """What the words name and no one can have: ``is_paused`` where the operator has switched it off, else it is not offered
    (any more). ``nearest`` is the model that comes closest, if any does."""

    name: str
    is_paused: bool
    nearest: ModelId | None


@frozen(kw_only=True)
class Offer:
    """``models``, best first, for these words and files.

    ``prompt`` is what goes into a model where that is not the whole text, and ``stated`` the values that the words name.
    ``first_of`` is the first model of each use where there is a choice. ``named`` are the models that the words name. ``marks`` say which models are the best, the fast and the cheap one. ``uses``
    are what the wish may be for: more than one where it is not clear, and then nothing runs with one tap. ``chosen`` is what the
    person said by a press that it is for. ``lacks`` is the file to ask for before anything else. ``topic``: the words are talk,
    and ask for no model. ``links`` are files that the words link to. ``missing`` is the task that the words name and no model
    does today, ``absent`` the model.
    ``query`` is what was searched for in the lists: where it named nothing but models and tasks, it is no prompt.
    """

    text: str = field(default="", repr=False)
    query: str = ""
    files: tuple[Attachment, ...] = ()
    models: tuple[ModelId, ...] = ()
    missing: ModelType | None = None
    prompt: str | None = field(default=None, repr=False)
    stated: Mapping[str, object] = field(factory=dict)
    named: frozenset[ModelId] = frozenset()
    marks: Mapping[ModelId, Preference] = field(factory=dict)
    uses: tuple[Use, ...] = ()
    first_of: Mapping[Use, ModelId] = field(factory=dict)
    chosen: Use | None = None
    lacks: MediaKind | None = None
    topic: Topic | None = None
    links: tuple[LinkedFile, ...] = ()
    absent: AbsentModel | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it is clear what the wish is for."""
        return len(self.uses) <= 1 and self.topic is None and not self.query

    def unsaid(self, model: Model) -> Mapping[str, object]:
        """Return what the words state and this model has no way to say; the offer says so before anything runs."""
        unsaid = fill_stated(model, {name: self.stated[name] for name in self.stated if name in MUST_BE_SAID}).unsaid
        return {name: value for name, value in self.stated.items() if name in unsaid}

    def as_asked(self) -> "Offer":
        """Return what a question for a price is about: the models and the files, without the words of the question."""
        return evolve(self, text="", prompt="", topic=None, chosen=next(iter(self.uses), None))

    def content(self, model: Model) -> DraftContent:
        """Return what a draft of this model begins with: the prompt, the files, and the values that were stated.

        What the model demands besides is ordinary, unless it was stated in a way that the model has no value for. Words that
        only name the task or a model go into a model with a file to work on, alone where it does not run without any.
        """
        if self.prompt is None:
            return DraftContent(text=self.text, files=self.files)
        filled = fill_stated(model, self.stated)
        values: Values = {**ordinary_values(model, leave=filled.unsaid), **filled.values}
        for link in self.links:
            values = with_link(model, values, link.kind, link.url)
        words, prompt = self.prompt, prompt_parameter(model)
        if not words and (self.files or self.links) and prompt and prompt.required:
            words = ordinary_prompt(model) or self.text
        return DraftContent(text=words, files=self.files, values=values)

    def price(self, model: Model, prices: PersonPrice) -> PriceQuote:
        """Return what a draft of this model costs with what is said and given so far, for a row of the offer: in memory, so that
        what only a store knows of a file or of an earlier task leaves it a range or the most it can be."""
        content = self.content(model)
        values = {**new_values(model, safe=True), **content.values}
        return prices.so_far(model, with_all(model, values, content.text, content.files))


@frozen(kw_only=True)
class OfferModels:
    """Read the wish, and order the models that can do it with what is there."""

    _reader: WishReader
    _rank: RankModels
    _find_models: FindModels
    _catalog: ModelCatalog
    _record: OwnRecord | None = None
    _unsafe: UnsafeRequests | None = None
    _notices: ModelNotices | None = None

    async def __call__(
        self,
        text: str,
        files: Sequence[Attachment] = (),
        *,
        use: Use | None = None,
        reply_to: MediaKind | None = None,
        made_by: ModelId | None = None,
        prefer: Sequence[ModelId] = (),
        quality: Preference | None = None,
    ) -> Offer:
        """Return what fits these words and files; no models where nothing does, or where the words are talk.

        ``use`` is what the person chose where the wish was not clear. ``reply_to`` is the kind of the earlier result that
        the words are about, and ``made_by`` its model. ``quality`` is what matters most where they do not say. Of ``prefer`` the
        first that does what is wanted goes before the others, unless a model is named.
        """
        reading = await self._reading(text, files, reply_to)
        if self._unsafe and await self._unsafe.holds(text):
            return Offer(text=text, files=tuple(files), topic=Topic.UNSAFE)
        if self._record:
            await self._record.refresh()
        reading = self._meant(reading, text, use, has_files=bool(files))
        ranked = self._with_continuing(self._ranked(reading, prefer, quality), reading, made_by)
        offer = Offer(
            text=text,
            files=tuple(files),
            prompt=reading.prompt,
            stated=reading.parameters,
            links=reading.links,
            chosen=use,
            absent=self._absent(reading, ranked),
        )
        return self._filled(offer, reading, ranked)

    async def _reading(self, text: str, files: Sequence[Attachment], reply_to: MediaKind | None) -> Reading:
        kinds = [file.kind for file in files]
        if reply_to in kinds:  # it is one of the files
            kinds.remove(reply_to)
        reading = await self._reader.read(Wish(text=text, attachments=tuple(kinds), reply_to=reply_to))
        # should it be a wish after all, all of it goes into the model
        return reading if reading.topic is None else evolve(reading, prompt=text)

    def _meant(self, reading: Reading, text: str, use: Use | None, *, has_files: bool) -> Reading:
        """The reading as a wish where it may be one, for the use that was chosen or those that are possible."""
        if len(text) > TALK_LIMIT or _is_rather_a_wish(reading, has_files=has_files):
            reading = _as_doubtful_wish(reading)
        if use is not None:
            prompt = reading.prompt or text  # the words may be no prompt for what they were taken for
            reading = reading if any(one.use is use for one in reading.uses[:1]) else evolve(reading, prompt=prompt)
            return evolve(reading, uses=(UseGuess(use=use, confidence=1.0),), confidence=1.0, topic=None)
        is_empty = not reading.uses and not text.strip()  # a file alone, which nothing takes
        return reading if is_empty or reading.topic is not None else self._with_choices(reading)

    def _ranked(self, reading: Reading, prefer: Sequence[ModelId], quality: Preference | None) -> Sequence[Ranked]:
        """The models, best first; what the person likes goes before where the words leave it open, what is paused last."""
        asked = self._priced_use(reading)
        is_free = not reading.models and reading.preference is None
        ranked = self._rank(evolve(asked or reading, preference=reading.preference or quality))
        if is_free:
            ranked = _preferred(ranked, prefer)
        return sorted(ranked, key=lambda one: self._is_paused(one.model.id))

    def _with_continuing(self, ranked: Sequence[Ranked], reading: Reading, made_by: ModelId | None) -> Sequence[Ranked]:
        """With the models that take the task itself further, behind the first one, which works on the file."""
        earlier = self._catalog.entry(made_by) if made_by else None
        use = ranked[0].use if ranked and reading.topic is None else None
        if earlier is None or use is None:
            return ranked
        return [ranked[0], *self._rank.continuing(use, earlier, reading.files), *ranked[1:]]

    def _filled(self, offer: Offer, reading: Reading, ranked: Sequence[Ranked]) -> Offer:
        """The offer with the models; without any where none does what is asked for."""
        first = next(iter(reading.uses), None)
        is_served = not self._rank.is_sure(reading) or first is None or first.use in {one.use for one in ranked}
        if reading.topic is None and not (ranked and (is_served or reading.is_title)):
            return self._without(offer, FACTS[first.use].tasks[0] if first else None)
        is_guess = reading.topic is None and not (self._rank.is_sure(reading) or reading.models)
        if is_guess and (named := self._find_models.unavailable(offer.text)):  # the words are plainer than the reading
            return self._without(offer, named)
        return evolve(
            offer,
            topic=reading.topic,
            models=tuple(one.model.id for one in ranked),
            named=frozenset(one.model.id for one in ranked if one.is_named),
            marks={one.model.id: one.mark for one in ranked if one.mark},
            uses=self._uses(reading, ranked),
            first_of={one.use: one.model.id for one in reversed(ranked) if one.use},
            lacks=next(iter(ranked[0].missing), None) if ranked else None,
        )

    async def search(self, query: str) -> Offer:
        """Return the models that the query names. A query that names none is most likely a wish; one that says more than names
        of models and tasks may be talk, or a wish whose words go into the model that is chosen."""
        found = self._find_models(query, limit=OFFERED)
        models = tuple(model.id for model in found) or self._for_any_words()
        said = await self(query) if self._find_models.strange_words(query) else Offer()
        is_name = said.topic is Topic.SMALL_TALK and len(query.split()) == 1  # of what is not here, or misspelt
        if said.topic not in {None, Topic.MODELS} and not is_name:
            return said
        if found and said.is_sure and said.prompt:
            return Offer(query=query, text=query, models=models, prompt=said.prompt, stated=said.stated)
        return Offer(query=query, text="" if found else query, models=models)

    def of(self, models: Sequence[Model], text: str, files: Sequence[Attachment]) -> Offer:
        """Return these models as the offer for these words and files."""
        return Offer(text=text, files=tuple(files), models=tuple(model.id for model in models[:OFFERED]))

    def _with_choices(self, reading: Reading) -> Reading:
        """The reading with what may be meant: nothing that no file is there for, and everyday uses where there is doubt."""
        if reading.files:
            there = [guess for guess in reading.uses if FACTS[guess.use].works_on.intersection(reading.files)]
            reading = evolve(reading, uses=tuple(there) or reading.uses)
        if self._rank.is_sure(reading) or reading.files or reading.models:
            return reading
        possible = [guess for number, guess in enumerate(reading.uses) if number == 0 or not FACTS[guess.use].works_on]
        possible = _picture_first(possible)
        if len(possible) > 1:
            return evolve(reading, uses=tuple(possible))
        added = [UseGuess(use=use, confidence=WORTH) for use in EVERYDAY if use not in {one.use for one in possible}]
        return evolve(reading, uses=(*possible, *added))

    def _priced_use(self, reading: Reading) -> Reading | None:
        """A question for the price of a task or of a model as a sure wish for it; None where it is no such question."""
        use = reading.spoken_of() if reading.topic is Topic.PRICE else None
        if use is None and reading.topic is Topic.PRICE and reading.models and reading.uses:
            use = reading.uses[0].use
        return evolve(reading, topic=None, uses=(UseGuess(use=use, confidence=1.0),)) if use else None

    def _uses(self, reading: Reading, ranked: Sequence[Ranked]) -> tuple[Use, ...]:
        """What the wish may be for: one use where the reading is sure, else the likeliest that models serve."""
        served = list(dict.fromkeys(one.use for one in ranked if one.use is not None))
        if reading.topic is not None or self._rank.is_sure(reading):
            return tuple(served[:1])
        likely = [guess.use for guess in reading.uses if guess.use in served and guess.confidence >= WORTH]
        return tuple(likely[:CHOICES] if len(likely) > 1 else served[:CHOICES])

    def _is_paused(self, model_id: ModelId) -> bool:
        return self._notices is not None and self._notices.pause_of(model_id) is not None

    def _absent(self, reading: Reading, ranked: Sequence[Ranked]) -> AbsentModel | None:
        """What the text names, where nothing that it names just so takes requests now."""
        closest = [one.id for one in reading.models if one.distance == reading.models[0].distance]
        meant = [model for name in closest if (model := self._catalog.find(name))]
        if not meant or any(model.is_offered and not self._is_paused(model.id) for model in meant):
            return None
        here = (one.model.id for one in ranked if one.model.is_offered and not self._is_paused(one.model.id))
        return AbsentModel(
            name=_common_name([model.title for model in meant]),
            is_paused=any(model.is_offered for model in meant),
            nearest=next(here, None),
        )

    def _without(self, offer: Offer, task: ModelType | None) -> Offer:
        """An offer without models, for what none does today."""
        return evolve(offer, missing=task or (self._find_models.unavailable(offer.text) if offer.text else None))

    def _for_any_words(self) -> tuple[ModelId, ...]:
        found = (model for use in FOR_ANY_WORDS for model in self._find_models(type=use, limit=CHOICES))
        return tuple(model.id for model in found)


def _picture_first(guesses: Sequence[UseGuess]) -> list[UseGuess]:
    """A description that may as well be for a picture is most often for one, whatever a word in it sounds like."""
    picture = next((one for one in guesses if one.use is Use.PICTURE), None)
    if picture is None or picture.confidence < AS_LIKELY * guesses[0].confidence:
        return list(guesses)
    return [picture, *(one for one in guesses if one is not picture)]


def _is_rather_a_wish(reading: Reading, *, has_files: bool) -> bool:
    """Whether words that read as talk are no clear talk, or say nothing of the files they come with."""
    is_unclear = reading.topic is not None and reading.confidence < SURE and not reading.models
    return is_unclear or (has_files and reading.topic in BESIDE_FILES)


def _as_doubtful_wish(reading: Reading) -> Reading:
    """Words that are hardly talk as a wish of which nothing runs with one tap."""
    uses = [evolve(guess, confidence=guess.confidence / 2) for guess in reading.uses]
    return evolve(reading, topic=None, uses=tuple(uses) if reading.topic is not None else reading.uses)


def _common_name(titles: Sequence[str]) -> str:
    """The words that all titles begin with, else the shortest title."""
    columns = takewhile(lambda words: len(set(words)) == 1, zip(*(title.split() for title in titles), strict=False))
    return " ".join(words[0] for words in columns) or min(titles, key=len)


def _preferred(ranked: Sequence[Ranked], prefer: Sequence[ModelId]) -> Sequence[Ranked]:
    """With a model of the first use that the person likes in the first place."""
    by_id = {one.model.id: one for one in ranked if one.use is ranked[0].use and not one.missing}
    liked = next((by_id[name] for name in prefer if name in by_id), None)
    return [liked, *(one for one in ranked if one is not liked)] if liked else ranked


@frozen(kw_only=True)
class ReadyModel:
    """A model that runs with these values as they stand, and what it would cost. ``mark``: the best, fast or cheap one."""

    model: Model
    values: Values
    quote: Quote
    mark: Preference | None = None


@frozen(kw_only=True)
class ChooseReady:
    """The first models of a sure offer that run as they stand and that no one would be asked about again.

    They say everything that was stated, as far as the first one does; they take all the files, and the words where they take
    any. None where it is not clear what the wish is for, or where a file is to be sent first. Where the words name models,
    no other one runs unless one of those does. A model that is switched off or failing is left to the list. Every candidate
    is validated and priced once.
    """

    _catalog: ModelCatalog
    _prepare: PrepareValues
    _quote: QuoteDraft

    async def __call__(self, offer: Offer, preferences: Preferences, *, at_most: int = AT_MOST) -> Sequence[ReadyModel]:
        """Return ``at_most`` models, in the order of the offer. Raises ``StoreUnavailable``."""
        found: list[ReadyModel] = []
        if not offer.is_sure or offer.lacks or offer.missing:
            return found
        models = [model for name in offer.models if (model := self._catalog.entry(name)) is not None]
        for model in models:
            if offer.named and not found and model.id not in offer.named:
                break
            if not offer.unsaid(model).keys() <= offer.unsaid(models[0]).keys():
                continue
            ready = await self._candidate(model, offer, preferences)
            if self._runs(ready, offer):
                found.append(ready)
            if len(found) == at_most:
                break
        return found

    def _runs(self, ready: ReadyModel, offer: Offer) -> bool:
        is_well = ready.quote.is_ready and not ready.quote.is_failing
        words = offer.content(ready.model).text
        if not (words or offer.files or offer.links):  # a model's name alone says nothing of what is wanted
            return False
        is_heard = not words or prompt_parameter(ready.model) is None or words in ready.values.values()
        return is_well and is_heard and len(files_in(ready.values)) == len(offer.files)

    async def _candidate(self, model: Model, offer: Offer, preferences: Preferences) -> ReadyModel:
        values = await self._prepare(model, preferences, offer.content(model))
        quote = self._quote(model, values)
        return ReadyModel(model=model, values=values, quote=quote, mark=offer.marks.get(model.id))
