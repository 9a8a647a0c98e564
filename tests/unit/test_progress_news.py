"""Which progress a page hears of."""

import pytest

from application.generating.progress_news import is_news
from application.ports.messenger import OutcomeUnknown, Progress, Queued, Running, Uploading


@pytest.mark.parametrize(
    ("earlier", "now", "said"),
    [
        (None, Queued(place=1), False),
        (None, Queued(place=2), True),
        (None, Uploading(), True),
        (Queued(place=3), Queued(place=3), False),
        (Queued(place=3), Queued(place=2), True),
        (Queued(place=21), Queued(place=20), True),
        (Queued(place=20), Queued(place=21), True),
        (Queued(place=100), Queued(place=91), False),
        (Queued(place=100), Queued(place=90), True),
        (Queued(place=100), Queued(place=110), True),
        (Queued(place=1), Uploading(), True),
        (Uploading(), Uploading(), False),
        (None, Running(elapsed_s=3, usual_s=30), False),
        (Queued(place=2), Running(elapsed_s=0), False),
        (Running(elapsed_s=9), OutcomeUnknown(), True),
    ],
)
def test_a_page_is_given_what_it_can_not_work_out_by_itself(
    earlier: Progress | None, now: Progress, said: bool
) -> None:
    assert is_news(earlier, now) is said
