"""The database of our own moves to a newer PostgreSQL with everything in it, and is never lost on the way.

There is one version on most machines, so both servers here are of it. docs/runbook.md says which versions it was run on by hand.
"""

from pathlib import Path

import pytest

from adapters.embedded_postgres import EmbeddedPostgresError
from adapters.embedded_postgres.binaries import find_binaries
from adapters.embedded_postgres.cluster import UPGRADING, major_version
from adapters.embedded_postgres.home import prepare_home
from adapters.embedded_postgres.upgrade import FOLDER, upgrade
from adapters.postgres_store import PostgresGenerationStore, migrate, open_database
from config import backups
from config.service import database_of
from config.settings import Settings
from tests.support.generations import a_generation

pytestmark = pytest.mark.postgres


async def test_everything_is_there_afterwards_whatever_cut_it_short(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, programs, row = Settings(data_dir=tmp_path), find_binaries(None), a_generation()
    async with database_of(settings) as dsn:
        await migrate(dsn)
        async with open_database(dsn) as database:
            await PostgresGenerationStore(database, bot="0").add(row)
            with pytest.raises(EmbeddedPostgresError, match="is in use"):
                await upgrade(tmp_path, programs)
    home, fresh = prepare_home(tmp_path), prepare_home(tmp_path / FOLDER)
    old = await upgrade(tmp_path, programs)
    assert (old.name, major_version(old)) == (f"cluster-{programs.major}", programs.major)
    # as if it had been killed between the two moves
    (home.path / UPGRADING).write_text(old.name)
    fresh.path.mkdir(parents=True, exist_ok=True)
    home.cluster.rename(fresh.cluster)
    home.password.rename(fresh.password)
    with pytest.raises(EmbeddedPostgresError, match="cut short"):
        async with database_of(settings):
            pass
    assert await upgrade(tmp_path, programs) == old
    async with database_of(settings) as dsn, open_database(dsn) as database:
        assert [one.id for one in await PostgresGenerationStore(database, bot="0").unfinished()] == [row.id]
    with pytest.raises(EmbeddedPostgresError, match="earlier upgrade"):
        await upgrade(tmp_path, programs)
    assert await backups.upgrade_database(Settings(data_dir=tmp_path, postgres_bin=programs.directory)) == 0
    assert "nothing to do" in capsys.readouterr().out
