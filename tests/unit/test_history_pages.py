"""Turning the pages of a history, and what stands beside one entry."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from attrs import define, field

from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from application.errors import GenerationNotFound
from application.results.page_history import HistoryPage, PageHistory
from domain.generation import Generation, GenerationId
from tests.support.generations import ANN, BOB, NOON, a_generation


@define
class Shelf:
    """Five wishes of Ann's, ``rows[0]`` the newest, an hour between two; every other one is of an owl."""

    store: InMemoryGenerationStore = field(factory=lambda: InMemoryGenerationStore(ManualClock()))
    rows: list[Generation] = field(init=False)

    def __attrs_post_init__(self) -> None:
        prompts = ["a fox", "an owl"] * 2 + ["a fox"]
        self.rows = [a_generation(age=timedelta(hours=age), prompt=prompt) for age, prompt in enumerate(prompts)]
        self.store.rows = {row.id: row for row in reversed(self.rows)}

    @property
    def pages(self) -> PageHistory:
        return PageHistory(generations=self.store)

    def places(self, items: Sequence[Generation]) -> list[int]:
        return [self.rows.index(one) for one in items]

    def shown(self, page: HistoryPage) -> tuple[list[int], bool, bool]:
        return self.places(page.items), page.newer, page.older


async def test_the_first_page_has_the_newest_and_says_whether_there_are_older_ones() -> None:
    shelf = Shelf()
    assert shelf.shown(await shelf.pages.newest(ANN, size=2)) == ([0, 1], False, True)
    assert shelf.shown(await shelf.pages.newest(ANN, size=5)) == ([0, 1, 2, 3, 4], False, False)
    assert shelf.shown(await shelf.pages.newest(BOB, size=2)) == ([], False, False)


async def test_turning_towards_the_oldest_ends_with_the_last_page() -> None:
    shelf = Shelf()
    assert shelf.shown(await shelf.pages.older(ANN, shelf.rows[1].created_at, size=2)) == ([2, 3], True, True)
    assert shelf.shown(await shelf.pages.older(ANN, shelf.rows[3].created_at, size=2)) == ([4], True, False)


async def test_beyond_the_oldest_the_first_page_is_shown() -> None:
    shelf = Shelf()
    assert shelf.shown(await shelf.pages.older(ANN, shelf.rows[4].created_at, size=2)) == ([0, 1], False, True)


async def test_a_page_from_the_very_beginning_has_nothing_newer() -> None:
    shelf = Shelf()
    later = NOON + timedelta(seconds=1)
    assert shelf.shown(await shelf.pages.older(ANN, later, size=2)) == ([0, 1], False, True)


async def test_turning_towards_the_newest_shows_what_stands_next_to_the_moment() -> None:
    shelf = Shelf()
    assert shelf.shown(await shelf.pages.newer(ANN, shelf.rows[4].created_at, size=2)) == ([2, 3], True, True)


async def test_the_newest_page_is_always_a_whole_one() -> None:
    shelf = Shelf()
    assert shelf.shown(await shelf.pages.newer(ANN, shelf.rows[1].created_at, size=2)) == ([0, 1], False, True)


async def test_pages_of_a_search_hold_only_what_has_the_words() -> None:
    shelf = Shelf()
    assert shelf.shown(await shelf.pages.newest(ANN, size=2, text="owl")) == ([1, 3], False, False)
    assert shelf.shown(await shelf.pages.older(ANN, shelf.rows[1].created_at, size=2, text="owl")) == ([3], True, False)
    beyond = await shelf.pages.older(ANN, shelf.rows[3].created_at, size=1, text="owl")
    assert shelf.shown(beyond) == ([1], False, True)
    assert shelf.shown(await shelf.pages.newer(ANN, shelf.rows[4].created_at, size=2, text="owl")) == (
        [1, 3],
        False,
        False,
    )


async def test_a_person_opens_their_own_and_no_one_elses() -> None:
    shelf = Shelf()
    one = shelf.rows[0]
    assert await shelf.pages.own(one.id, ANN) == one
    with pytest.raises(GenerationNotFound):
        await shelf.pages.own(one.id, BOB)
    with pytest.raises(GenerationNotFound):
        await shelf.pages.own(GenerationId("gone"), ANN)


async def test_beside_an_entry_stand_the_next_ones_of_the_same_search() -> None:
    shelf = Shelf()
    beside = await shelf.pages.neighbours(shelf.rows[2])
    assert (beside.newer, beside.older) == (shelf.rows[1], shelf.rows[3])
    beside = await shelf.pages.neighbours(shelf.rows[2], text="fox")
    assert (beside.newer, beside.older) == (shelf.rows[0], shelf.rows[4])


async def test_at_either_end_of_a_history_nothing_stands_beside() -> None:
    shelf = Shelf()
    assert (await shelf.pages.neighbours(shelf.rows[0])).newer is None
    assert (await shelf.pages.neighbours(shelf.rows[4])).older is None
