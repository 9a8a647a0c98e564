"""Starting the server process under its keeper."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import structlog

from adapters.embedded_postgres.binaries import Binaries, find_binaries
from adapters.embedded_postgres.cluster import create_cluster, major_version, server_environment
from adapters.embedded_postgres.home import Home
from adapters.embedded_postgres.locks import FileLock
from adapters.embedded_postgres.running import Keeper, program_of, recorded_pid

log = structlog.get_logger(__name__)

_KEEPER: Final = Path(__file__).with_name("keeper.py")
_SETTINGS: Final[Mapping[str, str]] = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # A statement that fails may hold someone's prompt: the log gets the error, without statement and values.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}


async def start_unless_running(home: Home, *, binaries: Path | None, settings: Mapping[str, str]) -> Keeper | None:
    """The server's keeper, or None where a server runs already."""
    with FileLock(home.lock("server")) as server:
        if not server.try_exclusive():
            return None
        programs = await asyncio.to_thread(_programs, home, binaries)
        if not home.cluster.exists():
            await create_cluster(home, programs)
            log.info("postgres.created", home=str(home.path), major=programs.major)
        _clear_stale_pid_file(home)
        return _spawn_keeper(home, programs, settings, server)


def _programs(home: Home, given: Path | None) -> Binaries:
    programs = find_binaries(given, major=major_version(home.cluster))
    if home.account and not home.account.reaches(programs.directory):
        return programs.copied_to(home.binaries)
    return programs


def _clear_stale_pid_file(home: Home) -> None:
    """After a crash the file may hold an id that another program has by now, and PostgreSQL would not dare to start.

    No process of our own lives (the lock was free), so it goes, unless a PostgreSQL started by other hands has that id.
    """
    pid = recorded_pid(home)
    if pid and program_of(pid) not in {None, "postgres"}:
        home.pid_file.unlink()


def _spawn_keeper(home: Home, programs: Binaries, settings: Mapping[str, str], server: FileLock) -> Keeper:
    uid, gid = (home.account.uid, home.account.gid) if home.account else (os.getuid(), os.getgid())
    options = [f"--{name}={value}" for name, value in {**_SETTINGS, **settings, "port": str(_free_port())}.items()]
    command = [str(programs.postgres), "-D", str(home.cluster), *options]
    with os.fdopen(_open_log(home), "ab") as output:
        return subprocess.Popen(  # noqa: S603  # no shell, arguments of our own
            [sys.executable, "-I", _KEEPER, home.lock("users"), home.pid_file, str(uid), str(gid), *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=home.path,
            env=server_environment(),
            pass_fds=(server.fileno(),),
            start_new_session=True,  # Ctrl-C is for us: the server must be there while we finish
        )


def _open_log(home: Home) -> int:
    """Without following a link: its folder may be another user's, and we may be root."""
    return os.open(home.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
