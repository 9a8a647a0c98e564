"""The service is killed with SIGKILL before and after each of its effects, started again, and everything is counted."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

import pytest

from adapters.embedded_postgres import EmbeddedServer
from domain.generation import GenerationState
from tests.support.crash_gate import Instant, Side
from tests.support.crash_points import (
    CHAPTERS,
    SERIES,
    STARTING,
    STOPPING,
    WITHOUT_CALLBACKS,
    Outcome,
    Point,
    is_listed,
)
from tests.support.crash_stage import stage
from tests.support.postgres import cloned_database

STANDING: Final = 6
"""At one service: of its eight connections the others keep it going, and none is held for the ten seconds of its patience."""

SERVICES: Final = 3
"""At the same time: most of what one does is wait."""

LAST: Final = (
    "insert drafts",
    "insert preferences",
    "insert chat_sessions",
    "delete open_chat_sessions",
    "Telegram: answerCallbackQuery",
    "insert generations",
    "ledger: reservation",
    "commit",
    "delete received_updates",
    "insert received_updates",
    "Telegram: getUpdates",
)
"""Those who stand there hold up the updates of those after them."""


TIMED: Final = ("paying",)
"""Chapters that stand still against a time limit of Telegram's: a purchase is decided within ten seconds."""


@pytest.mark.parametrize(
    "chapter", [pytest.param(one, marks=[pytest.mark.leases] if one in TIMED else []) for one in CHAPTERS]
)
async def test_a_kill_on_either_side_of_any_effect_costs_no_more_than_the_table_says(
    chapter: str, postgres_server: EmbeddedServer
) -> None:
    room = asyncio.Semaphore(SERVICES)
    async with asyncio.TaskGroup() as group:
        for side in Side:
            for points in _at_once(CHAPTERS[chapter]):
                group.create_task(
                    _strike(points, side, postgres_server.dsn, room, admins=STANDING if chapter == "paying" else 0)
                )


@pytest.mark.leases
async def test_a_kill_where_no_callback_can_come_leaves_more_in_doubt_and_buys_nothing_twice(
    postgres_server: EmbeddedServer,
) -> None:
    room = asyncio.Semaphore(SERVICES)
    async with asyncio.TaskGroup() as group:
        for side in Side:
            group.create_task(_strike(WITHOUT_CALLBACKS, side, postgres_server.dsn, room, callbacks=False))


async def test_a_kill_inside_an_album_of_several_sends_again_only_what_has_no_receipt(database: str) -> None:
    async with stage(database, in_flight=2) as place:
        await place.service.wait_for_role("leader")
        cases = [(point, side) for point in SERIES for side in Side]
        stories = [await place.park(point, side) for point, side in cases]
        await place.come_to_rest()
        await place.kill()
        await place.revive()
        await place.settle(stories)
        for story, (point, side) in zip(stories, cases, strict=True):
            rows = await place.rows(story)
            assert {(row.state, row.failure) for row in rows} == {(GenerationState.DELIVERED, None)}
            assert place.bought(story, rows) == len(rows) == 2
            is_twice = point.outcome(side) is Outcome.TWICE
            again = 0 if not is_twice else 2 if "sendMediaGroup" in point.effect else 1
            assert len(story.scene.pictures()) == 2 + again, f"{side} {point.effect}"
        assert await place.is_settled_with_kie()
        assert await place.money_is_off() == ""


async def test_kills_on_the_way_up_leave_what_is_in_doubt_to_anyone_who_gets_further(database: str) -> None:
    async with stage(database) as place:
        await place.service.wait_for_role("leader")
        stories = [
            await place.park(Point("a request that never came", "submitting → unknown"), Side.AFTER),
            await place.park(Point("a picture", "KIE: create"), Side.BEFORE),
        ]
        await place.come_to_rest()
        await place.kill()
        await place.let_time_pass(stories)
        for effects in STARTING:
            for side in Side:
                stops = [place.gate.arm(Instant(effect, side)) for effect in effects]
                await place.start()
                await place.all_reached(stops)
                await place.kill()
        await place.revive()
        await place.settle(stories)
        assert [await place.outcome_of(story) for story in stories] == [Outcome.IN_DOUBT] * 2


async def test_a_kill_on_the_way_down_makes_the_successor_wait_unless_the_release_was_written(database: str) -> None:
    async with stage(database) as place:
        for side, waits in ((Side.BEFORE, True), (Side.AFTER, False)):
            await place.service.wait_for_role("leader")
            stop = place.gate.arm(Instant(STOPPING, side))
            place.service.ask_to_stop()
            await place.all_reached([stop])
            await place.kill()
            await place.as_if_just_killed()
            place.service.start()
            await place.service.wait_for_role("leader")
            assert ("predecessor_awaited" in place.service.log.rpartition("ops_http.bound")[2]) is waits


async def _strike(
    points: Sequence[Point],
    side: Side,
    server_dsn: str,
    room: asyncio.Semaphore,
    *,
    callbacks: bool = True,
    admins: int = 0,
) -> None:
    """Let each of these lives stand at its point, kill, start again, and wait for everybody's end."""
    async with room, cloned_database(server_dsn) as dsn, stage(dsn, callbacks=callbacks, admins=admins) as place:
        await place.remember_quick_tasks()
        await place.service.wait_for_role("leader")
        stories = [await place.park(point, side) for point in points]
        await place.come_to_rest()
        await place.kill()
        outcomes = [point.outcome(side) for point in points]
        in_doubt = [story for story, outcome in zip(stories, outcomes, strict=True) if outcome is Outcome.IN_DOUBT]
        await place.let_time_pass(in_doubt)
        await place.revive()
        await place.settle(stories)
        found = [await place.outcome_of(story) for story in stories]
        names = [f"{side} {point.effect}, {point.life}" for point in points]
        assert dict(zip(names, found, strict=True)) == dict(zip(names, outcomes, strict=True))
        assert not callbacks or await place.is_settled_with_kie()
        assert await place.money_is_off() == ""
        await place.all_may_wish_again(stories)
        assert [effect for effect in place.gate.seen if not is_listed(effect)] == []


def _at_once(points: Sequence[Point]) -> Iterator[Sequence[Point]]:
    """As many as one process can have standing at the same time, those that hold others up at the end."""
    for start in range(0, len(points), STANDING):
        group = points[start : start + STANDING]
        yield sorted(group, key=lambda point: LAST.index(point.effect) if point.effect in LAST else -1)
