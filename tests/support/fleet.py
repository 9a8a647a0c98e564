"""Whole instances on one database, each with a door of its own to the simulated Telegram, so that it shows who acted."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from attrs import define, field, frozen

from simulators.kie import NO_LIMIT, KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import TelegramWorld, create_app
from tests.support.crowd import AnswerLog, Crowd
from tests.support.namespace import Namespace
from tests.support.postgres import dsn_at
from tests.support.service import TOKEN, ServiceProcess, service_process
from tests.support.tcp_proxy import TcpProxy, proxy_before

PEOPLE: Final = 8
TAKEOVER_S: Final = 40.0
"""An idle time and a lease, on a machine that does other things besides."""


@frozen
class Act:
    """A request that an instance sent to Telegram. ``at`` is when it arrived, by the simulator's clock."""

    at: float
    instance: str


@define(kw_only=True)
class Fleet:
    """The instances by name, the simulators, and the people who write."""

    dsn: str
    telegram: TelegramWorld
    kie: KieSimulator
    crowd: Crowd
    instances: dict[str, ServiceProcess] = field(factory=dict)
    ways: dict[str, TcpProxy] = field(factory=dict)
    """What stands between an instance and the database, where the fleet was made with proxies."""
    hosts: Mapping[str, Namespace] = field(factory=dict)
    """Where each runs, for those that have a host of their own."""
    doors: dict[int, str] = field(factory=dict)
    """Which instance comes in by which port of the simulator."""

    async def leader(self, *, after: int = 0, within_s: float = TAKEOVER_S) -> tuple[str, int]:
        """Who leads with a later epoch than ``after``, and that epoch; waits for it."""
        try:
            async with asyncio.timeout(within_s):
                while True:
                    for name, status in await self._statuses():
                        if status.get("role") == "leader" and status["epoch"] > after:
                            return name, status["epoch"]
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError("nobody leads\n" + self.log) from None

    async def a_standby(self) -> None:
        """Wait until someone stands by."""
        async with asyncio.timeout(TAKEOVER_S):
            while not any(status.get("role") == "standby" for _, status in await self._statuses()):
                await asyncio.sleep(0.02)

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for what the simulators have seen."""
        try:
            async with asyncio.timeout(TAKEOVER_S):
                while not holds():
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError("it did not come about\n" + self.log) from None

    async def settled(self, *, after: int = 0) -> tuple[str, int]:
        """The leader with a later epoch than ``after``, and that epoch, once all others stand by."""
        name, epoch = await self.leader(after=after)
        others = (one for other, one in self.instances.items() if other != name and one.is_running)
        await asyncio.gather(*(one.wait_for_role("standby", within_s=TAKEOVER_S) for one in others))
        return name, epoch

    async def _statuses(self) -> list[tuple[str, Mapping[str, Any]]]:
        running = {name: one for name, one in self.instances.items() if one.is_running}
        return list(zip(running, await asyncio.gather(*(one.status() for one in running.values())), strict=True))

    @property
    def log(self) -> str:
        """The last that each wrote, for the message of a failing test."""
        return "\n".join(f"--- {name}\n{one.log}" for name, one in self.instances.items())

    def acts(self) -> list[Act]:
        """All that was asked of Telegram, in the order in which it came."""
        calls = sorted(self.telegram.log.calls, key=lambda call: call.at)
        return [Act(call.at, self.doors[call.port]) for call in calls]

    def led(self) -> list[str]:
        """Who led, in the order of the epochs, as the instances themselves logged it."""
        epochs = {
            event["epoch"]: name
            for name, one in self.instances.items()
            for event in one.events
            if event["event"] == "leadership.state_changed" and event["state"] == "leader"
        }
        return [epochs[epoch] for epoch in sorted(epochs)]

    def intrusions(self) -> list[Act]:
        """Acts of someone whose successor had already acted. Empty, or two acted at a time."""
        leaders = iter(self.led())
        current = next(leaders, None)
        found: list[Act] = []
        for instance, acts in groupby(self.acts(), key=lambda act: act.instance):
            while current is not None and current != instance:
                current = next(leaders, None)
            if current is None:
                found += list(acts)
        return found

    def refused_polls(self) -> int:
        """How many polls were answered with 409. One whose caller had given it up tells no one, and is not counted."""
        return sum(call.status == 409 for call in self.telegram.log.of("getUpdates"))


@asynccontextmanager
async def fleet(
    dsn: str,
    names: Sequence[str],
    *,
    proxied: bool = False,
    hosts: Mapping[str, Namespace] = MappingProxyType({}),
    environment: Mapping[str, str] = MappingProxyType({}),
) -> AsyncIterator[Fleet]:
    """Start the instances.

    ``proxied`` puts a proxy between each and the database. Those in ``hosts`` run in a namespace of their own, to whose
    cable the database must listen. ``environment`` is for all.
    """
    options = SimulatorOptions(duration_s=0.2, creation_limit=NO_LIMIT, callback_retries=100, callback_retry_s=0.2)
    telegram, kie = TelegramWorld(tokens=[TOKEN]), KieSimulator(options)
    telegram.log = log = AnswerLog()
    people = [telegram.add_person(f"Person {number}") for number in range(PEOPLE)]
    made = Fleet(dsn=dsn, telegram=telegram, kie=kie, crowd=Crowd(telegram, people, log), hosts=hosts)
    async with AsyncExitStack() as stack:
        doors = [str(hosts[name].to_rest.outside) if name in hosts else "127.0.0.1" for name in names]
        ports = await stack.enter_async_context(with_doors(telegram, doors))
        kie_url = await stack.enter_async_context(serve_kie(kie))
        public_url = await stack.enter_async_context(router(made.instances))
        for name, door, port in zip(names, doors, ports, strict=True):
            way = dsn_at(dsn, str(hosts[name].to_database.outside)) if name in hosts else dsn
            if proxied:
                made.ways[name], way = await stack.enter_async_context(proxy_before(dsn))
            made.doors[port] = name
            made.instances[name] = await stack.enter_async_context(
                service_process(
                    dsn=way,
                    telegram=f"http://{door}:{port}",
                    kie=kie_url,
                    public_url=public_url,
                    more={"RENDER_INSTANCE_ID": name, **environment},
                    namespace=hosts.get(name),
                )
            )
        yield made


@asynccontextmanager
async def with_doors(world: TelegramWorld, hosts: Sequence[str]) -> AsyncIterator[list[int]]:
    """The simulator on one port for each of these addresses."""
    runner = web.AppRunner(create_app(world), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        for host in hosts:
            await web.TCPSite(runner, host, 0).start()
        yield [int(address[1]) for address in runner.addresses]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def router(instances: Mapping[str, ServiceProcess]) -> AsyncIterator[str]:
    """The platform's public address: a request goes to an instance that answers, as a router does."""

    async def forward(request: web.Request) -> web.Response:
        body = await request.read()
        for instance in instances.values():
            try:
                async with session.post(instance.url + request.path, data=body, headers=request.headers) as response:
                    return web.Response(status=response.status)
            except (aiohttp.ClientError, TimeoutError):
                continue
        return web.Response(status=503)

    application = web.Application()
    application.router.add_post("/{path:.*}", forward)
    patience = aiohttp.ClientTimeout(total=10.0)
    async with aiohttp.ClientSession(timeout=patience) as session, TestServer(application) as server:
        yield str(server.make_url("")).rstrip("/")
