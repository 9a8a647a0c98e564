"""Every labelled wish of the developers' half, sent to the running bot; judged by the buttons that come."""

from tests.support.wish_screens import score_screens
from tests.support.wishes import WISHES


async def test_the_screens_that_answer_the_labelled_wishes_are_as_promised() -> None:
    result = await score_screens(WISHES)
    assert result.top1 >= 0.97, result.faults
    assert result.top3 >= 0.99, result.faults
    assert result.named >= 0.98, result.faults
    assert result.filled >= 0.95, result.faults
    assert result.talk >= 0.95, result.faults
    assert result.right_one_tap >= 0.60, result.faults
    assert result.wrong_one_tap <= 0.005, result.faults
