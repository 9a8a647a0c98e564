"""Back up while the service's database is in use, lose everything, restore: nothing that the backup had is lost."""

import asyncio
import io
import os
import random
import tarfile
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import asyncpg
import pytest

from adapters.embedded_postgres import EmbeddedServer
from adapters.embedded_postgres.binaries import find_binaries
from adapters.postgres_store import PostgresGenerationStore, migrate, open_database
from adapters.sealing import new_key
from config import backups, directory
from config.service import database_of
from config.settings import Settings
from tests.support.generations import a_generation
from tests.support.service import KIE_KEY, TOKEN

pytestmark = pytest.mark.postgres


async def test_a_restored_backup_has_every_generation_and_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, fresh = Settings(data_dir=tmp_path / "lost"), Settings(data_dir=tmp_path / "fresh")
    archive = tmp_path / "backup.tar"
    row = a_generation()
    async with database_of(lost) as dsn:
        await migrate(dsn)
        async with open_database(dsn) as database:
            store = PostgresGenerationStore(database, bot="0")
            await store.add(row)
            kept = lost.data_dir / "media" / "ab" / "cd"
            kept.parent.mkdir(parents=True)
            kept.write_bytes(b"picture")
            with monkeypatch.context() as another_version:
                another_version.setenv("PATH", f"{_postgres_99(tmp_path / 'bin')}:{os.environ['PATH']}")
                assert await backups.backup(lost, archive) == 0
            await store.add(a_generation())  # after the backup
    assert await backups.restore(fresh, archive) == 0
    assert (fresh.data_dir / "media" / "ab" / "cd").read_bytes() == b"picture"
    async with database_of(fresh) as dsn, open_database(dsn) as database:
        found = await PostgresGenerationStore(database, bot="0").unfinished()
        assert [one.id for one in found] == [row.id]


def _postgres_99(folder: Path) -> Path:
    """The programs of a version that the data was not made by, without any to back up with."""
    folder.mkdir()
    for name in ("postgres", "initdb"):
        (folder / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 99.1'\n")
        (folder / name).chmod(0o755)
    return folder


async def test_a_backup_of_our_own_database_moves_to_a_managed_one_as_the_runbook_says(
    tmp_path: Path, postgres_server: EmbeddedServer
) -> None:
    own, archive, row = Settings(data_dir=tmp_path / "own"), tmp_path / "backup.tar", a_generation()
    async with database_of(own) as dsn:
        await migrate(dsn)
        async with open_database(dsn) as database:
            await PostgresGenerationStore(database, bot="0").add(row)
        assert await backups.backup(own, archive) == 0
    with tarfile.open(archive) as files:
        files.extractall(tmp_path, filter="data")
    operator = await asyncpg.connect(postgres_server.dsn)
    await operator.execute("CREATE DATABASE managed")
    try:
        dsn = urlsplit(postgres_server.dsn)._replace(path="/managed").geturl()
        program = find_binaries(None).directory / "pg_restore"
        arguments = ("--no-owner", "--exit-on-error", f"--dbname={dsn}", str(tmp_path / "database.dump"))
        assert await (await asyncio.create_subprocess_exec(program, *arguments)).wait() == 0
        await migrate(dsn)
        async with open_database(dsn) as database:
            found = await PostgresGenerationStore(database, bot="0").unfinished()
        assert [one.id for one in found] == [row.id]
    finally:
        await operator.execute("DROP DATABASE managed WITH (FORCE)")
        await operator.close()


async def test_nothing_that_is_there_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings, archive = Settings(data_dir=tmp_path / "data"), tmp_path / "backup.tar"
    async with database_of(settings) as dsn:
        await migrate(dsn)
        async with open_database(dsn) as database:
            await PostgresGenerationStore(database, bot="0").add(a_generation())
        assert await backups.backup(settings, archive) == 0
        assert await backups.restore(settings, archive) == 1
    assert "holds a database already" in capsys.readouterr().err


async def test_bots_that_are_there_are_not_overwritten_either(tmp_path: Path) -> None:
    settings, archive = Settings(data_dir=tmp_path / "data", secrets_keys=(new_key(),)), tmp_path / "backup.tar"
    async with database_of(settings):
        assert await backups.backup(settings, archive) == 0
        assert await directory.add_bot(settings, TOKEN, KIE_KEY, (), {}) == 0
        assert await backups.restore(settings, archive) == 1


async def test_a_backup_says_where_the_files_are_that_it_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data_dir=tmp_path / "data", media_store="/srv/media")
    assert await backups.backup(settings, tmp_path / "backup.tar") == 0
    assert "save /srv/media as well" in capsys.readouterr().err


async def test_a_file_that_is_no_backup_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<html>")
    with pytest.raises(backups.BackupError, match="is no backup"):
        await backups.restore(Settings(data_dir=tmp_path / "data"), file)


def _archive(path: Path, mode: Literal["w", "w:gz", "w:bz2", "w:xz"]) -> bytes:
    """One with two kept files."""
    with tarfile.open(path, mode) as archive:
        for name in ("database.dump", "media/ab/cd", "media/ab/ce"):
            entry = tarfile.TarInfo(name)
            entry.size = 2 * tarfile.BLOCKSIZE
            archive.addfile(entry, io.BytesIO(random.Random(name).randbytes(entry.size)))
    return path.read_bytes()


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
async def test_an_archive_that_was_cut_is_a_sentence(
    tmp_path: Path, mode: Literal["w", "w:gz", "w:bz2", "w:xz"]
) -> None:
    file, settings = tmp_path / "backup", Settings(data_dir=tmp_path / "data")
    whole = _archive(file, mode)
    for kept in (len(whole) // 7, len(whole) // 3):
        file.write_bytes(whole[:kept])
        with pytest.raises(backups.BackupError, match=r"is no backup of mediabot: .|is cut off or damaged"):
            await backups.restore(settings, file)


async def test_an_archive_whose_files_are_missing_behind_a_cut_or_a_damaged_head_is_not_restored(
    tmp_path: Path,
) -> None:
    file, settings = tmp_path / "backup.tar", Settings(data_dir=tmp_path / "data")
    whole, second = _archive(file, "w"), 2 * 3 * tarfile.BLOCKSIZE
    damaged = bytearray(whole)
    damaged[second + 10] ^= 1
    for content in (whole[:second], bytes(damaged)):
        file.write_bytes(content)
        with pytest.raises(backups.BackupError, match="is cut off or damaged"):
            await backups.restore(settings, file)


async def test_a_damaged_database_leaves_room_for_another_backup(tmp_path: Path) -> None:
    settings, archive, damaged = Settings(data_dir=tmp_path / "data"), tmp_path / "backup.tar", tmp_path / "damaged.tar"
    async with database_of(Settings(data_dir=tmp_path / "lost")) as dsn:
        await migrate(dsn)
        async with open_database(dsn) as database:
            await PostgresGenerationStore(database, bot="0").add(a_generation())
        assert await backups.backup(Settings(data_dir=tmp_path / "lost"), archive) == 0
    with tarfile.open(archive) as whole, tarfile.open(damaged, "w") as written:
        entry = whole.getmember("database.dump")
        dump = whole.extractfile(entry)
        assert dump
        entry.size -= 20
        written.addfile(entry, io.BytesIO(dump.read()[: entry.size]))
    with pytest.raises(backups.BackupError, match="pg_restore failed"):
        await backups.restore(settings, damaged)
    assert await backups.restore(settings, archive) == 0


async def test_for_a_managed_database_the_commands_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(database_url="postgresql://u:secret@db.example/x")
    assert await backups.backup(settings, Path("b.dump")) == 2
    words = capsys.readouterr().err
    assert "pg_dump --format=custom" in words
    assert "secret" not in words
