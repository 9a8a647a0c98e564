"""Labelled wishes (``tests/data/wishes.jsonl``), and the rules by which answers to them are counted."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from adapters.local_wish_reader import LocalWishReader
from application.wishes.rank_models import Ranked, RankModels
from config.wishes import local_reader, rank_models
from domain.media import MediaKind
from domain.model import Model, ModelType
from domain.reading import Reading, Wish, WishIntent
from domain.use import file_room, takes_files
from tests.support.registry import catalog

WISHES: Final = Path(__file__).parents[1] / "data" / "wishes.jsonl"
FRESH: Final = WISHES.with_name("fresh_wishes.jsonl")
"""Written in batches, each read once before anything was corrected (``docs/understanding.md``)."""

IMAGE, VIDEO, AUDIO = MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO
REFUSED: Final = frozenset({WishIntent.WISH, WishIntent.DECLINE})
"""A wish that no model can do is declined, too."""
ALIKE: Final[Mapping[ModelType, tuple[frozenset[MediaKind], MediaKind]]] = {
    ModelType.IMAGE_EDIT: (frozenset({IMAGE}), IMAGE),
    ModelType.IMAGE_TO_IMAGE: (frozenset({IMAGE}), IMAGE),
    ModelType.IMAGE_TO_VIDEO: (frozenset({IMAGE}), VIDEO),
    ModelType.VIDEO_EDITING: (frozenset({VIDEO}), VIDEO),
    ModelType.VIDEO_TO_VIDEO: (frozenset({VIDEO}), VIDEO),
    ModelType.LIP_SYNC: (frozenset({IMAGE, AUDIO}), VIDEO),
}
"""What a model of another type has to take and give to do the same."""


@frozen(kw_only=True)
class Labelled:
    """A wish with what is right for it; ``expect`` is the fitting answer where no model is. ``sent`` are the files as people
    send them: a picture may come as a ``document``."""

    id: str
    language: str
    sent: tuple[str, ...]
    wish: Wish
    tasks: frozenset[ModelType]
    named: frozenset[str]
    specialists: frozenset[str]
    stated: Mapping[str, object]
    expect: str | None


@frozen(kw_only=True)
class Score:
    """Shares from 0 to 1, and what went wrong as lines for a person."""

    top1: float
    top3: float
    named: float
    stated: float
    talk: float
    sure: float
    wrong_one_tap: float
    faults: Sequence[str] = field(factory=list)


def labelled_wishes(file: Path = WISHES) -> Sequence[Labelled]:
    """Every line of the file."""
    return [_labelled(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def _labelled(data: Mapping[str, Any]) -> Labelled:
    kinds = tuple(IMAGE if kind == "document" else MediaKind(kind) for kind in data["attachments"])
    reply = data["reply_to"]
    return Labelled(
        id=data["id"],
        language=data["language"],
        sent=tuple(data["attachments"]),
        wish=Wish(
            text=data["text"],
            attachments=kinds,
            reply_to=MediaKind(reply.removesuffix("_result")) if reply else None,
        ),
        tasks=frozenset(ModelType(one) for one in data["tasks"]),
        named=frozenset(data["models"]),
        specialists=frozenset(data.get("specialists", ())),
        stated=data["parameters"],
        expect=data.get("expect"),
    )


@cache
def reader() -> LocalWishReader:
    return local_reader(catalog())


@cache
def ranking() -> RankModels:
    return rank_models(catalog())


def fits(model: Model, one: Labelled, files: Sequence[MediaKind]) -> bool:
    """Whether a model does what the wish asks for with the files that are there."""
    if model.id in one.specialists:
        return True
    if not takes_files(model, files) or model.id in _elsewhere_wrong():
        return False
    return model.type in one.tasks or any(_does_the_same(model, task) for task in one.tasks)


def score(wishes: Iterable[Labelled], by: LocalWishReader | None = None) -> Score:
    """Read and rank every wish, and count."""
    counts: dict[str, list[bool]] = {name: [] for name in ("top1", "top3", "named", "stated", "talk", "sure", "wrong")}
    faults: list[str] = []
    for one in wishes:
        reading = (by or reader()).read_now(one.wish)
        ranked = ranking()(reading)
        is_sure = ranking().is_sure(reading) and bool(ranked)
        right = _count_wish(one, reading, ranked, counts) if one.tasks else _count_talk(one, reading, counts)
        counts["sure"].append(is_sure)
        counts["wrong"].append(is_sure and not right)
        if not right:
            faults.append(f"{one.id} {one.wish.text!r}: {reading.intent} {[each.use for each in reading.uses[:3]]}")
    shares = {name: sum(hits) / len(hits) if hits else 1.0 for name, hits in counts.items()}
    wrong = shares.pop("wrong")
    return Score(**shares, wrong_one_tap=wrong, faults=faults)


def assert_as_promised(wishes: Iterable[Labelled]) -> None:
    """What is promised of the reader, by the packaged weights."""
    result = score(wishes)
    assert result.top1 >= 0.98, result.faults
    assert result.top3 >= 0.99, result.faults
    assert result.named >= 0.98, result.faults
    assert result.stated >= 0.98, result.faults
    assert result.talk >= 0.97, result.faults
    assert result.wrong_one_tap <= 0.005, result.faults


def _count_wish(one: Labelled, reading: Reading, ranked: Sequence[Ranked], counts: Mapping[str, list[bool]]) -> bool:
    hits = [fits(each.model, one, reading.files) for each in ranked]
    is_refused = reading.intent in REFUSED and not ranked and one.expect == "decline"
    right = is_refused or hits[:1] == [True]
    counts["top1"].append(right)
    counts["top3"].append(is_refused or any(hits[:3]))
    if one.named:
        counts["named"].append(bool(ranked) and ranked[0].model.id in one.named)
    counts["stated"].extend(reading.parameters.get(name) == value for name, value in one.stated.items())
    return right


def _count_talk(one: Labelled, reading: Reading, counts: Mapping[str, list[bool]]) -> bool:
    right = reading.intent == one.expect
    counts["talk"].append(right)
    return right


def _does_the_same(model: Model, task: ModelType) -> bool:
    if task not in ALIKE:
        return False
    takes, gives = ALIKE[task]
    return model.output is gives and takes <= file_room(model).keys()


@cache
def _elsewhere_wrong() -> frozenset[str]:
    """Models of one purpose, which are right only where a wish lists them."""
    return frozenset(
        {"recraft/remove-background", "seedream/5-flash-layer-decomposition", "seedream/5-pro-layer-decomposition"}
    )
