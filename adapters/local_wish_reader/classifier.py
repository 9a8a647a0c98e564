"""The classifier: a multinomial logistic regression in plain Python over weights of one byte each."""

import json
import zlib
from array import array
from collections.abc import Collection, Sequence
from math import exp

from attrs import frozen

from adapters.local_wish_reader.features import PLACES, Features
from domain.reading import Topic
from domain.use import Use

Label = Use | Topic


def labels() -> tuple[Label, ...]:
    """What a text is sorted into, in the order of the weights."""
    return (*Use, *Topic)


@frozen(kw_only=True)
class Weights:
    """A row of bytes for each place, one byte a label, times ``scale``; ``digest`` says which phrases they were learned from."""

    rows: "array[int]"
    scale: float
    digest: str

    def to_bytes(self) -> bytes:
        """A line of JSON, then the rows, all compressed."""
        head = json.dumps({"scale": self.scale, "digest": self.digest, "labels": [str(one) for one in labels()]})
        return zlib.compress(head.encode() + b"\n" + self.rows.tobytes(), 9)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Weights":
        """Raises ValueError where the weights are of other labels or places than this code."""
        head, _, body = zlib.decompress(data).partition(b"\n")
        facts = json.loads(head)
        rows = array("b", body)
        if facts["labels"] != [str(one) for one in labels()] or len(rows) != PLACES * len(labels()):
            raise ValueError("the weights of the wish reader are of another version: run `make reader`")
        return cls(rows=rows, scale=facts["scale"], digest=facts["digest"])


@frozen
class Classifier:
    """Sorts a text into labels, of those that are possible."""

    _weights: Weights

    def __call__(self, found: Features, possible: Collection[Label]) -> list[tuple[Label, float]]:
        """The possible labels with their probabilities, the likeliest first."""
        totals = self._totals(found)
        scores = [(label, total) for label, total in zip(labels(), totals, strict=True) if label in possible]
        highest = max((score for _, score in scores), default=0.0)
        shares = [(label, exp(score - highest)) for label, score in scores]
        whole = sum(share for _, share in shares)
        return sorted(((label, share / whole) for label, share in shares), key=lambda one: -one[1])

    def _totals(self, found: Features) -> Sequence[float]:
        rows, width = self._weights.rows, len(labels())
        totals = [0.0] * width
        for place, value in found:
            row = rows[place * width : (place + 1) * width]
            if any(row):
                totals = [total + value * one for total, one in zip(totals, row, strict=True)]
        scale = self._weights.scale
        return [total * scale for total in totals]
