"""Where the server lives on disk, and as whom it runs."""

import hashlib
import os
import pwd
import stat
from pathlib import Path

import structlog
from attrs import frozen

from adapters.embedded_postgres.errors import EmbeddedPostgresError

log = structlog.get_logger(__name__)

_UNPRIVILEGED = "nobody"


@frozen(kw_only=True)
class SystemUser:
    """A user of the system."""

    uid: int
    gid: int

    def reaches(self, path: Path) -> bool:
        """Whether it may pass through ``path`` and every folder above it, as far as the mode bits tell."""
        return all(self._passes(folder.stat()) for folder in (path, *path.parents))

    def _passes(self, status: os.stat_result) -> bool:
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


@frozen(kw_only=True)
class Home:
    """Our folder for the server. ``account`` is whom the server runs as, and owns ``cluster`` alone; None: as ourselves."""

    path: Path
    account: SystemUser | None

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.path / "cluster"

    @property
    def pid_file(self) -> Path:
        return self.cluster / "postmaster.pid"

    @property
    def password(self) -> Path:
        return self.path / "password"

    @property
    def log(self) -> Path:
        return self.path / "server.log"

    @property
    def binaries(self) -> Path:
        """Copies of programs that the account can't reach where they are."""
        return self.path / "binaries"

    def lock(self, name: str) -> Path:
        return self.path / f"{name}.lock"


def prepare_home(data_dir: Path) -> Home:
    """``<data_dir>/postgres``, made if need be.

    PostgreSQL refuses to run as root; then it runs as the cluster's owner, ``nobody`` at first. Where that user can't get
    to ``data_dir`` (a clone under ``/root``), the data lies under ``/var/lib`` or ``/var/tmp`` instead, and the log says so.

    Raises:
        EmbeddedPostgresError: the folder can't be made or is someone else's.
    """
    path = data_dir.absolute() / "postgres"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        return _home_of_root(path) if os.geteuid() == 0 else _home_of_user(path)
    except OSError as error:
        raise EmbeddedPostgresError(
            f"{error.filename or path} can't be used for PostgreSQL's data: {error.strerror}. Make it writable for this"
            " user, or point MEDIABOT_DATA at a folder that is."
        ) from error


def _home_of_user(path: Path) -> Home:
    path.mkdir(mode=0o700, exist_ok=True)
    if path.stat().st_uid != os.geteuid():
        owner = path.stat().st_uid
        raise EmbeddedPostgresError(
            f"{path} belongs to user {owner}, since it was made by another user or by root. Run as that user, or move it"
            " away to start over."
        )
    return Home(path=path, account=None)


def _home_of_root(path: Path) -> Home:
    account = _owner(path / "cluster") or _unprivileged()
    if not account.reaches(path.parent):
        wanted, path = path, _reachable_place(path)
        account = _owner(path / "cluster") or account
        log.warning("postgres.data_moved", wanted=str(wanted), used=str(path), reason="unreachable for its user")
    path.mkdir(exist_ok=True)
    path.chmod(0o711)
    return Home(path=path, account=account)


def _owner(cluster: Path) -> SystemUser | None:
    """Whose it is already, root aside."""
    if not cluster.exists() or cluster.stat().st_uid == 0:
        return None
    return SystemUser(uid=cluster.stat().st_uid, gid=cluster.stat().st_gid)


def _unprivileged() -> SystemUser:
    try:
        entry = pwd.getpwnam(_UNPRIVILEGED)
    except KeyError as error:
        raise EmbeddedPostgresError(
            f"PostgreSQL does not run as root, and there is no user {_UNPRIVILEGED} to run it as. Start mediabot as an"
            " ordinary user, or set DATABASE_URL."
        ) from error
    return SystemUser(uid=entry.pw_uid, gid=entry.pw_gid)


def _reachable_place(wanted: Path) -> Path:
    """A folder of our own, the same for the same ``wanted``, that no other user can have put there."""
    key = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:16]
    base = Path("/var/lib") if os.access("/var/lib", os.W_OK) else Path("/var/tmp")  # noqa: S108  # survives a reboot
    place = base / f"mediabot-{key}"
    place.mkdir(mode=0o711, exist_ok=True)
    if place.is_symlink() or place.stat().st_uid != 0:
        raise EmbeddedPostgresError(f"{place} is not root's own folder. Remove it, or point MEDIABOT_DATA elsewhere.")
    return place / "postgres"
