"""Whether an IP address belongs to the public internet."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import Final

_CARRIERS: Final = (
    IPv6Network("64:ff9b::/96"),  # NAT64 (RFC 6052)
    IPv6Network("::ffff:0:0:0/96"),  # IPv4-translated (RFC 2765)
    IPv6Network("::/96"),  # IPv4-compatible (RFC 4291, deprecated)
)
"""Networks whose last 32 bits are an IPv4 address that is reached through them."""
_PRIVATE: Final = (
    IPv6Network("64:ff9b:1::/48"),  # NAT64 of a local network (RFC 8215)
    IPv6Network("fec0::/10"),  # site-local (RFC 3879, deprecated), which Python calls global
)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether it may be connected to; an IPv6 address that carries an IPv4 one is judged by that one too."""
    if isinstance(address, IPv6Address):
        if any(address in network for network in _PRIVATE):
            return False
        if not all(is_public(carried) for carried in _carried(address)):
            return False
    return address.is_global and not address.is_multicast


def _carried(address: IPv6Address) -> list[IPv4Address]:
    """Mapped, 6to4, Teredo, and those of ``_CARRIERS``."""
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _CARRIERS):
        found.append(IPv4Address(int(address) & 0xFFFF_FFFF))
    return [one for one in found if one is not None]
