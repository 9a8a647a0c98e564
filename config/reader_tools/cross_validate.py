"""Cross-validation of the wish reader: every phrase is judged by weights that have not seen it."""

import sys
from collections.abc import Sequence
from typing import Final
from zlib import crc32

from attrs import frozen

from adapters.local_wish_reader.classifier import Classifier, Weights
from adapters.local_wish_reader.features import features
from adapters.local_wish_reader.names import NameFinder
from adapters.local_wish_reader.phrase_files import Phrase, load_phrases
from adapters.local_wish_reader.prompt import see
from adapters.local_wish_reader.reader import possible_labels
from config.reader_tools.train import learn, lessons, name_finder, rounded
from domain.reading import INTENTS, Topic
from domain.use import FACTS, Use

FOLDS: Final = 5
ENOUGH: Final = 0.99
"""Weight of a phrase from which it is judged: those of choices and those without their file only teach."""


@frozen(kw_only=True)
class Judged:
    """A phrase with what the weights that have not seen it say of it."""

    phrase: Phrase
    guesses: Sequence[tuple[Use | Topic, float]]

    @property
    def is_wish(self) -> bool:
        return isinstance(self.phrase.label, Use)

    def is_right(self, places: int = 1) -> bool:
        """Whether one of the first guesses leads to the right task, or to the right answer."""
        return any(_answer(label) == _answer(self.phrase.label) for label, _ in self.guesses[:places])


def folds(phrases: Sequence[Phrase], count: int = FOLDS) -> Sequence[tuple[Sequence[Phrase], Sequence[Phrase]]]:
    """What to learn from and what to judge, so that each text is judged once. A text stays in its fold whatever phrases are
    added."""
    places = [crc32(phrase.text.encode()) % count for phrase in phrases]
    return [
        (
            [phrase for phrase, place in zip(phrases, places, strict=True) if place != fold],
            [phrase for phrase, place in zip(phrases, places, strict=True) if place == fold],
        )
        for fold in range(count)
    ]


def judge(weights: Weights, phrases: Sequence[Phrase], names: NameFinder) -> Sequence[Judged]:
    """What the weights say of the phrases that count."""
    classify = Classifier(weights)
    judged = []
    for phrase in phrases:
        if phrase.weight >= ENOUGH:
            seen = see(phrase.text, phrase.files, names, with_titles=False).seen
            guesses = classify(features(seen), possible_labels(seen.files))
            judged.append(Judged(phrase=phrase, guesses=guesses))
    return judged


def cross_validate(*, rounds: int = FOLDS) -> Sequence[Judged]:
    """The phrases that count of the first ``rounds`` folds, each judged by weights learned from the other folds."""
    names = name_finder()
    judged: list[Judged] = []
    for known, unknown in folds(load_phrases())[:rounds]:
        learned = learn(lessons(known, names))
        judged += judge(rounded(learned, phrases_digest=""), unknown, names)
    return judged


def share(judged: Sequence[Judged], *, places: int = 1) -> float:
    """The share that is right."""
    return sum(one.is_right(places) for one in judged) / len(judged)


def _answer(label: Use | Topic) -> str:
    return str(FACTS[label].tasks[0]) if isinstance(label, Use) else str(INTENTS[label])


def main() -> int:
    """Print the shares, and what is taken for what. A number as the argument says how many folds are judged."""
    judged = cross_validate(rounds=int(sys.argv[1]) if len(sys.argv) > 1 else FOLDS)
    for whose, is_by_others in (("our own", False), ("of others", True)):
        theirs = [one for one in judged if one.phrase.is_by_others is is_by_others]
        wishes, talk = [one for one in theirs if one.is_wish], [one for one in theirs if not one.is_wish]
        shares = f"top-1 {share(wishes):.3f}, top-3 {share(wishes, places=3):.3f}"
        sys.stdout.write(f"{whose}: {len(wishes)} wishes: {shares}; {len(talk)} texts of talk: {share(talk):.3f}\n")
    for one in judged:
        if not one.is_right():
            guesses = ", ".join(f"{label} {chance:.2f}" for label, chance in one.guesses[:3])
            sys.stdout.write(f"{one.phrase.label}\t{one.phrase.text}\t{guesses}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
