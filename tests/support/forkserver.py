"""The service in processes that start in a moment: forked from one that has imported everything.

Each is a process of its own, with its own id, signals and exit status, and runs the very command line a container would.
Only the two seconds of importing are saved, without which fifty deploys in a row would take minutes.
"""

import asyncio
import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import FrameType
from typing import Final

from attrs import frozen

BLOCKING: Final = signal.SIGUSR1
"""Makes an instance stand still for ``BLOCKED_S`` in the middle of its event loop, as a fault of our own would."""

BLOCKED_S: Final = 7.0
"""Longer than the lease and the idle time after it."""

ENDS_WITHIN_S: Final = 30.0

_NETWORK: Final = 0x40000000
"""CLONE_NEWNET of Linux."""

_fork_server: Final = multiprocessing.get_context("forkserver")
_fork_server.set_forkserver_preload(["__main__", "config.main", "config.service", "tests.support.loaded", __name__])


@frozen
class ForkedService:
    """A running `mediabot`."""

    _process: ForkServerProcess

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """As of ``subprocess``: None while it runs, negative where a signal ended it."""
        return self._process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    async def wait(self) -> int:
        """Its exit status, when it has ended."""
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        assert self._process.exitcode is not None
        return self._process.exitcode


def fork_service(
    environment: Mapping[str, str], log_file: Path, *, namespace: str | None = None, command: str = "run"
) -> ForkedService:
    """Start `mediabot run` with this environment alone, in a network namespace if one is named; it writes to the log file."""
    process = _fork_server.Process(
        target=_run, args=(command, dict(environment), str(log_file), namespace), daemon=True
    )
    process.start()
    return ForkedService(process)


async def ended(command: str, environment: Mapping[str, str], folder: Path) -> tuple[int, str]:
    """Run `mediabot` with this command until it ends by itself: its exit status, and what it wrote on both streams."""
    said = folder / "said"
    process = fork_service({"PATH": os.environ.get("PATH", ""), **environment}, said, command=command)
    try:
        async with asyncio.timeout(ENDS_WITHIN_S):
            return await process.wait(), said.read_text()
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)


def _run(command: str, environment: Mapping[str, str], log_file: str, namespace: str | None) -> None:
    from config.main import dispatch  # noqa: PLC0415  # imported by the fork server; the tests' process has no use for it

    if namespace:
        _enter(namespace)
    log = os.open(log_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(log, stream.fileno())
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(BLOCKING, _block)
    sys.exit(dispatch([command]))


def _enter(namespace: str) -> None:
    """As `ip netns exec` does; Python has a name for it from 3.12 on."""
    with Path("/run/netns", namespace).open() as door:
        if ctypes.CDLL(None, use_errno=True).setns(door.fileno(), _NETWORK):
            raise OSError(ctypes.get_errno(), "setns")


def _block(_number: int, _frame: FrameType | None) -> None:
    """As code of our own would: a step of the event loop that takes far too long."""
    asyncio.get_running_loop().call_soon_threadsafe(time.sleep, BLOCKED_S)
