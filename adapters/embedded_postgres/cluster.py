"""PostgreSQL's data directory: made once, complete or not at all."""

import asyncio
import os
import secrets
import shutil
from pathlib import Path
from typing import Any, Final

from adapters.embedded_postgres.binaries import Binaries
from adapters.embedded_postgres.errors import EmbeddedPostgresError
from adapters.embedded_postgres.home import Home, SystemUser

USER: Final = "mediabot"
UPGRADING: Final = "upgrade-unfinished"
"""The data directory is being exchanged for that of a newer version."""
_BUILTIN_LOCALE_SINCE = 17


def major_version(cluster: Path) -> int | None:
    """Which PostgreSQL made the data directory; None where there is none yet."""
    try:
        return int((cluster / "PG_VERSION").read_text().strip())
    except FileNotFoundError as error:
        if cluster.exists():
            raise EmbeddedPostgresError(
                f"{cluster} is there but is no PostgreSQL data directory (PG_VERSION is missing). Restore it from a"
                " backup, or move it away to start over."
            ) from error
        return None
    except (OSError, ValueError) as error:
        raise EmbeddedPostgresError(
            f"{cluster / 'PG_VERSION'} can't be read as a version. Restore {cluster} from a backup, or move it away to"
            " start over."
        ) from error


def server_environment() -> dict[str, str]:
    """What the server may see of our own: no secret, and no locale that would change its words."""
    kept = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {"LC_ALL": "C"} | {name: os.environ[name] for name in kept if name in os.environ}


async def create_cluster(home: Home, binaries: Binaries) -> None:
    """Make the data directory under another name first, so that a crash leaves no half of one.

    Raises:
        EmbeddedPostgresError: initdb failed, in its own words; or an upgrade was cut short.
    """
    if (home.path / UPGRADING).exists():
        raise EmbeddedPostgresError("An upgrade of the database was cut short. Run `mediabot upgrade-database` again.")
    unfinished = home.path / "cluster.new"
    _write_password(home)
    for locale in _locales(binaries.major):
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        _give_away(unfinished, home)
        status, words = await _initdb(binaries.initdb, unfinished, home, locale)
        if status == 0:
            unfinished.rename(home.cluster)
            return
        if "locale" not in words:
            break
    raise EmbeddedPostgresError(f"PostgreSQL's data directory could not be made in {home.path}: {words}")


def _locales(major: int) -> list[list[str]]:
    """From the best to the one that is everywhere. Letters other than ASCII have cases in all but the last."""
    if major >= _BUILTIN_LOCALE_SINCE:
        return [["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]]
    return [["--locale=C.UTF-8"], ["--locale=en_US.UTF-8"], ["--locale=C"]]


def _write_password(home: Home) -> None:
    home.password.unlink(missing_ok=True)
    descriptor = os.open(home.password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(24))
    _give_away(home.password, home)


def _give_away(path: Path, home: Home) -> None:
    if home.account:
        os.chown(path, home.account.uid, home.account.gid)


async def _initdb(program: Path, target: Path, home: Home, locale: list[str]) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        program,
        f"--pgdata={target}",
        f"--username={USER}",
        f"--pwfile={home.password}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        *locale,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env=server_environment(),
        cwd=home.path,
        **_as(home.account),
    )
    try:
        _, words = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        raise
    return process.returncode or 0, " ".join(words.decode(errors="replace").split())


def _as(account: SystemUser | None) -> dict[str, Any]:
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
