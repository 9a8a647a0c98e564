"""A host of its own for an instance: a Linux network namespace with one cable to the database and one to the rest."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address
from itertools import count
from typing import Final

from attrs import frozen

_NOWHERE: Final = "02:00:00:00:00:01"
"""A hardware address that no one has: what is sent there is gone without an error at either end."""

_BENCHMARKS: Final = IPv4Address("198.18.0.0")
"""The range that no network uses, by RFC 2544."""

_numbers = count()


@frozen(kw_only=True)
class Cable:
    """A pair of virtual interfaces; ``outside`` is the end of the tests, ``inside`` that of the namespace."""

    name: str
    outside: IPv4Address
    inside: IPv4Address


@frozen(kw_only=True)
class Namespace:
    """The tests' own addresses are ``database`` and ``rest``: what listens there is reached from inside."""

    name: str
    to_database: Cable
    to_rest: Cable

    def cut(self) -> None:
        """Let every packet between the instance and the database vanish, in both directions."""
        cable = self.to_database
        _ip("neigh", "replace", str(cable.inside), "lladdr", _NOWHERE, "dev", f"{cable.name}o")
        _ip("-n", self.name, "neigh", "replace", str(cable.outside), "lladdr", _NOWHERE, "dev", f"{cable.name}i")

    def repair(self) -> None:
        """Let them through again."""
        cable = self.to_database
        _ip("neigh", "del", str(cable.inside), "dev", f"{cable.name}o")
        _ip("-n", self.name, "neigh", "del", str(cable.outside), "dev", f"{cable.name}i")


def can_make_namespaces() -> bool:
    """Whether this machine lets us: Linux, root with the right to configure networks, and `ip`."""
    try:
        with namespace():
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def namespace() -> Iterator[Namespace]:
    """Make one, and take it away with its interfaces."""
    number = (os.getpid() * 8 + next(_numbers)) % 2**13
    first = _BENCHMARKS + number * 16
    made = Namespace(
        name=f"mediabot-{number}",
        to_database=Cable(name=f"mbd{number}", outside=first + 1, inside=first + 2),
        to_rest=Cable(name=f"mbr{number}", outside=first + 5, inside=first + 6),
    )
    _ip("netns", "add", made.name)
    try:
        _ip("-n", made.name, "link", "set", "lo", "up")
        for cable in (made.to_database, made.to_rest):
            _lay(cable, made.name)
        yield made
    finally:
        for cable in (made.to_database, made.to_rest):
            subprocess.run(["ip", "link", "del", f"{cable.name}o"], check=False, stderr=subprocess.DEVNULL)
        _ip("netns", "del", made.name)


def _lay(cable: Cable, name: str) -> None:
    outside, inside = f"{cable.name}o", f"{cable.name}i"
    _ip("link", "add", outside, "type", "veth", "peer", "name", inside, "netns", name)
    _ip("addr", "add", f"{cable.outside}/30", "dev", outside)
    _ip("link", "set", outside, "up")
    _ip("-n", name, "addr", "add", f"{cable.inside}/30", "dev", inside)
    _ip("-n", name, "link", "set", inside, "up")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
