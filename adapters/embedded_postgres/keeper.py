"""The process between us and the server: runs it while anyone uses it, and stops it after the last user is gone.

Run by its path, alone: ``python -I keeper.py USERS_LOCK PID_FILE UID GID postgres ...``. Users hold a shared lock on the
file USERS_LOCK; the kernel frees it when a process ends, whatever ends it, so a killed bot leaves no server behind and one
of two bots can go without taking the other's database along. Should the keeper itself be killed, Linux stops the
server for it. A server that was up and died is started again on the same port; one that never came up ends the keeper,
with the server's status.
"""

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_LOOK_EVERY_S = 0.1
_LONGEST_BACK_OFF_S = 5.0
_PR_SET_PDEATHSIG = 1


def keep(users: int, pid_file: Path, command: list[str], account: tuple[int, int] | None) -> int:
    """Run ``command`` until no one holds ``users``; the exit status for ourselves."""
    was_up = False
    back_off_s = _LOOK_EVERY_S
    while True:
        server = _start(command, account)
        is_up = False
        while server.poll() is None:
            time.sleep(_LOOK_EVERY_S)
            is_up = is_up or _is_up(pid_file, server.pid)
            if _no_one_left(users):
                server.send_signal(signal.SIGINT)  # the "fast" shutdown: sessions end, data is safe
                return server.wait()
        was_up = was_up or is_up
        if _no_one_left(users) or (server.returncode > 0 and not was_up):
            return server.returncode
        back_off_s = _LOOK_EVERY_S if is_up else min(2 * back_off_s, _LONGEST_BACK_OFF_S)
        time.sleep(back_off_s)


def _start(command: list[str], account: tuple[int, int] | None) -> "subprocess.Popen[bytes]":
    user, group = account or (None, None)
    return subprocess.Popen(  # noqa: S603  # no shell, arguments of our own
        command,
        close_fds=False,  # the server inherits its own lock, and holds it as long as one of its processes lives
        user=user,
        group=group,
        extra_groups=[] if account else None,
        preexec_fn=_die_with_parent(),  # noqa: PLW1509  # no threads here
    )


def _die_with_parent() -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGINT)

    return ask


def _is_up(pid_file: Path, pid: int) -> bool:
    """Whether this very server says so: line 1 of ``postmaster.pid`` is its id, line 8 its state (PostgreSQL's ``pidfile.h``)."""
    try:
        lines = pid_file.read_text().splitlines()
    except OSError:
        return False
    return lines[:1] == [str(pid)] and [line.strip() for line in lines[7:8]] == ["ready"]


def _no_one_left(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def main(arguments: list[str]) -> int:
    users, pid_file, uid, gid, *command = arguments
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # We end with our users, also when a supervisor signals the whole group. Handlers, unlike SIG_IGN, are not inherited.
        signal.signal(ignored, lambda _number, _frame: None)
    account = (int(uid), int(gid)) if os.geteuid() == 0 else None
    return keep(os.open(users, os.O_RDWR), Path(pid_file), command, account)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
