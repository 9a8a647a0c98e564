"""CONTENT_FILTER=always: the filter is on for everyone, whatever they chose and whatever door they use."""

import pytest
from attrs import evolve

from adapters.memory.clock import ManualClock
from adapters.memory.preference_store import InMemoryPreferenceStore
from application.catalog.require_filter import with_filter
from application.errors import InvalidInput
from application.operating.fixed_filter import FixedFilter
from domain.parameter_roles import safety_switches
from domain.preferences import Preferences
from tests.support.generations import ANN
from tests.support.registry import catalog, model


async def test_everyone_has_the_filter_on_and_keeps_their_own_choice_for_later() -> None:
    stored = InMemoryPreferenceStore(ManualClock())
    await stored.save(Preferences(user=ANN, safe=False, language="ru"))
    fixed = FixedFilter(stored)
    mine = await fixed.get(ANN)
    assert (mine.safe, mine.safe_is_fixed, mine.language) == (True, True, "ru")
    await fixed.save(evolve(mine, captions=False))
    assert await stored.get(ANN) == Preferences(user=ANN, safe=False, language="ru", captions=False)


def test_every_switch_of_every_model_is_sent_as_on() -> None:
    switched = [entry for entry in catalog().models() if safety_switches(entry)]
    assert len(switched) > 50
    for entry in switched:
        names = {switch.name for switch in safety_switches(entry)}
        sent = with_filter(entry, dict.fromkeys(names, False))
        assert sent == dict.fromkeys(names, True)


def test_a_mode_for_adults_is_refused_with_the_others_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        with_filter(model("grok-imagine/image-to-video"), {"prompt": "a fox", "mode": "spicy"})
    [violation] = refused.value.violations
    assert violation.path == "mode"
    assert "spicy" not in violation.values["allowed"]  # type: ignore[operator]  # another type would fail the test
