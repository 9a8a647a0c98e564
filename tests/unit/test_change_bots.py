"""The operator adds, changes and removes bots and their accounts: what is kept, what is answered, and who is on record for it."""

from collections.abc import Awaitable, Callable

import pytest
from attrs import evolve

from adapters.memory.audit_log import InMemoryAuditLog
from adapters.memory.bot_directory import InMemoryBotDirectory
from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.provider_accounts import InMemoryProviderAccounts
from adapters.memory.trouble import Trouble
from application.audit import Audit
from application.errors import AccountInUse, StillRunning, StoreUnavailable
from application.operating.add_bot import AddBot
from application.operating.change_accounts import ChangeAccounts
from application.operating.change_bot import ChangeBot
from application.operating.remove_bot import RemoveBot
from application.operating.reseal_bots import ResealBots
from domain.audit import COMMAND_LINE, AuditedAction
from domain.bot import BotId, BotRecord, FurtherAccount
from domain.generation import UserId
from domain.provider_account import AccountName
from tests.support.generations import ANN, BOB, a_generation, life_of

BOT, SECOND = BotId("42"), AccountName("second")


class Desk:
    """The operator's commands over a directory, and the audit log of both, in memory."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.bots = InMemoryBotDirectory()
        self.log = InMemoryAuditLog(self.clock)
        audit = Audit(self.log, self.clock)
        self.add = AddBot(bots=self.bots, clock=self.clock, audit=audit)
        self.change = ChangeBot(self.bots, audit)
        self.reseal = ResealBots(self.bots, audit)
        self.generations = InMemoryGenerationStore(self.clock)
        generations_of = {BOT: self.generations}
        self.remove = RemoveBot(
            self.bots, lambda bot: generations_of.get(bot) or InMemoryGenerationStore(self.clock), audit
        )
        taken = InMemoryProviderAccounts({BOT: self.generations})
        self.accounts = ChangeAccounts(bots=self.bots, taken=taken, clock=self.clock, audit=audit)

    async def a_bot(self, token: str = "42:old", admins: tuple[UserId, ...] = (ANN,)) -> BotRecord:
        """One with two options."""
        bot, _ = await self.add(token, "key", admins, {"ACCESS": "everyone", "FILES": "on"}, by=COMMAND_LINE)
        return bot

    def written(self) -> list[tuple[AuditedAction, str, str]]:
        """What the log says was done, to which bot, and its details, oldest first."""
        return [(entry.action, entry.about, entry.details) for entry in self.log.entries]


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_a_bot_is_known_by_the_number_of_its_token_and_new_only_once(desk: Desk) -> None:
    added, is_new = await desk.add("42:old", "key", [ANN, ANN], by=COMMAND_LINE)
    assert (added.id, added.admins, dict(added.options), is_new) == (BOT, frozenset({ANN}), {}, True)
    replaced, is_new = await desk.add("42:new", "key", [BOB], {"B": "2", "A": "1"}, by=COMMAND_LINE)
    assert is_new is False
    assert await desk.bots.all() == [replaced]
    assert desk.written() == [(AuditedAction.BOT_PUT, BOT, ""), (AuditedAction.BOT_PUT, BOT, "A B")]


async def test_a_new_token_leaves_all_else_and_another_bots_is_refused(desk: Desk) -> None:
    before = await desk.a_bot()
    changed = await desk.change(BOT, token="42:new", options={}, by=COMMAND_LINE)
    assert changed == evolve(before, token="42:new")
    with pytest.raises(ValueError, match="the token of another bot, 43"):
        await desk.change(BOT, token="43:new", options={}, by=COMMAND_LINE)
    assert await desk.bots.all() == [changed]


async def test_what_is_not_given_stays_and_an_empty_option_is_taken_away(desk: Desk) -> None:
    before = await desk.a_bot()
    changed = await desk.change(BOT, options={"FILES": "", "BANNER": "hello"}, by=COMMAND_LINE)
    assert changed == evolve(before, options={"ACCESS": "everyone", "BANNER": "hello"})
    assert await desk.bots.all() == [changed]
    assert desk.written()[1:] == [(AuditedAction.BOT_PUT, BOT, "BANNER FILES")]


async def test_a_bot_gets_another_key_and_other_admins_or_none_at_all(desk: Desk) -> None:
    before = await desk.a_bot()
    changed = await desk.change(BOT, kie_key="other", admins=[BOB], options={}, by=COMMAND_LINE)
    assert changed == evolve(before, kie_key="other", admins=frozenset({BOB}))
    without = await desk.change(BOT, admins=[], options={}, by=COMMAND_LINE)
    assert without == evolve(before, kie_key="other", admins=frozenset())


async def test_changing_a_bot_that_is_not_there_adds_none_and_is_not_on_record(desk: Desk) -> None:
    await desk.a_bot("7:other")
    assert await desk.change(BOT, kie_key="x", options={}, by=COMMAND_LINE) is None
    assert [bot.id for bot in await desk.bots.all()] == ["7"]
    assert len(desk.log.entries) == 1


async def test_a_bot_is_removed_once_and_the_others_stay(desk: Desk) -> None:
    await desk.a_bot()
    other = await desk.a_bot("7:other")
    assert await desk.remove(BOT, by=COMMAND_LINE) is True
    assert await desk.bots.all() == [other]
    assert await desk.remove(BOT, by=COMMAND_LINE) is False
    assert desk.written()[2:] == [(AuditedAction.BOT_REMOVE, BOT, "")] * 2


async def test_a_bot_whose_generations_run_is_removed_only_when_that_is_meant(desk: Desk) -> None:
    await desk.a_bot()
    queued, *_, ended = life_of(a_generation())
    desk.generations.rows[queued.id] = queued
    with pytest.raises(StillRunning, match="1 generation is not finished yet; try again when it is"):
        await desk.remove(BOT, by=COMMAND_LINE)
    assert [bot.id for bot in await desk.bots.all()] == [BOT]
    assert [action for action, *_ in desk.written()] == [AuditedAction.BOT_PUT]
    assert await desk.remove(BOT, by=COMMAND_LINE, forced=True) is True
    assert await desk.remove(BOT, by=COMMAND_LINE) is False
    await desk.a_bot()
    desk.generations.rows[queued.id] = ended
    assert await desk.remove(BOT, by=COMMAND_LINE) is True


async def test_an_account_that_is_there_keeps_its_first_day_and_gets_the_new_key(desk: Desk) -> None:
    began = desk.clock.now()
    assert await desk.accounts.add(BOT, SECOND, "old", by=COMMAND_LINE) is True
    await desk.clock.advance(60)
    assert await desk.accounts.add(BOT, SECOND, "new", by=COMMAND_LINE) is False
    assert await desk.bots.accounts() == [FurtherAccount(bot=BOT, name=SECOND, kie_key="new", added_at=began)]
    assert desk.written() == [(AuditedAction.ACCOUNT_PUT, BOT, SECOND)] * 2


async def test_one_account_is_paused_and_resumed_and_its_namesake_of_another_bot_is_left_alone(desk: Desk) -> None:
    other = BotId("41")
    for bot in (other, BOT):
        await desk.accounts.add(bot, SECOND, "key", by=COMMAND_LINE)
    assert await desk.accounts.pause(BOT, SECOND, is_paused=True, by=COMMAND_LINE) is True
    assert {one.bot: one.is_paused for one in await desk.bots.accounts()} == {other: False, BOT: True}
    assert await desk.accounts.pause(BOT, SECOND, is_paused=False, by=COMMAND_LINE) is True
    assert {one.bot: one.is_paused for one in await desk.bots.accounts()} == {other: False, BOT: False}
    assert desk.written()[2:] == [
        (AuditedAction.ACCOUNT_PAUSE, BOT, SECOND),
        (AuditedAction.ACCOUNT_RESUME, BOT, SECOND),
    ]


async def test_pausing_an_account_that_is_not_there_adds_none_and_is_not_on_record(desk: Desk) -> None:
    assert await desk.accounts.pause(BOT, SECOND, is_paused=True, by=COMMAND_LINE) is False
    assert (await desk.bots.accounts(), desk.log.entries) == ([], [])


async def test_an_account_on_which_tasks_run_is_removed_only_when_that_is_meant(desk: Desk) -> None:
    await desk.accounts.add(BOT, SECOND, "key", by=COMMAND_LINE)
    _, running, *_, ended = (evolve(each, account=SECOND) for each in life_of(a_generation(reserved_credits=12.5)))
    desk.generations.rows[running.id] = running
    with pytest.raises(AccountInUse, match=r"12\.5 credits"):
        await desk.accounts.remove(BOT, SECOND, by=COMMAND_LINE)
    assert len(await desk.bots.accounts()) == 1
    assert [action for action, *_ in desk.written()] == [AuditedAction.ACCOUNT_PUT]
    assert await desk.accounts.remove(BOT, SECOND, by=COMMAND_LINE, forced=True) is True
    await desk.accounts.add(BOT, SECOND, "key", by=COMMAND_LINE)
    desk.generations.rows[running.id] = ended
    assert await desk.accounts.remove(BOT, SECOND, by=COMMAND_LINE) is True


async def test_an_account_is_removed_once(desk: Desk) -> None:
    await desk.accounts.add(BOT, SECOND, "key", by=COMMAND_LINE)
    assert await desk.accounts.remove(BOT, SECOND, by=COMMAND_LINE) is True
    assert await desk.bots.accounts() == []
    assert await desk.accounts.remove(BOT, SECOND, by=COMMAND_LINE) is False


async def test_every_bot_and_account_is_sealed_again_as_it_was(desk: Desk) -> None:
    assert await desk.reseal(by=COMMAND_LINE) == 0
    await desk.a_bot()
    await desk.a_bot("7:other")
    await desk.accounts.add(BOT, SECOND, "key", by=COMMAND_LINE)
    before = (await desk.bots.all(), await desk.bots.accounts(), int(await desk.bots.revision()))
    assert await desk.reseal(by=COMMAND_LINE) == 3
    after = (await desk.bots.all(), await desk.bots.accounts(), int(await desk.bots.revision()) - 3)
    assert after == before
    assert desk.written()[-1] == (AuditedAction.BOTS_RESEAL, "", "")


Command = Callable[[Desk], Awaitable[object]]


@pytest.mark.parametrize(
    "command",
    [
        lambda desk: desk.add("7:other", "key", [], by=COMMAND_LINE),
        lambda desk: desk.change(BOT, kie_key="other", options={}, by=COMMAND_LINE),
        lambda desk: desk.remove(BOT, by=COMMAND_LINE),
        lambda desk: desk.reseal(by=COMMAND_LINE),
        lambda desk: desk.accounts.add(BOT, AccountName("third"), "key", by=COMMAND_LINE),
        lambda desk: desk.accounts.pause(BOT, SECOND, is_paused=True, by=COMMAND_LINE),
        lambda desk: desk.accounts.remove(BOT, SECOND, by=COMMAND_LINE),
    ],
    ids=["add", "change", "remove", "reseal", "add account", "pause account", "remove account"],
)
async def test_what_can_not_be_put_on_record_is_not_done(desk: Desk, command: Command) -> None:
    await desk.a_bot()
    await desk.accounts.add(BOT, SECOND, "key", by=COMMAND_LINE)
    before = await desk.bots.revision()
    desk.log.on_call.add(Trouble(error=StoreUnavailable("away")))
    with pytest.raises(StoreUnavailable):
        await command(desk)
    assert await desk.bots.revision() == before
