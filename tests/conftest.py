"""Fixtures of the whole suite: one PostgreSQL server a process, one database a test."""

import asyncio
import gc
import logging
import os
import signal
from collections.abc import AsyncIterator, Generator, Iterator

import pytest
import structlog
from hypothesis import HealthCheck, settings

import adapters.telegram  # noqa: F401 - before a test imports aiogram
from adapters.embedded_postgres import EmbeddedServer, embedded_postgres
from adapters.postgres_store import Database, open_database
from tests.support.dealing import dealt
from tests.support.postgres import (
    FAST_AND_LOSE,
    cloned_database,
    create_template,
    drop_template,
    open_folder,
    running_server,
)

# From here on: looking for garbage among what is imported was a tenth of the collection.
gc.set_threshold(50_000, 10, 50)

_ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure
settings.register_profile("repeatable", _ANY_MACHINE, derandomize=True, database=None, max_examples=50)
settings.register_profile("random", _ANY_MACHINE, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

# A traceback in colours takes some milliseconds, and the suite logs thousands of errors that are meant.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.KeyValueRenderer(key_order=["level", "event"]),
    ]
)

# Each run of a loop looks at the handler of SIGINT. Before Python 3.12 that writes out, for an error that is dropped, the
# handler's task and all that a fixture yielded from it. As 3.12 does: only a number can be the number of a handler.
_to_enum = signal._int_to_enum  # type: ignore[attr-defined]  # a private name
signal._int_to_enum = lambda value, kind: _to_enum(value, kind) if isinstance(value, int) else value  # type: ignore[attr-defined]  # private too


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """A command run in this process logs to a stream that is closed with its test: the next test must not write there."""
    config, handlers, level = structlog.get_config(), logging.root.handlers[:], logging.root.level
    yield
    structlog.configure(**config)
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each worker of xdist have its part of the tests that wait; in one process they come as they stand."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = dealt(items, workers) if workers > 1 else items


def pytest_collection_finish() -> None:
    """Code and tests stay until the end: to look through them for garbage over and over took half of the suite's time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test is a failed one: a missing browser or server must not go unnoticed."""
    report = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[EmbeddedServer]:
    """The server of this test process, not to be stopped: a test that must stop one uses ``own_server``."""
    if running := running_server():
        asyncio.run(create_template(running.dsn))
        yield running
        asyncio.run(drop_template(running.dsn))
        return
    with open_folder() as folder, asyncio.Runner() as runner:
        context = embedded_postgres(folder, settings=FAST_AND_LOSE)
        server = runner.run(context.__aenter__())
        try:
            runner.run(create_template(server.dsn))
            yield server
        finally:
            runner.run(context.__aexit__(None, None, None))


@pytest.fixture
async def database(postgres_server: EmbeddedServer) -> AsyncIterator[str]:
    """The DSN of a database that only this test has."""
    async with cloned_database(postgres_server.dsn) as dsn:
        yield dsn


@pytest.fixture
async def opened_database(database: str) -> AsyncIterator[Database]:
    """The connections of a store to that database."""
    async with open_database(database) as opened:
        yield opened
