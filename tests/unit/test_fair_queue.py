"""Users take turns."""

from hypothesis import given
from hypothesis import strategies as st

from domain.fair_queue import FairQueue
from domain.generation import UserId

ANN, BOB = UserId("telegram:1"), UserId("telegram:2")


def drained(queue: FairQueue[str]) -> list[str]:
    items = []
    while (item := queue.pop()) is not None:
        items.append(item)
    return items


def test_a_hundred_wishes_of_one_delay_the_first_of_another_by_one_turn() -> None:
    queue: FairQueue[str] = FairQueue()
    for number in range(100):
        queue.push(ANN, f"ann{number}")
    queue.push(BOB, "bob")
    assert drained(queue)[:3] == ["ann0", "bob", "ann1"]


def test_one_users_wishes_keep_their_order() -> None:
    queue: FairQueue[str] = FairQueue()
    for number in range(3):
        queue.push(ANN, f"ann{number}")
    assert drained(queue) == ["ann0", "ann1", "ann2"]


def test_a_wish_taken_back_is_skipped_and_can_not_be_taken_back_twice() -> None:
    queue: FairQueue[str] = FairQueue()
    queue.push(ANN, "first")
    queue.push(ANN, "second")
    assert queue.remove(ANN, "first")
    assert not queue.remove(ANN, "first")
    assert not queue.remove(BOB, "second")
    assert drained(queue) == ["second"]


def test_no_one_waiting_gives_nothing_and_no_place() -> None:
    queue: FairQueue[str] = FairQueue()
    assert queue.pop() is None
    assert queue.place(ANN, "unheard of") == 0
    assert len(queue) == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=60))
def test_the_place_reported_is_the_turn_that_comes(moves: list[tuple[str, bool]]) -> None:
    queue: FairQueue[int] = FairQueue()
    waiting: dict[int, UserId] = {}
    for number, (user, pop) in enumerate(moves):
        if pop and (gone := queue.pop()) is not None:
            del waiting[gone]
        else:
            waiting[number] = UserId(user)
            queue.push(UserId(user), number)
    said = {number: queue.place(user, number) for number, user in waiting.items()}
    assert len(queue) == len(waiting)
    order = []
    while (item := queue.pop()) is not None:
        order.append(item)
    assert said == {number: place for place, number in enumerate(order, start=1)}
