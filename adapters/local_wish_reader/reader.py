"""The wish reader that needs no network: names, a grammar of values, and a classifier learned from phrases."""

from collections.abc import Callable, Collection, Iterator, Sequence
from importlib.resources import files
from typing import Final

from adapters.local_wish_reader.classifier import Classifier, Label, Weights
from adapters.local_wish_reader.denial_words import DENIED
from adapters.local_wish_reader.features import features
from adapters.local_wish_reader.language import language_of
from adapters.local_wish_reader.lexicon import folded, lexicon
from adapters.local_wish_reader.names import NameFinder, named_together
from adapters.local_wish_reader.prompt import Sight, is_bare, link_kind, prompt_of, see
from adapters.local_wish_reader.step_words import LONGEST_ORDER, STEP_ORDERS
from adapters.local_wish_reader.use_hints import (
    ALONE,
    MAKES,
    NOT_WITH,
    ONLY_FOR,
    PREFERENCES,
    PRICED_IDEAS,
    SAID_OF_SPEECH,
    SPOKEN,
    STATED_WITH_WISHES,
)
from domain.edit_steps import StepOrder
from domain.media import MediaKind
from domain.model import Model, ModelId, ModelType
from domain.model_names import ModelNames
from domain.reading import (
    INTENTS,
    LinkedFile,
    NamedModel,
    Reading,
    TaskGuess,
    Topic,
    UseGuess,
    Wish,
    WishIntent,
)
from domain.use import FACTS, Use, fits_files, takes_files, task_types
from domain.vocabulary import words_of

WEIGHTS_FILE: Final = "weights.bin"
FILES_READ: Final = frozenset({MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO})
GUESSES: Final = 6
"""Uses that a reading lists at most."""
LONGEST_TEXT: Final = 6_000
"""Letters of a text that are read; the prompt is always whole."""
UNLIKELY: Final = 0.1
SMALL_TALK: Final = 0.5
"""What small talk weighs: it has the shortest phrases, so that words no phrase has look like it."""
TALK_ABOUT_MODELS: Final = 0.15
"""What a topic weighs in a text that names a model."""
TALK_BESIDE_NAMES: Final = 0.8
"""Share of talk among all topics and uses from which on words beside a model's name may be talk."""
NEARER: Final = 3.0
EXACTLY: Final = 20.0
"""How many times as likely what a named model does is; the second where a version or variant is said."""
WITHOUT_ITS_FILE: Final = 0.15
"""What a use weighs in a text that names a model and has no file, where the use needs one."""
UNLIKE_TALK: Final = 0.25
"""What talk about neither prices nor models weighs in a text that states such values."""
DECLINES: Final = 0.65
"""Confidence from which on something is declined; below it the person is asked what is meant."""
TALK_DESPITE: Final = 0.6
"""Confidence that talk needs where there is a file or a model's name, which speak for a wish."""
_WITH_VALUES: Final = frozenset({Topic.PRICE, Topic.MODELS, Topic.AVAILABILITY, Topic.UNSAFE})
"""What people ask of films of ten seconds."""
_NOT_OF_MODELS: Final = frozenset(
    {Topic.GREETING, Topic.THANKS, Topic.SMALL_TALK, Topic.ABUSE, Topic.OTHER_SERVICE, Topic.BALANCE, Topic.ABILITIES}
)
"""What a text that names a model is not about."""


def possible_labels(kinds: Collection[MediaKind]) -> frozenset[Label]:
    """What a text with these files may mean: any topic, and the uses that the files leave."""
    uses = {use for use in Use if fits_files(use, kinds)}
    return frozenset({*Topic, *uses})


class LocalWishReader:
    """A ``WishReader`` in plain Python. Loads its weights once; a reading takes a few milliseconds on one core."""

    def __init__(self, models: Sequence[Model], names: ModelNames, weights: Weights | None = None) -> None:
        self.names = NameFinder(models, names)
        self._offered = {model.id: model for model in models if model.is_offered}
        self._classify = Classifier(weights or packaged_weights())

    async def read(self, wish: Wish, /) -> Reading:
        return self.read_now(wish)

    def read_now(self, wish: Wish) -> Reading:
        """The reading, without waiting for anything."""
        here = [kind for kind in (*wish.attachments, wish.reply_to) if kind in FILES_READ]
        text = wish.text if len(wish.text) <= LONGEST_TEXT else wish.text[:LONGEST_TEXT]
        sight = see(text, here, self.names)
        guesses = self._guesses(sight)
        return self._reading(wish.text, sight, guesses)

    def _guesses(self, sight: Sight) -> Sequence[tuple[Label, float]]:
        possible = possible_labels(sight.seen.files)
        possible -= _NOT_OF_MODELS if sight.mentions else {Topic.AVAILABILITY}
        if titled := self._titled(sight):
            uses = frozenset(one for one in possible if isinstance(one, Use))
            by_type = [frozenset(one for one in uses if _does(one, types)) for types in _types_of(titled)]
            return self._classify(features(sight.seen), next(filter(None, by_type), uses))
        named = frozenset().union(*(one.types for one in sight.mentions))
        if named and (able := frozenset(one for one in possible if isinstance(one, Use) and _does(one, named))):
            topics = frozenset(one for one in possible if isinstance(one, Topic))
            possible = able | (topics if self._is_talk(sight) else frozenset())
        if not sight.seen.text.strip(" \n.,!?" if sight.mentions else " \n.,!"):
            return self._without_words(sight, possible)
        guesses = _as_stated(self._classify(features(sight.seen), possible), sight.seen.stated)
        guesses = _weighed(guesses, lambda label: SMALL_TALK if label is Topic.SMALL_TALK else 1.0)
        if denied := _denied_uses(sight):
            guesses = _weighed(guesses, lambda label: UNLIKELY if label in denied else 1.0)
        return self._nearer(_less_talk(guesses), sight) if sight.mentions else guesses

    def _is_talk(self, sight: Sight) -> bool:
        """Whether the words beside a name are talk, also among the uses that the name rules out: *omnihuman animate photo*."""
        guesses = self._classify(features(sight.seen), possible_labels(sight.seen.files))
        return sum(share for label, share in guesses if isinstance(label, Topic)) >= TALK_BESIDE_NAMES

    def _titled(self, sight: Sight) -> Sequence[Model]:
        """The models whose title the text is, where they have room for the files."""
        return [model for one in sight.titled if takes_files(model := self._offered[one.id], sight.seen.files)]

    def _serving(self, sight: Sight, use: Use) -> tuple[NamedModel, ...]:
        """The named models; where none of them serves the use, with the others of the family that do."""
        named = _named(sight)
        if any(one.id in self._offered and _does(use, task_types(self._offered[one.id])) for one in named):
            return named
        others = [one for mention in sight.mentions for one in mention.relatives if one.id in self._offered]
        return (*named, *(one for one in others if _does(use, task_types(self._offered[one.id]))))

    def _nearer(self, guesses: Sequence[tuple[Label, float]], sight: Sight) -> Sequence[tuple[Label, float]]:
        """What the nearest of the named models do is likelier than what only others of their family do."""
        named = [one for one in _named(sight) if one.id in self._offered]
        nearest = min((one.distance for one in named), default=0)
        types = frozenset().union(*(task_types(self._offered[one.id]) for one in named if one.distance == nearest))
        likelier = EXACTLY if any(one.versions or one.variants for one in sight.mentions) else NEARER

        def weight(label: Label) -> float:
            if not isinstance(label, Use):
                return 1.0
            lacks = WITHOUT_ITS_FILE if FACTS[label].works_on and not sight.seen.files else 1.0
            return lacks * (likelier if _does(label, types) else 1.0)

        return _weighed(guesses, weight)

    def _without_words(self, sight: Sight, possible: Collection[Label]) -> Sequence[tuple[Label, float]]:
        """A file, a name or a value alone."""
        kinds = sight.seen.files
        if sight.mentions or sight.values.stated:
            guesses = self._classify(features(sight.seen), possible)
            uses: list[tuple[Label, float]] = [(one, share) for one, share in guesses if isinstance(one, Use)]
            is_on_offer = not self._offered.keys().isdisjoint(one.id for one in _named(sight))
            return [(Topic.AVAILABILITY, 2.0), *uses] if sight.mentions and not is_on_offer else uses
        if not kinds:
            return [(Topic.HELP, 1.0)]
        alone = [use for use in ALONE[kinds[0]] if use in possible] or [one for one in possible if isinstance(one, Use)]
        return [(use, 1.0 / (len(alone) + place)) for place, use in enumerate(alone)]

    def _reading(self, text: str, sight: Sight, guesses: Sequence[tuple[Label, float]]) -> Reading:
        uses = [UseGuess(use=label, confidence=share) for label, share in guesses if isinstance(label, Use)]
        topics = [(label, share) for label, share in guesses if isinstance(label, Topic)]
        talk = sum(share for _, share in topics)
        is_about_something = bool(sight.mentions or sight.seen.files)
        is_talk = talk > (TALK_DESPITE if is_about_something else sum(one.confidence for one in uses))
        if uses and topics and INTENTS[topics[0][0]] is WishIntent.DECLINE and talk < DECLINES:
            is_talk = False
        use = None if is_talk or not uses else uses[0].use
        topic = topics[0][0] if is_talk else None
        tasks = () if is_talk else tuple(_tasks(uses))
        named = _named(sight) if use is None else self._serving(sight, use)
        titled = () if is_talk else tuple(NamedModel(id=one.id) for one in self._titled(sight))
        return Reading(
            intent=INTENTS[topic] if topic is not None else WishIntent.WISH,
            topic=topic,
            confidence=min(1.0, talk if is_talk else tasks[0].confidence if tasks else 0.0),
            uses=tuple(uses[:GUESSES]) if topic is not Topic.PRICE or _speaks_of_a_thing(sight) else (),
            tasks=tasks,
            models=titled or named,
            is_title=bool(titled),
            parameters=_parameters(sight, use) if use and not titled else {},
            bare_values=sight.values.by_name() if is_bare(sight) else {},
            prompt=prompt_of(text, sight, use) if use and not titled else "",
            language=language_of(text),
            files=sight.seen.files,
            links=tuple(_linked(text, sight)),
            preference=next((one for one, words in PREFERENCES if words.search(sight.plain)), None),
            step=_step_order(text),
        )


def packaged_weights() -> Weights:
    """The weights that come with the code."""
    return Weights.from_bytes((files("adapters.local_wish_reader") / WEIGHTS_FILE).read_bytes())


def _speaks_of_a_thing(sight: Sight) -> bool:
    """Whether a question for a price says of what: of a kind of thing, of something that is done with it, or of a model."""
    return bool(sight.mentions) or not PRICED_IDEAS.isdisjoint(lexicon().ideas(list(words_of(folded(sight.seen.text)))))


def _does(use: Use, types: Collection[ModelType]) -> bool:
    return not set(types).isdisjoint(FACTS[use].tasks)


def _types_of(models: Sequence[Model]) -> tuple[frozenset[ModelType], frozenset[ModelType]]:
    """What the models are for, and everything they can do."""
    return frozenset(one.type for one in models), frozenset().union(*(task_types(one) for one in models))


def _as_stated(guesses: Sequence[tuple[Label, float]], stated: Collection[str]) -> Sequence[tuple[Label, float]]:
    """A length or sound speaks against pictures, a shape against sound, and all of them against mere talk."""
    unlikely = frozenset[Use]().union(*(NOT_WITH.get(name, frozenset()) for name in stated))
    is_order = not STATED_WITH_WISHES.isdisjoint(stated)

    def weight(label: Label) -> float:
        if isinstance(label, Topic):
            return UNLIKE_TALK if is_order and label not in _WITH_VALUES else 1.0
        return UNLIKELY if label in unlikely else 1.0

    return _weighed(guesses, weight) if unlikely or is_order else guesses


def _denied_uses(sight: Sight) -> frozenset[Use]:
    """What makes the things of which the text says that they are not wanted."""
    words = " ".join(match.group() for match in DENIED.finditer(sight.plain))
    ideas = lexicon().ideas(list(words_of(folded(words)))) if words else ()
    return frozenset[Use]().union(*(MAKES.get(idea, frozenset()) for idea in ideas))


def _less_talk(guesses: Sequence[tuple[Label, float]]) -> Sequence[tuple[Label, float]]:
    """Texts that name a model are mostly wishes: each topic counts for less."""
    return _weighed(guesses, lambda label: TALK_ABOUT_MODELS if isinstance(label, Topic) else 1.0)


def _weighed(guesses: Sequence[tuple[Label, float]], weight: Callable[[Label], float]) -> Sequence[tuple[Label, float]]:
    shares = [(label, share * weight(label)) for label, share in guesses]
    whole = sum(share for _, share in shares)
    return sorted(((label, share / whole) for label, share in shares), key=lambda one: -one[1])


def _step_order(text: str) -> StepOrder | None:
    """What a text orders that says nothing else."""
    said = " ".join(text.split())
    is_short = len(said) <= LONGEST_ORDER
    return next((order for order, words in STEP_ORDERS if is_short and words.fullmatch(said)), None)


def _linked(text: str, sight: Sight) -> Iterator[LinkedFile]:
    for link in sight.links:
        if (kind := link_kind(sight.plain[link.start : link.end])) is not None:
            yield LinkedFile(kind=kind, url=text[link.start : link.end].rstrip(".,;)!"))


def _named(sight: Sight) -> tuple[NamedModel, ...]:
    """The models of all mentions, each once, by its nearest name; of a maker and its model the model."""
    if together := named_together(sight.mentions):
        return together
    nearest: dict[ModelId, int] = {}
    for mention in sight.mentions:
        for one in mention.models:
            nearest[one.id] = min(one.distance, nearest.get(one.id, one.distance))
    found = sorted(nearest.items(), key=lambda one: one[1])
    return tuple(NamedModel(id=name, distance=distance) for name, distance in found)


def _tasks(uses: Sequence[UseGuess]) -> list[TaskGuess]:
    """The main tasks of the uses, each with what its uses have together, the likeliest first."""
    shares: dict[ModelType, float] = {}
    for one in uses:
        main = FACTS[one.use].tasks[0]
        shares[main] = shares.get(main, 0.0) + one.confidence
    return [TaskGuess(type=type_, confidence=share) for type_, share in sorted(shares.items(), key=lambda one: -one[1])]


def _parameters(sight: Sight, use: Use) -> dict[str, object]:
    """The values that mean something for the use."""
    values = sight.values.by_name()
    return {
        name: value
        for name, value in values.items()
        if value is not None
        and use in ONLY_FOR.get(name, frozenset(Use))
        and (use not in SPOKEN or name in SAID_OF_SPEECH)
    }
