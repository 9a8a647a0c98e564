"""Connections to the public internet only, checked on the very address that is connected to.

A host's name proves nothing: it may resolve to a private address, and to another one the next time. So the check
stands where the socket is made, behind every name, literal address and redirect.
"""

import ipaddress
import socket
from collections.abc import Callable

import aiohttp
from aiohttp.abc import AbstractResolver

from domain import public_address

AddressInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]


class PrivateAddress(OSError):
    """The host is at an address that is not public. One text for all, so that several of them stay one error."""

    def __init__(self) -> None:
        super().__init__("not a public address")


def is_public(address: str) -> bool:
    """Whether an address may be connected to."""
    return public_address.is_public(ipaddress.ip_address(address.partition("%")[0]))


def anywhere(_address: str) -> bool:
    """Any address will do: for simulators and tests, whose hosts are private."""
    return True


def guarded_session(
    *, may_connect: Callable[[str], bool] = is_public, resolver: AbstractResolver | None = None
) -> aiohttp.ClientSession:
    """A session for URLs that others chose; close it in the end. ``may_connect`` judges the address of every connection.

    It keeps no cookies, takes no proxy from the environment, and knows nothing that would have to stay secret.
    """

    def new_socket(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        if not may_connect(str(address[0])):
            raise PrivateAddress
        return socket.socket(family, kind, protocol)

    connector = aiohttp.TCPConnector(resolver=resolver, limit=32, socket_factory=new_socket)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
