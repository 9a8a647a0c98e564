"""Three whole instances while people write, and what befalls the leader: another takes over, and never two act."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import asyncpg
import pytest

from adapters.postgres_store import migrate
from tests.support.fault_injection import (
    Strike,
    blocked,
    cut_off,
    ended_by_the_server,
    frozen,
    killed,
    out_of_reach,
    restarted,
    stopped,
)
from tests.support.fleet import PEOPLE, TAKEOVER_S, Fleet, fleet
from tests.support.namespace import can_make_namespaces, namespace
from tests.support.postgres import Shutdown, admit, own_server

pytestmark = [pytest.mark.postgres, pytest.mark.leases]

NAMES = ("first", "second", "third")
IN_FLIGHT = PEOPLE
"""In each chat the fault may fall behind one answer: Telegram has it, and the log of handled updates does not yet."""


async def struck(three: Fleet, strike: Strike) -> None:
    """It strikes the leader while people write. All others are there afterwards, everybody has an answer, and never did two act."""
    victim, epoch = await three.settled()
    async with three.crowd.writing():
        struck_at = three.telegram.clock()
        async with strike(three, victim):
            await three.leader(after=epoch)
            await three.crowd.answered_since(struck_at)
        over_at = three.telegram.clock()
        await three.settled(after=epoch)
        await three.crowd.answered_since(over_at)
    await three.crowd.all_answered()
    gone = {name for name, one in three.instances.items() if not one.is_running}
    assert gone == ({victim} if strike is killed else set()), three.log
    assert three.intrusions() == []
    assert three.crowd.repeated() <= IN_FLIGHT
    assert three.refused_polls() == 0


@asynccontextmanager
async def instances(database: str, *, with_hosts: bool) -> AsyncIterator[Fleet]:
    """Three of them: behind proxies to the database, or each on a host of its own as far as the network goes."""
    if not with_hosts:
        async with fleet(database, NAMES, proxied=True) as made:
            yield made
        return
    async with AsyncExitStack() as stack:
        hosts = {name: stack.enter_context(namespace()) for name in NAMES}
        cables = [host.to_database for host in hosts.values()]
        addresses = ",".join(str(cable.outside) for cable in cables)
        server = await stack.enter_async_context(own_server(listen_addresses=f"127.0.0.1,{addresses}"))
        await migrate(server.dsn)
        await admit(server, [cable.inside for cable in cables])
        yield await stack.enter_async_context(fleet(server.dsn, NAMES, hosts=hosts))


STRIKES = [killed, frozen, blocked, cut_off, ended_by_the_server] + [out_of_reach] * can_make_namespaces()
"""`cut_off` shows the partition on every machine; `out_of_reach` is the kernel's own, for those that let us make one."""


@pytest.mark.parametrize("strike", STRIKES)
async def test_another_takes_over_and_no_one_is_left_without_an_answer(strike: Strike, database: str) -> None:
    async with instances(database, with_hosts=strike is out_of_reach) as three:
        await struck(three, strike)


@pytest.mark.parametrize("how", [Shutdown.FAST, Shutdown.IMMEDIATE])
async def test_after_a_restart_of_the_database_one_leads_and_no_one_is_left_without_an_answer(how: Shutdown) -> None:
    async with own_server() as server:
        await migrate(server.dsn)
        async with fleet(server.dsn, NAMES) as three:
            await struck(three, restarted(server, how))


async def test_a_standby_that_vanished_holds_up_no_hand_over_and_takes_nothing_when_it_is_back(database: str) -> None:
    async with fleet(database, NAMES, proxied=True) as three:
        leader, epoch = await three.settled()
        async with three.crowd.writing():
            vanished = next(name for name in NAMES if name != leader)
            async with cut_off(three, vanished), stopped(three, leader):
                stopped_at = three.telegram.clock()
                successor, _ = await three.leader(after=epoch)
                await three.crowd.answered_since(stopped_at)
            await three.instances[vanished].wait_for_role("standby")
        await three.crowd.all_answered()
        assert three.led() == [leader, successor]
        assert three.intrusions() == []
        assert (three.crowd.repeated(), three.refused_polls()) == (0, 0)


async def test_an_index_is_built_concurrently_while_instances_lead_and_stand_by(database: str) -> None:
    async with fleet(database, NAMES) as three:
        await three.settled()
        connection = await asyncpg.connect(database)
        try:
            async with three.crowd.writing():
                await connection.execute("CREATE INDEX CONCURRENTLY ON generations (version)", timeout=TAKEOVER_S)
        finally:
            await connection.close()
        await three.crowd.all_answered()
        assert len(three.led()) == 1


async def test_with_a_webhook_the_others_store_what_comes_while_no_one_leads(database: str) -> None:
    async with fleet(database, ("first", "second"), environment={"TELEGRAM_MODE": "webhook"}) as two:
        victim, epoch = await two.settled()
        async with two.crowd.writing():
            async with killed(two, victim):
                await two.leader(after=epoch)
            await two.until(lambda: len(two.telegram.log.of("setWebhook")) == 2)
        await two.crowd.all_answered()
        assert two.crowd.repeated() <= IN_FLIGHT
        assert two.telegram.log.of("getUpdates") == []
