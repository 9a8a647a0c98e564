"""Which limit refuses one thing more; and that no store decides it."""

import ast
from pathlib import Path
from typing import Final

import pytest

from application.errors import InsufficientCredits, LimitReached
from application.limits import GroupLimits, Limit, TextLimits, UsedToday, UserLimits, check_balance
from domain.generation import UserId
from domain.ledger import Entry, EntryKind
from domain.text_call import TextCall, TextCallId, TextModelId, TextPurpose
from tests.support.generations import ANN, NOON

ADAPTERS: Final = Path(__file__).parents[2] / "adapters"
QUESTION: Final = TextCall(
    id=TextCallId("t1"),
    user=ANN,
    purpose=TextPurpose.IMPROVE,
    model=TextModelId("gpt"),
    begun_at=NOON,
    most_credits=3.0,
)


def used(in_flight: int = 0, per_day: int = 0, credits_: float = 0.0) -> UsedToday:
    return UsedToday(in_flight=in_flight, per_day=per_day, credits=credits_)


def test_what_just_fits_is_within_a_limit() -> None:
    presets = Limit("presets", 3)
    presets.check(2)
    with pytest.raises(LimitReached) as refused:
        presets.check(3)
    assert (refused.value.limit, refused.value.allowed) == ("presets", 3)


def test_what_is_added_counts_by_its_size() -> None:
    room = Limit("media_bytes", 300)
    room.check(100, 200)
    with pytest.raises(LimitReached):
        room.check(100, 201)


@pytest.mark.parametrize(
    ("limits", "fits", "fills", "name"),
    [
        (UserLimits(in_flight=2), used(in_flight=1), used(in_flight=2), "in_flight"),
        (UserLimits(per_day=2), used(per_day=1), used(per_day=2), "per_day"),
        (UserLimits(credits_per_day=9), used(credits_=4.0), used(credits_=4.5), "credits_per_day"),
        (GroupLimits(per_day=2), used(per_day=1), used(per_day=2), "group_per_day"),
        (GroupLimits(credits_per_day=9, name="key"), used(credits_=4.0), used(credits_=4.5), "key_credits_per_day"),
    ],
)
def test_one_more_generation_of_five_credits(
    limits: UserLimits | GroupLimits, fits: UsedToday, fills: UsedToday, name: str
) -> None:
    limits.check(fits, 5.0)
    with pytest.raises(LimitReached) as refused:
        limits.check(fills, 5.0)
    assert refused.value.limit == name


def test_a_limit_of_nothing_refuses_everything_and_no_limit_refuses_nothing() -> None:
    with pytest.raises(LimitReached):
        UserLimits(credits_per_day=0.0).check(used(), 0.1)
    UserLimits().check(used(in_flight=99, per_day=999, credits_=9e9), 9e9)
    GroupLimits().check(used(per_day=999, credits_=9e9), 9e9)
    TextLimits().check_all(9e9, QUESTION)
    TextLimits().check_user(9e9, QUESTION)


def test_a_persons_own_limit_of_credits_leaves_their_other_limits() -> None:
    own = UserLimits(in_flight=1, per_day=2, credits_per_day=3.0).with_own(None)
    assert own == UserLimits(in_flight=1, per_day=2, credits_per_day=None)


def test_a_question_counts_the_most_that_it_can_cost() -> None:
    limits = TextLimits(all_per_day=5.0, user_per_day=4.0)
    limits.check_all(2.0, QUESTION)
    limits.check_user(1.0, QUESTION)
    for check, spent, name in (
        (limits.check_all, 2.1, "text_credits_per_day"),
        (limits.check_user, 1.1, "credits_per_day"),
    ):
        with pytest.raises(LimitReached) as refused:
            check(spent, QUESTION)
        assert refused.value.limit == name


def test_a_balance_is_spent_to_the_last_unit_and_no_further() -> None:
    one, two = (
        Entry(user=UserId("telegram:1"), kind=EntryKind.RESERVATION, units=-units, key=f"k{units}", at=NOON)
        for units in (400, 600)
    )
    check_balance(1000, one, two)
    with pytest.raises(InsufficientCredits) as refused:
        check_balance(999, one, two)
    assert (refused.value.balance_units, refused.value.cost_units) == (999, 1000)


def test_no_adapter_decides_that_a_limit_is_reached() -> None:
    deciding = {
        str(file.relative_to(ADAPTERS))
        for file in ADAPTERS.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "LimitReached"
    }
    assert not deciding
