"""The service is killed with SIGKILL at random moments under load, and started again each time.

``CRASH_ROUNDS`` (kills) and ``CRASH_SEED`` in the environment make it longer and another one.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Collection, Sequence
from random import Random

import pytest
from attrs import define, field

from domain.failure import FailureKind
from domain.generation import GenerationState
from tests.support.crash_lives import LIVES, End, Life
from tests.support.crash_stage import Stage, Story, stage

ROUNDS = int(os.environ.get("CRASH_ROUNDS", "2"))
SEED = int(os.environ.get("CRASH_SEED", "7"))
WISHES_A_ROUND = 12
RUNS_FOR_S = 1.5

EVERYTHING = (
    "a picture",
    "a slow picture",
    "an album",
    "a film",
    "a text about a photo",
    "a result that is gone",
    "a failed task",
    "a lost answer",
)
"""Not a refused task: a lost answer may strike it, and then no one can know without any kill."""


@define
class Suspects:
    """What each kill may have cost, judged by the rows that it left."""

    told_again: Counter[str] = field(factory=Counter)
    in_doubt: set[str] = field(factory=set)

    async def note(self, place: Stage, stories: Collection[Story]) -> None:
        """Only what was being delivered may come twice; only what was being submitted may stay in doubt."""
        for story in stories:
            for row in await place.rows(story):
                self.told_again[story.user] += row.state is GenerationState.DELIVERING
                if row.state in {GenerationState.SUBMITTING, GenerationState.UNKNOWN}:
                    self.in_doubt.add(story.user)


@pytest.mark.timeout(120 + 20 * ROUNDS)
@pytest.mark.parametrize(
    ("callbacks", "lives", "rounds"),
    [(True, EVERYTHING, ROUNDS), (False, ("a picture",), (ROUNDS + 1) // 2)],
    ids=["with callbacks", "without"],
)
async def test_kills_at_random_moments_lose_nothing_and_buy_nothing_twice(
    database: str, callbacks: bool, lives: tuple[str, ...], rounds: int
) -> None:
    chance, suspects, stories = Random(SEED), Suspects(), list[Story]()
    async with stage(database, callbacks=callbacks) as place:
        await place.remember_quick_tasks()
        for kills in range(rounds):
            if kills:
                place.service.start()
            await place.service.wait_for_role("leader")
            stories += await _busy_for(chance.uniform(0, RUNS_FOR_S), place, [LIVES[name] for name in lives], chance)
            await place.kill()
            await suspects.note(place, stories)
        await place.revive()
        await place.let_time_pass(await _the_hopeless(stories, place, callbacks=callbacks))
        await place.kill()
        await place.revive()
        await place.settle(stories)
        outcomes = Counter([await _judged(story, place, suspects, callbacks=callbacks) for story in stories])
        print(f"{rounds} kills, {dict(outcomes)}")


async def _the_hopeless(stories: Sequence[Story], place: Stage, *, callbacks: bool) -> Sequence[Story]:
    """Wait for everybody's end but theirs of whom nothing will ever tell whether a task began; gives those."""
    async with asyncio.timeout(60):
        while True:
            waiting = [story for story in stories if not await place.has_ended(story)]
            hopeless = [story for story in waiting if await _is_hopeless(story, place, callbacks=callbacks)]
            if len(hopeless) == len(waiting):
                return hopeless
            await asyncio.sleep(0.1)


async def _is_hopeless(story: Story, place: Stage, *, callbacks: bool) -> bool:
    rows = await place.rows(story)
    is_unknown = any(row.state is GenerationState.UNKNOWN for row in rows)
    return is_unknown and not (callbacks and place.bought(story, rows))


async def _busy_for(seconds: float, place: Stage, lives: Collection[Life], chance: Random) -> list[Story]:
    """People wish for things, some at once and some one after another, for that long."""
    stories = []
    moments = sorted(chance.uniform(-seconds, seconds) for _ in range(WISHES_A_ROUND))
    now = 0.0
    for moment in (*moments, seconds):
        await asyncio.sleep(max(moment - now, 0))
        now = max(moment, now)
        stories.append(await place.begin(chance.choice([*lives])))
    return stories


async def _judged(story: Story, place: Stage, suspects: Suspects, *, callbacks: bool) -> str:
    """What became of a wish, which is no worse than the kills explain."""
    rows = await place.rows(story)
    bought, reported = place.bought(story, rows), story.reported
    about = f"{rows}, bought {bought}, reported {reported}, left over {story.left_over}\n{place.service.log}"
    assert len(rows) == 1, about
    assert bought <= 1, about
    assert 1 <= reported <= 1 + suspects.told_again[story.user], about
    if rows[0].failure is FailureKind.OUTCOME_UNKNOWN:
        assert story.user in suspects.in_doubt, about
        assert not (callbacks and bought), about
        return "in doubt"
    if story.life.end is End.RESULT:
        assert (rows[0].failure, bought) == (None, 1), about
    return "once" if reported == 1 else "again"
