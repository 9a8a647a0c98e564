"""Moving the data to a newer major version of PostgreSQL: dumped by its old server, restored into a new one, then swapped."""

import asyncio
import shutil
from pathlib import Path
from typing import Final

from adapters.embedded_postgres.binaries import Binaries
from adapters.embedded_postgres.cluster import UPGRADING, major_version, server_environment
from adapters.embedded_postgres.errors import EmbeddedPostgresError
from adapters.embedded_postgres.home import Home, prepare_home
from adapters.embedded_postgres.locks import FileLock
from adapters.embedded_postgres.server import embedded_postgres

FOLDER: Final = "upgrade"
DUMP: Final = "database.dump"


async def upgrade(data_dir: Path, new: Binaries) -> Path:
    """Move the data in ``data_dir`` to the version of ``new``. Return the folder in which the old data stays, unchanged.

    The old version's programs must still be on this machine. A run that was cut short is finished by the next one: until
    the swap the old data is in use, and while it is swapped nothing starts on it.

    Raises:
        EmbeddedPostgresError: someone uses the database, or a program failed; the old data is as it was.
    """
    home = prepare_home(data_dir)
    marker = home.path / UPGRADING
    if not marker.exists():
        old = home.path / f"cluster-{major_version(home.cluster)}"
        if old.exists():
            raise EmbeddedPostgresError(f"{old} is there from an earlier upgrade. Move it away first.")
        await _restored(data_dir, home, new)
        marker.write_text(old.name)
    return _swapped(home, prepare_home(data_dir / FOLDER), home.path / marker.read_text())


async def _restored(data_dir: Path, home: Home, new: Binaries) -> None:
    """Fill the new cluster, beside the old one."""
    _alone(home).close()
    fresh = prepare_home(data_dir / FOLDER)
    shutil.rmtree(fresh.path, ignore_errors=True)
    dump = data_dir / FOLDER / DUMP
    async with embedded_postgres(data_dir) as server:
        await _run(new.directory / "pg_dump", "--format=custom", f"--file={dump}", server.dsn)
    async with embedded_postgres(data_dir / FOLDER, binaries=new.directory) as server:
        await _run(new.directory / "pg_restore", "--no-owner", "--exit-on-error", f"--dbname={server.dsn}", str(dump))
    dump.unlink()


def _swapped(home: Home, fresh: Home, old: Path) -> Path:
    with _alone(home):
        if fresh.cluster.exists():
            if home.cluster.exists():
                shutil.copy2(home.password, old.with_name(f"{old.name}.password"))
                home.cluster.rename(old)
            shutil.move(fresh.cluster, home.cluster)
        if fresh.password.exists():
            shutil.move(fresh.password, home.password)
        (home.path / UPGRADING).unlink()
    shutil.rmtree(fresh.path.parent if fresh.path.parent.name == FOLDER else fresh.path, ignore_errors=True)
    return old


def _alone(home: Home) -> FileLock:
    lock = FileLock(home.lock("users"))
    if not lock.try_exclusive():
        lock.close()
        raise EmbeddedPostgresError(f"The database in {home.path} is in use. Stop mediabot first.")
    return lock


async def _run(program: Path, *arguments: str) -> None:
    try:
        process = await asyncio.create_subprocess_exec(
            program, *arguments, stderr=asyncio.subprocess.PIPE, env=server_environment()
        )
    except FileNotFoundError as error:
        raise EmbeddedPostgresError(f"{program} is missing; install PostgreSQL's client programs.") from error
    _, words = await process.communicate()
    if process.returncode:
        raise EmbeddedPostgresError(f"{program.name} failed: {words.decode(errors='replace').strip()[:500]}")
