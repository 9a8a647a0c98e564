"""The database says no: one sentence and status 2 from `migrate`, and a running service that says the same."""

import asyncio
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import asyncpg
import pytest

from adapters.embedded_postgres import EmbeddedServer
from tests.support.forkserver import ended
from tests.support.postgres import cloned_database
from tests.support.service import ServiceProcess, free_port, service_environment

pytestmark = pytest.mark.postgres

WRONG_USE = 2
Migrate = Callable[[str], Awaitable[str]]


@pytest.fixture
async def bare(postgres_server: EmbeddedServer) -> AsyncIterator[str]:
    """The DSN of a database without any table."""
    async with cloned_database(postgres_server.dsn, template="template0") as dsn:
        yield dsn


@pytest.fixture
def complaint(tmp_path: Path) -> Migrate:
    """What `mediabot migrate` says, its status being 2."""

    async def migrate(dsn: str) -> str:
        status, said = await ended("migrate", {"DATABASE_URL": dsn, "HOME": "/nonexistent"}, tmp_path)
        assert status == WRONG_USE, said
        assert "Traceback" not in said
        return said.strip()

    return migrate


def as_role(dsn: str, role: str, password: str = "p%40ss") -> str:
    parts = urlsplit(dsn)
    return parts._replace(netloc=f"{role}:{password}@{parts.netloc.rpartition('@')[2]}").geturl()


async def run(dsn: str, *statements: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def database_of(dsn: str) -> str:
    return urlsplit(dsn).path.removeprefix("/").partition("?")[0]


@pytest.fixture
async def role(bare: str) -> AsyncIterator[str]:
    name = f"visitor_{database_of(bare)}".replace("-", "_")
    await run(bare, f"CREATE ROLE \"{name}\" LOGIN PASSWORD 'p@ss'")
    yield name
    await run(bare, f'DROP OWNED BY "{name}"', f'DROP ROLE "{name}"')


async def test_for_a_role_that_may_not_create_tables_the_missing_right_is_named(
    bare: str, role: str, complaint: Migrate
) -> None:
    await run(bare, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    said = await complaint(as_role(bare, role))
    assert f"GRANT CREATE ON SCHEMA public TO {role};" in said
    assert said.count("\n") == 0


async def test_a_search_path_of_nothing_is_named(bare: str, complaint: Migrate) -> None:
    await run(bare, f'ALTER DATABASE "{database_of(bare)}" SET search_path = nowhere')
    assert "No schema of the search path" in await complaint(bare)


async def test_a_database_that_has_no_room_for_peoples_words_is_refused(
    postgres_server: EmbeddedServer, complaint: Migrate
) -> None:
    await run(postgres_server.dsn, "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    try:
        dsn = urlsplit(postgres_server.dsn)._replace(path="/latin").geturl()
        assert "ENCODING 'UTF8'" in await complaint(dsn)
    finally:
        await run(postgres_server.dsn, "DROP DATABASE latin WITH (FORCE)")


async def test_a_database_that_takes_no_writes_is_refused_before_anything_begins(bare: str, complaint: Migrate) -> None:
    await run(bare, f'ALTER DATABASE "{database_of(bare)}" SET default_transaction_read_only = on')
    assert "takes no writes" in await complaint(bare)


async def test_a_database_without_a_connection_left_says_so(bare: str, role: str, complaint: Migrate) -> None:
    await run(bare, f'ALTER DATABASE "{database_of(bare)}" CONNECTION LIMIT 0')
    assert "no connection left" in await complaint(as_role(bare, role))


@pytest.mark.parametrize("parameter", ["no_such_setting=1", "statement_timeout=soon"])
async def test_a_parameter_that_no_one_knows_is_named(bare: str, parameter: str, complaint: Migrate) -> None:
    said = await complaint(bare + ("&" if "?" in bare else "?") + parameter)
    assert parameter.partition("=")[0] in said
    assert said.count("\n") == 0


@pytest.mark.parametrize(
    "parameters",
    [
        "channel_binding=require",
        "connect_timeout=10&keepalives=1&keepalives_idle=30&gssencmode=prefer",
        "options=endpoint%3Dep-x&schema=public&pgbouncer=false",
    ],
)
async def test_what_providers_write_into_their_url_is_taken(bare: str, parameters: str, tmp_path: Path) -> None:
    given = {"DATABASE_URL": bare + ("&" if "?" in bare else "?") + parameters}
    status, said = await ended("migrate", given, tmp_path)
    assert (status, "applied 0002_generations" in said) == (0, True)


async def test_a_server_without_tls_is_distinguished_from_one_that_is_away(bare: str, complaint: Migrate) -> None:
    assert "speaks no TLS" in await complaint(bare + ("&" if "?" in bare else "?") + "sslmode=require")


async def test_a_host_without_an_address_is_named_as_that(complaint: Migrate) -> None:
    assert "DATABASE_URL has no address" in await complaint("postgresql://u:secret-word@no-such-host.invalid/d")


async def test_a_port_where_nothing_listens_is_named_as_that(complaint: Migrate) -> None:
    assert "Nothing listens" in await complaint(f"postgresql://u:secret-word@127.0.0.1:{free_port()}/d")


@asynccontextmanager
async def pooler(dsn: str) -> AsyncIterator[str]:
    """Like PgBouncer, it invents the server process that it tells in the protocol."""
    parts = urlsplit(dsn)

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, invent: bool) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                place = data.find(b"K\0\0\0\x0c") if invent else -1
                if place >= 0:
                    data = data[: place + 5] + struct.pack("!i", 424242) + data[place + 9 :]
                writer.write(data)
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection(parts.hostname, parts.port)
        await asyncio.gather(
            pump(reader, to_server, invent=False), pump(from_server, writer, invent=True), return_exceptions=True
        )

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        port = server.sockets[0].getsockname()[1]
        account = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
        yield parts._replace(netloc=f"{account}127.0.0.1:{port}").geturl()
    finally:
        server.close()


async def test_a_pooler_is_named_before_any_migration_begins(bare: str, complaint: Migrate) -> None:
    async with pooler(bare) as dsn:
        assert "connection pooler" in await complaint(dsn)
    connection = await asyncpg.connect(bare)
    assert await connection.fetchval("SELECT to_regclass('schema_migrations')") is None
    await connection.close()


async def test_a_running_service_stays_alive_says_why_and_starts_once_the_right_is_given(
    bare: str, role: str, tmp_path: Path
) -> None:
    await run(bare, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    environment = service_environment(
        dsn=as_role(bare, role), telegram="http://127.0.0.1:9", kie="http://127.0.0.1:9", port=free_port()
    )
    service = ServiceProcess(environment=environment, log_file=tmp_path / "log")
    service.start()
    try:
        status = await service.wait_for_role("starting")
        async with asyncio.timeout(30):
            while "fault" not in status:
                await asyncio.sleep(0.05)
                status = await service.status()
        assert "GRANT CREATE" in str(status["fault"])
        async with (
            aiohttp.ClientSession(service.url) as http,
            http.get("/readyz") as ready,
            http.get("/healthz") as health,
        ):
            assert (ready.status, health.status) == (503, 200)
            assert "GRANT CREATE" in await ready.text()
        assert "Traceback" not in service.log
        await run(bare, f'GRANT CREATE ON SCHEMA public TO "{role}"')
        await service.wait_for_role("leader")
    finally:
        await service.close()
        await service.kill()
