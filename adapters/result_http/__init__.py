"""Fetching results by URLs that no one vouches for, behind the port ``ResultFetcher``."""

from adapters.result_http.fetcher import FetchLimits, HttpResultFetcher
from adapters.result_http.proxied import Proxied
from adapters.result_http.public_hosts import anywhere, guarded_session, is_public

__all__ = ["FetchLimits", "HttpResultFetcher", "Proxied", "anywhere", "guarded_session", "is_public"]
