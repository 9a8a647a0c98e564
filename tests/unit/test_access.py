"""Who is served, who is not, and who decides."""

import re
from pathlib import Path

import pytest
from attrs import evolve

from adapters.memory.access_store import InMemoryAccessStore
from adapters.memory.audit_log import InMemoryAuditLog
from adapters.memory.clock import ManualClock
from adapters.memory.ids import SequentialIds
from adapters.memory.trouble import Trouble
from application.audit import Audit
from application.errors import StoreUnavailable
from application.operating.accept_invite import AcceptInvite
from application.operating.authorize_user import NOTICE_EVERY, AccessDecision, AccessPolicy, AuthorizeUser
from application.operating.block_subject import BlockSubject
from application.operating.create_invite import USES_AT_MOST, VALID_FOR, CreateInvite
from application.operating.unblock_subject import UnblockSubject
from domain.access import KnownUser, Subject
from domain.audit import COMMAND_LINE, AuditedAction
from domain.generation import UserId
from tests.support.audit import an_audit
from tests.support.generations import ANN, BOB

CAT = UserId("telegram:3")
GROUP = Subject("telegram:-100")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def access(clock: ManualClock) -> InMemoryAccessStore:
    return InMemoryAccessStore(clock)


def someone(user: UserId, clock: ManualClock, *, private: bool = True) -> KnownUser:
    chat = user.partition(":")[2] if private else None
    return KnownUser(user=user, name="x", language="en", chat=chat, seen_at=clock.now())


async def test_everybody_is_served_unless_a_list_says_who(access: InMemoryAccessStore, clock: ManualClock) -> None:
    open_door = AuthorizeUser(access=access, allowed=None, admins={ANN})
    closed = AuthorizeUser(access=access, allowed={BOB}, admins={ANN})
    met = {user: [(await meet(someone(user, clock), Subject(user))).admission for meet in (open_door, closed)]
           for user in (ANN, BOB, CAT)}  # fmt: skip
    assert met == {
        ANN: [AccessPolicy.ADMIN, AccessPolicy.ADMIN],
        BOB: [AccessPolicy.SERVED, AccessPolicy.SERVED],
        CAT: [AccessPolicy.SERVED, AccessPolicy.STRANGER],
    }


async def test_what_cannot_be_written_down_is_not_done(access: InMemoryAccessStore, clock: ManualClock) -> None:
    log = InMemoryAuditLog(clock)
    log.on_call.add(Trouble(error=StoreUnavailable("away")))
    block = BlockSubject(access=access, admins={ANN}, clock=clock, audit=Audit(log, clock))
    with pytest.raises(StoreUnavailable):
        await block(Subject(BOB), "spam", by=ANN)
    assert not await access.blocks()
    assert not await block(Subject(ANN), by=ANN)
    assert await block(Subject(BOB), "spam", by=ANN)
    [entry] = await log.newest(limit=9)
    assert (entry.by, entry.action, entry.about, entry.details) == (ANN, AuditedAction.BLOCK, BOB, "spam")


def test_every_action_that_the_log_knows_is_written_by_a_use_case() -> None:
    code = "".join(path.read_text() for path in Path("application").rglob("*.py"))
    assert [action for action in AuditedAction if not re.search(rf"AuditedAction\.{action.name}\b", code)] == []


async def test_a_blocked_person_is_informed_once_a_day_and_only_in_private(
    access: InMemoryAccessStore, clock: ManualClock
) -> None:
    meet = AuthorizeUser(access=access, allowed=None, admins={ANN})
    block = BlockSubject(access=access, admins={ANN}, clock=clock, audit=an_audit())
    assert await block(Subject(BOB), "spam", by=COMMAND_LINE)
    assert not (await meet(someone(BOB, clock, private=False), GROUP)).is_notified
    said = []
    for _ in range(3):
        met = await meet(someone(BOB, clock), Subject(BOB))
        assert met.admission is AccessPolicy.BLOCKED
        assert met.block
        assert met.block.reason == "spam"
        said.append(met.is_notified)
        await clock.advance(NOTICE_EVERY.total_seconds() / 2)
    assert said == [True, False, True]
    assert await UnblockSubject(access, an_audit())(Subject(BOB), by=COMMAND_LINE)
    assert (await meet(someone(BOB, clock), Subject(BOB))).admission is AccessPolicy.SERVED


async def test_an_admin_cannot_be_blocked_and_is_served_in_a_blocked_group(
    access: InMemoryAccessStore, clock: ManualClock
) -> None:
    meet = AuthorizeUser(access=access, allowed=None, admins={ANN})
    block = BlockSubject(access=access, admins={ANN}, clock=clock, audit=an_audit())
    assert not await block(Subject(ANN), by=COMMAND_LINE)
    assert await block(GROUP, by=COMMAND_LINE)
    assert (await meet(someone(ANN, clock, private=False), GROUP)).admission is AccessPolicy.ADMIN
    assert (await meet(someone(BOB, clock, private=False), GROUP)).admission is AccessPolicy.BLOCKED
    assert (await meet(someone(BOB, clock), Subject(BOB))).admission is AccessPolicy.SERVED


async def test_without_the_store_whom_the_configuration_names_is_served_and_no_one_is_called_a_stranger(
    access: InMemoryAccessStore, clock: ManualClock
) -> None:
    meet = AuthorizeUser(access=access, allowed={BOB}, admins={ANN})
    for user, admission in ((ANN, AccessPolicy.ADMIN), (BOB, AccessPolicy.SERVED)):
        access.on_call.add(Trouble(error=StoreUnavailable("away")))
        assert await meet(someone(user, clock), Subject(user)) == AccessDecision(admission=admission)
    access.on_call.add(Trouble(error=StoreUnavailable("away")))
    with pytest.raises(StoreUnavailable):
        await meet(someone(CAT, clock), Subject(CAT))


async def test_an_invite_lets_someone_in_for_good_within_its_week(
    access: InMemoryAccessStore, clock: ManualClock
) -> None:
    meet = AuthorizeUser(access=access, allowed=set(), admins={ANN})
    create, accept = (
        CreateInvite(access=access, ids=SequentialIds(), clock=clock, audit=an_audit()),
        AcceptInvite(access=access, clock=clock),
    )
    invite = await create(by=COMMAND_LINE)
    late = await create(2, by=COMMAND_LINE)
    assert await accept(invite.token, BOB)
    assert not await accept(invite.token, CAT)
    await clock.advance(VALID_FOR.total_seconds())
    assert not await accept(late.token, CAT)
    assert (await meet(someone(BOB, clock), Subject(BOB))).admission is AccessPolicy.SERVED
    assert (await meet(someone(CAT, clock), Subject(CAT))).admission is AccessPolicy.STRANGER


@pytest.mark.parametrize(("asked", "given"), [(-3, 1), (0, 1), (7, 7), (10**9, USES_AT_MOST)])
async def test_an_invite_is_for_one_at_least_and_not_for_the_whole_world(
    access: InMemoryAccessStore, clock: ManualClock, asked: int, given: int
) -> None:
    invite = await CreateInvite(access=access, ids=SequentialIds(), clock=clock, audit=an_audit())(
        asked, by=COMMAND_LINE
    )
    assert evolve(invite, token="") == evolve(access.invites[invite.token], token="")
    assert invite.uses == given
