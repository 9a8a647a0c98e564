"""What every ``BotDirectory`` keeps, and that a dump of the database shows no secret."""

from datetime import timedelta
from itertools import pairwise

import pytest
from attrs import evolve

from adapters.memory.bot_directory import InMemoryBotDirectory
from adapters.memory.clock import ManualClock
from adapters.postgres_store import Database
from adapters.postgres_store.bot_directory import PostgresBotDirectory
from adapters.postgres_store.provider_accounts import PostgresProviderAccounts
from adapters.sealing import FernetBox, new_key
from application.errors import SecretsUnreadable
from application.operating.add_bot import AddBot
from application.operating.change_accounts import ChangeAccounts
from application.operating.reseal_bots import ResealBots
from application.ports.bot_directory import BotDirectory
from config.settings import Settings
from domain.audit import COMMAND_LINE
from domain.bot import BotId, BotRecord, FurtherAccount
from domain.generation import UserId
from domain.provider_account import MAIN_ACCOUNT, AccountName
from tests.support.audit import an_audit
from tests.support.generations import NOON

BOT = BotRecord(
    id=BotId("42"),
    token="42:token-of-the-bot",
    kie_key="key-of-kie",
    admins=frozenset({UserId("telegram:7")}),
    options={"ACCESS": "everyone", "CONFIRM_CREDITS": "7"},
    added_at=NOON,
)

ACCOUNT = FurtherAccount(bot=BotId("42"), name=AccountName("second"), kie_key="key-of-kie-two", added_at=NOON)


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def bots(request: pytest.FixtureRequest) -> BotDirectory:
    if request.param == "memory":
        return InMemoryBotDirectory()
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresBotDirectory(opened, FernetBox([new_key()]))


async def test_a_bot_is_kept_until_it_is_removed(bots: BotDirectory) -> None:
    assert await bots.put(BOT)
    assert not await bots.put(evolve(BOT, kie_key="another"))
    assert await bots.all() == [evolve(BOT, kie_key="another")]
    assert await bots.remove(BOT.id)
    assert not await bots.remove(BOT.id)
    assert await bots.all() == []


async def test_a_new_token_of_a_bot_is_the_same_bot_with_its_rows_and_its_lock(bots: BotDirectory) -> None:
    add = AddBot(bots=bots, clock=ManualClock(), audit=an_audit())
    old, is_new = await add("770077007:" + "A" * 35, "key", (), by=COMMAND_LINE)
    assert is_new
    new, is_new = await add("770077007:" + "B" * 35, "key", (), by=COMMAND_LINE)
    assert not is_new
    assert new.id == old.id == Settings(telegram_bot_token=new.token).bot_id
    assert [one.token for one in await bots.all()] == [new.token]


async def test_an_account_is_kept_until_it_is_removed(bots: BotDirectory) -> None:
    later = evolve(ACCOUNT, name=AccountName("a-third"), added_at=NOON + timedelta(hours=1))
    assert await bots.put_account(later)
    assert await bots.put_account(ACCOUNT)
    changed = evolve(ACCOUNT, kie_key="another", is_paused=True)
    assert not await bots.put_account(evolve(changed, added_at=NOON + timedelta(hours=2)))
    assert await bots.accounts() == [changed, later]
    assert await bots.remove_account(ACCOUNT.bot, ACCOUNT.name)
    assert not await bots.remove_account(ACCOUNT.bot, ACCOUNT.name)
    assert await bots.accounts() == [later]


async def test_every_change_shows_in_the_revision(bots: BotDirectory) -> None:
    seen = [await bots.revision()]
    await bots.put(BOT)
    seen.append(await bots.revision())
    await bots.put(evolve(BOT, kie_key="another"))
    seen.append(await bots.revision())
    await bots.remove(BOT.id)
    seen.append(await bots.revision())
    await bots.put_account(ACCOUNT)
    seen.append(await bots.revision())
    await bots.put_account(evolve(ACCOUNT, is_paused=True))
    seen.append(await bots.revision())
    await bots.remove_account(ACCOUNT.bot, ACCOUNT.name)
    seen.append(await bots.revision())
    assert all(before != after for before, after in pairwise(seen))


@pytest.mark.postgres
async def test_a_dump_of_the_database_shows_no_secret(opened_database: Database) -> None:
    directory = PostgresBotDirectory(opened_database, FernetBox([new_key()]))
    await directory.put(BOT)
    await directory.put_account(ACCOUNT)
    async with opened_database.connection() as connection:
        dump = str(await connection.fetch("SELECT bots::text FROM bots"))
        dump += str(await connection.fetch("SELECT provider_accounts::text FROM provider_accounts"))
    assert "second" in dump
    assert "token-of-the-bot" not in dump
    assert "key-of-kie" not in dump


@pytest.mark.postgres
async def test_secrets_open_with_an_old_key_until_all_are_sealed_with_the_new_one(opened_database: Database) -> None:
    old, new = new_key(), new_key()
    directory = PostgresBotDirectory(opened_database, FernetBox([old]))
    await directory.put(BOT)
    await directory.put_account(ACCOUNT)
    assert (
        await ResealBots(PostgresBotDirectory(opened_database, FernetBox([new, old])), an_audit())(by=COMMAND_LINE) == 2
    )
    assert await PostgresBotDirectory(opened_database, FernetBox([new])).all() == [BOT]
    assert await PostgresBotDirectory(opened_database, FernetBox([new])).accounts() == [ACCOUNT]
    for keys in ([old], []):
        with pytest.raises(SecretsUnreadable, match="SECRETS_KEY"):
            await PostgresBotDirectory(opened_database, FernetBox(keys)).all()


@pytest.mark.postgres
async def test_a_row_that_cant_be_opened_hides_no_other_and_nothing_is_sealed_beside_it(
    opened_database: Database,
) -> None:
    keys = [new_key(), new_key()]
    mine, others = (PostgresBotDirectory(opened_database, FernetBox([key])) for key in keys)
    theirs = evolve(BOT, id=BotId("43"), token="43:token")
    await mine.put(BOT)
    await mine.put_account(ACCOUNT)
    await others.put(theirs)
    await others.put_account(evolve(ACCOUNT, name=AccountName("third")))
    found = await mine.readable()
    assert (found.bots, found.accounts) == ([BOT], [ACCOUNT])
    assert found.sealed == {(theirs.id, MAIN_ACCOUNT), (BOT.id, "third")}
    with pytest.raises(SecretsUnreadable):
        await AddBot(bots=mine, clock=ManualClock(), audit=an_audit())("44:token", "key", (), by=COMMAND_LINE)
    taken = PostgresProviderAccounts(opened_database)
    accounts = ChangeAccounts(bots=mine, taken=taken, clock=ManualClock(), audit=an_audit())
    with pytest.raises(SecretsUnreadable):
        await accounts.add(BOT.id, ACCOUNT.name, "key", by=COMMAND_LINE)
    assert {one.id for one in (await mine.readable()).bots} == {BOT.id}
