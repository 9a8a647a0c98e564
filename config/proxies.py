"""The proxies that the environment names: ``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY`` and ``NO_PROXY``, in either case."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

SPOKEN: Final = frozenset({"http", "https"})


def proxy_for(url: str) -> str | None:
    """Return the proxy through which to ask for ``url``; None where it is asked for directly.

    This machine itself is never asked for through a proxy.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if _is_this_machine(host) or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    proxies = getproxies_environment()
    return _with_scheme(proxies.get(parts.scheme) or proxies.get("all"))


def proxy_faults(environ: Mapping[str, str]) -> list[str]:
    """Return a sentence for each proxy variable that can't be obeyed; a proxy that is ignored would be a leak."""
    faults = []
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"):
        written = environ.get(name) or environ.get(name.lower())
        proxy = _with_scheme(written)
        if proxy and (urlsplit(proxy).scheme not in SPOKEN or not urlsplit(proxy).hostname):
            faults.append(f"{name} is no proxy that can be used: it must be http://host:port (SOCKS is not spoken)")
    return faults


def _with_scheme(proxy: str | None) -> str | None:
    if not proxy:
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
