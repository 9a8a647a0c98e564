"""``make reader``: learn the weights of the wish reader's classifier from its phrases."""

import sys
from array import array
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import frozen
from scipy import optimize, sparse

from adapters.local_wish_reader.classifier import Weights, labels
from adapters.local_wish_reader.features import PLACES, features
from adapters.local_wish_reader.names import NameFinder
from adapters.local_wish_reader.phrase_files import Phrase, digest, load_phrases
from adapters.local_wish_reader.prompt import see
from adapters.local_wish_reader.reader import WEIGHTS_FILE, possible_labels
from adapters.yaml_catalog import load_catalog
from adapters.yaml_catalog.names import load_names

STEPS: Final = 60
RIDGE: Final = 2e-5
"""Steps of the minimiser (it stops earlier where nothing improves) and the weight of the squared weights in the loss."""
LARGEST: Final = 127

Matrix = np.ndarray[Any, np.dtype[np.float64]]


@frozen(kw_only=True)
class Lessons:
    """Phrases as numbers: their features, labels, weights, and which labels each could have had."""

    inputs: Any
    targets: Matrix
    weights: Matrix
    closed: Matrix


def name_finder() -> NameFinder:
    """Names of the packaged registry."""
    config = files("config")
    return NameFinder(load_catalog(config / "registry").models(), load_names(config / "model_aliases.yaml"))


def lessons(phrases: Sequence[Phrase], names: NameFinder) -> Lessons:
    """Each phrase as the reader would see it."""
    places: list[int] = []
    values: list[float] = []
    starts = [0]
    closed = np.zeros((len(phrases), len(labels())))
    for row, phrase in enumerate(phrases):
        seen = see(phrase.text, phrase.files, names).seen
        found = features(seen)
        places += [place for place, _ in found]
        values += [value for _, value in found]
        starts.append(len(places))
        possible = possible_labels(seen.files)
        closed[row] = [0.0 if label in possible or label is phrase.label else -np.inf for label in labels()]
    order = {label: place for place, label in enumerate(labels())}
    targets = np.array([order[phrase.label] for phrase in phrases])
    counts = np.bincount(targets, minlength=len(labels()))
    weights = np.array([phrase.weight for phrase in phrases]) / np.sqrt(counts[targets])
    inputs = sparse.csr_matrix((values, places, starts), shape=(len(phrases), PLACES))
    return Lessons(inputs=inputs, targets=targets, weights=weights / weights.sum(), closed=closed)


def learn(taught: Lessons, *, steps: int = STEPS) -> Matrix:
    """The weights that explain the labels best; the loss is convex, so there is one best answer.

    Places that no phrase uses stay at zero and cost nothing.
    """
    used = np.unique(taught.inputs.indices)
    inputs = sparse.csr_matrix(taught.inputs[:, used])
    turned = sparse.csr_matrix(inputs.T)
    shape = (len(used), len(labels()))
    rows = np.arange(len(taught.targets))

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        weights = flat.reshape(shape)
        scores = inputs @ weights + taught.closed
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        right = shares[rows, taught.targets]
        shares[rows, taught.targets] -= 1.0
        slope = turned @ (shares * taught.weights[:, None]) + RIDGE * weights
        value = -(taught.weights * np.log(right + 1e-300)).sum() + RIDGE / 2 * (flat @ flat)
        return float(value), slope.ravel()

    found = optimize.minimize(
        loss,
        np.zeros(shape[0] * shape[1]),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": steps, "maxfun": steps * 2},
    )
    learned = np.zeros((PLACES, len(labels())))
    learned[used] = np.asarray(found.x).reshape(shape)
    return learned


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
    sys.stdout.write(f"{len(taught.targets)} phrases, {len(data) / 1e6:.2f} MB in {target.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
