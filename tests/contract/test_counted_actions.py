"""Everyday wishes take two actions at most, and leave one message: the result."""

import pytest

from tests.support.everyday_wishes import WISHES, GenerationRequest, count


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.name)
async def test_a_wish_takes_two_actions_and_leaves_its_result_alone(wish: GenerationRequest) -> None:
    counted = await count(wish)
    assert len(counted.actions) <= 2, counted.actions
    assert counted.messages == 1
