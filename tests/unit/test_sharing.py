"""How instances share bots: every state of three instances and three bots is walked through, whatever the order of steps."""

from collections.abc import Iterator
from itertools import product

import pytest
from attrs import evolve, frozen

from domain.sharing import Share

INSTANCES = range(3)
BOTS = range(3)
NO_ONE = -1


@frozen
class State:
    """Who leads each bot; who is there, and who of them stands still.

    ``given`` names the giver of a bot that waits for its taker. ``view`` is what one instance saw before it acts, while the others
    went on; the rest act on what is true.
    """

    owners: tuple[int, ...]
    members: frozenset[int]
    frozen: frozenset[int] = frozenset()
    given: tuple[int, ...] = (NO_ONE,) * len(BOTS)
    view: "tuple[int, tuple[int, ...]] | None" = None

    def share(self, own: int, owners: tuple[int, ...]) -> Share:
        """What this instance makes of such owners."""
        return Share(bots=len(BOTS), own=own, led={member: owners.count(member) for member in self.members})

    def led_by(self, bot: int, owner: int, *, given: int = NO_ONE) -> "State":
        """The state after a bot's owner changed, when no one has anything old in mind."""
        replaced = [*self.owners]
        replaced[bot] = owner
        kept = [*self.given]
        kept[bot] = given
        return evolve(self, owners=tuple(replaced), given=tuple(kept), view=None)


def acts(state: State, own: int, seen: tuple[int, ...]) -> Iterator[State]:
    """What an instance may do next that saw this. A lock that another holds by now is not granted."""
    share = state.share(own, seen)
    is_spare = all(member in state.frozen for member in state.members if state.share(member, state.owners).room)
    for bot in BOTS:
        is_free = seen[bot] == NO_ONE and state.owners[bot] == NO_ONE
        if is_free and ((share.room and state.given[bot] != own) or is_spare):
            yield state.led_by(bot, own)
    for asker in state.members - state.frozen - {own}:
        asks = state.share(asker, state.owners).donor() == own
        if asks and NO_ONE not in state.owners and share.gives_to(asker):
            yield from (state.led_by(bot, NO_ONE, given=own) for bot in BOTS if state.owners[bot] == own)


def next_states(state: State) -> Iterator[State]:
    """All that may happen where no one comes, goes or freezes: someone acts on what is true, or on what it saw before."""
    awake = state.members - state.frozen
    if state.view:
        late, seen = state.view
        yield from acts(evolve(state, view=None), late, seen)
    for own in awake:
        for after in acts(state, own, state.owners):
            if state.view is None or state.view[0] == own:
                yield after
                yield from (evolve(after, view=(late, state.owners)) for late in awake - {own})
            else:
                yield evolve(after, view=state.view)


def beginnings() -> Iterator[State]:
    """Every assignment of bots to those that are there, with any of them standing still."""
    for kinds in product(("away", "awake", "frozen"), repeat=len(INSTANCES)):
        members = frozenset(number for number in INSTANCES if kinds[number] != "away")
        frozen_ones = frozenset(number for number in INSTANCES if kinds[number] == "frozen")
        if members - frozen_ones:
            for owners in product((NO_ONE, *sorted(members)), repeat=len(BOTS)):
                yield State(owners, members, frozen_ones)


def is_settled(state: State) -> bool:
    """Every bot is led, and among those that are awake no one leads two more than another."""
    led = [state.owners.count(member) for member in state.members - state.frozen]
    return NO_ONE not in state.owners and max(led) - min(led) <= 1


def test_every_bot_is_led_the_numbers_become_even_and_the_moves_end_from_every_state() -> None:
    ends: dict[State, bool] = {}
    for beginning in beginnings():
        path: list[tuple[State, Iterator[State]]] = []

        def enter(state: State, path: list[tuple[State, Iterator[State]]] = path) -> None:
            ends[state] = False
            path.append((state, next_states(state)))

        if beginning not in ends:
            enter(beginning)
        while path:
            state, following = path[-1]
            for after in following:
                if after not in ends:
                    enter(after)
                    break
                assert ends[after], f"the moves go round: {after}"
            else:
                ends[state] = True
                path.pop()
                if not any(True for _ in next_states(state)):
                    assert is_settled(state), state
    assert len(ends) > 1000


@pytest.mark.parametrize(
    ("bots", "led", "room"),
    [
        (1, {1: 0}, 1),
        (50, {1: 0, 2: 0, 3: 0}, 17),
        (50, {1: 17, 2: 17, 3: 16}, 0),
        (50, {1: 16, 2: 17, 3: 17}, 1),
        (50, {2: 25, 3: 25}, 0),
    ],
)
def test_an_instance_takes_its_part_of_what_is_free_and_nothing_where_it_takes_no_part(
    bots: int, led: dict[int, int], room: int
) -> None:
    assert Share(bots=bots, own=1, led=led).room == room


def test_a_bot_is_asked_of_the_one_that_leads_most_and_only_where_that_makes_the_numbers_more_equal() -> None:
    assert Share(bots=6, own=1, led={1: 1, 2: 2, 3: 3}).donor() == 3
    assert Share(bots=6, own=2, led={1: 1, 2: 2, 3: 3}).donor() is None
    assert Share(bots=6, own=3, led={1: 1, 2: 2, 3: 3}).gives_to(1)
    assert not Share(bots=6, own=3, led={1: 1, 2: 2, 3: 3}).gives_to(2)
    assert not Share(bots=6, own=3, led={1: 1, 2: 2, 3: 3}).gives_to(4)
