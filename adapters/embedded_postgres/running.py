"""What can be seen of a server: its answers, its ``postmaster.pid``, its log."""

import asyncio
import subprocess
from pathlib import Path

import asyncpg
from attrs import field, frozen

from adapters.embedded_postgres.cluster import USER
from adapters.embedded_postgres.home import Home
from adapters.embedded_postgres.locks import FileLock

Keeper = subprocess.Popen[bytes]
"""The process that runs ``keeper.py``."""


@frozen(kw_only=True)
class EmbeddedServer:
    """A running server on loopback. ``dsn`` holds the password; ``log`` is the server's own log file."""

    dsn: str = field(repr=False)
    port: int
    pid_file: Path
    log: Path


async def until_up(home: Home, keeper: Keeper | None) -> EmbeddedServer | None:
    """The server as soon as it answers; None when it ended instead."""
    while True:
        if server := await _answering(home):
            return server
        if _has_ended(home, keeper):
            return None
        await asyncio.sleep(0.02)


def _has_ended(home: Home, keeper: Keeper | None) -> bool:
    if keeper:
        return keeper.poll() is not None
    with FileLock(home.lock("server")) as server:  # we came just when it stopped
        return server.try_exclusive()


async def _answering(home: Home) -> EmbeddedServer | None:
    port = _line(home.pid_file, 4)
    if not port or _line(home.pid_file, 8) != "ready":
        return None
    password = home.password.read_text()
    dsn = f"postgresql://{USER}:{password}@127.0.0.1:{port}/postgres?sslmode=disable"
    try:
        connection = await asyncpg.connect(dsn, timeout=5)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return None  # not yet; or an old file with a port that is another server's now
    await connection.close()
    return EmbeddedServer(dsn=dsn, port=int(port), pid_file=home.pid_file, log=home.log)


def _line(file: Path, number: int) -> str | None:
    """A line of ``postmaster.pid`` (1: process id, 4: port), None where there is none (yet)."""
    try:
        lines = file.read_text().splitlines()
    except FileNotFoundError:
        return None
    return lines[number - 1].strip() or None if len(lines) >= number else None


def recorded_pid(home: Home) -> str | None:
    """The process id of the server that runs, or of the last one if it crashed; None where neither is."""
    return _line(home.pid_file, 1)


def program_of(pid: str) -> str | None:
    """The program of a process, None where there is no such process or no way to know (macOS)."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return None


def size_of(file: Path) -> int:
    """In bytes, 0 where there is no file."""
    return file.stat().st_size if file.exists() else 0


def words_since(file: Path, start: int) -> str:
    """What the server said since ``start``, on one line."""
    with file.open("rb") as lines:
        lines.seek(start)
        return " ".join(lines.read().decode(errors="replace")[-1000:].split())
