"""The service as a process of its own, for tests that stop it in every way a platform can."""

import asyncio
import os
import signal
import socket
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp
from attrs import define, field

from tests.support.zygote import ForkedService, fork_service

TOKEN: Final = "4200000042:" + "simulated" * 4
KIE_KEY: Final = "simulator-key"
START_S: Final = 15.0
"""Starting on a busy machine takes a second, and the lease of a killed leader three more."""

_POLL_S: Final = 0.02


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def service_environment(
    *, dsn: str, telegram: str, kie: str, port: int, public_url: str | None = None
) -> Mapping[str, str]:
    """What `mediabot run` needs to work on simulators. Several instances share a `public_url`, as behind a router."""
    return {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "KIE_API_KEY": KIE_KEY,
        "DATABASE_URL": dsn,
        "TELEGRAM_API_BASE": telegram,
        "KIE_API_BASE": kie,
        "KIE_UPLOAD_BASE": kie,
        "ALLOW_PRIVATE_HOSTS": "1",
        "PORT": str(port),
        "PUBLIC_URL": public_url or f"http://127.0.0.1:{port}",
    }


@define(kw_only=True)
class ServiceProcess:
    """One instance: started once, and again after each end. Its log goes to a file over all its lives."""

    environment: Mapping[str, str] = field(repr=False)
    log_file: Path
    _process: ForkedService | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        """Where its HTTP port is."""
        return f"http://127.0.0.1:{self.environment['PORT']}"

    @property
    def log(self) -> str:
        """The last of what it wrote, for the message of a failing test."""
        return self.log_file.read_text(errors="replace")[-8000:]

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.returncode is None

    def start(self) -> None:
        """Begin a process; it is not ready when this returns."""
        assert not self.is_running
        self._process = fork_service({"PATH": os.environ.get("PATH", ""), **self.environment}, self.log_file)

    async def wait_for_role(self, role: str, *, within_s: float = START_S) -> Mapping[str, Any]:
        """Wait until `/status` names this role (`leader`, `standby` …) and return all it says.

        Raises:
            AssertionError: the process ended, or did not come to it in time.
        """
        status: Mapping[str, Any] = {}
        try:
            async with asyncio.timeout(within_s), aiohttp.ClientSession() as session:
                while (status := await self._status(session)).get("role") != role:
                    assert self.is_running, self.log
                    await asyncio.sleep(_POLL_S)
        except TimeoutError:
            raise AssertionError(f"no {role} within {within_s} s: {status}\n{self.log}") from None
        return status

    async def kill(self) -> None:
        """SIGKILL: nothing of the process gets a last word."""
        await self._end(signal.SIGKILL)

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

    async def _status(self, session: aiohttp.ClientSession) -> Mapping[str, Any]:
        try:
            async with session.get(f"{self.url}/status") as response:
                status: Mapping[str, Any] = await response.json()
                return status
        except aiohttp.ClientError:
            return {}


@asynccontextmanager
async def service_process(
    *, dsn: str, telegram: str, kie: str, public_url: str | None = None
) -> AsyncIterator[ServiceProcess]:
    """A started instance on a port of its own; killed when the context ends."""
    environment = service_environment(dsn=dsn, telegram=telegram, kie=kie, port=free_port(), public_url=public_url)
    with tempfile.TemporaryDirectory(prefix="service_") as folder:
        service = ServiceProcess(environment=environment, log_file=Path(folder) / "log")
        service.start()
        try:
            yield service
        finally:
            await service.kill()
