"""What the reader makes of thousands of fresh wishes, and of texts that its weights have not seen: learned from four fifths of the phrases."""

from collections.abc import Sequence

import pytest

from adapters.local_wish_reader import LocalWishReader
from adapters.local_wish_reader.phrase_files import load_phrases
from adapters.yaml_catalog.names import load_names
from config.reader_tools.cross_validate import Judged, folds, judge, share
from config.reader_tools.train import learn, lessons, name_finder, rounded
from tests.support.registry import REGISTRY, catalog
from tests.support.wishes import FRESH, WISHES, Score, assert_as_promised, labelled_wishes, score

pytestmark = pytest.mark.timeout(300)
"""Half a minute of processor time, which the first test that asks for it spends alone."""


def test_fresh_wishes_are_understood_as_promised() -> None:
    assert_as_promised(labelled_wishes(FRESH))


@pytest.fixture(scope="module")
def judged() -> tuple[Score, list[Judged]]:
    """All labelled wishes and the phrases left out, by weights learned from the rest."""
    known, unknown = folds(load_phrases())[0]
    names = name_finder()
    weights = rounded(learn(lessons(known, names)), phrases_digest="")
    reader = LocalWishReader(catalog().models(), load_names(REGISTRY.parent / "model_aliases.yaml"), weights)
    wishes = [*labelled_wishes(WISHES), *labelled_wishes(FRESH)]
    return score(wishes, reader), list(judge(weights, unknown, names))


def test_wishes_are_understood_by_weights_of_other_phrases(judged: tuple[Score, list[Judged]]) -> None:
    result, _ = judged
    assert result.top1 >= 0.97, result.faults
    assert result.top3 >= 0.99, result.faults
    assert result.named >= 0.98, result.faults
    assert result.stated >= 0.98, result.faults
    assert result.talk >= 0.95, result.faults
    assert result.wrong_one_tap <= 0.005, result.faults


def test_phrases_never_seen_are_mostly_understood(judged: tuple[Score, list[Judged]]) -> None:
    wishes, talk = _apart([one for one in judged[1] if not one.phrase.is_by_others])
    assert share(wishes) >= 0.89
    assert share(wishes, places=3) >= 0.97
    assert share(talk) >= 0.82


def test_phrases_of_strangers_never_seen_are_mostly_understood(judged: tuple[Score, list[Judged]]) -> None:
    wishes, talk = _apart([one for one in judged[1] if one.phrase.is_by_others])
    assert share(wishes) >= 0.80
    assert share(wishes, places=3) >= 0.95
    assert share(talk) >= 0.70


def _apart(judged: Sequence[Judged]) -> tuple[Sequence[Judged], Sequence[Judged]]:
    return [one for one in judged if one.is_wish], [one for one in judged if not one.is_wish]
