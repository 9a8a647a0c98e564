"""`mediabot backup`, `restore` and `upgrade-database`: the database and the files of our own."""

import asyncio
import lzma
import shutil
import sys
import tarfile
import tempfile
import zlib
from pathlib import Path
from typing import Final

from adapters.embedded_postgres import EmbeddedPostgresError
from adapters.embedded_postgres.binaries import find_binaries, newest_binaries
from adapters.embedded_postgres.cluster import major_version
from adapters.embedded_postgres.home import prepare_home
from adapters.embedded_postgres.upgrade import upgrade
from adapters.postgres_store import (
    migrate,
    open_database,
)
from config.service import database_of
from config.settings import Settings

OK: Final = 0
FAILED: Final = 1
WRONG_USE: Final = 2

DUMP: Final = "database.dump"
MEDIA: Final = "media"

MANAGED: Final = """\
The database of DATABASE_URL is managed elsewhere, so mediabot does not {verb} it. Run:
  {command}
{media}
"""
MEDIA_FOLDER: Final = "and copy the folder {place} (the kept files)."
MEDIA_BUCKET: Final = "and use your provider's tools for {place} (the kept files)."


_TABLES: Final = """
SELECT tablename FROM pg_tables WHERE schemaname = current_schema()
   AND tablename NOT IN ('schema_migrations', 'leadership', 'leader_heartbeats')
"""
"""All but what the start of a service writes."""


class BackupError(Exception):
    """The message says what is wrong and what to do."""


async def backup(settings: Settings, to: Path) -> int:
    """`mediabot backup`: one file, while the service runs or not."""
    if settings.database_url:
        return _say_what_to_run(settings, "back up", f'pg_dump --format=custom --file={to} "$DATABASE_URL"')
    async with database_of(settings) as dsn:
        with tempfile.TemporaryDirectory(prefix="mediabot-") as folder:
            dump = Path(folder) / DUMP
            await _run(settings, "pg_dump", "--format=custom", f"--file={dump}", dsn)
            await asyncio.to_thread(_pack, to, dump, settings.data_dir / MEDIA)
    sys.stdout.write(f"{to}\n")
    if settings.media_store:
        sys.stderr.write(
            f"mediabot: the kept files of MEDIA_STORE are not in it; save {settings.media_store} as well\n"
        )
    return OK


async def restore(settings: Settings, source: Path) -> int:
    """`mediabot restore`: into an empty database of our own; nothing that is there is overwritten."""
    if settings.database_url:
        command = f'pg_restore --no-owner --exit-on-error --dbname="$DATABASE_URL" {source}'
        return _say_what_to_run(settings, "restore", command)
    async with database_of(settings) as dsn:
        if await _holds_rows(dsn):
            sys.stderr.write(
                f"mediabot: {settings.data_dir} holds a database already; restore into another MEDIABOT_DATA,"
                " or move that folder away\n"
            )
            return FAILED
        with tempfile.TemporaryDirectory(prefix="mediabot-") as folder:
            await asyncio.to_thread(_unpack, source, Path(folder))
            await _run(
                settings, "pg_restore", "--no-owner", "--single-transaction", "--clean", "--if-exists", f"--dbname={dsn}",
                str(Path(folder) / DUMP),
            )  # fmt: skip
            await asyncio.to_thread(_copy_tree, Path(folder) / MEDIA, settings.data_dir / MEDIA)
        await migrate(dsn)
    sys.stdout.write(f"{settings.data_dir}\n")
    return OK


async def upgrade_database(settings: Settings) -> int:
    """`mediabot upgrade-database`: our own database to the newest PostgreSQL on this machine."""
    if settings.database_url:
        sys.stderr.write("mediabot: the database of DATABASE_URL is managed elsewhere; upgrade it there\n")
        return WRONG_USE
    newest = await asyncio.to_thread(newest_binaries, settings.postgres_bin)
    made_by = major_version(prepare_home(settings.data_dir).cluster)
    if made_by is not None and newest.major <= made_by:
        sys.stdout.write(f"the data is of PostgreSQL {made_by}, and {newest.major} is the newest here: nothing to do\n")
        return OK
    old = await upgrade(settings.data_dir, newest)
    sys.stdout.write(f"the data is of PostgreSQL {newest.major} now; the old one stays in {old} until you delete it\n")
    return OK


def _say_what_to_run(settings: Settings, verb: str, command: str) -> int:
    place = settings.media_store or str(settings.data_dir / MEDIA)
    media = (MEDIA_BUCKET if place.startswith("s3:") else MEDIA_FOLDER).format(place=place)
    sys.stderr.write(MANAGED.format(verb=verb, command=command, media=media))
    return WRONG_USE


async def _run(settings: Settings, program: str, *arguments: str) -> None:
    made_by = major_version(prepare_home(settings.data_dir).cluster)
    binaries = await asyncio.to_thread(find_binaries, settings.postgres_bin, major=made_by)
    path = binaries.directory / program
    if not path.exists():
        raise EmbeddedPostgresError(
            f"{program} is missing beside {binaries.postgres}; install PostgreSQL's client programs."
        )
    process = await asyncio.create_subprocess_exec(path, *arguments, stderr=asyncio.subprocess.PIPE)
    _, words = await process.communicate()
    if process.returncode:
        raise BackupError(f"{program} failed: {words.decode(errors='replace').strip()[:500]}")


async def _holds_rows(dsn: str) -> bool:
    await migrate(dsn)
    async with open_database(dsn) as database, database.connection() as connection:
        tables = [row["tablename"] for row in await connection.fetch(_TABLES)]
        return any([await connection.fetchval(f'SELECT EXISTS (SELECT FROM "{table}")') for table in tables])  # noqa: S608 - names of the schema


def _pack(to: Path, dump: Path, media: Path) -> None:
    """The database first: a file that it names and that is deleted meanwhile is only missing, as if it had expired."""
    unfinished = to.with_name(f"{to.name}.part")
    with tarfile.open(unfinished, "w") as archive:
        archive.add(dump, DUMP)
        if media.is_dir():
            archive.add(media, MEDIA)
    unfinished.replace(to)


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
            is_whole = _ends_as_written(archive)
    except (tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise BackupError(f"{source} is no backup of mediabot: {error}") from error
    if not (folder / DUMP).is_file():
        raise BackupError(f"{source} is no backup of mediabot: {DUMP} is missing")
    if not is_whole:
        raise BackupError(f"{source} is cut off or damaged: some of its files can't be read; take another backup")


def _ends_as_written(archive: tarfile.TarFile) -> bool:
    """Whether zeros follow the last file. ``tarfile`` takes a damaged header, and a cut between two files, for the end."""
    archive.fileobj.seek(archive.offset)
    return archive.fileobj.read(tarfile.BLOCKSIZE) == bytes(tarfile.BLOCKSIZE)


def _copy_tree(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
