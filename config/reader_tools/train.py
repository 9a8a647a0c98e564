"""``make reader``: learn the weights of the wish reader's classifier from its phrases."""

import random
import sys
from array import array
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import frozen

from adapters.local_wish_reader.classifier import Weights, labels
from adapters.local_wish_reader.features import PLACES, features
from adapters.local_wish_reader.names import NameFinder
from adapters.local_wish_reader.phrase_files import Phrase, digest, load_phrases
from adapters.local_wish_reader.prompt import see
from adapters.local_wish_reader.reader import WEIGHTS_FILE, possible_labels
from adapters.yaml_catalog import load_catalog
from adapters.yaml_catalog.names import load_names

ROUNDS: Final = 4
RATE: Final = 0.5
"""How often every phrase is gone through, and how far a phrase moves the weights at the start; the steps grow smaller. Few
rounds are what keeps the weights from learning the phrases by heart."""
ORDER_SEED: Final = 1
LARGEST: Final = 127

Matrix = np.ndarray[Any, np.dtype[np.float32]]


@frozen(kw_only=True)
class Lesson:
    """A phrase as numbers: the places of its features, their values, its label, its weight, and ``closed``: minus infinity at
    the labels that it could not have had."""

    places: "np.ndarray[Any, np.dtype[np.int64]]"
    values: Matrix
    target: int
    weight: float
    closed: Matrix


def name_finder() -> NameFinder:
    """Names of the packaged registry."""
    config = files("config")
    return NameFinder(load_catalog(config / "registry").models(), load_names(config / "model_aliases.yaml"))


def lessons(phrases: Sequence[Phrase], names: NameFinder) -> Sequence[Lesson]:
    """Each phrase as the reader would see it. Labels with many phrases do not count for more in proportion."""
    order = {label: place for place, label in enumerate(labels())}
    counts = np.bincount([order[phrase.label] for phrase in phrases], minlength=len(order))
    weights = np.array([phrase.weight / np.sqrt(counts[order[phrase.label]]) for phrase in phrases])
    return [
        _lesson(phrase, names, order[phrase.label], float(weight))
        for phrase, weight in zip(phrases, weights / weights.mean(), strict=True)
    ]


def _lesson(phrase: Phrase, names: NameFinder, target: int, weight: float) -> Lesson:
    seen = see(phrase.text, phrase.files, names, with_titles=False).seen
    found = features(seen)
    possible = possible_labels(seen.files)
    closed = [0.0 if label in possible or label is phrase.label else -np.inf for label in labels()]
    return Lesson(
        places=np.array([place for place, _ in found], dtype=np.int64),
        values=np.array([value for _, value in found], dtype=np.float32),
        target=target,
        weight=weight,
        closed=np.array(closed, dtype=np.float32),
    )


def learn(taught: Sequence[Lesson], *, rounds: int = ROUNDS) -> Matrix:
    """The weights by steepest descent, a phrase at a time, always in the same order."""
    weights = np.zeros((PLACES, len(labels())), dtype=np.float32)
    order = list(range(len(taught)))
    shuffler = random.Random(ORDER_SEED)  # noqa: S311  # an order, no secret
    for done in range(rounds):
        shuffler.shuffle(order)
        step = RATE * (1 - done / rounds)
        for number in order:
            _take_step(weights, taught[number], step)
    return weights


def _take_step(weights: Matrix, lesson: Lesson, step: float) -> None:
    rows = weights[lesson.places]
    scores = lesson.values @ rows + lesson.closed
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    shares[lesson.target] -= 1.0
    weights[lesson.places] = rows - np.outer(lesson.values, shares * np.float32(step * lesson.weight))


def rounded(learned: Matrix, *, phrases_digest: str) -> Weights:
    """The weights in one byte each."""
    scale = float(np.abs(learned).max()) / LARGEST
    rows = np.rint(learned / scale).astype(np.int8)
    return Weights(rows=array("b", rows.tobytes()), scale=scale, digest=phrases_digest)


def main() -> int:
    """Write the weights beside the reader."""
    taught = lessons(load_phrases(), name_finder())
    data = rounded(learn(taught), phrases_digest=digest()).to_bytes()
    target = Path(str(files("adapters.local_wish_reader") / WEIGHTS_FILE))
    target.write_bytes(data)
    sys.stdout.write(f"{len(taught)} phrases, {len(data) / 1e6:.2f} MB in {target.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
