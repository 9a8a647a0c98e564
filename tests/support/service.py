"""The service as a process of its own, for tests that stop it in every way a platform can."""

import asyncio
import json
import os
import random
import signal
import socket
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import aiohttp
from attrs import define, field

from tests.support.forkserver import ForkedService, fork_service
from tests.support.namespace import Namespace

TOKEN: Final = "4200000042:" + "simulated" * 4
KIE_KEY: Final = "simulator-key"
START_S: Final = 30.0
"""Starting on a busy machine takes a second, and the lease of a killed leader three more."""

_POLL_S: Final = 0.02
_AT_ONCE: Final = aiohttp.ClientTimeout(total=1.0)


OWN_PORTS: Final = range(10_000, 32_000)
"""Below those that Linux gives to outgoing connections, so that none of these takes the port of a service between two of its lives."""


def free_port() -> int:
    """A port that no one listens on now."""
    for port in random.SystemRandom().sample(OWN_PORTS, 100):  # not the generator that tests seed
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


def service_environment(
    *, dsn: str, telegram: str, kie: str, port: int, public_url: str | None = None
) -> Mapping[str, str]:
    """What `mediabot run` needs to work on simulators. Several instances share a `public_url`, as behind a router."""
    return {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "KIE_API_KEY": KIE_KEY,
        "DATABASE_URL": dsn,
        "TELEGRAM_API_BASE": telegram,
        "TELEGRAM_LIMITS": "0",
        "KIE_API_BASE": kie,
        "KIE_UPLOAD_BASE": kie,
        "ALLOW_PRIVATE_HOSTS": "1",
        "ACCESS": "everyone",
        "CONTENT_FILTER": "users",
        "USER_LIMIT_CREDITS_PER_DAY": "none",
        "PORT": str(port),
        "PUBLIC_URL": public_url or f"http://127.0.0.1:{port}",
    }


@define(kw_only=True)
class ServiceProcess:
    """One instance: started once, and again after each end. Its log goes to a file over all its lives."""

    environment: Mapping[str, str] = field(repr=False)
    log_file: Path
    host: str = "127.0.0.1"
    namespace: str | None = None
    _process: ForkedService | None = field(default=None, init=False)
    _asking: aiohttp.ClientSession | None = field(default=None, init=False)
    """One for all looks at `/status`: a connection for each of fifty in a second took most of the CPU of waiting."""

    @property
    def pid(self) -> int:
        """Of the process that runs now."""
        assert self._process is not None
        return self._process.pid

    @property
    def url(self) -> str:
        """Where its HTTP port is."""
        return f"http://{self.host}:{self.environment['PORT']}"

    @property
    def log(self) -> str:
        """The last of what it wrote, for the message of a failing test."""
        return self.log_file.read_text(errors="replace")[-8000:]

    @property
    def events(self) -> list[Mapping[str, Any]]:
        """All it logged, in all its lives; what is no JSON object is a warning of Python's."""
        lines = self.log_file.read_text(errors="replace").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.returncode is None

    @property
    def has_begun(self) -> bool:
        """Whether it was ever started."""
        return self._process is not None

    def start(self) -> None:
        """Begin a process; it is not ready when this returns."""
        assert not self.is_running
        self.log_file.touch()  # to be read before the process has written
        environment = {"PATH": os.environ.get("PATH", ""), **self.environment}
        self._process = fork_service(environment, self.log_file, namespace=self.namespace)

    async def wait_for_role(self, role: str, *, within_s: float = START_S) -> Mapping[str, Any]:
        """Wait until `/status` names this role (`leader`, `standby` …) and return all it says.

        Raises:
            AssertionError: the process ended, or did not come to it in time.
        """
        status: Mapping[str, Any] = {}
        try:
            async with asyncio.timeout(within_s):
                while (status := await self.status()).get("role") != role:
                    assert self.is_running, self.log
                    await asyncio.sleep(_POLL_S)
        except TimeoutError:
            raise AssertionError(f"no {role} within {within_s} s: {status}\n{self.log}") from None
        return status

    async def status(self) -> Mapping[str, Any]:
        """What `/status` says now; empty where it does not answer at once."""
        if self._asking is None:
            self._asking = aiohttp.ClientSession(timeout=_AT_ONCE)
        try:
            async with self._asking.get(f"{self.url}/status") as response:
                status: Mapping[str, Any] = await response.json()
                return status
        except (aiohttp.ClientError, TimeoutError):
            return {}

    def send_signal(self, number: signal.Signals) -> None:
        """To a running process; does not wait for what comes of it."""
        assert self._process is not None
        self._process.send_signal(number)

    async def wait(self) -> int:
        """Its exit status, once it has ended."""
        assert self._process is not None
        return await self._process.wait()

    async def kill(self) -> None:
        """SIGKILL: nothing of the process gets a last word."""
        await self._end(signal.SIGKILL)

    async def close(self) -> None:
        """No one looks at it any more."""
        if self._asking is not None:
            await self._asking.close()

    def ask_to_stop(self) -> None:
        """SIGTERM, and no waiting for the end."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    async def terminate(self) -> int:
        """SIGTERM, as a platform stops an instance; returns the exit status."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        if self.is_running:
            self._process.send_signal(number)
        try:
            async with asyncio.timeout(START_S):
                return await self._process.wait()
        except TimeoutError:
            self._process.send_signal(signal.SIGKILL)
            raise AssertionError(f"still there after {number.name}\n{self.log}") from None


@asynccontextmanager
async def service_process(
    *,
    dsn: str,
    telegram: str,
    kie: str,
    public_url: str | None = None,
    more: Mapping[str, str] = MappingProxyType({}),
    namespace: Namespace | None = None,
    starts: bool = True,
) -> AsyncIterator[ServiceProcess]:
    """An instance on a port of its own, with ``more`` in its environment, started if ``starts``; killed at the end."""
    standard = service_environment(dsn=dsn, telegram=telegram, kie=kie, port=free_port(), public_url=public_url)
    with tempfile.TemporaryDirectory(prefix="service_") as folder:
        service = ServiceProcess(environment={**standard, **more}, log_file=Path(folder) / "log")
        if namespace:
            service.host, service.namespace = str(namespace.to_rest.inside), namespace.name
        if starts:
            service.start()
        try:
            yield service
        except BaseException:
            print(service.log)  # pytest shows it beside the failure; the file goes with its folder
            raise
        finally:
            await service.close()
            if service.has_begun:
                await service.kill()
